/// Finds all comments and blank lines of a file, given what its scalars cover.
struct CommentFinder {
    /// The comments and blank lines on lines of their own, with their lines.
    private(set) var trivia: [(line: Int, trivia: Layout.Trivia)] = []
    /// The comments behind something, by line.
    private(set) var trailing: [Int: Layout.Comment] = [:]
    /// The text of every comment, those in flow style too.
    private(set) var all: [String] = []

    init(_ lines: SourceLines, scalars: [Range<Place>], flows: [Range<Place>]) throws(YAMLError) {
        var scalars = scalars[...]
        var flows = flows[...]
        for line in 1..<(lines.count + 1) {
            let column = Self.comment(onLine: line, of: lines, outside: &scalars)
            let place = Place(line: line, column: column ?? 1)
            while let flow = flows.first, flow.upperBound <= place { flows.removeFirst() }
            let isInFlow = flows.first.map { $0.lowerBound < place } ?? false
            guard let column else {
                let isCovered = isInFlow || (scalars.first.map { $0.lowerBound <= place } ?? false)
                if !isCovered, lines.firstColumn(ofLine: line) == nil { trivia.append((line, .blank)) }
                continue
            }
            let comment = Self.comment(lines, at: place)
            all.append(comment.text)
            let before = String(characters: lines[line].prefix(column - 1)).trimmedAtEnd
            if isInFlow {
                if !before.isEmpty, comment.gap == 0 {
                    throw LayoutReader.refusal("a comment without a space before it", at: place)
                }
            } else if before.isEmpty || before == "---" || before == "..." {
                trivia.append((line, .comment(comment)))
            } else {
                trailing[line] = comment
            }
        }
    }

    /// The column at which a comment begins on a line: of the first "#" that is outside of all scalars.
    ///
    /// Leaves the scalars that reach beyond the line.
    private static func comment(
        onLine line: Int,
        of lines: SourceLines,
        outside scalars: inout ArraySlice<Range<Place>>
    ) -> Int? {
        let characters = lines[line]
        var column = 1
        while true {
            let place = Place(line: line, column: column)
            while let scalar = scalars.first, scalar.upperBound <= place { scalars.removeFirst() }
            if let scalar = scalars.first, scalar.lowerBound <= place {
                guard scalar.upperBound.line == line else { return nil }
                column = scalar.upperBound.column
                continue
            }
            guard column <= characters.count else { return nil }
            if characters[column - 1] == "#" { return column }
            column += 1
        }
    }

    private static func comment(_ lines: SourceLines, at place: Place) -> Layout.Comment {
        let before = lines[place.line].prefix(place.column - 1)
        let content = before.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? 0
        return Layout.Comment(
            text: lines.text(line: place.line, from: place.column).trimmedAtEnd,
            place: place,
            gap: before.count - content
        )
    }
}
