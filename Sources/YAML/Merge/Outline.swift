/// A file in canonical form as lines that belong together, so that parts of two files can be joined and no comment is
/// lost.
struct Outline {
    /// A list or a map in block style.
    struct Branch {
        var isList: Bool
        var items: [Item]
        /// Comments behind the last item.
        var footer: [String] = []
    }

    /// An element of a list or an entry of a map.
    struct Item {
        /// Nil in a list.
        var key: String?
        /// What it holds; of a branch only what it was when it was read.
        var node: Node
        /// Comments and blank lines above it.
        var leading: [String] = []
        /// The lines of a value that is no branch; of an entry that holds a branch, its key's line.
        ///
        /// An element's dash is not in them: where it stood there are blanks, so that lines can change places.
        var lines: [String] = []
        /// What stands below it.
        var branch: Branch?
        /// How many blanks stand before the key or the dash.
        var indent: Int
        /// What stands there in place of everything else where two sides cannot be joined.
        var conflict: [String]?
    }

    var root: Branch

    /// Takes apart a file that is in canonical form; nil when its value is neither a list nor a map in block style.
    init?(canonical bytes: [UInt8]) throws(YAMLError) {
        let node = try Reader.read(bytes)
        var reader = LayoutReader(SourceLines(bytes))
        let layout = try reader.layout(of: bytes)
        guard layout.isBlockCollection else { return nil }
        var lines = OutlineReader(lines: SourceLines(bytes))
        root = lines.branch(layout, node, indent: 0)
        root.footer += lines.rest
    }
}

/// Deals the lines of a file out to the items that they belong to, from the first to the last.
private struct OutlineReader {
    let lines: SourceLines
    /// The next line that nobody has, from 1.
    private var next = 1

    init(lines: SourceLines) { self.lines = lines }

    /// What is left in the end.
    var rest: [String] { next <= lines.count ? (next...lines.count).map(text) : [] }

    mutating func branch(_ layout: Layout, _ node: Node, indent: Int) -> Outline.Branch {
        var isList = false
        if case .sequence = layout.shape { isList = true }
        let nodes = node.parts
        var items: [Outline.Item] = []
        for (index, item) in layout.items.enumerated() where index < nodes.count {
            items.append(self.item(item, nodes[index], indent: indent))
        }
        return Outline.Branch(isList: isList, items: items, footer: footer(indent: indent))
    }

    private mutating func item(_ item: Layout.Item, _ node: Node, indent: Int) -> Outline.Item {
        let leading = take(before: item.start.line)
        var result = Outline.Item(key: item.key, node: node, leading: leading, indent: indent)
        if item.value.isBlockCollection {
            if item.key != nil { result.lines = take(before: item.start.line + 1) }
            result.branch = branch(item.value, node, indent: indent + 2)
            if item.key == nil { result.branch?.removeDash(at: indent) }
        } else {
            result.lines = take(before: item.value.lastLine + 1)
            if item.key == nil { result.removeDash(at: indent) }
        }
        return result
    }

    private mutating func take(before line: Int) -> [String] {
        guard next < line else { return [] }
        defer { next = line }
        return (next..<line).map(text)
    }

    /// Comments as deep as the items belong to them; blank lines between these, too.
    private mutating func footer(indent: Int) -> [String] {
        var end = next
        var line = next
        while line <= lines.count {
            if let column = lines.firstColumn(ofLine: line) {
                guard lines[line][column - 1] == "#", column > indent, indent > 0 else { break }
                end = line + 1
            }
            line += 1
        }
        return take(before: end)
    }

    private func text(_ line: Int) -> String { String(characters: lines[line]) }
}

extension Outline.Branch {
    /// Puts blanks in place of the dash before the first item, which stands on the line of its element's dash.
    fileprivate mutating func removeDash(at indent: Int) {
        guard !items.isEmpty else { return }
        items[0].removeDash(at: indent)
    }
}

extension Outline.Item {
    fileprivate mutating func removeDash(at indent: Int) {
        if let line = lines.first {
            lines[0] =
                String(repeating: " ", count: indent + 2)
                + String(characters: line.unicodeScalars.dropFirst(indent + 2))
        } else {
            branch?.removeDash(at: indent)
        }
    }
}

extension Node {
    /// The elements of a list, or the values of a map, in the order of the file.
    var parts: [Node] {
        switch content {
        case .scalar: []
        case .sequence(let nodes): nodes
        case .mapping(let entries): entries.map(\.value)
        }
    }

    /// The value under a key of a map.
    package subscript(key: String) -> Node? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The text of a scalar.
    package var text: String? {
        guard case .scalar(let scalar) = content else { return nil }
        return scalar.text
    }
}
