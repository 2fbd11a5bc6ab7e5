/// A random file near to the canonical form.
package struct PlainDocument<Generator: RandomNumberGenerator> {
    /// Its lines.
    package private(set) var lines: [String] = []

    /// Another document each time.
    package init(using generator: inout Generator) {
        if Bool.random(using: &generator) { lines.append("# Written by \"somebody\": x") }
        map(indent: 0, prefix: "", using: &generator)
    }

    private mutating func map(indent: Int, prefix: String, using generator: inout Generator) {
        var prefix = prefix
        for _ in 0...Int.random(in: 0..<4, using: &generator) {
            let key = generator.pick(words)
            let start = (prefix.isEmpty ? String(repeating: " ", count: indent) : prefix) + key + ":"
            prefix = ""
            switch Int.random(in: 0..<(indent < 8 ? 5 : 3), using: &generator) {
            case 0, 1, 2: lines.append(start + " " + generator.pick(words))
            case 3:
                lines.append(start)
                map(indent: indent + 2, prefix: "", using: &generator)
            default:
                lines.append(start)
                list(indent: indent + 2, using: &generator)
            }
        }
    }

    private mutating func list(indent: Int, using generator: inout Generator) {
        let dash = String(repeating: " ", count: indent) + "- "
        for _ in 0...Int.random(in: 0..<3, using: &generator) {
            if Bool.random(using: &generator) {
                lines.append(dash + generator.pick(words))
            } else {
                map(indent: indent + 2, prefix: dash, using: &generator)
            }
        }
    }
}

extension [String] {
    /// One small damage, as a bad merge or a careless hand leaves it.
    package mutating func damage(using generator: inout some RandomNumberGenerator) {
        guard let index = indices.randomElement(using: &generator) else { return }
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: remove(at: index)
        case 1: insert(self[index], at: index)
        case 2: self[index] = " " + self[index]
        case 3: self[index] = String(self[index].dropFirst())
        case 4: insert("", at: index)
        case 5: swapAt(index, Int.random(in: indices, using: &generator))
        default:
            var characters = Array<Character>(self[index])
            let position = Int.random(in: 0...characters.count, using: &generator)
            characters.insert(contentsOf: generator.pick(marks), at: position)
            self[index] = String(characters)
        }
    }
}

private let words = [
    "a", "bc", "id", "userName", "Data Platform", "é", "Zoë Müller", "ada@example.com", "true", "no", "7", "1e3",
    "2026-01-01", "\"quoted\"", "\"a: b # c\"", "\"é\"", "{}", "[]", "x:y", "x#y", "\"\"", "+44", "/x", "(y)",
    "urn:ietf:params:2.0:User", "null", "8f14e45f-ceea", "日本",
]

private let marks = [
    " ", ":", ": ", " #", "#", "-", "- ", "\"", "'", "[", "{}", "\t", "\\", "!", "&", "*", "?", "|", "a", "é", "\r",
]
