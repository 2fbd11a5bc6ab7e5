internal import Roster
internal import Tree

/// The thread that brings files up to what was answered: it takes what has gathered, writes it, and takes the next.
///
/// A class, because tasks and its thread share it.
final class FileWriter: Sendable {
    private let backlog = Guarded(FileBacklog())
    private let limits: StoreLimits
    /// Kept when the thread has ended.
    let ended = Promise<Void>()

    init(limits: StoreLimits) { self.limits = limits }

    /// Takes up what a watch tells.
    func add(_ news: FolderNews) {
        if case .files(let paths) = news, paths.isEmpty { return }
        backlog.updateIfNeeded { backlog in
            backlog.news.take(news)
            return !backlog.isGathering
        }
    }

    /// Waits until what somebody else did at some paths is part of the state.
    ///
    /// - Throws: ``StoreError/refused(_:)`` when they are not done with it in time.
    func look(at paths: Set<String>) async throws {
        let promise = Promise<Void>()
        let question = FileQuestion(paths: paths, deadline: .now + limits.patience, promise: promise)
        let isTaken = backlog.update { backlog in
            guard !backlog.isEnded else { return false }
            backlog.questions.append(question)
            return true
        }
        if isTaken { try await promise.value }
    }

    /// The last change that is in the files.
    var through: Int { backlog.withLock { $0.through } }

    /// Starts the thread; to be called once.
    func start(_ work: FileWork) {
        let isStarted = Worker.start { [self] in
            // Nobody waits for the files, but for whoever asks when they are too far behind.
            Worker.yieldToOthers()
            var work = work
            run(&work)
        }
        guard !isStarted else { return }
        backlog.update { backlog in
            backlog.trouble = .notWritten("the system has no thread for the files")
            backlog.isEnded = true
        }
    }

    /// Takes up changes that are in the journal.
    func add(_ changes: [AppliedChange]) {
        // Put together before anybody waits for the backlog.
        let notes = changes.map { (note: FileNote($0), state: $0.after) }
        let now = ContinuousClock.now
        backlog.updateIfNeeded { backlog in
            let (isFirst, wasEnough) = (backlog.runs.isEmpty, backlog.isEnough(limits, at: now))
            backlog.add(notes, limits, at: now)
            return isFirst || !wasEnough && backlog.isEnough(limits, at: now)
        }
    }

    /// Waits until the files are not too far behind to take up another change.
    ///
    /// - Throws: why the files cannot be written, while too much waits for that.
    func room() async throws {
        while let promise = try backlog.withLock({ try enter(&$0) }) { try await promise.value }
    }

    private func enter(_ backlog: inout FileBacklog) throws -> Promise<Void>? {
        guard backlog.isFull(limits, at: .now) else { return nil }
        if let trouble = backlog.trouble { throw trouble }
        let promise = Promise<Void>()
        backlog.waiting.append(promise)
        return promise
    }

    /// How far the files are behind.
    var lag: (changes: Int, age: Duration?, trouble: StoreError?) {
        backlog.withLock { backlog in
            let count = backlog.runs.reduce(0) { $0 + $1.changes.count }
            return (count, backlog.runs.first.map { $0.since.duration(to: .now) }, backlog.trouble)
        }
    }

    /// Ends the thread when everything that was taken up is in the files.
    func close() { backlog.update { $0.isClosing = true } }

    /// Ends the thread as it is; the next start finds the rest in the journal.
    func abandon() { backlog.update { $0.isAbandoned = true } }
}

extension FileWriter {
    private enum Step {
        case look(FolderNews?, [FileQuestion])
        case write(since: ContinuousClock.Instant)
        case end(isComplete: Bool)
    }

    private func run(_ work: inout FileWork) {
        work.beginWatching { [weak self] in self?.add($0) }
        var failures = 0
        var asked: [FileQuestion] = []
        while true {
            let patience = work.settle()
            asked.removeAll { $0.isAnswered(work) }
            switch next(within: asked.isEmpty ? patience : min(patience ?? limits.retry, limits.retry)) {
            case nil: continue
            case .end(let isComplete): return end(&work, asked, isComplete: isComplete)
            case .look(let news, let questions):
                if let news { work.note(news) }
                for question in questions { work.note(question.paths) }
                asked += questions
            case .write(let since):
                gather(since: since)
                if backlog.withLock({ $0.isAbandoned }) { continue }
                if write(&work) {
                    failures = 0
                } else {
                    failures += 1
                    if isHopeless(after: failures) { return end(&work, asked, isComplete: false) }
                    _ = backlog.take(within: limits.retry) { $0.isAbandoned ? true : nil }
                }
            }
        }
    }

    private func next(within patience: Duration?) -> Step? {
        backlog.take(within: patience) { backlog -> Step? in
            if backlog.isAbandoned { return .end(isComplete: false) }
            if backlog.news != nil || !backlog.questions.isEmpty {
                defer { (backlog.news, backlog.questions) = (nil, []) }
                return .look(backlog.news, backlog.questions)
            }
            if let first = backlog.runs.first { return .write(since: first.since) }
            return backlog.isClosing ? .end(isComplete: true) : nil
        }
    }

    /// Lets a first change wait for others, unless there is enough to do.
    private func gather(since: ContinuousClock.Instant) {
        let end = backlog.withLock { $0.gathering(since: since, limits) }
        let pause = ContinuousClock.now.duration(to: end)
        guard pause > .zero else { return }
        _ = backlog.take(within: pause) { backlog in
            let isOver = backlog.isClosing || backlog.isAbandoned || backlog.isEnough(limits, at: .now)
            backlog.isGathering = !isOver
            return isOver ? true : nil
        }
        backlog.withLock { $0.isGathering = false }
    }

    private func write(_ work: inout FileWork) -> Bool {
        let began = ContinuousClock.now
        let runs = backlog.withLock { $0.begin(limits, at: began) }
        do throws(StoreError) {
            guard let written = try work.write(runs) else { return true }
            release(nil) { $0.remove(runs, since: began, at: .now, through: work.through) }
            work.announce(runs, written)
            return true
        } catch {
            release(error) { _ in }
            return false
        }
    }

    /// Notes how an attempt ended, and lets those who wait look again.
    private func release(_ trouble: StoreError?, _ body: (inout FileBacklog) -> Void) {
        let waiting = backlog.update { backlog in
            body(&backlog)
            backlog.trouble = trouble
            defer { backlog.waiting = [] }
            return backlog.waiting
        }
        for promise in waiting { promise.keep(.success(())) }
    }

    private func isHopeless(after failures: Int) -> Bool {
        backlog.withLock { $0.isClosing && failures >= limits.closingAttempts }
    }

    private func end(_ work: inout FileWork, _ asked: [FileQuestion], isComplete: Bool) {
        work.end(isComplete: isComplete)
        let open = backlog.update { backlog in
            backlog.isEnded = true
            defer { backlog.questions = [] }
            return backlog.questions
        }
        for question in asked + open { question.promise.keep(.success(())) }
        // Before that those who wait are told another one.
        let trouble = backlog.withLock { $0.isClosing && !isComplete ? $0.trouble : nil }
        release(.refused("dagroster is stopping")) { _ in }
        ended.keep(trouble.map { .failure($0) } ?? .success(()))
    }
}
