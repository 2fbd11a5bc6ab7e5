/// Reads filters and paths, one byte after the other, within limits of size and depth.
struct FilterParser {
    /// What a text is read as, which decides the words and the type of an error.
    enum Purpose {
        case filter, path
    }

    let bytes: [UInt8]
    let policy: Policy
    let purpose: Purpose
    var position = 0
    private var depth = 0
    private var comparisons = 0

    init(_ text: String, policy: Policy, purpose: Purpose) {
        bytes = Array(text.utf8)
        self.policy = policy
        self.purpose = purpose
    }

    /// The filter that is the whole text.
    mutating func wholeFilter() throws(SCIMError) -> Filter {
        try checkSize()
        let filter = try disjunction(inBrackets: false)
        guard position == bytes.count else { throw error("\"and\", \"or\" or the end") }
        return filter
    }

    /// The path that is the whole text.
    mutating func wholePath() throws(SCIMError) -> AttributePath {
        try checkSize()
        skipSpace()
        let path = try path(inBrackets: false)
        skipSpace()
        guard position == bytes.count else { throw error("the end") }
        return path
    }

    private func checkSize() throws(SCIMError) {
        guard bytes.count <= policy.filterLimits.bytes else {
            throw refusal("it has \(bytes.count) bytes, more than \(policy.filterLimits.bytes)")
        }
    }

    private mutating func disjunction(inBrackets: Bool) throws(SCIMError) -> Filter {
        var filters = [try conjunction(inBrackets: inBrackets)]
        while takeWord("or") { filters.append(try conjunction(inBrackets: inBrackets)) }
        return filters.count == 1 ? filters[0] : .or(filters)
    }

    private mutating func conjunction(inBrackets: Bool) throws(SCIMError) -> Filter {
        var filters = [try term(inBrackets: inBrackets)]
        while takeWord("and") { filters.append(try term(inBrackets: inBrackets)) }
        return filters.count == 1 ? filters[0] : .and(filters)
    }

    private mutating func term(inBrackets: Bool) throws(SCIMError) -> Filter {
        skipSpace()
        if peek() == UInt8(ascii: "(") { return try group(inBrackets: inBrackets) }
        let start = position
        if takeWord("not") {
            if peek() == UInt8(ascii: "(") { return .not(try group(inBrackets: inBrackets)) }
            position = start
        }
        return try comparison(inBrackets: inBrackets)
    }

    private mutating func group(inBrackets: Bool) throws(SCIMError) -> Filter {
        position += 1
        try enter()
        let filter = try disjunction(inBrackets: inBrackets)
        guard take(UInt8(ascii: ")")) else { throw error("\")\"") }
        depth -= 1
        skipSpace()
        return filter
    }

    private mutating func enter() throws(SCIMError) {
        depth += 1
        guard depth <= policy.filterLimits.depth else {
            throw refusal("it is nested deeper than \(policy.filterLimits.depth) levels")
        }
    }

    private mutating func comparison(inBrackets: Bool) throws(SCIMError) -> Filter {
        comparisons += 1
        guard comparisons <= policy.filterLimits.comparisons else {
            throw refusal("it has more than \(policy.filterLimits.comparisons) comparisons")
        }
        let path = try path(inBrackets: inBrackets)
        skipSpace()
        if takeWord("pr") { return .present(path) }
        guard let operation = Filter.Operator.allCases.first(where: { takeWord($0.rawValue) }) else {
            guard path.filter != nil else { throw error("an operator such as \"eq\" or \"pr\"") }
            return .element(path)
        }
        let value = try value(after: operation)
        skipSpace()
        return .comparison(path, operation, value)
    }

    private mutating func path(inBrackets: Bool) throws(SCIMError) -> AttributePath {
        let name = try name("an attribute")
        guard peek() == UInt8(ascii: "[") else { return AttributePath(name: name) }
        guard !inBrackets else { throw error("no second bracket inside of brackets") }
        position += 1
        try enter()
        let filter = try disjunction(inBrackets: true)
        guard take(UInt8(ascii: "]")) else { throw error("\"]\"") }
        depth -= 1
        guard take(UInt8(ascii: ".")) else { return AttributePath(name: name, filter: filter) }
        return AttributePath(name: name, filter: filter, subAttribute: try self.name("a sub-attribute"))
    }
}
