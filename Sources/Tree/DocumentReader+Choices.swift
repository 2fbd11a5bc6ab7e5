package import YAML

extension DocumentReader {
    /// One of the words of an enumeration; anything else is an error that lists them.
    package mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ node: Node,
        what: String,
        _ type: Choice.Type
    ) -> Choice? {
        word(node, what: what, allowed: type.allCases.map(\.rawValue)).flatMap(Choice.init(rawValue:))
    }

    /// One of a few words; anything else is an error that lists them.
    @discardableResult
    package mutating func word(_ node: Node, what: String, allowed: [String], or other: String? = nil) -> String? {
        guard let text = scalar(node, what: what) else { return nil }
        if allowed.contains(text.value) { return text.value }
        let suggestion = Suggestion.closest(to: text.value, among: allowed)
        error(
            "\(what) is \"\(text.value)\"",
            at: text.place,
            hint: suggestion.map { "did you mean \"\($0)\"?" } ?? "it is one of: "
                + (allowed + (other.map { [$0] } ?? [])).joined(separator: ", ")
        )
        return nil
    }

    /// A text that is not empty.
    mutating func name(_ node: Node, what: String) -> Located<String>? {
        guard let text = text(node, what: what) else { return nil }
        guard !text.value.isEmpty else {
            error("\(what) is empty", at: text.place)
            return nil
        }
        return text
    }

    /// A whole number that is not negative, and not above a limit.
    mutating func count(_ node: Node, what: String, limit: Int = .max) -> Int? {
        guard let number = integer(node, what: what) else { return nil }
        guard (0...limit).contains(number.value) else {
            let expected = limit == .max ? "it is 0 or more" : "it is 0 to \(limit)"
            error("\(what) is \"\(number.value)\"", at: number.place, hint: expected)
            return nil
        }
        return number.value
    }

    /// A length of time such as `2s`, `5m`, `1h` or `7d`; `0` needs no unit.
    mutating func duration(_ node: Node, what: String) -> Located<Duration>? {
        guard let text = scalar(node, what: what) else { return nil }
        if let duration = Duration(settings: text.value) { return Located(duration, at: text.place) }
        error(
            "\(what) is \"\(text.value)\"",
            at: text.place,
            hint: "write a whole number with s, m, h or d: \"10s\", \"5m\", \"0h\""
        )
        return nil
    }
}

extension Duration {
    /// Reads a whole number with its unit, up to 100 years; nil for anything else.
    package init?(settings text: String) {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count)
        guard let number = Int(digits), number <= 3_153_600_000 else { return nil }
        if number == 0, unit.isEmpty {
            self = .zero
            return
        }
        guard unit.count == 1, let seconds = unit.first.flatMap({ units[$0] }), number * seconds <= 3_153_600_000 else {
            return nil
        }
        self = .seconds(number * seconds)
    }
}
