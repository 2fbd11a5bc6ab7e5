package import SCIM
internal import Synchronization

/// A person as the identity provider describes them: what one file under `provisioned/users/` holds.
///
/// `attributes` has SCIM's own names; it never holds `id`, `meta`, `schemas`, `groups` or `password`.
/// An attribute that stands for "no value" (RFC 7643 section 2.5) is absent, and multi-valued attributes are
/// sorted, so that two users are equal when they mean the same.
package struct User: Sendable {
    private var stored: Stored

    // A class, so that the maps which hold a hundred thousand of them move one pointer each.
    private final class Stored: Sendable {
        let id: String
        let text: UserText
        /// The hash, once somebody has asked for it; 0 before.
        private let known = Atomic<UInt64>(0)

        init(id: String, text: UserText) {
            self.id = id
            self.text = text
        }

        /// Made when it is first asked for, which of most users of a large directory nobody does.
        var hash: UInt64 {
            let known = known.load(ordering: .relaxed)
            guard known == 0 else { return known }
            var hash = ContentHash()
            hash.combine(id.utf8)
            text.combine(into: &hash)
            self.known.store(hash.mixed, ordering: .relaxed)
            return hash.mixed
        }
    }

    package init(id: String, created: String?, attributes: Object) {
        var attributes = attributes
        if attributes["active"] == nil { attributes["active"] = true }
        stored = Stored(id: id, text: UserText(attributes, created: created))
    }

    /// A user whose attributes are known to be in canonical form, `active` among them.
    init(id: String, created: String?, canonical attributes: Object) {
        stored = Stored(id: id, text: UserText(attributes, created: created, isCanonical: true))
    }

    init(id: String, text: UserText) { stored = Stored(id: id, text: text) }

    /// Replaces the values of some attributes; nil removes one.
    package mutating func assign(_ assignments: Assignments) {
        // Of one that is not said to be active or not it has to be found out first.
        let isPlain = (assignments.values["active"] ?? .bool(true)) != nil
        if isPlain, let text = stored.text.assigning(assignments) {
            stored = Stored(id: id, text: text)
        } else {
            self = User(id: id, created: created, attributes: assignments.applied(to: attributes))
        }
    }

    /// Those of some assignments that change the user; one that takes `active` away does not, because it says nothing
    /// about it: nobody who was disabled comes back by that.
    package func changes(by assignments: Assignments) -> Assignments {
        if let changes = stored.text.changes(by: assignments) { return changes }
        let before = attributes
        var stated = assignments.applied(to: before)
        if stated["active"].map(\.isUnassigned) ?? true { stated["active"] = before["active"] }
        return Assignments(from: before, to: User(id: id, created: created, attributes: stated).attributes)
    }
}

extension User {
    package var id: String { stored.id }

    /// When the record was made, RFC 3339; nil in a file that does not say.
    package var created: String? { stored.text.created }

    /// What the user says, as text that answers are made of.
    package var text: UserText { stored.text }

    /// All attributes in the order in which files list them; read anew each time, so that one of them is better asked
    /// for by ``value(of:)``.
    package var attributes: Object { stored.text.attributes }

    /// The value of one attribute by its SCIM name.
    package func value(of name: String) -> Value? { stored.text.value(of: name) }

    /// A weak entity tag's text: the same content has the same version, in every run.
    package var version: String { String(stored.hash, radix: 16) }

    /// Lends what an answer is made of.
    package func lend(_ body: (User, UserParts) -> Void) {
        let isLent: Void? = stored.id.utf8.withContiguousStorageIfAvailable { lend($0, body) }
        if isLent == nil { Array(stored.id.utf8).withUnsafeBufferPointer { lend($0, body) } }
    }

    private func lend(_ id: UnsafeBufferPointer<UInt8>, _ body: (User, UserParts) -> Void) {
        stored.text.bytes.withUnsafeBufferPointer { text in
            let (ends, hasLinks) = (stored.text.ends, stored.text.hasLinks)
            body(self, UserParts(id: id, text: text, ends: ends, hasLinks: hasLinks, hash: stored.hash))
        }
    }

    /// Reads a byte of each piece of memory that an answer is made of, and gives something that depends on all of them.
    func readAhead() -> UInt8 {
        var sum = stored.id.utf8.withContiguousStorageIfAvailable { $0.first ?? 0 } ?? 0
        stored.text.bytes.withUnsafeBufferPointer { text in
            for place in stride(from: 0, to: text.count, by: 64) { sum ^= text[place] }
        }
        return sum
    }
}

extension User: Hashable {
    package static func == (left: User, right: User) -> Bool {
        left.stored === right.stored
            || left.id == right.id && left.text == right.text
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension User {
    /// The name that identifies a person to the identity provider, unique whatever its letter case.
    package var userName: String { value(of: "userName")?.string ?? "" }

    /// Whether this is the userName, whatever its letter case.
    func isCalled(_ name: NameKey) -> Bool { text.isCalled(name) ?? (NameKey(userName) == name) }

    package var externalID: String? { value(of: "externalId")?.string }

    package var displayName: String? { value(of: "displayName")?.string }

    /// False only when the identity provider has said so (RFC 7643 section 4.1.1 leaves the default open).
    package var isActive: Bool { value(of: "active")?.bool ?? true }

    /// The values of `emails`, in the record's order.
    package var emails: [String] { values(of: "emails") }

    /// The values of `roles`, which carry Entra's app roles.
    package var roles: [String] { values(of: "roles") }

    /// The first e-mail address of a type, such as `work`.
    package func email(ofType type: String) -> String? {
        let matching = value(of: "emails")?.array?.first { element in
            element.object?["type"]?.string?.lowercased() == type.lowercased()
        }
        return matching?.object?["value"]?.string
    }

    private func values(of attribute: String) -> [String] {
        (value(of: attribute)?.array ?? []).compactMap { $0.object?["value"]?.string ?? $0.string }
    }
}
