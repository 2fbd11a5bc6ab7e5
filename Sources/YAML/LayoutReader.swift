/// Finds the shape of a file from libyaml's marks, and the spans in which "#" begins no comment.
struct LayoutReader {
    private let lines: SourceLines
    /// What scalars cover, in the order of the file.
    private(set) var scalars: [Range<Place>] = []
    /// What lists and maps in flow style cover, the outer ones only.
    private(set) var flows: [Range<Place>] = []

    init(_ lines: SourceLines) { self.lines = lines }

    /// The layout of a text that the reader has taken; refuses what cannot be edited line by line.
    mutating func layout(of bytes: [UInt8]) throws(YAMLError) -> Layout {
        var reader = self
        let source = try SourceText(bytes)
        let layout = try EventStream.run(through: source) { (stream) throws(YAMLError) -> Layout in
            _ = try stream.next()
            return try reader.layout(at: try stream.next(), from: &stream)
        }
        self = reader
        if case .scalar(_, .block) = layout.shape {
            throw Self.refusal("a file that is one block text", at: layout.start)
        }
        return layout
    }

    private mutating func layout(at event: Event, from stream: inout EventStream) throws(YAMLError) -> Layout {
        switch event.kind {
        case .scalar(let text, let style): return try scalar(text, style, at: event)
        case .sequenceStart(isFlow: true), .mappingStart(isFlow: true): return try flow(at: event, from: &stream)
        case .sequenceStart: return try sequence(at: event, from: &stream)
        default: return try mapping(at: event, from: &stream)
        }
    }

    private mutating func scalar(_ text: String, _ style: Event.Style, at event: Event) throws(YAMLError) -> Layout {
        let layout = Layout(shape: .scalar(text, style), start: event.start, end: event.end, lastLine: event.end.line)
        guard style == .block else {
            if event.start < event.end { scalars.append(event.start..<event.end) }
            return layout
        }
        return try blockScalar(layout)
    }

    /// A block text ends where the next thing begins; blank lines before that are its own only if it says so.
    private mutating func blockScalar(_ layout: Layout) throws(YAMLError) -> Layout {
        var layout = layout
        let header = lines[layout.start.line].dropFirst(layout.start.column).prefix { !$0.isBlank && $0 != "#" }
        if header.contains(where: { $0 >= "0" && $0 <= "9" }) {
            throw Self.refusal("a block text that says how far it is indented", at: layout.start)
        }
        layout.lastLine = layout.end.line - 1
        if !header.contains("+") {
            // A line with more blanks than the indentation is part of the text, and not a blank one.
            let content = (layout.start.line + 1)..<max(layout.end.line, layout.start.line + 1)
            let indent = content.compactMap { lines.firstColumn(ofLine: $0) }.first.map { $0 - 1 } ?? .max
            while layout.lastLine > layout.start.line, lines[layout.lastLine].count <= indent,
                lines.firstColumn(ofLine: layout.lastLine) == nil
            {
                layout.lastLine -= 1
            }
        }
        let span = Place(line: layout.start.line + 1, column: 1)..<Place(line: layout.lastLine + 1, column: 1)
        if span.lowerBound < span.upperBound { scalars.append(span) }
        return layout
    }

    private mutating func flow(at event: Event, from stream: inout EventStream) throws(YAMLError) -> Layout {
        var depth = 1
        var end = event.end
        while depth > 0 {
            let event = try stream.next()
            end = event.end
            switch event.kind {
            case .sequenceStart, .mappingStart: depth += 1
            case .sequenceEnd, .mappingEnd: depth -= 1
            case .scalar where event.start.line < event.end.line:
                throw Self.refusal("a text over several lines in a list or map in flow style", at: event.start)
            case .scalar where event.start < event.end: scalars.append(event.start..<event.end)
            default: break
            }
        }
        flows.append(event.start..<end)
        return Layout(shape: .flow, start: event.start, end: end, lastLine: end.line)
    }

    private mutating func sequence(at event: Event, from stream: inout EventStream) throws(YAMLError) -> Layout {
        var items: [Layout.Item] = []
        while true {
            let element = try stream.next()
            if case .sequenceEnd = element.kind { break }
            let value = try layout(at: element, from: &stream)
            let start = items.last.map { dash(below: $0.value.lastLine, column: event.start.column) } ?? event.start
            items.append(Layout.Item(start: start, value: value))
        }
        let lastLine = max(items.last?.value.lastLine ?? 0, items.last?.start.line ?? 0)
        return Layout(shape: .sequence(items), start: event.start, end: event.start, lastLine: lastLine)
    }

    /// The next dash in a column: libyaml's events do not say where dashes stand, but those of a list share a column.
    private func dash(below line: Int, column: Int) -> Place {
        var line = line + 1
        while line < lines.count {
            let characters = lines[line]
            if characters.count >= column, characters[column - 1] == "-",
                characters.prefix(column - 1).allSatisfy(\.isBlank)
            {
                break
            }
            line += 1
        }
        return Place(line: line, column: column)
    }

    private mutating func mapping(at event: Event, from stream: inout EventStream) throws(YAMLError) -> Layout {
        var items: [Layout.Item] = []
        while true {
            let key = try stream.next()
            guard case .scalar(let text, _) = key.kind else { break }
            guard lines[key.start.line].prefix(key.start.column - 1).allSatisfy({ $0.isBlank || $0 == "-" }) else {
                throw Self.refusal("a key behind a question mark", at: key.start)
            }
            scalars.append(key.start..<key.end)
            let value = try layout(at: try stream.next(), from: &stream)
            items.append(Layout.Item(key: text, start: key.start, value: value))
        }
        return Layout(
            shape: .mapping(items),
            start: event.start,
            end: event.start,
            lastLine: max(items.last?.value.lastLine ?? 0, items.last?.start.line ?? 0)
        )
    }

    /// What is right YAML, but not to be edited line by line.
    static func refusal(_ what: String, at place: Place) -> YAMLError {
        YAMLError(
            place: place,
            message: "cannot format \(what); nothing was changed",
            hint: "write it in another way, in double quotes or in block style"
        )
    }
}
