import Foundation
import Generators
import Testing
import YAML

/// A second opinion: PyYAML, which shares no line with us when its own scanner reads.
struct PyYAMLTests {
    @Test(.enabled(if: PyYAML.isInstalled, "python3 with PyYAML is not installed"))
    func `PyYAML reads every hostile string as the same text`() throws {
        try expectSame(HostileStrings.all())
    }

    @Test(.enabled(if: PyYAML.isInstalled, "python3 with PyYAML is not installed"))
    func `PyYAML reads random strings as the same text`() throws {
        let seed = SeededGenerator.seed()
        var generator = SeededGenerator(seed: seed)
        try expectSame((0..<1000).map { _ in HostileText.random(using: &generator) }, "YAML_SEED=\(seed)")
    }

    private func expectSame(_ strings: [String], _ comment: Comment? = nil) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "dagroster-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let list = folder.appending(path: "strings.json")
        let file = folder.appending(path: "strings.yaml")
        try JSONEncoder().encode(strings).write(to: list)
        try Data(Writer.bytes(of: .list(strings.map(RoundTripTests.entry)))).write(to: file)
        let script = HostileStrings.fixtures.appending(path: "crosscheck.py")
        let result = try PyYAML.run([script.path, list.path, file.path])
        #expect(result == PyYAML.Result(status: 0, output: ""), comment)
    }
}

/// Python with PyYAML, where it is installed.
enum PyYAML {
    struct Result: Equatable {
        var status: Int32
        var output: String
    }

    static let isInstalled = (try? run(["-c", "import yaml"]))?.status == 0

    static func run(_ arguments: [String]) throws -> Result {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
    }
}
