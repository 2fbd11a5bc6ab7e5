import Foundation
import Glibc
import Testing

/// TLS in the process: certificates that are replaced, versions that are refused.
@Suite struct TLSTests {
    private func make(_ name: String, in folder: TemporaryFolder) throws {
        let made = try Program.run(
            executable: "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=\(name)", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "\(name).key", "-out",
                "\(name).pem",
            ],
            in: folder
        )
        try #require(made.exitCode == 0, "\(made)")
    }

    private func put(_ name: String, in folder: TemporaryFolder) throws {
        for ending in ["key", "pem"] { try folder.write(folder.text("\(name).\(ending)"), to: "server.\(ending)") }
    }

    private func curl(_ server: Server, trusting name: String, _ more: [String] = [], in folder: TemporaryFolder) throws
        -> CommandResult
    {
        let url = "https://127.0.0.1:\(server.port)/scim/v2/Users"
        let header = "Authorization: Bearer \(server.token)"
        let arguments = ["--silent", "--show-error", "--cacert", "\(name).pem", "--header", header] + more + [url]
        return try Program.run(executable: "curl", arguments, in: folder)
    }

    @Test func `a certificate that is replaced counts for the next connection, and old versions are refused`() throws {
        try TemporaryFolder.with { folder in
            try make("one", in: folder)
            try make("two", in: folder)
            try put("one", in: folder)
            try TemporaryTree.with { tree in
                let tls = ["--tls-cert", folder.path("server.pem"), "--tls-key", folder.path("server.key")]
                try Server.with(tree, arguments: tls) { server in
                    #expect(server.log.contains("serving SCIM on https://127.0.0.1:"))
                    let first = try curl(server, trusting: "one", in: folder)
                    #expect(first.exitCode == 0 && first.output.contains("totalResults"), "\(first)")
                    let old = try curl(
                        server,
                        trusting: "one",
                        ["--tls-max", "1.1", "--ciphers", "DEFAULT:@SECLEVEL=0"],
                        in: folder
                    )
                    #expect(old.exitCode != 0, "\(old)")
                    #expect(
                        try curl(server, trusting: "one", ["--tlsv1.2", "--tls-max", "1.2"], in: folder).exitCode == 0
                    )
                    try put("two", in: folder)
                    let second = try curl(server, trusting: "two", in: folder)
                    #expect(second.exitCode == 0 && second.output.contains("totalResults"), "\(second)")
                    // Plain HTTP gets no answer that could carry a token back.
                    let plain = try Program.run(
                        executable: "curl",
                        ["--silent", "http://127.0.0.1:\(server.port)/scim/v2/Users"],
                        in: folder
                    )
                    #expect(plain.exitCode != 0 && plain.output.isEmpty, "\(plain)")
                }
            }
        }
    }

    @Test func `a connection that is open while the certificate is replaced goes on`() throws {
        try TemporaryFolder.with { folder in
            try make("one", in: folder)
            try make("two", in: folder)
            try put("one", in: folder)
            try TemporaryTree.with { tree in
                let tls = ["--tls-cert", folder.path("server.pem"), "--tls-key", folder.path("server.key")]
                try Server.with(tree, arguments: tls) { server in
                    let connection = try TLSConnection(to: server, trusting: folder.path("one.pem"), in: folder)
                    defer { connection.close() }
                    try connection.get("/scim/v2/Users", token: server.token)
                    connection.expect(answers: 1)
                    try put("two", in: folder)
                    Deadline.wait(for: "the new certificate to count") {
                        (try? curl(server, trusting: "two", in: folder).exitCode) == 0
                    }
                    try connection.get("/scim/v2/Groups", token: server.token)
                    connection.expect(answers: 2)
                    #expect(connection.isOpen)
                }
            }
        }
    }
}

/// One connection over TLS that stays open, held by `openssl s_client`.
private final class TLSConnection {
    private let child: ChildProcess
    private let input: FileHandle

    init(to server: Server, trusting certificate: String, in folder: TemporaryFolder) throws {
        let pipe = folder.path("requests")
        try #require(mkfifo(pipe, 0o600) == 0)
        // Opened for both, so that neither side waits for the other to open it, and it does not end in between.
        let descriptor = open(pipe, O_RDWR | O_CLOEXEC)
        try #require(descriptor >= 0)
        input = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        child = try ChildProcess(
            "openssl",
            [
                "s_client", "-quiet", "-verify_return_error", "-CAfile", certificate, "-connect",
                "127.0.0.1:\(server.port)",
            ],
            environment: Program.environment(home: folder),
            folder: folder.path,
            input: pipe,
            scratch: folder
        )
    }

    func get(_ path: String, token: String) throws {
        let head = "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(token)\r\n\r\n"
        try input.write(contentsOf: Data(head.utf8))
    }

    /// Waits until so many requests are answered well.
    func expect(answers: Int, sourceLocation: SourceLocation = #_sourceLocation) {
        Deadline.wait(for: "answer \(answers)", sourceLocation: sourceLocation) {
            child.standardOutput.components(separatedBy: "HTTP/1.1 200").count == answers + 1
        }
    }

    /// Whether neither side has ended it.
    var isOpen: Bool { child.exitCodeIfEnded() == nil }

    func close() {
        child.signal(SIGTERM)
        _ = try? child.exitCode(within: 10)
    }
}
