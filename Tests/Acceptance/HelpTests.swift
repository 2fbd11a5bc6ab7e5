import ArgumentParser
import Foundation
import Testing

@testable import dagroster

/// What `--help` and the manual say of each command.
struct HelpTests {
    private static let program: CommandHelp = {
        let tool = try? JSONDecoder().decode(CommandHelp.Tool.self, from: Data(Dagroster._dumpHelp().utf8))
        return tool?.command ?? CommandHelp(commandName: "nothing could be read")
    }()

    /// An example, and the command whose help has it.
    struct Example: Sendable, CustomTestStringConvertible {
        var page: String
        var line: String

        var testDescription: String { "\(page): \(line)" }
    }

    private static let examples = program.all.flatMap { command in
        Discussion(command).examples.map { Example(page: command.page, line: $0) }
    }

    @Test func `every command shows an example of itself`() {
        #expect(Self.program.all.count > 15)
        for command in Self.program.all {
            let own = Discussion(command).examples.filter { $0.hasPrefix(command.words.joined(separator: " ")) }
            #expect(!own.isEmpty, "\(command.page)")
        }
    }

    @Test(arguments: examples)
    func `every example is good usage`(_ example: Example) throws {
        // Several commands in one line, and where the output goes, are the shell's.
        let commands = example.line.split(separator: "&&").map { $0.prefix { $0 != ">" && $0 != "|" } }
        var seen = 0
        for command in commands {
            let words = command.split(separator: " ").map(String.init)
            guard words.first == "dagroster" else { continue }
            _ = try Dagroster.parseAsRoot(Array(words.dropFirst()))
            seen += 1
        }
        #expect(seen > 0)
    }

    @Test func `a discussion is parted into paragraphs, exit codes and examples`() {
        let text = """
            Reads the tree.

            Exit: 0 all is well · 3 the tree is invalid

            Exit: when it is done.

            Example:  dagroster check
            Example:  dagroster check --at HEAD~1
            """
        let discussion = Discussion(text)
        #expect(discussion.paragraphs == ["Reads the tree.", "Exit: when it is done."])
        #expect(
            discussion.codes == [
                .init(code: "0", meaning: "all is well"), .init(code: "3", meaning: "the tree is invalid"),
            ]
        )
        #expect(discussion.examples == ["dagroster check", "dagroster check --at HEAD~1"])
    }

    @Test(
        arguments: [
            ("one. Two", "one.\nTwo"), (".dagroster is", "\\&.dagroster is"), ("'a' or b", "\\&'a' or b"),
            ("a\\b", "a\\eb"), ("under it. .git", "under it.\n\\&.git"),
        ]
    )
    func `no sentence can be a request`(text: String, expected: String) {
        #expect(ManualText.lines(text) == expected)
    }

    @Test(
        arguments: [
            ("dir", "dir"), ("Ar", "\\&Ar"), ("a b", "\"a b\""), ("", "\"\""), ("--x", "\\-\\-x"),
            ("say \"x\"", "\"say \\(dqx\\(dq\""),
        ]
    )
    func `no argument can be a macro`(text: String, expected: String) {
        #expect(ManualText.argument(text) == expected)
    }
}
