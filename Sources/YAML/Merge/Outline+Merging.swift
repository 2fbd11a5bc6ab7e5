extension Outline.Item {
    /// What it holds as a list or a map in block style, with one in flow style spread over lines; nil for anything else.
    func asBranch(isList: Bool) -> Outline.Branch? {
        if let branch { return branch.isList == isList ? branch : nil }
        // A comment between the brackets has no place on a line of its own.
        guard lines.count == 1, !lines[0].contains("#") else { return nil }
        switch node.content {
        case .sequence(let nodes) where isList:
            return Outline.Branch(isList: true, items: nodes.map { Self.spread(nil, $0, indent: indent + 2) })
        case .mapping(let entries) where !isList:
            let items = entries.map { Self.spread($0.key, $0.value, indent: indent + 2) }
            return Outline.Branch(isList: false, items: items)
        default: return nil
        }
    }

    /// The line of the key that holds a branch; none in a list.
    var headLines: [String] {
        if branch != nil || key == nil { return branch == nil ? [] : lines }
        return [String(repeating: " ", count: indent) + Writer.scalar(key ?? "") + ":"]
    }

    /// An item of a list or map in flow style, on lines of its own.
    private static func spread(_ key: String?, _ node: Node, indent: Int) -> Outline.Item {
        let start =
            String(repeating: " ", count: key == nil ? indent + 2 : indent)
            + (key.map { Writer.scalar($0) + ":" } ?? "")
        var item = Outline.Item(key: key, node: node, indent: indent)
        switch node.content {
        case .scalar(let scalar):
            let text = scalar.kind == .text ? Writer.scalar(scalar.text) : scalar.text
            item.lines = [start + (key == nil || text.isEmpty ? "" : " ") + text]
        case .sequence(let nodes) where nodes.isEmpty: item.lines = [start + (key == nil ? "" : " ") + "[]"]
        case .mapping(let entries) where entries.isEmpty: item.lines = [start + (key == nil ? "" : " ") + "{}"]
        case .sequence(let nodes):
            item.lines = key == nil ? [] : [start]
            item.branch = Outline.Branch(isList: true, items: nodes.map { spread(nil, $0, indent: indent + 2) })
        case .mapping(let entries):
            item.lines = key == nil ? [] : [start]
            let items = entries.map { spread($0.key, $0.value, indent: indent + 2) }
            item.branch = Outline.Branch(isList: false, items: items)
        }
        return item
    }
}

extension Outline.Branch {
    /// The lines of all items.
    func rendered() -> [String] { items.flatMap { $0.rendered(inList: isList) } + footer }

    /// What it holds as a value, whose places mean nothing.
    var node: Node {
        let content: Node.Content =
            isList
            ? .sequence(items.map(\.value))
            : .mapping(items.map { Entry(key: $0.key ?? "", keyPlace: .start, value: $0.value) })
        return Node(content, at: .start)
    }
}

extension Outline.Item {
    fileprivate var value: Node {
        guard let branch else { return node }
        // A key under which nothing is left holds an empty list or map.
        return branch.node
    }

    /// The item's lines, with the dash of an element.
    func rendered(inList isList: Bool) -> [String] {
        if let conflict { return conflict }
        let content = content
        guard isList else { return leading + content }
        guard let first = content.firstIndex(where: { !$0.isComment }) else { return leading + content }
        var lines = content
        let rest = lines[first].unicodeScalars.dropFirst(indent + 2)
        lines[first] = String(repeating: " ", count: indent) + "- " + String(characters: rest)
        return leading + lines
    }

    private var content: [String] {
        guard let branch else { return lines }
        guard branch.items.isEmpty else { return lines + branch.rendered() }
        let empty = branch.isList ? "[]" : "{}"
        guard let key else { return [String(repeating: " ", count: indent + 2) + empty] + branch.footer }
        return [String(repeating: " ", count: indent) + Writer.scalar(key) + ": " + empty] + branch.footer
    }
}

extension String {
    /// Whether a line holds nothing but a comment, or nothing at all.
    fileprivate var isComment: Bool {
        guard let first = unicodeScalars.first(where: { !$0.isBlank }) else { return true }
        return first == "#"
    }
}

extension Node {
    /// Whether two values say the same; the order of keys does not count.
    func isSame(as other: Node) -> Bool { firstDifference(from: other) == nil }
}

/// The names by which the items of one list or map are found in three versions.
struct Naming {
    private let path: [String]
    private let rules: MergeRules
    /// Whether elements are known by their identity, and not by all that they hold.
    private let usesIdentity: Bool

    init(_ versions: [Outline.Branch], path: [String], rules: MergeRules) {
        self.path = path
        self.rules = rules
        usesIdentity = versions.allSatisfy { version in
            guard version.isList else { return true }
            let names = version.items.compactMap { rules.identity(path, $0.node) }
            return Set(names).count == names.count
        }
    }

    func names(_ branch: Outline.Branch) -> [String] {
        var seen: Set<String> = []
        return branch.items.map(name).filter { seen.insert($0).inserted }
    }

    /// The items by name; of two that say the same the first counts.
    func table(_ branch: Outline.Branch?) -> [String: Outline.Item] {
        Dictionary((branch?.items ?? []).map { (name($0), $0) }) { first, _ in first }
    }

    private func name(_ item: Outline.Item) -> String {
        if let key = item.key { return key }
        if usesIdentity, let identity = rules.identity(path, item.node) { return identity }
        return item.node.summary
    }
}

extension Node {
    /// All that a value says, on one line; equal values have one summary.
    var summary: String {
        switch content {
        case .scalar(let scalar): scalar.kind == .text ? scalar.text : "(\(scalar.text))"
        case .sequence(let nodes): "[" + nodes.map { $0.summary.debugDescription }.joined(separator: ",") + "]"
        case .mapping(let entries):
            "{"
                + entries.sorted { $0.key < $1.key }
                .map { $0.key.debugDescription + ":" + $0.value.summary.debugDescription }.joined(separator: ",") + "}"
        }
    }
}
