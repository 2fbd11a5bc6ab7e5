import DagsterPlus
import Foundation
import Testing

/// The documents as they are sent; `Tests/run.sh` checks them against the schema with another program.
struct DocumentTests {
    @Test func `every document has a name of its own, and a mutation says how success looks`() {
        #expect(Documents.all.count >= 25)
        for document in Documents.all {
            #expect(document.text.contains("\(document.kind.rawValue) \(document.name)"))
            #expect(document.name.hasPrefix("Roster"))
            #expect((document.kind == .mutation) == (document.success != nil))
            #expect((document.kind == .query) || document.text.contains("__typename"))
        }
    }

    /// Written where `Tests/run.sh` looks for them.
    @Test func `the documents are written for another program to check`() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: ".build/graphql")
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (index, document) in Documents.all.enumerated() {
            let file = folder.appending(path: "\(document.name)-\(index).graphql")
            try document.text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == Documents.all.count)
    }
}
