/// Values by numbers, some of which may have none.
///
/// A value whose copies share all but what a change touches: the values stand in lists of sixteen, in lists of sixteen of
/// those, and so on, so that a change copies three short lists and the one at the top, which has a place for each 4096
/// numbers. Lists of nothing are empty, and take no room.
struct NumberedList<Element: Sendable>: Sendable {
    private typealias Leaf = [Element?]
    private typealias Branch = [Leaf]

    private static var width: Int { 16 }

    private var content: [[Branch]] = []
    /// How many numbers have a value.
    private(set) var count = 0
    /// A number behind all that ever had a value.
    private(set) var end = 0

    init() {}

    /// The values of the numbers from 0 on.
    init(_ elements: [Element?]) {
        let leaves: [Leaf] = Self.parts(elements, filling: nil)
        let branches: [Branch] = Self.parts(leaves, filling: [])
        content = Self.parts(branches, filling: [])
        count = elements.count { $0 != nil }
        end = elements.count
    }

    /// Lists of one length, the last one filled up.
    private static func parts<Part>(_ all: [Part], filling: Part) -> [[Part]] {
        stride(from: 0, to: all.count, by: width).map { start in
            var part = Array(all[start..<Swift.min(start + width, all.count)])
            if part.count < width { part += repeatElement(filling, count: width - part.count) }
            return part
        }
    }

    subscript(number: Int) -> Element? {
        get {
            let place = Place(number)
            guard place.top < content.count, !content[place.top].isEmpty,
                !content[place.top][place.branch].isEmpty, !content[place.top][place.branch][place.leaf].isEmpty
            else { return nil }
            return content[place.top][place.branch][place.leaf][place.element]
        }
        set {
            let place = Place(number)
            count += (newValue == nil ? 0 : 1) - (self[number] == nil ? 0 : 1)
            if newValue != nil { makeRoom(for: place) }
            guard place.top < content.count else { return }
            Self.set(newValue, at: place, in: &content[place.top])
            end = Swift.max(end, number + 1)
        }
    }

    /// Where a number stands.
    private struct Place {
        let top: Int
        let branch: Int
        let leaf: Int
        let element: Int

        init(_ number: Int) {
            (top, branch) = (number >> 12, number >> 8 & 15)
            (leaf, element) = (number >> 4 & 15, number & 15)
        }
    }

    private mutating func makeRoom(for place: Place) {
        while content.count <= place.top { content.append([]) }
        if content[place.top].isEmpty { content[place.top] = Array(repeating: [], count: Self.width) }
    }

    private static func set(_ value: Element?, at place: Place, in branches: inout [Branch]) {
        guard !branches.isEmpty else { return }
        set(value, at: place, in: &branches[place.branch])
        if value == nil, branches.allSatisfy(\.isEmpty) { branches = [] }
    }

    private static func set(_ value: Element?, at place: Place, in leaves: inout Branch) {
        if leaves.isEmpty {
            guard value != nil else { return }
            leaves = Array(repeating: [], count: width)
        }
        set(value, at: place, in: &leaves[place.leaf])
        if value == nil, leaves.allSatisfy(\.isEmpty) { leaves = [] }
    }

    private static func set(_ value: Element?, at place: Place, in leaf: inout Leaf) {
        if leaf.isEmpty {
            guard value != nil else { return }
            leaf = Array(repeating: nil, count: width)
        }
        leaf[place.element] = value
        if value == nil, leaf.allSatisfy({ $0 == nil }) { leaf = [] }
    }
}

extension NumberedList {
    /// Lends the value of a number, on which no count is held for that time.
    @inline(__always)
    func withValue<Result>(of number: Int, _ body: (borrowing Element) -> Result) -> Result? {
        let place = Place(number)
        guard place.top < content.count, !content[place.top].isEmpty,
            !content[place.top][place.branch].isEmpty, !content[place.top][place.branch][place.leaf].isEmpty
        else { return nil }
        return content[place.top][place.branch][place.leaf].withUnsafeBufferPointer { leaf in
            switch leaf[place.element] {
            case .some(let value): body(value)
            case .none: nil
            }
        }
    }

    /// The first number from one on that has a value; ``end`` when none has.
    func first(from start: Int) -> Int {
        var number = start
        while number < end, self[number] == nil { number += 1 }
        return Swift.min(number, end)
    }

    /// All values with their numbers, in the numbers' order.
    var all: some Sequence<(number: Int, value: Element)> {
        (0..<end).lazy.compactMap { number in self[number].map { (number, $0) } }
    }
}
