/// One thing that a PATCH does to one attribute, with its value in the attribute's own form.
struct PatchStep: Hashable, Sendable {
    /// The attribute.
    var target: ResolvedAttribute
    /// The path as the client wrote it, for the words of an error.
    var path: String
    /// What is done to it.
    var action: Action
    /// What the policy of the request decides while steps are applied.
    var policy: Policy

    /// What is done to an attribute.
    enum Action: Hashable, Sendable {
        /// Gives the whole attribute a value, or takes it away.
        case assign(Value?)
        /// Adds elements to a list.
        case insert([Value])
        /// Removes the elements of a list that a client described.
        case take([Value])
        /// Removes a single value if it is the one that a client described.
        case unassign(ifHolding: Object)
        /// Changes parts of a single complex value.
        case merge(PartChanges)
        /// Changes parts of each element, or of the elements that brackets select.
        case mergeElements(Condition<ElementTest>?, PartChanges, IfNone)
        /// Removes the elements that brackets select.
        case removeElements(Condition<ElementTest>)
        /// Refuses another id than the resource's own.
        case expectID(String)
    }

    /// What happens when brackets select nothing.
    enum IfNone: Hashable, Sendable {
        /// Nothing.
        case nothing
        /// An element is made with what the brackets compare for equality.
        case create
        /// The request is refused with `noTarget`.
        case refuse
    }
}

/// New values for the parts of a complex value.
struct PartChanges: Hashable, Sendable {
    /// Parts with their new values.
    var assigned = Object()
    /// Parts that lose their value.
    var cleared: [String] = []
    /// Whether all other parts lose theirs.
    var dropsOthers = false

    /// The parts of a complex value after the change, in the schema's order.
    func applied(to object: Object, of attribute: Attribute, path: String) throws(SCIMError) -> Object {
        var result = dropsOthers ? Object() : object
        for name in cleared { result[name] = nil }
        for member in assigned.members {
            result = result.assigning(member.value, to: member.name, rank: attribute.indexOfPart(named:))
        }
        for part in attribute.subAttributes where part.mutability == .immutable {
            guard let present = object[part.name], present != result[part.name] else { continue }
            throw .mutability("\(path): \(part.name) cannot change; remove the value and add another")
        }
        return result
    }
}
