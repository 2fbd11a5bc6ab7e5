import Foundation
import Testing
import YAML

@testable import Tree

/// What an import that was stopped has left is taken back, and nothing else.
struct ImportNoteTests {
    private let folder: TemporaryFolder
    private let files: [(path: String, bytes: [UInt8])] = [
        ("provisioned/users/ada.yaml", Array("id: 1\n".utf8)), ("provisioned/users/a b.yaml", Array("id: 2\n".utf8)),
        ("access/admins.yaml", Array("team: Admins\n".utf8)),
    ]

    init() throws {
        folder = try TemporaryFolder()
        try ImportNote.write(files, in: folder.path)
    }

    private func place(_ count: Int) throws {
        for file in files.prefix(count) {
            try folder.write(String(decoding: file.bytes, as: UTF8.self), to: file.path)
        }
    }

    private func exist() -> [Bool] {
        files.map { FileManager.default.fileExists(atPath: folder.path + "/" + $0.path) }
    }

    @Test(arguments: [(0, false), (1, true), (2, true), (3, false)])
    func `only what is half in place is taken back`(placed: Int, isHalf: Bool) throws {
        try place(placed)
        let note = try #require(try ImportNote(of: folder.path))
        #expect(note.paths == files.map(\.path))
        #expect(note.isHalf == isHalf)
        try folder.write("", to: "access/.dagroster-\(getpid())-7.tmp")
        try folder.write("", to: "access/.dagroster-1-7.tmp")
        #expect(try note.takeBack() == (isHalf ? placed : 0))
        #expect(exist() == (0..<3).map { !isHalf && $0 < placed })
        #expect(try ImportNote(of: folder.path) == nil)
        // What another process is at stays.
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/access")
        #expect(left.filter { $0.hasPrefix(".") } == [".dagroster-1-7.tmp"])
    }

    @Test func `what somebody has changed since is theirs`() throws {
        try place(2)
        try folder.write("id: 3\n", to: files[0].path)
        #expect(try #require(try ImportNote(of: folder.path)).takeBack() == 1)
        #expect(exist() == [true, false, false])
    }

    @Test(arguments: ["", "x\n", "# Files\n"])
    func `a file that is no note is none`(text: String) throws {
        try folder.write(text, to: ImportNote.path)
        #expect(try ImportNote(of: folder.path) == nil)
    }

    @Test(arguments: [
        "../x.yaml", "/etc/passwd", "provisioned/../dagroster.yaml", "provisioned/users/../../x.yaml",
        "access/../../x.yaml", "access/./x.yaml", "dagroster.yaml", ".git/config", "README.md", "access",
        "access/x.txt",
        "access/.x.yaml", "provisioned/x.yaml", "provisioned/users/x", "provisioned/others/x.yaml", "other/x.yaml",
        "//access/x.yaml", " access/x.yaml", "",
    ])
    func `a path that no import writes is refused with its line, and nothing is done`(path: String) throws {
        try ImportNote.write(files + [(path, [])] + files, in: folder.path)
        try place(1)
        let error = try #require(throws: Diagnostic.self) { try ImportNote(of: folder.path) }
        #expect(error.file == ".dagroster/import")
        #expect(error.place?.line == 5)
        #expect(error.message.contains("\"\(path)\""))
        #expect(error.hint?.contains("remove .dagroster/import") == true)
    }

    @Test(arguments: ["", "access/x.yaml", "x access/x.yaml", "1", "1\taccess/x.yaml"])
    func `a line that no import writes is refused`(line: String) throws {
        let text = try String(contentsOfFile: folder.path + "/" + ImportNote.path, encoding: .utf8)
        try folder.write(text + line + "\n1 access/x.yaml\n", to: ImportNote.path)
        let error = try #require(throws: Diagnostic.self) { try ImportNote(of: folder.path) }
        #expect(error.place == Place(line: 5, column: 1))
    }
}
