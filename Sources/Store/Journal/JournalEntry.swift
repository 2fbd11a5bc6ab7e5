package import Roster
internal import SCIM

/// What the journal holds, one after the other.
package enum JournalEntry: Hashable, Sendable {
    /// A mutation that was answered, or was about to be.
    case change(LoggedChange)
    /// Files that are about to be replaced; their new contents lie beside them, on disk.
    case batch(FileBatch)
    /// Everything up to a change is in the files.
    case done(through: Int)
}

/// A mutation as the journal holds it.
package struct LoggedChange: Hashable, Sendable {
    /// What a record's content is called before and after a change; nil where it is not there.
    package struct Versions: Hashable, Sendable {
        package var id: String
        package var before: String?
        package var after: String?

        package init(id: String, before: String?, after: String?) {
            self.id = id
            self.before = before
            self.after = after
        }
    }

    /// Counts the changes of a tree, from 1.
    package var sequence: Int
    package var time: Timestamp
    package var requester: Requester
    package var mutation: Mutation
    /// The records whose files change by it.
    package var records: [Versions]

    package init(
        sequence: Int,
        time: Timestamp,
        requester: Requester,
        mutation: Mutation,
        records: [Versions]
    ) {
        self.sequence = sequence
        self.time = time
        self.requester = requester
        self.mutation = mutation
        self.records = records
    }
}

extension JournalEntry {
    /// Deeper than any request's JSON may nest, which an entry wraps.
    private static let maximumDepth = 128
    private static let format = 1

    /// The entry as bytes: JSON, so that what an entry says can be seen with any pager.
    package var bytes: [UInt8] {
        var fields: Object = ["v": .integer(Self.format)]
        switch self {
        case .change(let change): return change.bytes(format: Self.format)
        case .done(let number): fields["done"] = .integer(number)
        case .batch(let batch): batch.write(into: &fields)
        }
        return JSON.write(.object(fields))
    }

    /// Reads an entry; nil for what is none, or is of a later format.
    package init?(_ bytes: [UInt8]) {
        guard let fields = try? JSON.read(bytes, maximumDepth: Self.maximumDepth).object,
            fields["v"]?.integer == Self.format
        else { return nil }
        if let number = fields["done"]?.integer {
            self = .done(through: number)
        } else if let batch = FileBatch(json: fields) {
            self = .batch(batch)
        } else if let change = LoggedChange(json: fields) {
            self = .change(change)
        } else {
            return nil
        }
    }
}

extension LoggedChange {
    /// The entry's text, written member by member: each change waits for it.
    fileprivate func bytes(format: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1024)
        bytes.append(UInt8(ascii: "{"))
        JSON.write(member: "v", .integer(format), into: &bytes)
        for (name, value) in [
            ("n", Value.integer(sequence)), ("at", .integer(time.milliseconds)), ("by", .string(requester.source)),
            ("request", .string(requester.requestID)),
        ] {
            bytes.append(UInt8(ascii: ","))
            JSON.write(member: name, value, into: &bytes)
        }
        bytes.append(contentsOf: #","change":"#.utf8)
        mutation.write(into: &bytes)
        bytes.append(UInt8(ascii: ","))
        let records = records.map { Value.array([.string($0.id), .text($0.before), .text($0.after)]) }
        JSON.write(member: "records", .array(records), into: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    fileprivate init?(json fields: Object) {
        guard let sequence = fields["n"]?.integer, let time = fields["at"]?.integer, let source = fields["by"]?.string,
            let request = fields["request"]?.string, let mutation = fields["change"].flatMap(Mutation.init(json:)),
            let records = fields["records"]?.array
        else { return nil }
        self.init(
            sequence: sequence,
            time: Timestamp(milliseconds: time),
            requester: Requester(source: source, requestID: request),
            mutation: mutation,
            records: records.compactMap(Versions.init(json:))
        )
        guard self.records.count == records.count else { return nil }
    }

    /// The change as one line of JSON for people.
    var line: String { String(decoding: JournalEntry.change(self).bytes, as: UTF8.self) }
}

extension LoggedChange.Versions {
    fileprivate init?(json: Value) {
        guard let parts = json.array, parts.count == 3, let id = parts[0].string else { return nil }
        self.init(id: id, before: parts[1].string, after: parts[2].string)
    }
}

extension Value {
    fileprivate static func text(_ text: String?) -> Value { text.map(Value.string) ?? .null }
}
