extension PatchReader {
    /// One operation on one attribute; nil stands for an operation without a value.
    mutating func read(
        _ value: Value?,
        for target: ResolvedAttribute,
        _ filter: Filter?,
        at place: Place
    ) throws(SCIMError) {
        guard try isChangeable(target, value, at: place) else { return }
        let condition = try condition(filter, of: target, at: place)
        guard place.verb == .remove else {
            guard let value else { throw .invalidValue("\(place.verb.rawValue) of \(place.path) needs a value") }
            guard !value.isNothing || isListWithoutElements(value, target, condition, at: place) else {
                return try clear(target, condition, value, at: place)
            }
            return try write(value, target, condition, at: place)
        }
        try remove(value, target, condition, at: place)
    }

    /// Whether a client may change it; a value that is taken and dropped is not looked at further.
    private mutating func isChangeable(
        _ target: ResolvedAttribute,
        _ value: Value?,
        at place: Place
    ) throws(SCIMError) -> Bool {
        guard target.attribute.isKept else { return false }
        let isReadOnly = !target.attribute.isWritable || !target.leaf.isWritable
        guard isReadOnly else { return target.leaf.mutability != .writeOnly }
        guard !place.isExplicit else { throw .mutability("\(place.path) is set by the server and cannot change") }
        if target.path == "id", let id = value?.string { append(.expectID(id), target, at: place) }
        return false
    }

    /// The elements that an operation adds, sets or removes.
    ///
    /// Each is compared with each that is there, while other requests wait, so that all operations of a request together
    /// cannot have as many as one after the other might.
    private mutating func elements(
        _ value: Value,
        of attribute: Attribute,
        at place: Place
    ) throws(SCIMError) -> [Value] {
        let elements = try values.elements(value, of: attribute, at: place.valuePath)
        if attribute.isKeyedByValue { return elements }
        elementCount += elements.count
        let limit = policy.maximumOperations + policy.maximumElements
        guard elementCount <= limit else {
            throw .payloadTooLarge("the operations have \(elementCount) values of lists, more than \(limit)")
        }
        return elements
    }

    private func condition(
        _ filter: Filter?,
        of target: ResolvedAttribute,
        at place: Place
    ) throws(SCIMError) -> Condition<ElementTest>? {
        guard let filter else { return nil }
        let isTolerated = !policy.isStrict && target.attribute.type == .complex
        guard target.attribute.isMultiValued || isTolerated else {
            throw .invalidPath(
                "\(Quote.text(place.path)) selects among values, but \(target.attribute.name) has only one"
            )
        }
        return try ElementBinder(attribute: target.attribute, policy: policy).condition(filter)
    }

    /// Adding the elements of an empty list adds nothing; only a replacement empties a list.
    private func isListWithoutElements(
        _ value: Value,
        _ target: ResolvedAttribute,
        _ condition: Condition<ElementTest>?,
        at place: Place
    ) -> Bool {
        place.verb == .add && condition == nil && value.array != nil && target.subAttribute == nil
            && target.attribute.isMultiValued
    }

    mutating func append(_ action: PatchStep.Action, _ target: ResolvedAttribute, at place: Place) {
        steps.append(PatchStep(target: target, path: place.path, action: action, policy: policy))
    }
}

extension PatchReader {
    /// An add or replace of null or an empty text takes the value away (RFC 7644 section 3.5.2, Microsoft's
    /// validator); where there is none, it changes nothing.
    private mutating func clear(
        _ target: ResolvedAttribute,
        _ condition: Condition<ElementTest>?,
        _ value: Value,
        at place: Place
    ) throws(SCIMError) {
        guard !target.attribute.isKeyedByValue || place.verb == .replace else {
            throw .invalidValue("add of \(place.path) needs the values to add, not \(Quote.value(value))")
        }
        try clear(target, condition, at: place)
    }

    /// Takes an attribute, a part of it, or selected elements away.
    private mutating func clear(
        _ target: ResolvedAttribute,
        _ condition: Condition<ElementTest>?,
        at place: Place
    ) throws(SCIMError) {
        if let part = target.subAttribute {
            guard !part.isRequired else { throw .mutability("\(place.path) is required and cannot be removed") }
            try checkPartsCanChange(target, at: place)
            let changes = PartChanges(cleared: [part.name])
            let isSingle = condition == nil && !target.attribute.isMultiValued
            return append(isSingle ? .merge(changes) : .mergeElements(condition, changes, .nothing), target, at: place)
        }
        if let condition { return append(.removeElements(condition), target, at: place) }
        guard !target.attribute.isRequired else {
            throw .mutability("\(place.path) is required and cannot be removed")
        }
        append(.assign(nil), target, at: place)
    }

