import Foundation
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
}
