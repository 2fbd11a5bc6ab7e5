import Roster
import SCIM

/// What holds for bodies, filters, paths and queries: what is read is read again from what is written, what is refused is
/// refused with its place or its kind, and what a directory would keep is the same once it has been a file.
enum ProtocolLaws {
    static func json(_ bytes: [UInt8]) throws -> Verdict {
        let value: Value
        do throws(JSONError) {
            value = try JSON.read(bytes)
        } catch {
            try checkPlace(of: error, in: bytes)
            return .refused
        }
        let written = JSON.write(value)
        try Broken.unless((try? JSON.read(written)) == value, "JSON that was written is read as something else")
        try Broken.unless(JSON.write(try JSON.read(written)) == written, "JSON written twice differs")
        for policy in [Policy.tolerant, .strict] {
            try refusable { () throws(SCIMError) in
                let user = try ResourceReader.read(value, as: .user, policy: policy)
                try kept(user)
                try again(user, as: .user)
            }
            try refusable { () throws(SCIMError) in
                let group = try ResourceReader.read(value, as: .group, policy: policy)
                try again(group, as: .group)
            }
            try refusable { () throws(SCIMError) in try patched(PatchRequest(value, type: .user, policy: policy)) }
            try refusable { () throws(SCIMError) in _ = try PatchRequest(value, type: .group, policy: policy) }
            try refusable { () throws(SCIMError) in _ = try BulkRequest(value, policy: policy) }
            try refusable { () throws(SCIMError) in _ = try ListQuery(searchRequest: value, policy: policy) }
        }
        return .accepted
    }

    static func filters(_ text: String) throws -> Verdict {
        var verdict = Verdict.refused
        for policy in [Policy.tolerant, .strict] {
            try refusable(as: .invalidFilter) { () throws(SCIMError) in
                let filter = try Filter(parsing: text, policy: policy)
                verdict = .accepted
                let again = try? Filter(parsing: filter.description, policy: policy)
                if again != filter { throw .law("the filter \(filter) is read as \(again.map { "\($0)" } ?? "none")") }
            }
            guard let filter = try? Filter(parsing: text, policy: policy) else { continue }
            for type in [ResourceType.user, .group] {
                try refusable { () throws(SCIMError) in _ = try filter.matches(Sample.user, type: type, policy: policy)
                }
            }
        }
        return verdict
    }

    static func paths(_ text: String) throws -> Verdict {
        var verdict = Verdict.refused
        for policy in [Policy.tolerant, .strict] {
            try refusable(as: .invalidPath) { () throws(SCIMError) in
                let path = try AttributePath(parsing: text, policy: policy)
                verdict = .accepted
                let again = try? AttributePath(parsing: path.description, policy: policy)
                if again != path { throw .law("the path \(path) is read as \(again.map { "\($0)" } ?? "none")") }
            }
            for (turn, verb) in ["add", "replace", "remove"].enumerated() {
                let value = Sample.values[(text.utf8.count + turn) % Sample.values.count]
                let operation: Value = ["op": .string(verb), "path": .string(text), "value": value]
                let body: Value = ["schemas": [.string(PatchRequest.schema)], "Operations": [operation]]
                try refusable { () throws(SCIMError) in try patched(PatchRequest(body, type: .user, policy: policy)) }
            }
        }
        return verdict
    }

    static func queries(_ text: String) throws -> Verdict {
        var verdict = Verdict.refused
        for policy in [Policy.tolerant, .strict] {
            try refusable { () throws(SCIMError) in
                let query = try ListQuery(items: QueryItem.items(ofQuery: text), policy: policy)
                verdict = .accepted
                _ = try query.selection(for: .user)
                _ = try query.sorting(for: .user, policy: policy)
                let size = query.pageSize(default: 100, maximum: 1000)
                if !(0...1000).contains(size) { throw .law("a page of \(size)") }
            }
        }
        return verdict
    }
}

extension ProtocolLaws {
    /// Does what may be refused, as long as the refusal is one that a client can use.
    private static func refusable(
        as type: SCIMError.ErrorType? = nil,
        _ body: () throws(SCIMError) -> Void
    ) throws {
        do throws(SCIMError) {
            try body()
        } catch {
            if error.status == SCIMError.law { throw Broken(error.detail) }
            try Broken.unless((400..<500).contains(error.status), "a client's mistake is answered \(error)")
            try Broken.unless(!error.detail.isEmpty, "a refusal without words")
            try Broken.unless(error.status != 400 || error.type != nil, "a refusal without scimType: \(error)")
            try Broken.unless(type == nil || error.type == type, "\(error), expected \(type?.rawValue ?? "")")
            let body = JSON.write(.object(error.body))
            try Broken.unless((try? JSON.read(body)) == .object(error.body), "a refusal that is no JSON: \(error)")
        }
    }

    /// A PATCH leaves a person who can be kept.
    private static func patched(_ request: PatchRequest) throws(SCIMError) {
        var user = Sample.person
        try request.apply(to: &user)
        if user != Sample.person { try kept(user.object) }
    }

    /// What was read as a resource is read as the same from its own text.
    private static func again(_ object: Object, as type: ResourceType) throws(SCIMError) {
        let read: Object
        do throws(SCIMError) {
            read = try ResourceReader.read(.object(object), as: type)
        } catch {
            throw .law("a \(type.name) that was taken is refused when it is sent back: \(error)")
        }
        if read != object { throw .law("a \(type.name) sent back is another: \(Value.object(read).text)") }
    }

    /// A person's attributes are the same once they have been a file, and the file is in canonical form.
    private static func kept(_ attributes: Object) throws(SCIMError) {
        guard attributes["userName"]?.string?.isEmpty == false else { return }
        let user = User(id: "u1", created: "2026-11-23T16:47:00Z", attributes: attributes)
        let bytes = UserFile.bytes(of: user)
        let (read, diagnostics) = UserFile.read(bytes, file: "u1.yaml")
        guard let read, diagnostics.isEmpty else {
            throw .law("a user's file cannot be read: \(diagnostics.first.map { "\($0)" } ?? "")\n\(bytes.text)")
        }
        if read != user { throw .law("a user is another once it was a file:\n\(bytes.text)") }
        if UserFile.bytes(of: read) != bytes { throw .law("a user's file is written in two ways:\n\(bytes.text)") }
    }

    private static func checkPlace(of error: JSONError, in bytes: [UInt8]) throws {
        try Broken.unless((0...bytes.count).contains(error.offset), "an error beyond the text: \(error)")
        let before = bytes[..<error.offset]
        let line = before.count { $0 == 0x0A } + 1
        try Broken.unless(error.line == line, "an error in another line than its offset: \(error)")
        let column = error.offset - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        try Broken.unless(error.column == column, "an error in another column than its offset: \(error)")
        try Broken.unless(!error.found.isEmpty && !error.expected.isEmpty, "an error without words")
    }
}

extension SCIMError {
    /// The status by which the closures here tell of a broken law; no answer has it.
    static let law = 0

    static func law(_ words: String) -> SCIMError { SCIMError(status: law, detail: words) }
}

extension Value {
    /// As JSON.
    var text: String { JSON.write(self).text }
}

extension [UInt8] {
    /// As text, whatever they are.
    var text: String { String(decoding: self, as: UTF8.self) }
}
