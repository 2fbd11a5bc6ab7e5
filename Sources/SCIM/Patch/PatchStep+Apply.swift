extension PatchStep {
    /// Does it to a record.
    func apply(to record: inout some MutableRecord, within budget: inout ComparisonBudget) throws(SCIMError) {
        switch action {
        case .assign(let value):
            try assign(value, to: &record)
        case .insert(let elements):
            if !elements.isEmpty { try insert(elements, into: &record) }
        case .take(let descriptions):
            try take(descriptions, from: &record)
        case .unassign(let description):
            try unassign(ifHolding: description, in: &record)
        case .merge(let changes):
            try merge(changes, into: &record)
        case .mergeElements(let condition, let changes, let ifNone):
            try mergeElements(condition, changes, ifNone, in: &record, &budget)
        case .removeElements(let condition):
            try removeElements(condition, from: &record, &budget)
        case .expectID(let id):
            try expect(id, of: record)
        }
    }

    private var attribute: Attribute { target.attribute }
    private var schema: Schema { target.schema }

    private func assign(_ value: Value?, to record: inout some MutableRecord) throws(SCIMError) {
        if attribute.mutability == .immutable, let present = record.value(of: attribute, in: schema) {
            guard present == value else { throw .mutability("\(path) cannot change once it has a value") }
            return
        }
        try record.assign(value, to: attribute, in: schema)
    }

    /// A list does not grow beyond what a whole one may hold in a request, or nobody could send it back.
    private func insert(_ elements: [Value], into record: inout some MutableRecord) throws(SCIMError) {
        if attribute.isKeyedByValue { return try record.insert(elements, into: attribute, in: schema) }
        let before = self.elements(of: record).count
        try record.insert(elements, into: attribute, in: schema)
        let after = self.elements(of: record).count
        guard after <= max(before, policy.maximumElements) else {
            throw .invalidValue("\(path) would have \(after) values, more than \(policy.maximumElements)")
        }
    }

    private func take(_ descriptions: [Value], from record: inout some MutableRecord) throws(SCIMError) {
        if attribute.isKeyedByValue { return try record.remove(descriptions, from: attribute, in: schema) }
        let list = ElementList(attribute, elements(of: record))
        let gone = list.elements.filter { element in descriptions.contains { list.isDescribed(element, by: $0) } }
        if !gone.isEmpty { try record.remove(gone, from: attribute, in: schema) }
    }

    private func unassign(
        ifHolding description: Object,
        in record: inout some MutableRecord
    ) throws(SCIMError) {
        guard let present = record.value(of: attribute, in: schema) else { return }
        if ElementList(attribute, []).holds(present, description) { try assign(nil, to: &record) }
    }

    private func merge(_ changes: PartChanges, into record: inout some MutableRecord) throws(SCIMError) {
        let present = record.value(of: attribute, in: schema)
        let object = present?.object ?? Object()
        let changed = try changes.applied(to: object, of: attribute, path: path)
        if changed != object { try assign(changed.isEmpty ? nil : .object(changed), to: &record) }
    }

    private func expect(_ id: String, of record: some MutableRecord) throws(SCIMError) {
        guard record.value(of: attribute, in: schema)?.string == id else {
            throw .mutability("id \(Quote.text(id)) is not the id of this resource, and an id cannot change")
        }
    }

    /// The elements of the list; a single complex value counts as a list of one.
    private func elements(of record: some Record) -> [Value] {
        record.value(of: attribute, in: schema).map { $0.array ?? [$0] } ?? []
    }
}

extension PatchStep {
    private func removeElements(
        _ condition: Condition<ElementTest>,
        from record: inout some MutableRecord,
        _ budget: inout ComparisonBudget
    ) throws(SCIMError) {
        if attribute.isKeyedByValue {
            if let keys = condition.exactKeys {
                return try record.remove(keys.map { ["value": .string($0)] }, from: attribute, in: schema)
            }
            let gone = try keyed(condition, in: record, &budget)
            if !gone.isEmpty { try record.remove(gone, from: attribute, in: schema) }
            return
        }
        let present = elements(of: record)
        try budget.spend(condition, on: present.count)
        let left = present.filter { !selects(condition, $0) }
        if left != present { try write(left, to: &record) }
    }

    private func mergeElements(
        _ condition: Condition<ElementTest>?,
        _ changes: PartChanges,
        _ ifNone: IfNone,
        in record: inout some MutableRecord,
        _ budget: inout ComparisonBudget
    ) throws(SCIMError) {
        if attribute.isKeyedByValue { return try mergeKeyed(condition, changes, ifNone, in: &record, &budget) }
        let present = elements(of: record)
        try budget.spend(condition, on: present.count)
        let selected = present.indices.filter { index in condition.map { selects($0, present[index]) } ?? true }
        guard !selected.isEmpty else { return try addMissing(condition, changes, ifNone, to: &record) }
        try checkIsOne(selected, changes)
        var list = present
        for index in selected { list[index] = try changed(list[index], by: changes, condition) }
        if changes.assigned["primary"] == true { ElementList(attribute, []).demote(&list, but: selected[0]) }
        if !changes.assigns {
            for index in selected.reversed() where list[index].object?.isOnlyLabels == true { list.remove(at: index) }
        }
        if list != present { try write(ElementList.unique(list), to: &record) }
    }

