import SCIM

/// A group with many members that notes what it is asked for.
struct CountingGroup: MutableRecord {
    var members: Set<String>
    var log: [String] = []
    let asked = Counter()

    final class Counter {
        var values: [String] = []
    }

    init(members: some Sequence<String>) { self.members = Set(members) }

    func value(of attribute: Attribute, in schema: Schema) -> Value? {
        asked.values.append(attribute.name)
        if attribute.name == "id" { return "group" }
        return attribute.name == "members" ? .array(members.map { ["value": .string($0)] }) : nil
    }

    func elements(of attribute: Attribute, whose subAttribute: String, equals value: String) -> [Value]? {
        members.contains(value) ? [["value": .string(value), "type": "User"]] : []
    }

    func hasValue(of attribute: Attribute, in schema: Schema) -> Bool { !members.isEmpty }

    mutating func assign(_ value: Value?, to attribute: Attribute, in schema: Schema) {
        log.append("assign \(attribute.name)")
        members = Set((value?.array ?? []).compactMap { $0.object?["value"]?.string })
    }

    mutating func insert(_ elements: [Value], into attribute: Attribute, in schema: Schema) {
        let ids = elements.compactMap { $0.object?["value"]?.string }
        log.append("insert \(ids.sorted())")
        members.formUnion(ids)
    }

    mutating func remove(_ elements: [Value], from attribute: Attribute, in schema: Schema) {
        let ids = elements.compactMap { $0.object?["value"]?.string }
        log.append("remove \(ids.sorted())")
        members.subtract(ids)
    }
}
