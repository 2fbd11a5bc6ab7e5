/// The ids that an index has under one key, ascending: nearly always one, which then needs no list of its own.
struct IDList: Hashable, Sendable {
    private enum Content: Hashable, Sendable {
        case one(String)
        case several([String])
    }

    private var content: Content

    /// A list of one.
    init(_ id: String) { content = .one(id) }

    /// A list of ids that are in order and differ; nil of none.
    init?(ascending ids: [String]) {
        guard let first = ids.first else { return nil }
        content = ids.count == 1 ? .one(first) : .several(ids)
    }

    /// All ids, ascending.
    var ids: [String] {
        switch content {
        case .one(let id): [id]
        case .several(let ids): ids
        }
    }

    /// Adds an id; one that is there already stays once.
    mutating func insert(_ id: String) {
        var ids = ids
        let place = ids.firstIndex { $0 >= id } ?? ids.endIndex
        guard place == ids.endIndex || ids[place] != id else { return }
        ids.insert(id, at: place)
        content = .several(ids)
    }

    /// The list without an id; nil when nothing is left.
    func removing(_ id: String) -> IDList? { IDList(ascending: ids.filter { $0 != id }) }
}
