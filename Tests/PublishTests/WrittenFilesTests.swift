import Foundation
import Publish
import Store
import Testing

struct WrittenFilesTests {
    private static func withTree(_ body: (_ path: String, _ file: URL) throws -> Void) throws {
        let tree = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: tree) }
        try FileManager.default.createDirectory(
            at: tree.appending(path: ".dagroster"),
            withIntermediateDirectories: true
        )
        try body(tree.path, tree.appending(path: ".dagroster/uncommitted"))
    }

    private static func lines(_ file: URL) throws -> [Substring] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    }

    @Test func `where changes never stop the file keeps one line a path`() throws {
        try Self.withTree { tree, file in
            let written = WrittenFiles(tree: tree, smallest: 1000)
            for number in 0..<500 {
                let path = "provisioned/users/u\(number % 5).yaml"
                try written.note([NotedFile(path: path, bytes: Array("\(number)".utf8))], of: 1)
                // Commits lag behind by one change for ever.
                written.committed(1)
            }
            #expect(try Data(contentsOf: file).count < 2500)
            let paths = try Self.lines(file).map { $0.split(separator: " ")[1] }
            #expect(Set(paths) == Set((0..<5).map { "provisioned/users/u\($0).yaml" }))
        }
    }

    @Test func `the file begins anew when all is committed, what could not be noted at first, too`() throws {
        try Self.withTree { tree, file in
            let written = WrittenFiles(tree: tree)
            written.recovered()
            let folder = file.deletingLastPathComponent()
            try FileManager.default.removeItem(at: folder)
            try Data().write(to: folder)
            let files = [NotedFile(path: "provisioned/users/a.yaml", bytes: [])]
            #expect(throws: (any Error).self) { try written.note(files, of: 1) }
            try FileManager.default.removeItem(at: folder)
            try written.note(files, of: 1)
            written.committed(1)
            try written.note([NotedFile(path: "provisioned/users/b.yaml", bytes: nil)], of: 1)
            #expect(try Self.lines(file) == ["- provisioned/users/b.yaml"])
        }
    }
}
