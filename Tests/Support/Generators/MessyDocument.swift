/// A random file as careless people write it, with what is in it by number, so that a test can say what moved.
///
/// The comment `# above k7` stands above the key `k7`, `# behind k7` on its line, and `# in k7` inside its value.
package struct MessyDocument<Generator: RandomNumberGenerator> {
    package private(set) var text = ""
    /// Every comment in it.
    package private(set) var comments: [String] = []
    private var generator: Generator
    private var number = 0

    /// Another document each time.
    package init(using generator: Generator) {
        self.generator = generator
        if chance(3) { text += "---\n" }
        if chance(3) { text += "\n" }
        map(indent: chance(4) ? 3 : 0, depth: 0, isBegun: false)
        if chance(3) { text += "\n\n" }
        if chance(5) { text = text.replacing("\n", with: "\r\n") }
    }

    /// The generator as this document left it.
    package var remaining: Generator { generator }

    private mutating func map(indent: Int, depth: Int, isBegun: Bool) {
        var isBegun = isBegun
        for key in shuffledKeys() {
            if !isBegun { above(key, indent: indent) }
            text += (isBegun ? "" : pad(indent)) + quoted(key) + ":"
            isBegun = false
            value(of: key, indent: indent, depth: depth, canBeInline: true)
        }
    }

    private mutating func list(indent: Int, depth: Int) {
        for _ in 0...Int.random(in: 0..<3, using: &generator) {
            let name = next("v")
            above(name, indent: indent)
            text += pad(indent) + "-"
            if depth < 4, chance(3) {
                let gap = Int.random(in: 1...3, using: &generator)
                text += pad(gap)
                map(indent: indent + 1 + gap, depth: depth + 1, isBegun: true)
            } else {
                value(of: name, indent: indent, depth: 9, canBeInline: true)
            }
        }
    }

    private mutating func value(of name: String, indent: Int, depth: Int, canBeInline: Bool) {
        let inner = indent + Int.random(in: 1...4, using: &generator)
        switch Int.random(in: 0..<(depth < 4 ? 10 : 7), using: &generator) {
        case 0: behind(name)
        case 1, 2:
            text += pad(Int.random(in: 1...3, using: &generator)) + quoted(name)
            behind(name)
        case 3:
            text += " " + ["true", "12", "2027-01-31", "~", "1e3"][Int.random(in: 0..<5, using: &generator)]
            behind(name)
        case 4:
            text += " \"one \(name)\n" + (chance(2) ? "\n" : "") + pad(inner) + "two # no comment\""
            text += chance(2) ? "\n" : "  " + comment("# after \(name)") + "\n"
        case 5: flow(name, indent: inner)
        case 6: block(name, indent: inner)
        case 7, 8:
            behind(name)
            map(indent: inner, depth: depth + 1, isBegun: false)
            footer(name, indent: inner)
        default:
            behind(name)
            list(indent: chance(3) && canBeInline ? indent : inner, depth: depth + 1)
        }
    }

    private mutating func flow(_ name: String, indent: Int) {
        let isMap = chance(2)
        text += isMap ? " {\(name): [" : " ["
        text += name
        if chance(2) { text += ",  " + comment("# in \(name)") + "\n" + pad(indent) } else { text += ", " }
        text += "'no # comment'" + (chance(2) ? "\n" + pad(indent) : "") + (isMap ? "]}" : "]")
        text += chance(2) ? "\n" : " " + comment("# after \(name)") + "\n"
    }

    private mutating func block(_ name: String, indent: Int) {
        text += [" |", " >", " |-", " |+"][Int.random(in: 0..<4, using: &generator)]
        behind(name)
        text += pad(indent) + "text of \(name)\n" + (chance(2) ? "\n" : "")
        text += pad(indent + 2) + "- # no comment  \n" + pad(indent) + "end\n"
    }

    private mutating func footer(_ name: String, indent: Int) {
        if chance(4) { text += pad(indent) + comment("# in \(name)") + "\n" }
    }

    private mutating func above(_ name: String, indent: Int) {
        if chance(5) { text += chance(2) ? "\n" : "  \n" }
        if chance(3) { text += pad(indent) + comment("# above \(name)") + (chance(2) ? "\n" : "  \n") }
        // Above the first key, a comment before a blank line is the file's own.
        if text.contains(":"), chance(9) { text += "\n" }
    }

    private mutating func behind(_ name: String) {
        // YAML takes no tab behind a dash.
        let blanks = [" ", "   ", "\t"][Int.random(in: 0..<(name.hasPrefix("k") ? 3 : 2), using: &generator)]
        text += chance(3) ? blanks + comment("# behind \(name)") + "\n" : (chance(5) ? "  \n" : "\n")
    }

    private mutating func comment(_ text: String) -> String {
        comments.append(text)
        return text
    }

    private mutating func shuffledKeys() -> [String] {
        (0...Int.random(in: 0..<4, using: &generator)).map { _ in next("k") }.shuffled(using: &generator)
    }

    private mutating func quoted(_ name: String) -> String {
        [name, "'\(name)'", "\"\(name)\"", name][Int.random(in: 0..<4, using: &generator)]
    }

    private mutating func next(_ letter: String) -> String {
        number += 1
        return letter + String(number)
    }

    /// True once in so many times.
    private mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &generator) == 0 }

    private func pad(_ count: Int) -> String { String(repeating: " ", count: count) }
}
