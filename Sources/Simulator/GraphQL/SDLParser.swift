/// Reads a schema from its definition language: the part of it that a schema of types, without extensions and
/// directives of its own, needs.
enum SDLParser {
    static func schema(_ text: String) throws(GraphQLError) -> Schema {
        var parser = try Parser(text)
        var definitions = BuiltInTypes.scalars
        var roots: [String: String] = [:]
        while parser.token.kind != .endOfFile {
            try skipDescription(&parser)
            if try parser.take(word: "schema") {
                let found = try parser.some(.openingBrace, .closingBrace, inputDefinition)
                for root in found { roots[root.name] = root.type.name }
            } else {
                definitions.append(try definition(&parser))
            }
        }
        return Schema(definitions, query: roots["query"] ?? "Query", mutation: roots["mutation"] ?? "Mutation")
    }

    private static func definition(_ parser: inout Parser) throws(GraphQLError) -> TypeDefinition {
        let keyword = try parser.expect(.name).text
        let name = try parser.expect(.name).text
        switch keyword {
        case "scalar": return TypeDefinition(name: name, kind: .scalar)
        case "type":
            let interfaces = try interfaces(&parser)
            return TypeDefinition(name: name, kind: .object(try fields(&parser), interfaces: interfaces))
        case "interface": return TypeDefinition(name: name, kind: .interface(try fields(&parser)))
        case "union": return TypeDefinition(name: name, kind: .union(try members(&parser)))
        case "enum":
            let values = try parser.some(.openingBrace, .closingBrace) { parser throws(GraphQLError) in
                try skipDescription(&parser)
                return try parser.expect(.name).text
            }
            return TypeDefinition(name: name, kind: .enumeration(values))
        case "input":
            let fields = try parser.some(.openingBrace, .closingBrace, inputDefinition)
            return TypeDefinition(name: name, kind: .input(NamedList(fields)))
        default: throw parser.error("Unexpected Name '\(keyword)'.")
        }
    }

    private static func interfaces(_ parser: inout Parser) throws(GraphQLError) -> [String] {
        guard try parser.take(word: "implements") else { return [] }
        var names = [try parser.expect(.name).text]
        while try parser.take(.ampersand) { names.append(try parser.expect(.name).text) }
        return names
    }

    private static func members(_ parser: inout Parser) throws(GraphQLError) -> [String] {
        try parser.expect(.equals)
        _ = try parser.take(.pipe)
        var names = [try parser.expect(.name).text]
        while try parser.take(.pipe) { names.append(try parser.expect(.name).text) }
        return names
    }

    private static func fields(_ parser: inout Parser) throws(GraphQLError) -> NamedList<FieldDefinition> {
        NamedList(
            try parser.some(.openingBrace, .closingBrace) { parser throws(GraphQLError) in
                try skipDescription(&parser)
                let name = try parser.expect(.name).text
                let arguments = try parser.optional(.openingParenthesis, .closingParenthesis, inputDefinition)
                try parser.expect(.colon)
                return FieldDefinition(name, try parser.type(), arguments)
            }
        )
    }

    private static func inputDefinition(_ parser: inout Parser) throws(GraphQLError) -> InputDefinition {
        try skipDescription(&parser)
        let name = try parser.expect(.name).text
        try parser.expect(.colon)
        let type = try parser.type()
        let defaultValue = try parser.take(.equals) ? try parser.value(isConstant: true) : nil
        return InputDefinition(name: name, type: type, defaultValue: defaultValue)
    }

    private static func skipDescription(_ parser: inout Parser) throws(GraphQLError) {
        if parser.token.kind == .string || parser.token.kind == .blockString { try parser.advance() }
    }
}
