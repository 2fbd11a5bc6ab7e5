internal import HashTreeCollections
package import Roster

/// When each record's file was last written, by id.
///
/// A value: what was so from the start stands in one list by the numbers of the ids that the directory was made with; what
/// has changed since then, in a tree.
package struct ModificationTimes: Sendable {
    private let start: Start
    private var changed: TreeDictionary<String, Timestamp?> = [:]

    private final class Start: Sendable {
        let known: KnownIDs
        let milliseconds: [Int]

        init(known: KnownIDs, milliseconds: [Int]) {
            self.known = known
            self.milliseconds = milliseconds
        }
    }

    /// Says that there is no file.
    private static let none = Int.min

    /// The times of records, by their ids.
    ///
    /// - Parameters:
    ///   - known: ids that many of them have.
    ///   - times: in any order, each id once.
    package init(known: KnownIDs = .none, _ times: some Sequence<(id: String, time: Timestamp)> = []) {
        var milliseconds = [Int](repeating: Self.none, count: known.ids.count)
        for (place, (id, time)) in times.enumerated() {
            // Mostly they come in the order of the numbers.
            let isInPlace = place < known.ids.count && known.ids[place] == id
            if let number = isInPlace ? place : known.number(of: id) {
                milliseconds[number] = time.milliseconds
            } else {
                changed[id] = .some(time)
            }
        }
        start = Start(known: known, milliseconds: milliseconds)
    }

    /// When a record's file was last written; nil where there is none.
    package subscript(id: String) -> Timestamp? {
        get {
            if !changed.isEmpty, let change = changed[id] { return change }
            guard let number = start.known.number(of: id), start.milliseconds[number] != Self.none else { return nil }
            return Timestamp(milliseconds: start.milliseconds[number])
        }
        set {
            // Of what was there from the start it has to be known that there is no file any more.
            if newValue == nil, start.known.number(of: id) == nil {
                changed[id] = nil
            } else {
                changed[id] = .some(newValue)
            }
        }
    }
}