    /// What the brackets compare for equality stays, so that the same request finds the element again.
    private func changed(
        _ element: Value,
        by changes: PartChanges,
        _ condition: Condition<ElementTest>?
    ) throws(SCIMError) -> Value {
        guard let object = element.object else { return element }
        var changes = changes
        for case (let part?, _) in condition?.equalParts ?? [] where changes.dropsOthers {
            guard changes.assigned[part.name] == nil, let kept = object[part.name] else { continue }
            changes.assigned[part.name] = kept
        }
        return .object(try changes.applied(to: object, of: attribute, path: path))
    }

    /// The interop profile refuses a filter that selects several; only one value can be made primary in any case.
    private func checkIsOne(_ selected: [Int], _ changes: PartChanges) throws(SCIMError) {
        guard selected.count > 1 else { return }
        guard !policy.isStrict else { throw .invalidFilter("\(path) selects \(selected.count) values, expected one") }
        guard changes.assigned["primary"] != true else {
            throw .invalidValue("\(path) would make \(selected.count) values primary; at most one can be")
        }
    }

    private func addMissing(
        _ condition: Condition<ElementTest>?,
        _ changes: PartChanges,
        _ ifNone: IfNone,
        to record: inout some MutableRecord
    ) throws(SCIMError) {
        switch ifNone {
        case .nothing:
            return
        case .create:
            guard let element = try newElement(condition, changes) else { throw noTarget }
            if attribute.isMultiValued { return try insert([.object(element)], into: &record) }
            try assign(.object(element), to: &record)
        case .refuse:
            throw noTarget
        }
    }

    private var noTarget: SCIMError { .noTarget("\(path) selects no value of this resource") }

    /// An element as the brackets describe it, with the new parts; nil where they do not describe one.
    private func newElement(
        _ condition: Condition<ElementTest>?,
        _ changes: PartChanges
    ) throws(SCIMError) -> Object? {
        var element = Object()
        if let condition {
            guard condition.isOnlyEqualities else { return nil }
            for (part, value) in condition.equalParts {
                guard let part else { return nil }
                element = element.assigning(value, to: part.name, rank: attribute.indexOfPart(named:))
            }
        }
        var changes = changes
        changes.dropsOthers = false
        return try changes.applied(to: element, of: attribute, path: path)
    }

    private func selects(_ condition: Condition<ElementTest>, _ element: Value) -> Bool {
        condition.holds { $0.holds(for: element) }
    }

    private func write(_ list: [Value], to record: inout some MutableRecord) throws(SCIMError) {
        guard attribute.isMultiValued else { return try assign(list.first, to: &record) }
        try assign(list.isEmpty ? nil : .array(list), to: &record)
    }

    /// The selected elements of a keyed list, from the record's index where it has one.
    private func keyed(
        _ condition: Condition<ElementTest>,
        in record: some Record,
        _ budget: inout ComparisonBudget
    ) throws(SCIMError) -> [Value] {
        let indexed = condition.indexed { record.elements(of: attribute, whose: "value", equals: $0) }
        let candidates = indexed ?? elements(of: record)
        try budget.spend(condition, on: candidates.count)
        return candidates.filter { selects(condition, $0) }
    }

    /// Elements of a keyed list only come and go: a selected one that would differ is refused, one that would not is
    /// left alone, and a missing one is inserted.
    private func mergeKeyed(
        _ condition: Condition<ElementTest>?,
        _ changes: PartChanges,
        _ ifNone: IfNone,
        in record: inout some MutableRecord,
        _ budget: inout ComparisonBudget
    ) throws(SCIMError) {
        guard let condition else { throw .mutability("\(path) cannot change; add and remove whole values") }
        let selected = try keyed(condition, in: record, &budget)
        guard !selected.isEmpty else { return try addMissing(condition, changes, ifNone, to: &record) }
        for element in selected { _ = try changed(element, by: changes, condition) }
    }
}

extension PartChanges {
    /// Whether any part gets a value.
    var assigns: Bool { !assigned.isEmpty }
}

extension Condition<ElementTest> {
    /// The values of which a keyed element must have one, if that is all that the condition asks.
    var exactKeys: [String]? {
        switch self {
        case .test(let test):
            return RecordTest.key(test.part, test.predicate, test.operand).map { [$0] }
        case .any(let conditions):
            var keys: [String] = []
            for condition in conditions {
                guard let found = condition.exactKeys else { return nil }
                keys += found
            }
            return keys
        case .all, .not, .constant:
            return nil
        }
    }
}
