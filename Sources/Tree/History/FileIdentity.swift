internal import Access
internal import Roster
internal import YAML

/// What makes a file the same one wherever it stands: a record's id, or the principal that a file under `access/` is
/// about.
enum FileIdentity {
    case record(id: String)
    case binding(Binding)

    /// Nil for what is neither.
    init?(_ bytes: [UInt8], path: String) {
        switch TreeLocation(path: path, layout: nil) {
        case .record(let kind):
            guard let identity = RecordIdentity(bytes, kind) else { return nil }
            self = .record(id: identity.id)
        case .access:
            guard let binding = AccessFiles.read([(path: path, bytes: bytes)]).access.bindings.first else { return nil }
            self = .binding(binding)
        case .settings, .outside, .foreign: return nil
        }
    }

    /// Whether a former file is the same one.
    func isSame(as former: FileIdentity?) -> Bool {
        switch (self, former) {
        case (.record(let id), .record(let other)?): id == other
        case (.binding(let binding), .binding(let other)?): binding.isSuccessor(of: other)
        default: false
        }
    }

    /// The folder in which files of the kind are, with a slash at its end.
    static func folder(of path: String) -> String? {
        switch TreeLocation(path: path, layout: nil) {
        case .record(let kind): kind.folder + "/"
        case .access: "access/"
        case .settings, .outside, .foreign: nil
        }
    }
}

extension Binding {
    /// Whether it is about the same principal as a former one, be it under a former name.
    func isSuccessor(of other: Binding) -> Bool {
        switch (principal, other.principal) {
        case (.team(let name), .team(let former)):
            NameKey(name) == NameKey(former) || previously.contains { NameKey($0.value) == NameKey(former) }
        case (.user(let name), .user(let former)): NameKey(name) == NameKey(former)
        default: false
        }
    }
}
