import Foundation
import Glibc
import Testing

/// What can befall a server that runs for years.
///
/// Changes that cannot be made are refused by a SCIM error, what was answered is served and in the files, and when the
/// cause is gone it goes on by itself.
@Suite struct FailureTests {
    @Test(arguments: Mishap.all)
    func `it refuses what it cannot do, loses no answer, and goes on by itself`(mishap: Mishap) throws {
        guard mishap.needsMounts else {
            return try TemporaryFolder.with { try Self.suffer(mishap, in: $0) }
        }
        guard SmallDisk.isAllowed else {
            return print("not tried, for no file system can be mounted here: \(mishap.testDescription)")
        }
        try SmallDisk.with { try Self.suffer(mishap, in: $0) }
    }

    private static func suffer(_ mishap: Mishap, in folder: TemporaryFolder) throws {
        let tree = TemporaryTree(folder: folder)
        try #require(try tree.run(["init"]).exitCode == 0)
        try tree.write("dagroster.yaml", TemporaryTree.settings)
        var people: Set<String> = []
        try Server.with(tree) { server throws in
            // It is opened before, because a new one may be too much to ask.
            let connection = try KeptConnection(to: server)
            let ask = { try connection.send("POST", "/Users", .user(named: $0)) }
            for name in ["ada", "grace", "lin"] {
                #expect(try ask(name).status == 201)
                people.insert(name)
            }
            folder.wait(for: "provisioned/users/ada.yaml", "provisioned/users/grace.yaml", "provisioned/users/lin.yaml")
            try mishap.begin(tree, server)
            var number = 0
            try Deadline.wait(for: "a change to be refused") { () throws in
                number += 1
                let answer = try ask("during-\(number)")
                if answer.status == 201 { people.insert("during-\(number)") }
                guard answer.status != 201 else { return false }
                #expect(answer.status == mishap.status, "\(answer.text)")
                #expect(try answer.json().masked(by: .error(mishap.status)) == .error(mishap.status), "\(answer.text)")
                return true
            }
            if mishap.isTold {
                try Deadline.wait(for: "it not to be ready") { try server.page("/readyz").status == 503 }
                let page = try server.page("/readyz").text
                #expect(page.hasPrefix("not ready: ") && !page.contains("\\u{A}"), "\(page)")
            }
            if mishap.canBeRead {
                let users = try connection.send("GET", "/Users?count=500").json()["Resources"]?.elements ?? []
                #expect(Set(users.compactMap { $0["userName"]?.string }) == people)
            }
            try mishap.end(tree, server)
            // Before anybody asks: to what is not ready nobody may be sent.
            try Deadline.wait(for: "it to be ready", seconds: 40) { try server.page("/readyz").status == 200 }
            try Deadline.wait(for: "a change to be taken again", seconds: 40) { () throws in
                number += 1
                let isTaken = try ask("after-\(number)").status == 201
                if isTaken { people.insert("after-\(number)") }
                return isTaken
            }
            #expect(try server.send("GET", "/Users?count=0").json()["totalResults"] == .number(Double(people.count)))
        }
        let files = try folder.files(under: "provisioned/users")
        #expect(Set(files.keys) == Set(people.map { "provisioned/users/\($0).yaml" }))
        #expect(try tree.git("status", "--porcelain", "-uall") == "")
        #expect(try tree.run(["check"]).exitCode == 0)
    }

    @Test(.timeLimit(.minutes(5)))
    func `a git that hangs holds nobody up, is ended, and what it left is committed when it works again`() throws {
        try TemporaryTree.with(settings: TemporaryTree.settings.replacing("1h", with: "1s")) { tree in
            try TemporaryFolder.with { tools in
                try Self.makeHangingGit(in: tools)
                let token = try tree.token()
                let path = tools.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
                try Server.killed(tree, token: token, environment: ["PATH": path]) { server throws in
                    try tools.write("", to: "hangs")
                    let began = ContinuousClock.now
                    for number in 0..<20 { _ = try server.create("/Users", .user(named: "u\(number)")) }
                    #expect(began.duration(to: .now) < .seconds(20))
                    // It is being waited for; a server that stops waits a few seconds.
                    tools.wait(for: "called")
                    let stopping = ContinuousClock.now
                    #expect(try server.terminated(within: 50) == 1)
                    #expect(server.log.contains("they are committed at the next start"), "\(server.log)")
                    #expect(stopping.duration(to: .now) < .seconds(40))
                }
                try tools.remove("hangs")
                #expect(try tree.git("status", "--porcelain", "-uall").contains("provisioned/users/"))
                try Server.with(tree, token: token, environment: ["PATH": path]) { server throws in
                    #expect(try server.send("GET", "/Users?count=0").json()["totalResults"] == 20)
                }
                #expect(try tree.git("status", "--porcelain", "-uall") == "")
            }
        }
    }

    /// A `git` that never ends while there is a file `hangs` beside it.
    private static func makeHangingGit(in tools: TemporaryFolder) throws {
        let real = try Program.run(executable: "sh", ["-c", "command -v git"], in: tools).output
        let script = """
            #!/bin/sh
            if [ -e '\(tools.path)/hangs' ]; then touch '\(tools.path)/called'; exec sleep 1000; fi
            exec \(real.trimmingCharacters(in: .newlines)) "$@"

            """
        try tools.write(script, to: "script")
        // By another process: one that is started meanwhile could keep our file open for writing.
        let made = try Program.run(executable: "install", ["-m", "755", "script", "git"], in: tools)
        try #require(made.exitCode == 0, "\(made)")
    }
}
