/// The keys of one map so far: a search from the front while they are few, a table once they are many.
///
/// Keys that differ only in Unicode's normalisation are one key, as they are one text for Swift and for a reader.
struct KeySet {
    private static let few = 12
    private var list: [(key: String, place: Place)] = []
    private var table: [String: Place] = [:]

    /// Adds a key; gives the place of the same key if it is there already.
    mutating func insert(_ key: String, at place: Place) -> Place? {
        if table.isEmpty {
            if let first = list.first(where: { $0.key == key }) { return first.place }
            list.append((key, place))
            if list.count > Self.few { table = Dictionary(uniqueKeysWithValues: list.map { ($0.key, $0.place) }) }
            return nil
        }
        if let first = table[key] { return first }
        table[key] = place
        return nil
    }
}
