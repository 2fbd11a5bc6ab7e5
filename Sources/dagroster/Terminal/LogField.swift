import YAML

/// The values of a log line: names come from outside, and no part of one may look like a field or a line of its own.
enum LogField {
    /// A value as it stands after `key=`: as it is where that is one plain word, in quotes otherwise.
    static func text(_ value: String) -> String {
        if !value.isEmpty, value.utf8.allSatisfy(isOfPlainWord) { return value }
        let line = Printable.line(value)
        guard line.isEmpty || line.contains(where: { $0.isWhitespace || "\"=\\".contains($0) }) else { return line }
        return "\"" + line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// Printable ASCII but for what needs quotes: what paths and ids are made of.
    private static func isOfPlainWord(_ byte: UInt8) -> Bool {
        0x21..<0x7F ~= byte && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "=") && byte != UInt8(ascii: "\\")
    }

    /// A JSON document in which what could steer a terminal is escaped, which JSON allows in any string.
    static func json(_ document: String) -> String {
        guard document.unicodeScalars.contains(where: Printable.steers) else { return document }
        var result = ""
        for scalar in document.unicodeScalars {
            if Printable.steers(scalar) {
                for unit in String(scalar).utf16 { result += escape(unit) }
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
