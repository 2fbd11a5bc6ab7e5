/// Gives each comment and blank line to the part of the file that it belongs to.
///
/// A comment on a line of its own belongs to the entry below it; behind the last entry of a list or map, indented
/// like that one, it belongs to the list or map. A comment behind something belongs to what it stands behind.
struct CommentAttachment {
    private var trivia: ArraySlice<(line: Int, trivia: Layout.Trivia)>
    private var trailing: [Int: Layout.Comment]

    init(_ comments: CommentFinder) {
        trivia = comments.trivia[...]
        trailing = comments.trailing
    }

    /// The layout of a whole file with its comments; what stands above a value that is no block comes first.
    mutating func attach(to root: Layout) -> (header: [Layout.Trivia], root: Layout, trailing: Layout.Comment?) {
        var root = root
        let header = root.isBlockCollection ? [] : take(before: root.start.line)
        attach(to: &root)
        let behind = root.isBlockCollection ? nil : trailing.removeValue(forKey: root.lastLine)
        let rest = distribute(take(before: .max), into: &root, below: 0)
        root.footer += rest
        while case .blank = root.footer.last { root.footer.removeLast() }
        return (header, root, behind)
    }

    private mutating func attach(to layout: inout Layout) {
        var items = layout.items
        for index in items.indices {
            let trivia = take(before: items[index].start.line)
            if index == 0 {
                items[0].leading = trivia
            } else {
                items[index].leading = distribute(trivia, into: &items[index - 1].value, below: layout.start.column)
            }
            attach(to: &items[index])
        }
        layout.items = items
    }

    private mutating func attach(to item: inout Layout.Item) {
        let isBlock = item.value.isBlockCollection
        let head = item.start.line
        if isBlock, item.key != nil {
            item.trailing = trailing.removeValue(forKey: head)
        } else if item.value.start.line > head, let comment = trailing.removeValue(forKey: head) {
            // The value moves up to its key or dash, and a line has room for one comment.
            item.leading.append(.comment(comment))
        }
        if isBlock { return attach(to: &item.value) }
        item.leading += take(before: item.value.start.line)
        let isBlockText = if case .scalar(_, .block) = item.value.shape { true } else { false }
        item.trailing = trailing.removeValue(forKey: isBlockText ? item.value.start.line : item.value.lastLine)
    }

    /// The innermost list or map that a comment at a column can belong to.
    ///
    /// A list may stand in the column of its key; a comment there belongs to what holds the key.
    private static func level(of column: Int, in columns: ArraySlice<Int>) -> Int? {
        columns.indices.last { index in
            let isUnderKey = index == columns.startIndex || columns[index] > columns[index - 1]
            return columns[index] <= column && (isUnderKey || columns[index] < column)
        }
    }

    private mutating func take(before line: Int) -> [Layout.Trivia] {
        let taken = trivia.prefix { $0.line < line }
        trivia = trivia.dropFirst(taken.count)
        return taken.map(\.trivia)
    }

    /// Gives the comments at the end of a value to the lists and maps that end there, as far as they are indented like
    /// them, and deeper than what comes next; gives back the rest.
    private func distribute(
        _ trivia: [Layout.Trivia],
        into value: inout Layout,
        below column: Int
    ) -> [Layout.Trivia] {
        var columns: [Int] = []
        var last = value
        while last.isBlockCollection, let item = last.items.last {
            columns.append(last.start.column)
            last = item.value
        }
        var rest = trivia[...]
        var depth = columns.count - 1
        while let index = rest.firstIndex(where: { if case .comment = $0 { true } else { false } }),
            case .comment(let comment) = rest[index], comment.place.column > column,
            let level = Self.level(of: comment.place.column, in: columns.prefix(depth + 1))
        {
            value.append(rest[...index], toFooterAt: level)
            rest = rest[(index + 1)...]
            depth = level
        }
        return Array(rest)
    }
}

extension Layout {
    /// Appends to the footer of this value, or of the last value in it, so many levels down.
    fileprivate mutating func append(_ trivia: ArraySlice<Trivia>, toFooterAt level: Int) {
        guard level > 0, let last = items.indices.last else {
            footer += trivia
            return
        }
        var items = items
        items[last].value.append(trivia, toFooterAt: level - 1)
        self.items = items
    }
}
