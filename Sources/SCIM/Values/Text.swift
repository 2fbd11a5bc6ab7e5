/// How text values compare: with `caseExact` false after `lowercased()`, always by Unicode's canonical equivalence.
///
/// One rule serves filters, sorting, PATCH and, in the rooms above, uniqueness (RFC 7643 section 2.2). It is what
/// PRECIS calls UsernameCaseMapped (RFC 8265), but for width mapping.
public enum Text {
    /// The form by which a text is compared when letter case does not count.
    public static func folded(_ text: String) -> String { text.lowercased() }

    /// Whether two texts are the same under an attribute's rule.
    public static func equal(_ left: String, _ right: String, caseExact: Bool) -> Bool {
        if left == right { return true }
        if caseExact { return false }
        // ASCII folds byte by byte, which makes no other texts to compare.
        if left.utf8Span.isKnownASCII, right.utf8Span.isKnownASCII { return CaseInsensitive.equal(left, right) }
        return folded(left) == folded(right)
    }

    /// The form to compare or to look up by under an attribute's rule.
    static func key(_ text: String, caseExact: Bool) -> String {
        caseExact ? text : folded(text)
    }

    /// Whether one text stands somewhere in another; both are keys already.
    static func contains(_ text: String, _ part: String) -> Bool {
        if part.isEmpty { return true }
        guard isASCII(text), isASCII(part) else { return contains(Array(text), Array(part)) }
        return contains(Array(text.utf8), Array(part.utf8))
    }

    private static func isASCII(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 < 0x80 }
    }

    private static func contains<Element: Equatable>(_ text: [Element], _ part: [Element]) -> Bool {
        guard part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { start in
            text[start..<(start + part.count)].elementsEqual(part)
        }
    }
}
