/// Looks the names of a filter up in a resource type.
struct FilterBinder {
    let type: ResourceType
    let policy: Policy
    let unknownAttribute: BoundFilter.UnknownAttribute

    func condition(_ filter: Filter) throws(SCIMError) -> Condition<RecordTest> {
        switch filter {
        case .and(let filters):
            return .all(try conditions(filters))
        case .or(let filters):
            return .any(try conditions(filters))
        case .not(let filter):
            return .not(try condition(filter))
        case .present(let path):
            guard let target = try target(of: path) else { return .constant(false) }
            try target.leaf.checkPresenceIsAllowed(path.description)
            return try test(target, path, .present)
        case .element(let path):
            guard let target = try target(of: path) else { return .constant(false) }
            return try test(target, path, nil)
        case .comparison(let path, let operation, let operand):
            guard let target = try target(of: path) else {
                return .constant(operation.holdsForAbsent(operand))
            }
            return try comparison(target, path, operation, operand)
        }
    }

    private func conditions(_ filters: [Filter]) throws(SCIMError) -> [Condition<RecordTest>] {
        var conditions: [Condition<RecordTest>] = []
        for filter in filters { conditions.append(try condition(filter)) }
        return conditions
    }

    private func comparison(
        _ target: ResolvedAttribute,
        _ path: AttributePath,
        _ operation: Filter.Operator,
        _ operand: Value
    ) throws(SCIMError) -> Condition<RecordTest> {
        if operand == .null, operation == .eq || operation == .ne {
            try target.leaf.checkPresenceIsAllowed(path.description)
            let present = try test(target, path, .present)
            return operation == .eq ? .not(present) : present
        }
        var target = target
        if target.leaf.type == .complex {
            guard let value = target.attribute.subAttribute(named: "value") else {
                let example = target.attribute.exampleOfPart
                throw .invalidFilter("\(path) has parts; compare one of them, such as \(example)")
            }
            target = ResolvedAttribute(target.schema, target.attribute, value, in: type)
        }
        let leaf = target.leaf
        let predicate = try Predicate(operation, operand, for: leaf, named: path.description, policy: policy)
        return try test(target, path, predicate, leaf.simpleValue(operand, policy: policy))
    }

    private func test(
        _ target: ResolvedAttribute,
        _ path: AttributePath,
        _ predicate: Predicate?,
        _ operand: Value? = nil
    ) throws(SCIMError) -> Condition<RecordTest> {
        var elements: Condition<ElementTest>?
        if let filter = path.filter {
            elements = try ElementBinder(attribute: target.attribute, policy: policy).condition(filter)
        }
        return .test(RecordTest(target: target, elements: elements, predicate: predicate, operand: operand))
    }

    /// The attribute that a path names; nil for one that the type does not have, where that is no error.
    private func target(of path: AttributePath) throws(SCIMError) -> ResolvedAttribute? {
        let name = path.subAttribute.map { "\(path.name).\($0)" } ?? path.name
        switch type.resolve(name, policy: policy) {
        case .attribute(let attribute):
            return attribute
        case .unknownPart(let attribute) where unknownAttribute == .refused:
            throw .invalidFilter("\(attribute.name) has no part of the name in \(Quote.text(path.description))")
        case .schema where unknownAttribute == .refused:
            throw .invalidFilter("\(Quote.text(path.name)) is a schema; name one of its attributes")
        case .unknown where unknownAttribute == .refused:
            throw .invalidFilter("a \(type.name) has no attribute \(Quote.text(path.description))")
        case .unknownPart, .schema, .unknown:
            return nil
        }
    }
}

/// Looks the names inside of brackets up among the parts of one attribute.
struct ElementBinder {
    let attribute: Attribute
    let policy: Policy

    func condition(_ filter: Filter) throws(SCIMError) -> Condition<ElementTest> {
        switch filter {
        case .and(let filters):
            return .all(try conditions(filters))
        case .or(let filters):
            return .any(try conditions(filters))
        case .not(let filter):
            return .not(try condition(filter))
        case .present(let path):
            let part = try part(path)
            return .test(ElementTest(part: part, attribute: attribute, predicate: .present))
        case .comparison(let path, let operation, let operand):
            let part = try part(path)
            let leaf = part ?? attribute
            let name = "\(attribute.name)[\(path)]"
            let predicate = try Predicate(operation, operand, for: leaf, named: name, policy: policy)
            let value = leaf.simpleValue(operand, policy: policy)
            return .test(ElementTest(part: part, attribute: attribute, predicate: predicate, operand: value))
        case .element(let path):
            throw .invalidFilter("\(attribute.name)[\(path)] has brackets inside of brackets")
        }
    }

    private func conditions(_ filters: [Filter]) throws(SCIMError) -> [Condition<ElementTest>] {
        var conditions: [Condition<ElementTest>] = []
        for filter in filters { conditions.append(try condition(filter)) }
        return conditions
    }

    /// The part that a name in brackets means; nil where elements have no parts and `value` is the element itself.
    private func part(_ path: AttributePath) throws(SCIMError) -> Attribute? {
        if let part = attribute.subAttribute(named: path.name) { return part }
        if attribute.type != .complex, CaseInsensitive.equal(path.name, "value") { return nil }
        let parts = attribute.subAttributes.map(\.name).joined(separator: ", ")
        throw .invalidFilter(
            "\(attribute.name) has no part \(Quote.text(path.name))" + (parts.isEmpty ? "" : "; it has \(parts)")
        )
    }
}

extension Filter.Operator {
    /// Whether the comparison is true of an attribute without a value.
    func holdsForAbsent(_ operand: Value) -> Bool {
        switch self {
        case .eq: operand == .null
        case .ne: operand != .null
        default: false
        }
    }
}

extension Attribute {
    /// A name that an administrator could have meant, such as `name.formatted`.
    var exampleOfPart: String {
        name + "." + (subAttributes.first?.name ?? "value")
    }

    /// A write-only attribute must not tell whether it has a value.
    func checkPresenceIsAllowed(_ path: String) throws(SCIMError) {
        guard mutability != .writeOnly else {
            throw .invalidFilter("\(path) can only be compared by \"eq\" and \"ne\"")
        }
    }
}
