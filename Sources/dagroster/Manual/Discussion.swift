/// A command's discussion in its parts: paragraphs, exit codes, examples.
///
/// A paragraph that begins with `Exit:` and whose parts are `CODE MEANING`, with `·` between them, is the list of exit
/// codes; a line that begins with `Example:` or `To begin:` is a command line to copy.
struct Discussion {
    struct ExitCode: Equatable {
        var code: String
        var meaning: String
    }

    private(set) var paragraphs: [String] = []
    private(set) var codes: [ExitCode] = []
    private(set) var examples: [String] = []

    init(_ command: CommandHelp) { self.init(command.discussion ?? "") }

    init(_ text: String) {
        for paragraph in text.split(separator: "\n") {
            if let example = Self.rest(of: paragraph, after: ["Example:", "To begin:"]) {
                examples.append(example)
            } else if let codes = Self.rest(of: paragraph, after: ["Exit:"]).map(Self.codes), !codes.isEmpty {
                self.codes += codes
            } else {
                paragraphs.append(String(paragraph))
            }
        }
    }

    private static func rest(of line: Substring, after marks: [String]) -> String? {
        for mark in marks where line.hasPrefix(mark) {
            return String(line.dropFirst(mark.count).drop { $0 == " " })
        }
        return nil
    }

    private static func codes(_ text: String) -> [ExitCode] {
        text.split(separator: " · ").compactMap { part in
            let words = part.split(separator: " ", maxSplits: 1)
            guard words.count == 2, Int32(words[0]) != nil else { return nil }
            return ExitCode(code: String(words[0]), meaning: String(words[1]))
        }
    }
}
