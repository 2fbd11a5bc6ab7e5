/// Reads documents by the grammar of the GraphQL specification; the texts of errors are those of graphql-core.
struct Parser {
    /// Deeper nesting is refused, so that a hostile document ends in an error and not at the end of the stack.
    static let maximumDepth = 100

    private var lexer: Lexer
    private(set) var token: Token
    private var depth = 0

    init(_ text: String) throws(GraphQLError) {
        lexer = Lexer(text)
        token = try lexer.next()
    }

    /// A document of operations and fragments.
    static func document(_ text: String) throws(GraphQLError) -> Document {
        var parser = try Parser(text)
        var document = Document()
        repeat {
            try parser.refuseDescription()
            if parser.token.kind == .name, parser.token.text == "fragment" {
                document.fragments.append(try parser.fragment())
            } else {
                document.operations.append(try parser.operation())
            }
        } while parser.token.kind != .endOfFile
        return document
    }
}

extension Parser {
    /// Passes over the current token and gives it.
    @discardableResult
    mutating func advance() throws(GraphQLError) -> Token {
        let current = token
        token = try lexer.next()
        return current
    }

    /// Passes over a token of a kind, which must stand there.
    @discardableResult
    mutating func expect(_ kind: Token.Kind) throws(GraphQLError) -> Token {
        guard token.kind == kind else { throw error("Expected \(kind), found \(token).") }
        return try advance()
    }

    /// Passes over a token of a kind, if it stands there.
    mutating func take(_ kind: Token.Kind) throws(GraphQLError) -> Bool {
        guard token.kind == kind else { return false }
        try advance()
        return true
    }

    /// Passes over a word, if it stands there.
    mutating func take(word: String) throws(GraphQLError) -> Bool {
        guard token.kind == .name, token.text == word else { return false }
        try advance()
        return true
    }

    /// Passes over a word, which must stand there.
    mutating func expect(word: String) throws(GraphQLError) {
        guard try take(word: word) else { throw error("Expected '\(word)', found \(token).") }
    }

    /// One or more of something between two tokens.
    mutating func some<Element>(
        _ opening: Token.Kind,
        _ closing: Token.Kind,
        _ element: (inout Parser) throws(GraphQLError) -> Element
    ) throws(GraphQLError) -> [Element] {
        try expect(opening)
        var elements: [Element] = []
        repeat { elements.append(try element(&self)) } while try !take(closing)
        return elements
    }

    /// One or more of something between two tokens, or nothing at all.
    mutating func optional<Element>(
        _ opening: Token.Kind,
        _ closing: Token.Kind,
        _ element: (inout Parser) throws(GraphQLError) -> Element
    ) throws(GraphQLError) -> [Element] {
        token.kind == opening ? try some(opening, closing, element) : []
    }

    /// A syntax error at the current token.
    func error(_ message: String) -> GraphQLError {
        GraphQLError("Syntax Error: \(message)", at: token.location)
    }

    func unexpected() -> GraphQLError { error("Unexpected \(token).") }

    /// Does something one level deeper.
    mutating func nested<Result>(
        _ body: (inout Parser) throws(GraphQLError) -> Result
    ) throws(GraphQLError) -> Result {
        guard depth < Self.maximumDepth else { throw error("Nesting is deeper than \(Self.maximumDepth) levels.") }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }
}

extension Parser {
    /// A text before an operation or a fragment, which only the definition of a type may have.
    private mutating func refuseDescription() throws(GraphQLError) {
        guard token.kind == .string || token.kind == .blockString else { return }
        let location = try advance().location
        guard token.kind == .name else { throw unexpected() }
        throw GraphQLError(
            "Syntax Error: Unexpected description, descriptions are supported only on type definitions.",
            at: location
        )
    }

    private mutating func operation() throws(GraphQLError) -> Operation {
        let location = token.location
        if token.kind == .openingBrace {
            return Operation(kind: .query, selections: try selections(), location: location)
        }
        guard token.kind == .name, let kind = Operation.Kind(rawValue: token.text) else { throw unexpected() }
        try advance()
        let name = token.kind == .name ? try advance() : nil
        return Operation(
            kind: kind,
            name: name?.text,
            variables: try optional(.openingParenthesis, .closingParenthesis) { parser throws(GraphQLError) in
                try parser.variableDefinition()
            },
            directives: try directives(isConstant: false),
            selections: try selections(),
            location: location,
            nameLocation: name?.location
        )
    }

    private mutating func fragment() throws(GraphQLError) -> Fragment {
        let location = try advance().location
        guard token.text != "on" else { throw unexpected() }
        let name = try expect(.name)
        try expect(word: "on")
        return Fragment(
            name: name.text,
            type: try namedType(),
            directives: try directives(isConstant: false),
            selections: try selections(),
            location: location,
            nameLocation: name.location
        )
    }

    private mutating func variableDefinition() throws(GraphQLError) -> VariableDefinition {
        let location = try expect(.dollar).location
        let name = try expect(.name)
        try expect(.colon)
        let typeLocation = token.location
        return VariableDefinition(
            name: name.text,
            type: try type(),
            typeLocation: typeLocation,
            defaultValue: try take(.equals) ? try value(isConstant: true) : nil,
            directives: try directives(isConstant: true),
            location: location,
            nameLocation: name.location
        )
    }

    private mutating func selections() throws(GraphQLError) -> [Selection] {
        try nested { parser throws(GraphQLError) in
            try parser.some(.openingBrace, .closingBrace) { parser throws(GraphQLError) in try parser.selection() }
        }
    }

    private mutating func selection() throws(GraphQLError) -> Selection {
        let location = token.location
        guard try take(.spread) else { return .field(try field()) }
        if token.kind == .name, token.text != "on" {
            let name = try advance()
            let directives = try directives(isConstant: false)
            return .spread(
                FragmentSpread(name: name.text, directives: directives, location: location, nameLocation: name.location)
            )
        }
        return .inline(
            InlineFragment(
                type: try take(word: "on") ? try namedType() : nil,
                directives: try directives(isConstant: false),
                selections: try selections(),
                location: location
            )
        )
    }

    private mutating func field() throws(GraphQLError) -> Field {
        let first = try expect(.name)
        let second = try take(.colon) ? try expect(.name) : nil
        let arguments = try arguments(isConstant: false)
        let directives = try directives(isConstant: false)
        let selectionsLocation = token.location
        let selections = token.kind == .openingBrace ? try selections() : nil
        return Field(
            alias: second.map { _ in first.text },
            name: (second ?? first).text,
            arguments: arguments,
            directives: directives,
            selections: selections,
            location: first.location,
            selectionsLocation: selections.map { _ in selectionsLocation }
        )
    }
}
