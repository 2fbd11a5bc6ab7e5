internal import SCIM
internal import YAML

/// What a file in canonical form holds, read without a tree of nodes in between: most files of a tree are in that form.
///
/// Whatever it does not know, a mistake first of all, makes it give up: it never decides that a file is wrong. What it
/// does read is what ``UserFile`` and ``GroupFile`` read by nodes.
struct CanonicalRecord {
    var id: String
    var created: String?
    var attributes: Object
    /// Whether the attributes are in canonical order.
    var isOrdered: Bool
    var places: RecordPlaces
    /// Names in a group's lists.
    var members: [Located<String>] = []
    var groups: [Located<String>] = []

    /// Reads a user's file.
    static func user(_ bytes: UnsafeBufferPointer<UInt8>) -> CanonicalRecord? {
        var reader = CanonicalRecordReader(bytes)
        return reader.record(.user, nameKey: "userName", hasLists: false)
    }

    /// Reads a group's file.
    static func group(_ bytes: UnsafeBufferPointer<UInt8>) -> CanonicalRecord? {
        var reader = CanonicalRecordReader(bytes)
        return reader.record(.group, nameKey: "displayName", hasLists: true)
    }
}

/// Goes through the lines of one file.
private struct CanonicalRecordReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var lines: CanonicalLines
    private var isOrdered = true

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        lines = CanonicalLines(bytes)
    }

    mutating func record(_ scheme: RecordScheme, nameKey: String, hasLists: Bool) -> CanonicalRecord? {
        var id: Located<String>?
        var name: Place?
        var created: String?
        var lists: (members: [Located<String>]?, groups: [Located<String>]?)
        var members = Members(fields: scheme.fields)
        members.list.reserveCapacity(12)
        while let line = lines.line {
            guard line.indent == 0, !line.isElement, let key = line.key else { return nil }
            if let index = members.index(of: bytes[key]) {
                let field = scheme.fields[index]
                let place = Place(line: line.number, column: key.count + 3)
                guard let value = value(of: field, at: line), members.add(value, at: index) else { return nil }
                if field.name == nameKey {
                    guard value.string?.isEmpty == false else { return nil }
                    name = place
                }
            } else if lines.isKey(key, "id") {
                guard id == nil, let text = text(at: line), !text.isEmpty else { return nil }
                id = Located(text, at: Place(line: line.number, column: 5))
                lines.advance()
            } else if lines.isKey(key, "created") {
                guard created == nil, line.isInstant(in: bytes), let range = line.value else { return nil }
                created = string(range)
                lines.advance()
            } else if hasLists, lines.isKey(key, "members"), lists.members == nil {
                lists.members = texts(below: line)
                if lists.members == nil { return nil }
            } else if hasLists, lines.isKey(key, "groups"), lists.groups == nil {
                lists.groups = texts(below: line)
                if lists.groups == nil { return nil }
            } else {
                return nil
            }
        }
        guard lines.isSound, let id, let name else { return nil }
        return CanonicalRecord(
            id: id.value,
            created: created,
            attributes: Object(distinct: members.list),
            isOrdered: isOrdered && members.isOrdered,
            places: RecordPlaces(id: id.place, name: name),
            members: lists.members ?? [],
            groups: lists.groups ?? []
        )
    }

    /// What stands behind or below a key; goes on to the line behind it.
    private mutating func value(of field: RecordScheme.Field, at line: CanonicalLines.Line) -> SCIM.Value? {
        if field.isMultiValued { return list(of: field, below: line) }
        guard field.type == .complex else {
            let value = scalar(of: field.type, at: line)
            lines.advance()
            return value
        }
        guard let first = lines.firstKey(below: line) else { return nil }
        return object(of: field.inner, from: first)
    }

    /// The map whose first key stands in a line.
    private mutating func object(of fields: [RecordScheme.Field], from first: CanonicalLines.Line) -> SCIM.Value? {
        var members = Members(fields: fields)
        members.list.reserveCapacity(4)
        var next: CanonicalLines.Line? = first
        while let line = next {
            guard let key = line.key, let index = members.index(of: bytes[key]),
                let value = value(of: fields[index], at: line), members.add(value, at: index)
            else { return nil }
            next = lines.nextKey(beside: first)
        }
        if !members.isOrdered { isOrdered = false }
        return .object(Object(distinct: members.list))
    }

    private mutating func list(of field: RecordScheme.Field, below key: CanonicalLines.Line) -> SCIM.Value? {
        guard let first = lines.firstElement(below: key) else { return nil }
        var elements: [SCIM.Value] = []
        elements.reserveCapacity(1)
        while let line = lines.nextElement(beside: first) {
            if field.type == .complex {
                guard let element = object(of: field.inner, from: line) else { return nil }
                elements.append(element)
            } else {
                guard line.key == nil, let element = scalar(of: field.type, at: line) else { return nil }
                elements.append(element)
                lines.advance()
            }
        }
        return .array(AttributeOrder.unique(elements))
    }

    /// The names of a group's list.
    private mutating func texts(below key: CanonicalLines.Line) -> [Located<String>]? {
        guard let first = lines.firstElement(below: key) else { return nil }
        var texts: [Located<String>] = []
        while let line = lines.nextElement(beside: first) {
            guard line.key == nil, let text = text(at: line) else { return nil }
            texts.append(Located(text, at: line.place))
            lines.advance()
        }
        return texts
    }
}

extension CanonicalRecordReader {
    private func scalar(of type: Attribute.DataType, at line: CanonicalLines.Line) -> SCIM.Value? {
        switch type {
        case .boolean: line.boolean(in: bytes).map { .bool($0) }
        case .integer, .complex: nil
        case .string, .decimal, .dateTime, .binary, .reference: text(at: line).map { .string($0) }
        }
    }

    private func text(at line: CanonicalLines.Line) -> String? {
        guard let range = line.value, line.isText(in: bytes) else { return nil }
        return string(range)
    }

    private func string(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }
}

/// The members of one map so far.
private struct Members {
    let fields: [RecordScheme.Field]
    var list: [Object.Member] = []
    var isOrdered: Bool { keys.isOrdered }
    private var keys = KeysSeen()

    init(fields: [RecordScheme.Field]) { self.fields = fields }

    func index(of key: Slice<UnsafeBufferPointer<UInt8>>) -> Int? { keys.index(of: key, in: fields) }

    /// Adds a value; false if its key stood there already.
    mutating func add(_ value: SCIM.Value, at index: Int) -> Bool {
        guard keys.add(index) else { return false }
        list.append(Object.Member(name: fields[index].name, value: value))
        return true
    }
}
