/// Writes a layout in canonical form: the scalars as the writer would, flow style and block texts as they were.
struct LayoutWriter {
    private let source: SourceLines
    private(set) var lines: [String] = []

    init(_ source: SourceLines) { self.source = source }

    /// Appends comments and blank lines, none of these at the start of the file.
    mutating func append(_ trivia: [Layout.Trivia], indent: Int) {
        for case let item in trivia {
            switch item {
            case .blank: if !lines.isEmpty { lines.append("") }
            case .comment(let comment): lines.append(spaces(indent) + comment.text)
            }
        }
    }

    /// Appends a list or map in block style; its first line is begun by `head`, whose comments stand there already.
    mutating func append(_ layout: Layout, indent: Int, head: String? = nil) {
        for (index, item) in layout.items.enumerated() {
            let begun = index == 0 ? head : nil
            if begun == nil { append(leading(of: item), indent: indent) }
            append(item, indent: indent, head: begun ?? spaces(indent))
        }
        append(layout.footer, indent: indent)
    }

    private mutating func append(_ item: Layout.Item, indent: Int, head: String) {
        let start = head + (item.key.map { Writer.scalar($0) + ":" } ?? "-")
        guard item.value.isBlockCollection else {
            return append(item.value, behind: start, indent: indent, trailing: item.trailing)
        }
        if item.key == nil {
            append(item.value, indent: indent + 2, head: start + " ")
        } else {
            lines.append(start + text(of: item.trailing))
            append(item.value, indent: indent + 2)
        }
    }

    /// Appends a scalar or a value in flow style behind its key or dash.
    mutating func append(_ value: Layout, behind start: String, indent: Int, trailing: Layout.Comment?) {
        let separator = start.isEmpty ? "" : " "
        let comment = text(of: trailing)
        switch value.shape {
        case .scalar("", .plain): lines.append(start + comment)
        case .scalar(let text, .block):
            let header = source.text(line: value.start.line, from: value.start.column)
                .prefix { $0 != " " && $0 != "\t" && $0 != "#" }
            lines.append(start + separator + header + comment)
            if !text.isEmpty { appendBlockText(value, indent: indent + 2) }
        case .scalar(let text, let style):
            let isOther = style == .plain && ScalarKind(ofPlain: text) != .text
            lines.append(start + separator + (isOther ? text : Writer.scalar(text)) + comment)
        default:
            let shown = flow(value, indent: indent, lineIndent: start.prefix { $0 == " " }.count)
            lines.append(start + separator + shown[0])
            lines += shown.dropFirst()
            lines[lines.count - 1] += comment
        }
    }

    /// The lines of a block text, indented anew; blanks behind the indentation belong to the text.
    private mutating func appendBlockText(_ value: Layout, indent: Int) {
        let numbers = (value.start.line + 1)..<(value.lastLine + 1)
        let first = numbers.first { [source] in source.firstColumn(ofLine: $0) != nil }
        let old = (first.flatMap { [source] in source.firstColumn(ofLine: $0) } ?? 1) - 1
        for number in numbers {
            let line = source[number]
            lines.append(line.count > old ? spaces(indent) + String(characters: line.dropFirst(old)) : "")
        }
    }

    /// The lines of a value in flow style: as they were, moved as far as the line in which they begin.
    private func flow(_ value: Layout, indent: Int, lineIndent: Int) -> [String] {
        guard value.start.line < value.end.line else {
            return [source.text(line: value.start.line, from: value.start.column, to: value.end.column)]
        }
        let shift = lineIndent - ((source.firstColumn(ofLine: value.start.line) ?? 1) - 1)
        var shown = [source.text(line: value.start.line, from: value.start.column).trimmedAtEnd]
        for line in (value.start.line + 1)...value.end.line {
            guard let first = source.firstColumn(ofLine: line) else {
                shown.append("")
                continue
            }
            let end = line == value.end.line ? value.end.column : nil
            let text = source.text(line: line, from: first, to: end).trimmedAtEnd
            shown.append(spaces(max(first - 1 + shift, indent)) + text)
        }
        return shown
    }

    /// What stands above an item; what stands between its dash and its first key cannot stay there.
    private func leading(of item: Layout.Item) -> [Layout.Trivia] {
        guard item.key == nil, let first = item.value.items.first else { return item.leading }
        return item.leading + leading(of: first)
    }

    private func text(of comment: Layout.Comment?) -> String {
        comment.map { spaces(max($0.gap, 1)) + $0.text } ?? ""
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
