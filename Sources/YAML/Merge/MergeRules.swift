/// What a merge has to know about the files that it merges.
package struct MergeRules: Sendable {
    /// The order of a map's keys, as ``CanonicalEdit`` takes it.
    package var order: @Sendable (_ path: [String]) -> [String]?
    /// What makes an element of a list that is a map the same one in two versions; nil: all that it holds.
    ///
    /// Where two elements of one list have the same identity, whole elements are compared.
    package var identity: @Sendable (_ path: [String], _ element: Node) -> String?
    /// Whether a list that is not there is an empty one, so that taking out the last element is no removal of the list.
    package var absentIsEmpty: @Sendable (_ path: [String]) -> Bool

    /// Rules; without any, keys keep their order, elements are what they hold, and a missing list is none.
    package init(
        order: @escaping @Sendable ([String]) -> [String]? = { _ in nil },
        identity: @escaping @Sendable ([String], Node) -> String? = { _, _ in nil },
        absentIsEmpty: @escaping @Sendable ([String]) -> Bool = { _ in false }
    ) {
        self.order = order
        self.identity = identity
        self.absentIsEmpty = absentIsEmpty
    }
}

/// What came of a merge.
package struct Merged: Hashable, Sendable {
    /// The file; with conflict markers where there is a conflict.
    package var bytes: [UInt8]
    /// Where one side takes away or changes what the other changes in another way, such as `grants > prod > role`.
    package var conflicts: [String]

    /// Joins both.
    package init(bytes: [UInt8], conflicts: [String] = []) {
        self.bytes = bytes
        self.conflicts = conflicts
    }
}