    private func checkPartsCanChange(_ target: ResolvedAttribute, at place: Place) throws(SCIMError) {
        guard !target.attribute.isKeyedByValue else {
            throw .mutability("\(place.path) cannot change; add and remove whole values of \(target.attribute.name)")
        }
    }

    private mutating func remove(
        _ value: Value?,
        _ target: ResolvedAttribute,
        _ condition: Condition<ElementTest>?,
        at place: Place
    ) throws(SCIMError) {
        let attribute = target.attribute
        guard condition == nil, target.subAttribute == nil, let value else {
            return try clear(target, condition, at: place)
        }
        if attribute.isKeyedByValue, value.isNothing {
            throw .invalidValue(
                "remove of \(place.path) has \(Quote.value(value)) as its value; list the values to remove, or leave "
                    + "\"value\" out to remove all; nothing was removed"
            )
        }
        if attribute.isMultiValued, value.array?.isEmpty == true || !value.isNothing {
            let elements = try elements(value, of: attribute, at: place)
            return append(.take(elements), target, at: place)
        }
        let alone = try values.alone(value, of: attribute, at: place.valuePath)
        guard attribute.type == .complex, !alone.isNothing else { return try clear(target, nil, at: place) }
        let parts = try values.parts(alone, of: attribute, at: place.valuePath)
        append(.unassign(ifHolding: parts?.assigned ?? Object()), target, at: place)
    }
}

extension PatchReader {
    /// An add or replace of something.
    private mutating func write(
        _ value: Value,
        _ target: ResolvedAttribute,
        _ condition: Condition<ElementTest>?,
        at place: Place
    ) throws(SCIMError) {
        if let part = target.subAttribute { return try write(value, part, target, condition, at: place) }
        let attribute = target.attribute
        if let condition { return try writeElements(value, target, condition, at: place) }
        if attribute.isMultiValued {
            let elements = try elements(value, of: attribute, at: place)
            let whole = Optional(Value.array(elements)).filter { !$0.isUnassigned }
            return append(place.verb == .add ? .insert(elements) : .assign(whole), target, at: place)
        }
        guard attribute.type == .complex else {
            return append(.assign(try values.read(value, as: attribute, at: place.valuePath)), target, at: place)
        }
        let alone = try values.alone(value, of: attribute, at: place.valuePath)
        guard let parts = try values.parts(alone, of: attribute, at: place.valuePath) else {
            return try clear(target, nil, at: place)
        }
        let drops = place.verb == .replace && policy.replaceDropsUnnamedParts
        append(
            .merge(PartChanges(assigned: parts.assigned, cleared: parts.cleared, dropsOthers: drops)),
            target,
            at: place
        )
    }

    private mutating func write(
        _ value: Value,
        _ part: Attribute,
        _ target: ResolvedAttribute,
        _ condition: Condition<ElementTest>?,
        at place: Place
    ) throws(SCIMError) {
        try checkPartsCanChange(target, at: place)
        let alone = try values.alone(value, of: part, at: place.valuePath)
        guard let read = try values.read(alone, as: part, at: place.valuePath) else {
            return try clear(target, condition, at: place)
        }
        let changes = PartChanges(assigned: [part.name: read])
        guard condition != nil || target.attribute.isMultiValued else {
            return append(.merge(changes), target, at: place)
        }
        let creates = condition == nil || policy.createsFromFilter
        append(.mergeElements(condition, changes, creates ? .create : .refuse), target, at: place)
    }

    /// A replacement of selected elements drops their other parts, an addition keeps them.
    ///
    /// The interop profile has neither: a path with brackets ends in a sub-attribute there.
    private mutating func writeElements(
        _ value: Value,
        _ target: ResolvedAttribute,
        _ condition: Condition<ElementTest>,
        at place: Place
    ) throws(SCIMError) {
        let attribute = target.attribute
        guard !policy.isStrict else {
            throw .invalidPath("\(Quote.text(place.path)) must name a part after the brackets")
        }
        let alone = try values.alone(value, of: attribute, at: place.valuePath)
        let parts = try values.parts(values.expanded(alone, of: attribute), of: attribute, at: place.valuePath)
        guard let parts else { return try clear(target, condition, at: place) }
        let changes = PartChanges(
            assigned: parts.assigned,
            cleared: parts.cleared,
            dropsOthers: place.verb == .replace && !attribute.isKeyedByValue
        )
        append(
            .mergeElements(condition, changes, policy.createsFromFilter ? .create : .refuse),
            target,
            at: place
        )
    }
}
