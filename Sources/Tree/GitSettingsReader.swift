internal import YAML

/// Reads the settings' `git`.
enum GitSettingsReader {
    static func git(_ node: Node, _ reader: inout DocumentReader) -> GitSettings {
        var settings = GitSettings()
        let keys = ["commit", "branch", "window", "maxWindow", "push"]
        guard let fields = reader.fields(of: node, what: "\"git\"", known: keys) else { return settings }
        if let commit = fields["commit"].flatMap({ reader.boolean($0.value, what: "\"commit\"") }) {
            settings.commits = commit.value
        }
        if let branch = fields["branch"].flatMap({ branch($0.value, &reader) }) { settings.branch = branch }
        let window = fields["window"].flatMap { reader.duration($0.value, what: "\"window\"") }
        let longest = fields["maxWindow"].flatMap { reader.duration($0.value, what: "\"maxWindow\"") }
        settings.window = window?.value ?? settings.window
        settings.longestWindow = longest?.value ?? max(settings.longestWindow, settings.window)
        if settings.window > settings.longestWindow {
            reader.error("\"maxWindow\" is shorter than \"window\"", at: longest?.place)
        }
        if let push = fields["push"] { settings.push = self.push(push.value, &reader) }
        return settings
    }

    private static func branch(_ node: Node, _ reader: inout DocumentReader) -> String? {
        guard let name = reader.name(node, what: "\"branch\"") else { return nil }
        let refused = "~^:?*[\\\u{7F}".unicodeScalars
        let isPlain = name.value.unicodeScalars.allSatisfy { $0.value > 0x20 && !refused.contains($0) }
        let hasForm = !name.value.hasPrefix("-") && !name.value.hasPrefix("/") && !name.value.hasSuffix("/")
        guard isPlain, hasForm, !name.value.contains(".."), !name.value.hasPrefix("refs/") else {
            let hint = "write it without refs/heads/"
            reader.error("\"\(name.value)\" is not a branch's name", at: name.place, hint: hint)
            return nil
        }
        return name.value
    }

    private static func push(_ node: Node, _ reader: inout DocumentReader) -> GitSettings.Push? {
        guard case .mapping = node.content else {
            reader.word(node, what: "\"push\"", allowed: ["none"], or: "{remote: origin, window: 10s, durable: false}")
            return nil
        }
        var push = GitSettings.Push()
        let keys = ["remote", "branch", "window", "durable"]
        guard let fields = reader.fields(of: node, what: "\"push\"", known: keys) else { return nil }
        if let remote = fields["remote"].flatMap({ reader.name($0.value, what: "\"remote\"") }) {
            push.remote = remote.value
            if remote.value.hasPrefix("-") {
                reader.error("\"\(remote.value)\" is not a remote's name", at: remote.place)
            }
        }
        push.branch = fields["branch"].flatMap { branch($0.value, &reader) }
        if let window = fields["window"].flatMap({ reader.duration($0.value, what: "\"window\"") }) {
            push.window = window.value
        }
        if let durable = fields["durable"].flatMap({ reader.boolean($0.value, what: "\"durable\"") }) {
            push.isDurable = durable.value
        }
        return push
    }
}
