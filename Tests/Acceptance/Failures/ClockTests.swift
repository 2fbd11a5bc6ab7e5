import Foundation
import Glibc
import Testing

/// Somebody sets the clock of a machine on which a server runs.
@Suite struct ClockTests {
    @Test func `a clock that is set by days, forward and back, stops nothing and loses nothing`() throws {
        try TemporaryTree.with(settings: TemporaryTree.settings.replacing("1h", with: "1s")) { tree in
            try TemporaryFolder.with { scratch in
                let library = try Shim.clock.library(in: scratch)
                try scratch.write("0", to: "offset")
                let environment = ["LD_PRELOAD": library, "CLOCK_OFFSET": scratch.path("offset")]
                try Server.with(tree, environment: environment) { server throws in
                    let id = try server.create("/Users", .user(named: "ada"))
                    for (number, offset) in [90_000, -90_000, 0].enumerated() {
                        try scratch.write("\(offset)", to: "offset")
                        let began = ContinuousClock.now
                        let title: JSONValue = ["op": "replace", "path": "title", "value": .string("t\(number)")]
                        #expect(try server.send("PATCH", "/Users/\(id)", .patch(title)).status == 200)
                        _ = try server.create("/Users", .user(named: "u\(number)"))
                        let text = tree.folder.text("provisioned/users/ada.yaml") { $0.contains("title: t\(number)\n") }
                        #expect(text.contains("title: t\(number)\n"))
                        try Deadline.wait(for: "the commit") { () throws in
                            let path = "HEAD:provisioned/users/ada.yaml"
                            let shown = try Program.run(executable: "git", ["show", path], in: tree.folder)
                            return shown.output.contains("title: t\(number)\n")
                        }
                        #expect(began.duration(to: .now) < .seconds(15))
                    }
                }
                #expect(try tree.git("status", "--porcelain", "-uall") == "")
                #expect(try tree.run(["check"]).exitCode == 0)
            }
        }
    }
}
