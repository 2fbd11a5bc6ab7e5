import Foundation
import Glibc

/// Plays one case in a folder of its own and writes down what happens.
struct ScenarioRun {
    let scenario: Scenario
    let target: any ScenarioTarget
    let folder: TemporaryFolder
    private var transcript = ""
    private var commits: [String] = []
    private var runs = 0

    /// The whole of what the program said and left, with nothing in it that is different each time.
    static func transcript(of scenario: Scenario) throws -> String {
        try TemporaryFolder.with { folder in
            var run = ScenarioRun(scenario: scenario, target: FileScenarioTarget(), folder: folder)
            return try run.play()
        }
    }

    /// The same with `dagroster simulate` in the place of Dagster+.
    static func simulatedTranscript(of scenario: Scenario) throws -> String {
        try TemporaryFolder.with { folder in
            try SimulatedScenarioTarget.with(folder) { target in
                var run = ScenarioRun(scenario: scenario, target: target, folder: folder)
                return try run.play()
            }
        }
    }

    private init(scenario: Scenario, target: any ScenarioTarget, folder: TemporaryFolder) {
        self.scenario = scenario
        self.target = target
        self.folder = folder
    }

    private mutating func play() throws -> String {
        try git(["init", "--quiet", "--initial-branch", "main"])
        try folder.write("/.dagroster/\n/target.yaml\n/*.json\n", to: ".gitignore")
        try writeSettings("")
        for step in try scenario.steps { try play(step) }
        try target.show()
        note("--- the target in the end", (try? folder.text("target.yaml")) ?? "(there is none)\n")
        return ScenarioText.stable(transcript, commits: commits, folder: folder.path)
    }

    private mutating func play(_ step: ScenarioStep) throws {
        let words = step.words.map(ScenarioText.dated)
        switch step.kind {
        case .files: try copy(words[0])
        case .people: for name in words.flatMap(Self.names) { try write(person: name, isActive: true) }
        case .inactive: for name in words.flatMap(Self.names) { try write(person: name, isActive: false) }
        case .group: try write(group: words[0], words.dropFirst().flatMap(Self.names))
        case .remove: for path in words.flatMap(Self.names) { try folder.remove(path) }
        case .line: try folder.write(((try? folder.text(words[0])) ?? "") + words[1] + "\n", to: words[0])
        case .commit: try commit(words.first ?? "change")
        case .provision:
            try commit("provision: a change (entra-prod)\n\nDagroster-Source: entra-prod\nDagroster-Ops: change=1")
        case .git: try git(words)
        case .edit: try edit(words[0], words[1])
        case .alter: try folder.write(folder.text(words[0]).replacing(words[1], with: words[2]), to: words[0])
        case .same:
            note("\(words[0]) and \(words[1]): " + (try isSame(words[0], words[1]) ? "the same" : "different"), "")
        case .run: try run(words, step)
        case .race: try race(words, step)
        case .locked: try locked(words, step)
        case .show: note("--- \(words[0])", (try? folder.text(words[0])) ?? "(no such file)\n")
        }
    }

    private mutating func note(_ heading: String, _ text: String) {
        transcript += heading + "\n" + text + (text.isEmpty || text.hasSuffix("\n") ? "" : "\n")
    }
}

// The files of a tree.
extension ScenarioRun {
    /// The settings of the case under the target that it is played against.
    private func writeSettings(_ more: String) throws {
        try folder.write("version: 1\n" + target.settings + more, to: "dagroster.yaml")
    }

    /// A folder of the case over the tree; `settings.yaml` in it is what the settings have beside the target.
    private func copy(_ name: String) throws {
        let files = try TemporaryFolder(path: scenario.path).files(under: name)
        for (path, text) in files {
            let relative = String(path.dropFirst(name.count + 1))
            let text = ScenarioText.dated(text)
            if relative == "settings.yaml" {
                try writeSettings(text)
            } else {
                try folder.write(text, to: relative)
            }
        }
    }

    private func write(person name: String, isActive: Bool) throws {
        let number = name.reduce(0) { ($0 &* 31 &+ Int($1.asciiValue ?? 0)) % 100_000 }
        let created = "2026-01-01T00:00:00.\(String(number % 1000 + 1000).dropFirst())Z"
        try folder.write(
            "id: \(name)\nuserName: \(name)@example.com\nactive: \(isActive)\ncreated: \(created)\n",
            to: "provisioned/users/\(name)@example.com.yaml"
        )
    }

