extension DocumentReader {
    /// A text; a plain scalar that some common reader takes for something else is an error that says to quote it.
    package mutating func text(_ node: Node, what: String) -> Located<String>? {
        guard case .scalar(let scalar) = node.content else { return mismatch(node, what: what, expected: "text") }
        guard scalar.kind == .text else {
            let hint = scalar.text.isEmpty ? nil : "write \"\(scalar.text)\" in quotes"
            return mismatch(node, what: what, expected: "text", hint: hint)
        }
        return Located(scalar.text, at: node.place)
    }

    /// The characters of a single value as they stand, plain or quoted, for a field that gives them a meaning itself.
    package mutating func scalar(_ node: Node, what: String) -> Located<String>? {
        guard case .scalar(let scalar) = node.content, !scalar.text.isEmpty || !scalar.isPlain else {
            return mismatch(node, what: what, expected: "a value")
        }
        return Located(scalar.text, at: node.place)
    }

    /// `true` or `false`, plain; the other forms of YAML 1.1 are text for half of all readers, and an error here.
    package mutating func boolean(_ node: Node, what: String) -> Located<Bool>? {
        if case .scalar(let scalar) = node.content, scalar.isPlain {
            if scalar.text == "true" { return Located(true, at: node.place) }
            if scalar.text == "false" { return Located(false, at: node.place) }
        }
        return mismatch(node, what: what, expected: "true or false")
    }

    /// A whole number in decimal digits, plain, without a leading zero or separators.
    package mutating func integer(_ node: Node, what: String) -> Located<Int>? {
        if case .scalar(let scalar) = node.content, scalar.isPlain, let integer = Int(scalar.text),
            String(integer) == scalar.text
        {
            return Located(integer, at: node.place)
        }
        return mismatch(node, what: what, expected: "a whole number")
    }

    /// An instant of RFC 3339 in UTC, such as `2026-11-23T16:47:00Z`, plain or quoted, as it stands.
    package mutating func timestamp(_ node: Node, what: String) -> Located<String>? {
        if case .scalar(let scalar) = node.content, CalendarForm.isInstant(scalar.text) {
            return Located(scalar.text, at: node.place)
        }
        return mismatch(node, what: what, expected: "a time such as 2026-11-23T16:47:00Z")
    }

    /// A day of the calendar, such as `2027-01-31`, plain or quoted, as it stands.
    package mutating func date(_ node: Node, what: String) -> Located<String>? {
        if case .scalar(let scalar) = node.content, CalendarForm.isDay(scalar.text) {
            return Located(scalar.text, at: node.place)
        }
        return mismatch(node, what: what, expected: "a date such as 2027-01-31")
    }
}
