extension Parser {
    mutating func namedType() throws(GraphQLError) -> NamedType {
        let name = try expect(.name)
        return NamedType(name: name.text, location: name.location)
    }

    mutating func type() throws(GraphQLError) -> TypeReference {
        let type: TypeReference = try nested { parser throws(GraphQLError) in
            guard try parser.take(.openingBracket) else { return .named(try parser.namedType().name) }
            let element = try parser.type()
            try parser.expect(.closingBracket)
            return .list(element)
        }
        return try take(.bang) ? .nonNull(type) : type
    }

    mutating func directives(isConstant: Bool) throws(GraphQLError) -> [Directive] {
        var directives: [Directive] = []
        while token.kind == .at {
            let location = try advance().location
            let name = try expect(.name).text
            let arguments = try arguments(isConstant: isConstant)
            directives.append(Directive(name: name, arguments: arguments, location: location))
        }
        return directives
    }

    mutating func arguments(isConstant: Bool) throws(GraphQLError) -> [Argument] {
        try optional(.openingParenthesis, .closingParenthesis) { parser throws(GraphQLError) in
            let name = try parser.expect(.name)
            try parser.expect(.colon)
            let value = try parser.value(isConstant: isConstant)
            return Argument(name: name.text, value: value, location: name.location)
        }
    }

    /// A value; where it must be constant, it holds no variable.
    mutating func value(isConstant: Bool) throws(GraphQLError) -> Literal {
        let location = token.location
        let kind: Literal.Kind
        switch token.kind {
        case .openingBracket: kind = .list(try list(isConstant))
        case .openingBrace: kind = .object(try object(isConstant))
        case .int: kind = .int(try advance().text)
        case .float: kind = .float(try advance().text)
        case .string, .blockString: kind = .string(try advance().text)
        case .name: kind = Self.word(try advance().text)
        case .dollar: kind = try variable(isConstant)
        default: throw unexpected()
        }
        return Literal(kind: kind, location: location)
    }

    private static func word(_ text: String) -> Literal.Kind {
        switch text {
        case "true": .bool(true)
        case "false": .bool(false)
        case "null": .null
        default: .enumeration(text)
        }
    }

    private mutating func variable(_ isConstant: Bool) throws(GraphQLError) -> Literal.Kind {
        let dollar = token
        try advance()
        guard isConstant else { return .variable(try expect(.name).text) }
        let message = token.kind == .name ? "variable '$\(token.text)' in constant value" : "\(dollar)"
        throw GraphQLError("Syntax Error: Unexpected \(message).", at: dollar.location)
    }

    private mutating func list(_ isConstant: Bool) throws(GraphQLError) -> [Literal] {
        try nested { parser throws(GraphQLError) in
            try parser.expect(.openingBracket)
            var elements: [Literal] = []
            while try !parser.take(.closingBracket) { elements.append(try parser.value(isConstant: isConstant)) }
            return elements
        }
    }

    private mutating func object(_ isConstant: Bool) throws(GraphQLError) -> [Literal.Member] {
        try nested { parser throws(GraphQLError) in
            try parser.expect(.openingBrace)
            var members: [Literal.Member] = []
            while try !parser.take(.closingBrace) {
                let name = try parser.expect(.name)
                try parser.expect(.colon)
                let value = try parser.value(isConstant: isConstant)
                members.append(Literal.Member(name: name.text, location: name.location, value: value))
            }
            return members
        }
    }
}
