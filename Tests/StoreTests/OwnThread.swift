import Foundation

/// Runs a task's steps on threads of their own, where a test may hold them up: the shared ones are as few as processors,
/// and two tests that held them would wait for each other.
final class OwnThread: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        Thread.detachNewThread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