    private func write(group name: String, _ members: [String]) throws {
        let id = name.lowercased().replacing(" ", with: "-")
        let list = members.sorted().map { "  - \($0)@example.com\n" }.joined()
        let text = "id: \(id)\ndisplayName: \(name)\n" + (list.isEmpty ? "" : "members:\n\(list)")
        try folder.write(text, to: "provisioned/groups/\(id).yaml")
    }

    /// `user10..user12` stands for three names, in a path as well.
    private static func names(_ word: String) -> [String] {
        guard let match = word.wholeMatch(of: /(.*?)([0-9]+)\.\.[^0-9]*([0-9]+)(.*)/), let first = Int(match.2),
            let last = Int(match.3), first <= last
        else { return [word] }
        return (first...last).map { "\(match.1)\($0)\(match.4)" }
    }

    private func edit(_ old: String, _ new: String) throws {
        try target.show()
        let text = try folder.text("target.yaml")
        let old = old.replacing("\\n", with: "\n")
        guard text.contains(old) else { throw ScenarioStep.Unknown(line: "edit: the target has no \"\(old)\"") }
        try folder.write(text.replacing(old, with: new.replacing("\\n", with: "\n")), to: "target.yaml")
    }

    private func isSame(_ one: String, _ other: String) throws -> Bool {
        try folder.text(one) == folder.text(other)
    }

    /// What a person would copy from what was printed or kept before.
    private func completed(_ word: String) throws -> String {
        switch word {
        case "OVERRIDE":
            return transcript.matches(of: /--override ([^ ]+) --reason/).last.map { String($0.1) } ?? word
        case "LAST":
            let folder = folder.path(".dagroster/snapshots")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted {
                ($0.count, $0) < ($1.count, $1)
            }
            return names.last.map { String($0.dropLast(5)) } ?? word
        default: return word
        }
    }

    private mutating func commit(_ message: String) throws {
        try git(["add", "--all"])
        try git(["commit", "--quiet", "--allow-empty", "-m", message])
        commits.append(try git(["rev-parse", "HEAD"]).trimmingCharacters(in: .newlines))
    }

    @discardableResult
    private func git(_ arguments: [String]) throws -> String {
        let person = ["user.name=Lin Chen", "user.email=lin@example.com", "gc.auto=0"].flatMap { ["-c", $0] }
        let result = try Program.run(executable: "git", person + arguments, in: folder)
        guard result.exitCode == 0 else { throw ScenarioStep.Unknown(line: "git \(arguments): \(result)") }
        return result.output
    }
}

// What the program does.
extension ScenarioRun {
    private mutating func run(_ arguments: [String], _ step: ScenarioStep) throws {
        let arguments = try arguments.map(completed)
        note("$ dagroster " + step.line.dropFirst(4), "")
        say(try program(arguments))
    }

    private func program(_ arguments: [String]) throws -> CommandResult {
        try target.take()
        return try Program.run(arguments, in: folder, environment: target.environment)
    }

    private mutating func say(_ result: CommandResult) {
        transcript += result.output
        if !result.errors.isEmpty { note("--- standard error", result.errors) }
        transcript += "exit \(result.exitCode)\n\n"
    }

    /// Several at once: each ends with 0 or 7, and at least one with 0.
    private mutating func race(_ arguments: [String], _ step: ScenarioStep) throws {
        note("$ dagroster " + step.line.dropFirst(5) + "  (four times at once)", "")
        try target.take()
        let codes = try TemporaryFolder.with { scratch in
            let environment = Program.environment(home: scratch, target.environment)
            let children = try (0..<4).map { _ in
                try ChildProcess(
                    Program.path(),
                    arguments,
                    environment: environment,
                    folder: folder.path,
                    scratch: scratch
                )
            }
            return try children.map { try $0.exitCode(within: 60) }
        }
        let isAsPromised = codes.contains(0) && codes.allSatisfy { $0 == 0 || $0 == 7 }
        note(isAsPromised ? "each ended with 0 or 7, one at least with 0\n" : "ended with \(codes)\n", "")
    }

    private mutating func locked(_ arguments: [String], _ step: ScenarioStep) throws {
        let path = folder.path(".dagroster/locks/reconcile-sandbox.lock")
        try folder.write(
            "pid=4711 host=ci-3 since=2020-01-01T00:00:00Z command=dagroster reconcile\n",
            to: ".dagroster/locks/reconcile-sandbox.lock"
        )
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        defer { close(descriptor) }
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw ScenarioStep.Unknown(line: "the lock is held")
        }
        note("$ dagroster " + step.line.dropFirst(7) + "  (while another run holds the lock)", "")
        say(try program(arguments))
    }
}
