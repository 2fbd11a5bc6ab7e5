import Foundation
import Testing

/// One case of `Tests/Fixtures/scenarios`: a folder with what is done, and what must come of it.
///
/// `Tests/Fixtures/scenarios/README.md` says how one is written, and how expectations are made anew.
struct Scenario: Sendable, CustomTestStringConvertible {
    /// The folder's name.
    let name: String
    /// The folder's path on this machine.
    let path: String

    var testDescription: String { name }

    /// `…/Tests/Fixtures/scenarios`, beside these sources.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/scenarios").path

    /// Every case, by name.
    static let all: [Scenario] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return names.sorted().map { Scenario(name: $0, path: root + "/" + $0) }
            .filter { FileManager.default.fileExists(atPath: $0.path + "/steps.txt") }
    }()

    /// The steps in their order, without empty lines and comments.
    var steps: [ScenarioStep] {
        get throws {
            let text = try String(contentsOfFile: path + "/steps.txt", encoding: .utf8)
            return try text.split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace) }
                .map { try ScenarioStep(line: String($0)) }
        }
    }

    /// What was recorded and reviewed.
    func expected(_ file: String = Self.expectation) -> String? {
        try? String(contentsOfFile: path + "/" + file, encoding: .utf8)
    }

    /// Writes an expectation anew where it is another one, which is an issue: nobody shall take that for a test.
    func record(_ transcript: String, as file: String = Self.expectation) throws {
        guard transcript != expected(file) else { return }
        try transcript.write(toFile: path + "/" + file, atomically: true, encoding: .utf8)
        Issue.record("\(name)/\(file) was written anew: review it with git diff")
    }

    /// Whether expectations are written anew.
    static let isRecording = ProcessInfo.processInfo.environment["DAGROSTER_RECORD_SCENARIOS"] != nil

    /// What must come of a case with a file as the target, and with any other that has no expectation of its own.
    static let expectation = "expected.txt"
}

/// One line of `steps.txt`.
struct ScenarioStep: Sendable {
    struct Unknown: Error, CustomStringConvertible {
        let line: String
        var description: String { "\"\(line)\" is no step" }
    }

    enum Kind: String, Sendable {
        /// Takes the files of a folder of this case over those that are there, without a commit.
        case files
        /// Writes active people: `people NAME...`, each a name or `user10..user49`.
        case people
        /// Writes one inactive person each.
        case inactive
        /// Writes a group: `group NAME MEMBER...`.
        case group
        /// Removes files of the tree.
        case remove
        /// Appends a line to a file: `line FILE TEXT`.
        case line
        /// Commits all that is there, as a person does.
        case commit
        /// Commits as `serve` does: with its trailers.
        case provision
        /// Runs git in the tree.
        case git
        /// Replaces text in the target, as somebody else would: `edit OLD NEW`, where \n is a line's end.
        case edit
        /// Replaces text in any file: `alter FILE OLD NEW`.
        case alter
        /// Notes whether two files have the same bytes.
        case same
        /// Runs `dagroster ARGUMENTS` and notes how it ends and what it says; OVERRIDE stands for the override that a
        /// refusal named last, LAST for the newest snapshot.
        case run
        /// The same as several processes at once; one applies, and the others must wait or be refused.
        case race
        /// Holds the lock of the target while the rest of the line is run.
        case locked
        /// Notes a file of the tree as it is now.
        case show
    }

    let kind: Kind
    let words: [String]
    let line: String

    init(line: String) throws {
        self.line = line
        var words = Self.words(of: line)
        guard !words.isEmpty, let kind = Kind(rawValue: words.removeFirst()) else { throw Unknown(line: line) }
        self.kind = kind
        self.words = words
    }

    /// The words of a line; single quotes keep spaces together.
    private static func words(of line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        for character in line {
            switch character {
            case "'":
                isQuoted.toggle()
                word = word ?? ""
            case " " where !isQuoted:
                if let done = word { words.append(done) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }
}
