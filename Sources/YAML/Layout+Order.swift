extension Layout {
    /// Sorts the keys of all maps in block style; `order` gives the keys of the map at a path in their order.
    ///
    /// Keys that it does not name keep their places; comments move with their entries, blank lines before them do not.
    mutating func sort(path: [String] = [], by order: ([String]) -> [String]?) {
        var items = items
        for index in items.indices {
            items[index].value.sort(path: path + [items[index].key].compactMap(\.self), by: order)
        }
        if case .mapping = shape, let keys = order(path) { items = Self.sorted(items, by: keys) }
        self.items = items
    }

    private static func sorted(_ items: [Item], by keys: [String]) -> [Item] {
        let ranks = Dictionary(keys.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let rank = { (item: Item) in item.key.flatMap { ranks[$0] } }
        let slots = items.indices.filter { rank(items[$0]) != nil }
        let moved = slots.sorted { (rank(items[$0]) ?? 0, $0) < (rank(items[$1]) ?? 0, $1) }
        var result = items
        for (slot, source) in zip(slots, moved) where slot != source {
            result[slot] = items[source]
            result[slot].leading =
                items[slot].leading.prefix(while: \.isBlank) + items[source].leading.drop(while: \.isBlank)
        }
        return result
    }
}

extension Layout.Trivia {
    fileprivate var isBlank: Bool { if case .blank = self { true } else { false } }
}
