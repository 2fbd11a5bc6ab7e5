package import Access
package import YAML

/// One organisation that the tree is compared with.
package struct TargetSettings: Hashable, Sendable {
    /// What stands behind a target.
    package enum Kind: Hashable, Sendable {
        /// An organisation as one YAML file; the path is relative to the tree unless it begins with `/`.
        case file(path: String)
        /// An organisation at Dagster+.
        case dagsterPlus(DagsterPlusSettings)
    }

    /// The name in the settings and on the command line: letters, digits, `.`, `_` and `-`.
    package var name: String
    /// Where the name is written.
    package var place: Place
    /// What stands behind it.
    package var kind: Kind
    /// Which people it gets.
    package var users: ResolutionPolicy.Users
    /// Which teams it gets.
    package var teams: ResolutionPolicy.Teams

    /// Settings with what is left out at its default.
    package init(
        name: String,
        place: Place,
        kind: Kind,
        users: ResolutionPolicy.Users = .all,
        teams: ResolutionPolicy.Teams = .all
    ) {
        self.name = name
        self.place = place
        self.kind = kind
        self.users = users
        self.teams = teams
    }
}

/// How an organisation at Dagster+ is reached.
package struct DagsterPlusSettings: Hashable, Sendable {
    /// What happens to the grants that Dagster+ itself gives to a new person.
    package enum NewUserGrants: String, Hashable, Sendable, CaseIterable {
        case ignore
        case remove
    }

    /// The organisation's name at Dagster+; nil: the environment variable `DAGSTER_CLOUD_ORGANIZATION` says it.
    package var organization: String?
    /// Without a slash at its end; nil: that of the organisation's name.
    package var url: String?
    /// Where the token is.
    package var token: SecretSource
    /// What is done about the grants of new people.
    package var newUserGrants: NewUserGrants

    /// Settings with what is left out at its default.
    package init(
        organization: String? = nil,
        url: String? = nil,
        token: SecretSource = .environment("DAGSTER_CLOUD_API_TOKEN"),
        newUserGrants: NewUserGrants = .ignore
    ) {
        self.organization = organization
        self.url = url
        self.token = token
        self.newUserGrants = newUserGrants
    }
}

extension TargetSettings {
    /// Whether the grants that the target itself gives to new people are taken away.
    package var removesNewUserGrants: Bool {
        guard case .dagsterPlus(let settings) = kind else { return false }
        return settings.newUserGrants == .remove
    }
}

extension DagsterPlusSettings {
    /// Whether a name can be an organisation's: letters, digits and dashes, as hosts have them.
    package static func isOrganization(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "-")
        }
        return isPlain && !name.isEmpty && name.utf8.count <= 63 && !name.hasPrefix("-") && !name.hasSuffix("-")
    }
}

/// Where a secret is to be found; the settings never hold one.
package enum SecretSource: Hashable, Sendable {
    /// An environment variable, by name.
    case environment(String)
    /// A file, by path.
    case file(String)
}

extension SecretSource {
    /// Reads `env:NAME` or `file:PATH`; nil for anything else, which may be a secret and is never repeated.
    package init?(_ text: String) {
        if text.hasPrefix("env:"), text.count > 4 {
            self = .environment(String(text.dropFirst(4)))
        } else if text.hasPrefix("file:"), text.count > 5 {
            self = .file(String(text.dropFirst(5)))
        } else {
            return nil
        }
    }
}

extension SecretSource: CustomStringConvertible {
    /// `env:NAME` or `file:PATH`.
    package var description: String {
        switch self {
        case .environment(let name): "env:\(name)"
        case .file(let path): "file:\(path)"
        }
    }
}
