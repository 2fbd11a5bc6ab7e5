package import SCIM

/// New values for some attributes of one record; nil stands for "no value any more".
///
/// It is what a change stores instead of the whole record, so that two changes of different attributes can be
/// applied one after the other to a record that moved on in between.
package struct Assignments: Hashable, Sendable {
    package private(set) var values: [String: Value?]

    package init(_ values: [String: Value?] = [:]) { self.values = values }

    /// The assignments that turn one record's attributes into another's.
    package init(from before: Object, to after: Object) {
        values = [:]
        for member in after.members where before[member.name] != member.value {
            values[member.name] = member.value
        }
        for member in before.members where after[member.name] == nil {
            values[member.name] = .some(nil)
        }
    }

    package var isEmpty: Bool { values.isEmpty }

    /// The attributes' names in a stable order.
    package var names: [String] { values.keys.sorted() }

    /// Whether one of some attributes is among them, in whatever letter case.
    func names(anyOf attributes: Set<NameKey>) -> Bool {
        values.keys.contains { attributes.contains(NameKey($0)) }
    }

    /// A record's attributes with these values in place of theirs.
    package func applied(to object: Object) -> Object {
        var result = object
        for (name, value) in values { result[name] = value }
        return result
    }
}
