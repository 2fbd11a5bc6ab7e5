import Access
import Roster
import SCIM
import Tree
import YAML

/// What holds for files: what is read is read again from what is written, canonical files are written in one way only,
/// both readers agree, and what is refused has its place.
enum FileLaws {
    static func yaml(_ bytes: [UInt8]) throws -> Verdict {
        let node: Node
        do throws(YAMLError) {
            node = try Reader.read(bytes)
        } catch {
            try checkPlace(error.place, error.message, in: bytes)
            return .refused
        }
        // A comment behind it is beyond the reader of canonical files: libyaml must say the same.
        if bytes.last == 0x0A {
            let slow = try? Reader.read(bytes + Array("# c\n".utf8))
            try Broken.unless(slow == node || slow?.placed == node.placed, "the two readers disagree")
        }
        if let value = node.value {
            let written = Writer.bytes(of: value)
            let again = try? Reader.read(written)
            try Broken.unless(again?.value.map(Bytes.init) == Bytes(value), "written and read again:\n\(written.text)")
            try Broken.unless(again?.value.map { Writer.bytes(of: $0) } == written, "written twice:\n\(written.text)")
        }
        try format(bytes, node) { _ in nil }
        return .accepted
    }

    static func users(_ bytes: [UInt8]) throws -> Verdict {
        let (user, diagnostics) = UserFile.read(bytes, file: "f")
        try check(diagnostics, isRefused: user == nil, in: bytes)
        guard let user else { return .refused }
        let (slow, _) = UserFile.read(bytes + Array("# c\n".utf8), file: "f")
        try Broken.unless(slow == user, "the two readers of users disagree")
        let written = UserFile.bytes(of: user)
        let (again, problems) = UserFile.read(written, file: "f")
        try Broken.unless(again == user && problems.isEmpty, "a user written and read again:\n\(written.text)")
        try Broken.unless(again.map(UserFile.bytes) == written, "a user written twice:\n\(written.text)")
        return .accepted
    }

    static func groups(_ bytes: [UInt8]) throws -> Verdict {
        let (group, diagnostics) = GroupFile.read(bytes, file: "f")
        try check(diagnostics, isRefused: group == nil, in: bytes)
        guard let group else { return .refused }
        let (slow, _) = GroupFile.read(bytes + Array("# c\n".utf8), file: "f")
        try Broken.unless(slow == group, "the two readers of groups disagree")
        let written = GroupFile.bytes(of: group)
        let (again, problems) = GroupFile.read(written, file: "f")
        try Broken.unless(problems.isEmpty && again?.group == group.group, "a group read again:\n\(written.text)")
        try Broken.unless(again.map { GroupFile.bytes(of: $0) } == written, "a group written twice:\n\(written.text)")
        return .accepted
    }

    static func access(_ bytes: [UInt8], file: String) throws -> Verdict {
        let (files, diagnostics) = AccessFiles.read([(file, bytes)])
        let isRefused = diagnostics.contains { $0.severity == .error }
        try check(diagnostics, isRefused: isRefused, in: bytes)
        guard let node = try? Reader.read(bytes) else {
            try Broken.unless(isRefused, "a file that is no YAML is taken")
            return .refused
        }
        if let formatted = try format(bytes, node, order: { keys[$0] }) {
            let (again, others) = AccessFiles.read([(file, formatted)])
            try Broken.unless(
                Self.words(others) == Self.words(diagnostics),
                "formatted, other mistakes:\n\(formatted.text)"
            )
            let isSame =
                again.bindings.map { "\($0.principal)" } == files.bindings.map { "\($0.principal)" }
                && again.bindings.map { $0.grants?.map(\.grant) } == files.bindings.map { $0.grants?.map(\.grant) }
                && Set(again.roles.keys) == Set(files.roles.keys)
            try Broken.unless(isSame, "formatted, it gives something else:\n\(formatted.text)")
        }
        return isRefused ? .refused : .accepted
    }

    static func settings(_ bytes: [UInt8]) throws -> Verdict {
        let (settings, diagnostics) = Settings.read(bytes)
        try check(diagnostics, isRefused: settings == nil, in: bytes)
        if let node = try? Reader.read(bytes), let formatted = try format(bytes, node, order: { _ in nil }) {
            let again = Settings.read(formatted).settings
            try Broken.unless(again?.withoutPlaces == settings?.withoutPlaces, "other settings:\n\(formatted.text)")
        }
        return settings == nil ? .refused : .accepted
    }
}

extension FileLaws {
    /// Keys in their order, as in a file of a team or user.
    private static let keys: [[String]: [String]] = [
        []: ["team", "user", "previously", "groups", "users", "appRoles", "owner", "reason", "grants"],
        ["grants"]: ["organization", "deployment", "branchDeployments", "role", "locations", "expires"],
    ]

