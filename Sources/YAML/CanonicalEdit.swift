/// Brings a file that a person wrote to canonical form by editing its lines, so that every comment stays.
///
/// It changes line ends to LF, indentation to two spaces with lists under their key, quotes to those that are needed,
/// and the order of keys where the caller gives one. Lists and maps in flow style, block texts and blank lines stay.
/// It refuses what it cannot keep, with its place, rather than lose anything.
package enum CanonicalEdit {
    /// The file in canonical form; formatting it again changes nothing.
    ///
    /// `order` gives the keys of the map at a path in their order: `[]` is the file's own map, `["grants"]` is what
    /// stands under "grants", each map of a list there included. Keys that it does not name stay where they are, as do
    /// all keys of a map for which it gives nil.
    package static func formatted(
        _ bytes: [UInt8],
        order: (_ path: [String]) -> [String]? = { _ in nil }
    ) throws(YAMLError) -> [UInt8] {
        let node = try Reader.read(bytes)
        let before = try Parts(lineEndsUnified(bytes))
        var attachment = CommentAttachment(before.comments)
        var (header, root, trailing) = attachment.attach(to: before.layout)
        header += root.detachHeader()
        root.sort(by: order)
        var writer = LayoutWriter(before.lines)
        writer.append(header, indent: 0)
        if root.isBlockCollection {
            writer.append(root, indent: 0)
        } else {
            writer.append(root, behind: "", indent: 0, trailing: trailing)
            writer.append(root.footer, indent: 0)
        }
        let result = Array((writer.lines.joined(separator: "\n") + "\n").utf8)
        try check(result, keeps: node, comments: before.comments.all)
        return result
    }

    /// Everything that is known about the text of a file.
    private struct Parts {
        let lines: SourceLines
        let layout: Layout
        let comments: CommentFinder

        init(_ bytes: [UInt8]) throws(YAMLError) {
            lines = SourceLines(bytes)
            var reader = LayoutReader(lines)
            layout = try reader.layout(of: bytes)
            comments = try CommentFinder(lines, scalars: reader.scalars, flows: reader.flows)
        }
    }

    /// The text without byte order mark and carriage returns, and with LF at the end of its last line.
    private static func lineEndsUnified(_ bytes: [UInt8]) throws(YAMLError) -> [UInt8] {
        var result = try SourceText(bytes).bytes.filter { $0 != 0x0D }
        if result.last != 0x0A { result.append(0x0A) }
        return result
    }

    /// Reads the result again: a mistake here must not cost anybody a grant or a comment.
    private static func check(_ result: [UInt8], keeps node: Node, comments: [String]) throws(YAMLError) {
        let refusal = { (place: Place, what: String) in
            YAMLError(place: place, message: "cannot format this without changing \(what); nothing was changed")
        }
        let reread: Node
        let after: Parts
        do throws(YAMLError) {
            reread = try Reader.read(result)
            after = try Parts(result)
        } catch {
            throw refusal(node.place, "what it says")
        }
        if let place = node.firstDifference(from: reread) { throw refusal(place, "what it says") }
        guard after.comments.all.sorted() == comments.sorted() else { throw refusal(.start, "its comments") }
    }
}

extension Layout {
    /// Takes off the comments at the head of a file that a blank line parts from the first entry.
    fileprivate mutating func detachHeader() -> [Trivia] {
        var items = items
        guard let first = items.first else { return [] }
        let end = first.leading.lastIndex { if case .blank = $0 { true } else { false } }.map { $0 + 1 } ?? 0
        items[0].leading = Array(first.leading[end...])
        self.items = items
        return Array(first.leading[..<end])
    }
}

extension Node {
    /// The place of the first value that is another one in a second tree; the order of keys does not count.
    func firstDifference(from other: Node) -> Place? {
        switch (content, other.content) {
        case (.scalar(let left), .scalar(let right)):
            // By bytes, because strings that differ only in normalisation are equal for Swift.
            return left.kind == right.kind && left.text.utf8.elementsEqual(right.text.utf8) ? nil : place
        case (.sequence(let left), .sequence(let right)) where left.count == right.count:
            return zip(left, right).lazy.compactMap { $0.firstDifference(from: $1) }.first
        case (.mapping(let left), .mapping(let right)) where left.count == right.count:
            let values = Dictionary(right.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
            for entry in left {
                guard let other = values[entry.key], entry.key.utf8.elementsEqual(other.key.utf8) else {
                    return entry.keyPlace
                }
                if let place = entry.value.firstDifference(from: other.value) { return place }
            }
            return nil
        default: return place
        }
    }
}
