/// The elements of a multi-valued attribute, and what adding and removing mean there (RFC 7644 sections 3.5.2.1
/// and 3.5.2.2).
struct ElementList {
    let attribute: Attribute
    var elements: [Value]

    init(_ attribute: Attribute, _ elements: [Value]) {
        self.attribute = attribute
        self.elements = elements
    }

    /// The list with further elements.
    ///
    /// An element whose every part is in one of the list already changes nothing. One with the `value` and `type` of
    /// another is merged into it, because the pair stands at most once (RFC 7643 section 2.4). A new primary
    /// element demotes the old one.
    func inserting(_ additions: [Value]) -> [Value] {
        if attribute.isKeyedByValue { return insertingKeyed(additions) }
        return additions.reduce(into: elements) { list, addition in insert(addition, into: &list) }
    }

    private func insert(_ addition: Value, into list: inout [Value]) {
        guard let object = addition.object else {
            if !list.contains(where: { equal($0, addition) }) { list.append(addition) }
            return
        }
        if list.contains(where: { holds($0, object) }) { return }
        let place = list.firstIndex { isSame($0, object) }
        if let place {
            list[place] = merged(list[place], object)
        } else {
            list.append(addition)
        }
        if object["primary"] == true { demote(&list, but: place ?? list.count - 1) }
    }

    private func insertingKeyed(_ additions: [Value]) -> [Value] {
        var known = Set(elements.compactMap(Self.key))
        return elements + additions.filter { addition in Self.key(addition).map { known.insert($0).inserted } ?? true }
    }

    /// The list without some elements.
    func removing(_ removals: [Value]) -> [Value] {
        if attribute.isKeyedByValue {
            let gone = Set(removals.compactMap(Self.key))
            return elements.filter { element in Self.key(element).map { !gone.contains($0) } ?? true }
        }
        let gone = Set(removals)
        return elements.filter { !gone.contains($0) }
    }

    /// Takes the mark of the primary element from all but one.
    func demote(_ list: inout [Value], but kept: Int) {
        for index in list.indices where index != kept && list[index].object?["primary"] == true {
            guard var object = list[index].object else { continue }
            object["primary"] = .bool(false)
            list[index] = .object(object)
        }
    }

    /// Elements without those that stood before.
    static func unique(_ elements: [Value]) -> [Value] {
        var seen: Set<Value> = []
        return elements.filter { seen.insert($0).inserted }
    }

    /// What a keyed element is known by.
    static func key(_ element: Value) -> String? {
        element.object?["value"]?.string ?? element.string
    }

    /// Whether an element has every part of another, compared as filters compare.
    func holds(_ element: Value, _ parts: Object) -> Bool {
        guard let object = element.object else { return false }
        return parts.members.allSatisfy { equal(object[$0.name] ?? .null, $0.value, of: $0.name) }
    }

    /// Whether an element is one that a client described, whole or in part.
    func isDescribed(_ element: Value, by description: Value) -> Bool {
        guard let parts = description.object else { return equal(element, description) }
        return holds(element, parts)
    }

    /// An element with another's parts over its own.
    func merged(_ element: Value, _ parts: Object) -> Value {
        guard let object = element.object else { return .object(parts) }
        return .object(
            parts.members.reduce(object) { $0.assigning($1.value, to: $1.name, rank: attribute.indexOfPart(named:)) }
        )
    }

    private func isSame(_ element: Value, _ parts: Object) -> Bool {
        guard let object = element.object else { return false }
        guard let value = parts["value"], let present = object["value"] else { return false }
        return equal(present, value, of: "value") && equal(object["type"] ?? .null, parts["type"] ?? .null, of: "type")
    }

    private func equal(_ left: Value, _ right: Value, of name: String? = nil) -> Bool {
        guard let left = left.string, let right = right.string else { return left == right }
        let compared = name.flatMap(attribute.subAttribute(named:)) ?? attribute
        return Text.equal(left, right, caseExact: compared.isCaseExact)
    }
}