    /// Formatting refuses, or keeps what a file says and is done after once.
    @discardableResult
    private static func format(
        _ bytes: [UInt8],
        _ node: Node,
        order: ([String]) -> [String]?
    ) throws -> [UInt8]? {
        let formatted: [UInt8]
        do throws(YAMLError) {
            formatted = try CanonicalEdit.formatted(bytes, order: order)
        } catch {
            try checkPlace(error.place, error.message, in: bytes)
            return nil
        }
        guard let again = try? Reader.read(formatted) else { throw Broken("formatted, no YAML:\n\(formatted.text)") }
        let isSame = again.value.map { Bytes($0).sorted } == node.value.map { Bytes($0).sorted }
        try Broken.unless(isSame, "formatted, it says something else:\n\(formatted.text)")
        let twice = try? CanonicalEdit.formatted(formatted, order: order)
        try Broken.unless(twice == formatted, "formatted twice:\n\(formatted.text)\n---\n\(twice?.text ?? "refused")")
        return formatted
    }

    /// Whoever has to mend a file is told where, and only then is it refused.
    private static func check(_ diagnostics: [Diagnostic], isRefused: Bool, in bytes: [UInt8]) throws {
        let errors = diagnostics.filter { $0.severity == .error }
        try Broken.unless(isRefused == !errors.isEmpty, "refused: \(isRefused), errors: \(errors)")
        for diagnostic in diagnostics {
            try Broken.unless(!diagnostic.message.isEmpty, "a diagnostic without words")
            guard let place = diagnostic.place else { throw Broken("no place: \(diagnostic)") }
            try checkPlace(place, diagnostic.message, in: bytes)
        }
    }

    private static func checkPlace(_ place: Place, _ words: String, in bytes: [UInt8]) throws {
        try Broken.unless(!words.isEmpty, "an error without words")
        // Line ends as YAML 1.1 has them: LF, CR, NEL, LS, PS.
        let ends = bytes.text.unicodeScalars.count { [0x0A, 0x0D, 0x85, 0x2028, 0x2029].contains($0.value) }
        try Broken.unless((1...(ends + 2)).contains(place.line), "a place beyond the file: \(place) \(words)")
        try Broken.unless((1...(bytes.count + 2)).contains(place.column), "a place beyond the line: \(place) \(words)")
    }

    private static func words(_ diagnostics: [Diagnostic]) -> [String] {
        diagnostics.map { $0.message.replacing(/[0-9]+(:[0-9]+)?/, with: "") }.sorted()
    }
}

extension Settings {
    fileprivate var withoutPlaces: Settings {
        var settings = self
        for index in targets.indices { settings.targets[index].place = .start }
        return settings
    }
}

extension Node {
    /// The same with nothing at one place: what is not written stands wherever the next thing begins.
    fileprivate var placed: Node {
        switch content {
        case .scalar(let scalar): scalar.text.isEmpty && scalar.isPlain ? Node(content, at: .start) : self
        case .sequence(let nodes): Node(.sequence(nodes.map(\.placed)), at: place)
        case .mapping(let entries):
            Node(
                .mapping(entries.map { Entry(key: $0.key, keyPlace: $0.keyPlace, value: $0.value.placed) }),
                at: place
            )
        }
    }

    /// What a writer is given to write the same; nil where there is something that is never written, such as null.
    fileprivate var value: YAML.Value? {
        switch content {
        case .scalar(let scalar):
            switch scalar.kind {
            case .text: return .text(scalar.text)
            case .boolean:
                return scalar.text == "true" || scalar.text == "false" ? .boolean(scalar.text == "true") : nil
            case .integer: return Int(scalar.text).flatMap { String($0) == scalar.text ? .integer($0) : nil }
            default: return nil
            }
        case .sequence(let nodes):
            let values = nodes.compactMap(\.value)
            return values.count == nodes.count ? .list(values) : nil
        case .mapping(let entries):
            let fields = entries.compactMap { entry in entry.value.value.map { Field(entry.key, $0) } }
            return fields.count == entries.count ? .map(fields) : nil
        }
    }
}

/// A value whose texts are compared byte by byte: strings that differ only in normalisation are equal for Swift.
private indirect enum Bytes: Hashable {
    case leaf([UInt8], isText: Bool)
    case list([Bytes])
    case map([[Bytes]])

    init(_ value: YAML.Value) {
        switch value {
        case .text(let text): self = .leaf(Array(text.utf8), isText: true)
        case .boolean(let boolean): self = .leaf(Array("\(boolean)".utf8), isText: false)
        case .integer(let integer): self = .leaf(Array("\(integer)".utf8), isText: false)
        case .timestamp(let text): self = .leaf(Array(text.utf8), isText: false)
        case .list(let values): self = .list(values.map { Bytes($0) })
        case .map(let fields):
            self = .map(fields.map { [.leaf(Array($0.key.utf8), isText: true), Bytes($0.value)] })
        }
    }

    /// The same with the keys of all maps in one order.
    var sorted: Bytes {
        switch self {
        case .leaf: self
        case .list(let elements): .list(elements.map(\.sorted))
        case .map(let entries): .map(entries.map { [$0[0], $0[1].sorted] }.sorted { $0[0].precedes($1[0]) })
        }
    }

    private func precedes(_ other: Bytes) -> Bool {
        guard case .leaf(let left, _) = self, case .leaf(let right, _) = other else { return false }
        return left.lexicographicallyPrecedes(right)
    }
}
