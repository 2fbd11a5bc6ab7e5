import Foundation
import Roster
import Store
import Tree

// Writes to a tree until it is killed, and says on standard output which step of which writer was answered.
//
//     StoreCrashWriter TREE STEP STEP STEP …      one writer for each number, which goes on after that step
let root = CommandLine.arguments[1]
let steps = CommandLine.arguments.dropFirst(2).map { Int($0) ?? 0 }
let recovery = try Recovery(root: root)
let contents = try await TreeReader.read(FolderSource(root))
let store = try Store.open(recovery, contents: contents) {
    Timestamp(milliseconds: Int(Date().timeIntervalSince1970 * 1000))
}
_ = try await store.change(by: Requester(source: "crash", requestID: "")) { snapshot, _ in
    snapshot.directory.group(id: CrashScript.group.id) == nil ? .createGroup(CrashScript.group) : nil
}
try await withThrowingTaskGroup(of: Void.self) { group in
    for (writer, last) in steps.enumerated() {
        group.addTask {
            let script = CrashScript(writer: writer)
            var step = last
            while true {
                step += 1
                let mutation = script.mutation(step)
                _ = try await store.change(by: Requester(source: "crash\(writer % 2)", requestID: "")) { _, _ in
                    mutation
                }
                // One write, so that a line is there or not.
                try FileHandle.standardOutput.write(contentsOf: Data("\(writer) \(step)\n".utf8))
            }
        }
    }
    try await group.waitForAll()
}
