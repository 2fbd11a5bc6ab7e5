/// A value as it is laid out in a file: the shape that editing must keep, with the comments that belong to it.
struct Layout {
    /// How it stands there.
    enum Shape {
        /// A scalar in any style.
        case scalar(String, Event.Style)
        /// A list or map in flow style, which stays as its author wrote it.
        case flow
        /// A list in block style.
        case sequence([Item])
        /// A map in block style.
        case mapping([Item])
    }

    /// An element of a list, or an entry of a map.
    struct Item {
        /// The key; nil in a list.
        var key: String?
        /// Where the key or the dash stands.
        var start: Place
        /// What it holds.
        var value: Layout
        /// What stands above it and belongs to it.
        var leading: [Trivia] = []
        /// The comment on the line of the key, above a list or map; or behind the value.
        var trailing: Comment?
    }

    var shape: Shape
    var start: Place
    /// Behind the last character; for a list or map in block style, of no meaning.
    var end: Place
    /// The comments behind the last item that are indented like the items.
    var footer: [Trivia] = []
    /// The last line that holds a part of it.
    var lastLine: Int
}

extension Layout {
    /// A comment, from its "#" to the end of its line.
    struct Comment {
        var text: String
        var place: Place
        /// How many blanks stand before it when it is behind something.
        var gap: Int
    }

    /// What stands on lines of its own and means nothing to YAML.
    enum Trivia {
        case blank
        case comment(Comment)
    }
}

extension Layout {
    /// The items of a list or map in block style; none of anything else.
    var items: [Item] {
        get {
            switch shape {
            case .sequence(let items), .mapping(let items): items
            case .scalar, .flow: []
            }
        }
        set {
            switch shape {
            case .sequence: shape = .sequence(newValue)
            case .mapping: shape = .mapping(newValue)
            case .scalar, .flow: break
            }
        }
    }

    /// Whether its items stand on lines of their own.
    var isBlockCollection: Bool {
        switch shape {
        case .sequence, .mapping: true
        case .scalar, .flow: false
        }
    }
}
