internal import Access
package import YAML

/// Reads `dagroster.yaml`, and collects everything that is wrong with it.
struct SettingsReader {
    private var reader: DocumentReader

    init(file: String) { reader = DocumentReader(file: file) }

    /// Reads the settings; nil when something in them is an error.
    mutating func settings(_ bytes: [UInt8]) -> (settings: Settings?, diagnostics: [Diagnostic]) {
        let settings = reader.root(bytes).flatMap { read($0) }
        return (reader.hasErrors ? nil : settings, reader.diagnostics.sorted())
    }

    private mutating func read(_ root: Node) -> Settings? {
        let keys = ["version", "layout", "scim", "git", "identity", "targets", "guards", "suspend"]
        guard let fields = reader.fields(of: root, what: "the settings", known: keys) else { return nil }
        guard isKnownVersion(fields["version"], root) else { return nil }
        guard let targets = fields["targets"] else {
            reader.error(
                "the settings have no \"targets\"",
                at: root.place,
                hint: "add a line \"targets: {sandbox: {kind: file, path: target.yaml}}\""
            )
            return nil
        }
        var settings = Settings(targets: TargetSettingsReader.targets(targets.value, &reader))
        if let layout = fields["layout"] { settings.layout = self.layout(layout.value) }
        if let scim = fields["scim"] { settings.scim = self.scim(scim.value) }
        if let git = fields["git"] { settings.git = GitSettingsReader.git(git.value, &reader) }
        if let identity = fields["identity"] { settings.identity = self.identity(identity.value) }
        checkIdentityIsKept(settings, fields["identity"])
        if let guards = fields["guards"] { settings.guards = GuardSettingsReader.guards(guards.value, &reader) }
        if let suspend = fields["suspend"] { settings.suspend = GuardSettingsReader.suspend(suspend, &reader) }
        return settings
    }

    private mutating func isKnownVersion(_ entry: Entry?, _ root: Node) -> Bool {
        guard let entry else {
            reader.error("the settings have no \"version\"", at: root.place, hint: "add a line \"version: 1\"")
            return false
        }
        guard let version = reader.integer(entry.value, what: "\"version\"") else { return false }
        guard version.value != Settings.version else { return true }
        reader.error(
            "version \"\(version.value)\" is not known",
            at: version.place,
            hint: "this dagroster reads version \(Settings.version)"
        )
        return false
    }

    private mutating func layout(_ node: Node) -> Layout {
        guard let fields = reader.fields(of: node, what: "\"layout\"", known: ["shards"]),
            let shards = fields["shards"].flatMap({ reader.integer($0.value, what: "\"shards\"") })
        else { return Layout() }
        if !Layout.allowedShards.contains(shards.value) {
            reader.error("\"shards\" is \"\(shards.value)\"", at: shards.place, hint: "it is 0 or 256")
        }
        return Layout(shards: shards.value)
    }

    private mutating func scim(_ node: Node) -> SCIMSettings {
        var settings = SCIMSettings()
        let keys = ["strict", "store"]
        guard let fields = reader.fields(of: node, what: "\"scim\"", known: keys) else { return settings }
        if let strict = fields["strict"].flatMap({ reader.boolean($0.value, what: "\"strict\"") }) {
            settings.isStrict = strict.value
        }
        if let store = fields["store"] { settings.store = StoredSettingsReader.stored(store.value, &reader) }
        return settings
    }

    private mutating func identity(_ node: Node) -> ResolutionPolicy.Identity {
        guard let fields = reader.fields(of: node, what: "\"identity\"", known: ["email"]), let email = fields["email"]
        else { return .userName }
        return reader.choice(email.value, what: "\"email\"", ResolutionPolicy.Identity.self) ?? .userName
    }

    /// Without the addresses nobody would be anybody at a target.
    private mutating func checkIdentityIsKept(_ settings: Settings, _ entry: Entry?) {
        guard let entry, settings.identity == .workEmail, case .attributes(let names) = settings.scim.store,
            !names.contains("emails")
        else { return }
        reader.error(
            "people are identified by their \"emails\", which \"store\" in \"scim\" does not list",
            at: entry.value.place,
            hint: "add \"emails\" to that list"
        )
    }
}

extension Settings {
    /// Reads the settings file; nil when something in it is an error, and then the diagnostics say what.
    ///
    /// What the file leaves out has its default, but for `version` and at least one target. Secrets are named by
    /// `env:NAME` or `file:PATH` and not read here.
    package static func read(
        _ bytes: [UInt8],
        file: String = TreeLocation.settingsFile
    ) -> (settings: Settings?, diagnostics: [Diagnostic]) {
        var reader = SettingsReader(file: file)
        return reader.settings(bytes)
    }
}
