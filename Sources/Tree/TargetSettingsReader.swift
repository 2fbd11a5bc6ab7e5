internal import Access
internal import YAML

/// Reads the settings' `targets`.
enum TargetSettingsReader {
    private static let fileKeys = ["kind", "path", "users", "teams"]
    private static let dagsterPlusKeys = ["kind", "organization", "url", "token", "newUserGrants", "users", "teams"]

    /// The targets in the order of the file, without those that cannot be read.
    static func targets(_ node: Node, _ reader: inout DocumentReader) -> [TargetSettings] {
        guard let entries = reader.entries(of: node, what: "\"targets\"") else { return [] }
        if entries.isEmpty { reader.error("\"targets\" is empty", at: node.place, hint: "name at least one target") }
        return entries.compactMap { target($0, &reader) }
    }

    private static func target(_ entry: Entry, _ reader: inout DocumentReader) -> TargetSettings? {
        guard isName(entry.key) else {
            reader.error(
                "\"\(entry.key)\" is not a target's name",
                at: entry.keyPlace,
                hint: "a name begins with a letter or digit and has letters, digits, \".\", \"_\" and \"-\""
            )
            return nil
        }
        guard let entries = reader.entries(of: entry.value, what: "a target") else { return nil }
        guard let kind = entries.first(where: { $0.key == "kind" }) else {
            reader.error(
                "target \"\(entry.key)\" has no \"kind\"",
                at: entry.keyPlace,
                hint: "it is one of: file, dagster-plus"
            )
            return nil
        }
        let kinds = ["file", "dagster-plus"]
        guard let word = reader.word(kind.value, what: "\"kind\"", allowed: kinds) else { return nil }
        let isFile = word == "file"
        let what = "a target of kind \(word)"
        guard let fields = reader.fields(of: entry.value, what: what, known: isFile ? fileKeys : dagsterPlusKeys),
            let place = isFile ? file(entry, fields, &reader) : dagsterPlus(entry, fields, &reader)
        else { return nil }
        var target = TargetSettings(name: entry.key, place: entry.keyPlace, kind: place)
        if let users = fields["users"] {
            target.users = reader.choice(users.value, what: "\"users\"", ResolutionPolicy.Users.self) ?? .all
        }
        if let teams = fields["teams"] {
            target.teams = reader.choice(teams.value, what: "\"teams\"", ResolutionPolicy.Teams.self) ?? .all
        }
        return target
    }

    /// A name becomes part of a git reference and of files' names.
    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= 64, !name.contains("..") else { return false }
        let isPlain = name.utf8.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
        return isPlain && isLetterOrDigit(first) && !name.hasSuffix(".") && !name.hasSuffix(".lock")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
            || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }

    private static func file(
        _ entry: Entry,
        _ fields: Fields,
        _ reader: inout DocumentReader
    ) -> TargetSettings.Kind? {
        guard let path = required("path", of: entry, fields, &reader) else { return nil }
        let first = path.value.split(separator: "/").first { $0 != "." }.map(String.init) ?? ""
        let ours = ["provisioned", "access", ".git", TreeLocation.stateFolder, TreeLocation.settingsFile]
        guard path.value.hasPrefix("/") || !ours.contains(first), !first.isEmpty else {
            reader.error(
                "\"path\" is \"\(path.value)\", which is not a target's file",
                at: path.place,
                hint: "name a file of its own, such as \"target.yaml\""
            )
            return nil
        }
        return .file(path: path.value)
    }

    private static func dagsterPlus(
        _ entry: Entry,
        _ fields: Fields,
        _ reader: inout DocumentReader
    ) -> TargetSettings.Kind? {
        var settings = DagsterPlusSettings()
        if let organization = fields["organization"] {
            settings.organization = Self.organization(organization.value, &reader)
        }
        if let url = fields["url"].flatMap({ url($0.value, &reader) }) { settings.url = url }
        if let token = fields["token"].flatMap({ token($0.value, &reader) }) { settings.token = token }
        if let grants = fields["newUserGrants"] {
            let choice = DagsterPlusSettings.NewUserGrants.self
            settings.newUserGrants = reader.choice(grants.value, what: "\"newUserGrants\"", choice) ?? .ignore
        }
        return .dagsterPlus(settings)
    }

    private static func required(
        _ key: String,
        of target: Entry,
        _ fields: Fields,
        _ reader: inout DocumentReader
    ) -> Located<String>? {
        guard let entry = fields[key] else {
            reader.error("target \"\(target.key)\" has no \"\(key)\"", at: target.keyPlace)
            return nil
        }
        return reader.name(entry.value, what: "\"\(key)\"")
    }

    /// The name becomes part of a host's name.
    private static func organization(_ node: Node, _ reader: inout DocumentReader) -> String? {
        guard let text = reader.name(node, what: "\"organization\"") else { return nil }
        guard DagsterPlusSettings.isOrganization(text.value) else {
            reader.error(
                "\"organization\" is \"\(text.value)\", which is not an organization's name",
                at: text.place,
                hint: "it is the first part of the address in the browser: \"acme\" of acme.dagster.cloud"
            )
            return nil
        }
        return text.value
    }

    private static func url(_ node: Node, _ reader: inout DocumentReader) -> String? {
        guard let text = reader.name(node, what: "\"url\"") else { return nil }
        let scheme = ["https://", "http://"].first { text.value.lowercased().hasPrefix($0) }
        let host = text.value.dropFirst(scheme?.count ?? 0).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard scheme != nil, !host.isEmpty, !host.contains("@"), !text.value.contains(where: \.isWhitespace) else {
            // What is before an "@" may be a password, so that the value is not repeated.
            let hint = "write https://HOST without a user"
            reader.error("\"url\" is not the address of a server", at: text.place, hint: hint)
            return nil
        }
        return text.value.hasSuffix("/") ? String(text.value.dropLast()) : text.value
    }

    private static func token(_ node: Node, _ reader: inout DocumentReader) -> SecretSource? {
        guard let text = reader.text(node, what: "\"token\"") else { return nil }
        if let source = SecretSource(text.value) { return source }
        // The value may be a token, so that it is not repeated.
        reader.error(
            "\"token\" does not say where the token is",
            at: text.place,
            hint: "write env:NAME or file:PATH; a token itself is never kept in a tree"
        )
        return nil
    }
}
