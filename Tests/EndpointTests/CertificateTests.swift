import Endpoint
import Foundation
import Logging
import NIOSSL
import Testing

struct CertificateTests {
    /// A folder with certificates that openssl made.
    private struct Folder {
        let path: String

        func make(_ name: String) throws {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days", "2", "-subj", "/CN=\(name)", "-keyout", "\(path)/\(name).key", "-out", "\(path)/\(name).pem",
            ]
            process.standardError = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
        }

        func put(_ name: String, key: String? = nil) throws {
            try copy("\(name).pem", to: "server.pem")
            try copy("\(key ?? name).key", to: "server.key")
        }

        private func copy(_ from: String, to name: String) throws {
            let data = try Data(contentsOf: URL(filePath: "\(path)/\(from)"))
            try data.write(to: URL(filePath: "\(path)/\(name)"), options: .atomic)
        }

        func certificates() throws -> Certificates {
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            return try Certificates(certificate: "\(path)/server.pem", key: "\(path)/server.key", logger: logger)
        }
    }

    private func with<Result>(_ body: (Folder) throws -> Result) throws -> Result {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(Folder(path: path))
    }

    @Test func `a pair that is replaced counts for the next connection, and a wrong one never does`() throws {
        try with { folder in
            try folder.make("one")
            try folder.make("two")
            try folder.put("one")
            let certificates = try folder.certificates()
            let first = certificates.context()
            #expect(certificates.context() === first)
            try folder.put("two")
            let second = certificates.context()
            #expect(second !== first)
            // The key of another certificate, as it is between the two renames of a renewal.
            try folder.put("one", key: "two")
            #expect(certificates.context() === second)
            try folder.put("one")
            let third = certificates.context()
            #expect(third !== second)
            try FileManager.default.removeItem(atPath: folder.path + "/server.pem")
            #expect(certificates.context() === third)
        }
    }

    @Test(arguments: ["missing", "empty", "mismatch", "words"])
    func `what cannot be used at the start is named with its file`(kind: String) throws {
        try with { folder in
            try folder.make("one")
            try folder.make("two")
            try folder.put("one", key: kind == "mismatch" ? "two" : "one")
            switch kind {
            case "missing": try FileManager.default.removeItem(atPath: folder.path + "/server.key")
            case "empty": try Data().write(to: URL(filePath: folder.path + "/server.pem"))
            case "words": try Data("not a key".utf8).write(to: URL(filePath: folder.path + "/server.key"))
            default: break
            }
            let expected = kind == "empty" ? "server.pem" : "server.key"
            #expect {
                try folder.certificates()
            } throws: { error in
                (error as? CertificateError)?.file.hasSuffix(expected) == true
            }
        }
    }
}
