internal import SCIM
internal import YAML

/// Goes through a file in canonical form for its facts alone: no value is made of what is not one of them.
///
/// It takes no more than what ``CanonicalRecord`` takes, so that whatever it takes is a file without mistakes.
struct RecordFactsReader {
    /// Where the texts stand that a record is known by.
    struct Head {
        var flags: RecordFacts.Flags
        var id: Range<Int>
        var name: Range<Int>
        var created: Range<Int>?
    }

    /// Where the names in a group's lists stand.
    private(set) var members: [Range<Int>] = []
    private(set) var groups: [Range<Int>] = []
    private let bytes: UnsafeBufferPointer<UInt8>
    private let scheme: RecordScheme
    private let nameKey: StaticString
    private let hasLists: Bool
    private var lines: CanonicalLines

    /// A reader of a user's file, or of a group's, which has lists of names.
    init(_ bytes: UnsafeBufferPointer<UInt8>, isGroup: Bool) {
        self.bytes = bytes
        scheme = isGroup ? .group : .user
        nameKey = isGroup ? "displayName" : "userName"
        hasLists = isGroup
        lines = CanonicalLines(bytes)
    }

    /// Reads the whole file; nil for one that is not surely in canonical form.
    mutating func head() -> Head? {
        var keys = KeysSeen()
        var (id, name, created): (Range<Int>?, Range<Int>?, Range<Int>?)
        var flags: RecordFacts.Flags = [.active, .plain]
        var lists = (members: false, groups: false)
        while let line = lines.line {
            guard line.indent == 0, !line.isElement, let key = line.key else { return nil }
            if let index = keys.index(of: bytes[key], in: scheme.fields) {
                let field = scheme.fields[index]
                guard takes(field, at: line), keys.add(index) else { return nil }
                if lines.isKey(key, nameKey) {
                    name = line.value
                    if line.isQuoted { flags.remove(.plain) }
                } else if lines.isKey(key, "active") {
                    if line.boolean(in: bytes) == false { flags.remove(.active) }
                } else if lines.isKey(key, "roles") {
                    flags.insert(.roles)
                }
            } else if lines.isKey(key, "id"), id == nil {
                guard isText(line) else { return nil }
                id = line.value
                if line.isQuoted { flags.remove(.plain) }
                lines.advance()
            } else if lines.isKey(key, "created"), created == nil {
                guard line.isInstant(in: bytes) else { return nil }
                created = line.value
                if line.isQuoted { flags.remove(.plain) }
                lines.advance()
            } else if hasLists, lines.isKey(key, "members"), !lists.members {
                guard addNames(below: line, to: \.members) else { return nil }
                lists.members = true
            } else if hasLists, lines.isKey(key, "groups"), !lists.groups {
                guard addNames(below: line, to: \.groups) else { return nil }
                lists.groups = true
            } else {
                return nil
            }
        }
        guard lines.isSound, let id, let name, !id.isEmpty, !name.isEmpty else { return nil }
        return Head(flags: flags, id: id, name: name, created: created)
    }
}

extension RecordFactsReader {
    /// Whether what stands behind or below a key is what the attribute takes; goes on to the line behind it.
    private mutating func takes(_ field: RecordScheme.Field, at line: CanonicalLines.Line) -> Bool {
        if field.isMultiValued { return takesList(field, below: line) }
        guard field.type == .complex else {
            lines.advance()
            return field.type == .boolean ? line.boolean(in: bytes) != nil : field.type != .integer && isText(line)
        }
        guard let first = lines.firstKey(below: line) else { return false }
        return takesObject(field.inner, from: first)
    }

    private mutating func takesObject(_ fields: [RecordScheme.Field], from first: CanonicalLines.Line) -> Bool {
        var keys = KeysSeen()
        var next: CanonicalLines.Line? = first
        while let line = next {
            guard let key = line.key, let index = keys.index(of: bytes[key], in: fields),
                takes(fields[index], at: line), keys.add(index)
            else { return false }
            next = lines.nextKey(beside: first)
        }
        return true
    }

    private mutating func takesList(_ field: RecordScheme.Field, below key: CanonicalLines.Line) -> Bool {
        guard let first = lines.firstElement(below: key) else { return false }
        while let line = lines.nextElement(beside: first) {
            if field.type == .complex {
                guard takesObject(field.inner, from: line) else { return false }
            } else {
                let isTaken = field.type == .boolean ? line.boolean(in: bytes) != nil : isText(line)
                guard line.key == nil, field.type != .integer, isTaken else { return false }
                lines.advance()
            }
        }
        return true
    }

    private mutating func addNames(
        below key: CanonicalLines.Line,
        to list: WritableKeyPath<RecordFactsReader, [Range<Int>]>
    ) -> Bool {
        guard let first = lines.firstElement(below: key) else { return false }
        while let line = lines.nextElement(beside: first) {
            guard line.key == nil, isText(line), let name = line.value, !name.isEmpty else { return false }
            self[keyPath: list].append(name)
            lines.advance()
        }
        return true
    }

    private func isText(_ line: CanonicalLines.Line) -> Bool { line.isText(in: bytes) }
}
