/// A file's bytes, checked for what no file here may hold, whatever YAML says: before libyaml sees them.
///
/// Refused are: more than 16 MiB, what is not UTF-8, control characters, git's conflict markers, and every line break
/// but LF and CRLF. A lone carriage return, U+0085, U+2028 and U+2029 end a line for some readers and not for others,
/// so that lines could not be counted. After this check a line is what LF ends, for libyaml and for editors alike.
struct SourceText {
    /// The largest file of a tree, in bytes.
    static let limit = 16 << 20

    /// The bytes, without a byte order mark at their start.
    let bytes: ArraySlice<UInt8>
    /// Whether there is an exclamation mark, without which there is no tag.
    private(set) var mayHoldTags = false

    init(_ bytes: [UInt8], limit: Int = Self.limit) throws(YAMLError) {
        guard bytes.count <= limit else {
            let most = "at most \(limit >> 20) MiB"
            throw YAMLError(place: .start, message: "the file has \(bytes.count) bytes, expected \(most)")
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw YAMLError(place: .start, message: "the file is UTF-16, expected UTF-8", hint: "save it as UTF-8")
        }
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        mayHoldTags = try self.bytes.withUnsafeBufferPointer { (buffer) throws(YAMLError) in
            try Self.check(buffer)
        }
    }

    /// Whether a text is not too long and has no byte that is refused here, nor a byte order mark.
    static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count <= limit else { return false }
        // Without a branch in it, so that many bytes are compared at a time.
        var others: UInt8 = 0
        for byte in bytes { others |= (byte &- 0x20 > 0x5E ? 1 : 0) & (byte != 0x0A ? 1 : 0) }
        return others == 0 || (try? check(bytes)) != nil
    }

    /// Walks over all bytes once; says whether there is an exclamation mark.
    private static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws(YAMLError) -> Bool {
        var line = 1
        var lineStart = 0
        var index = 0
        var mayHoldTags = false
        try checkForConflict(bytes, at: 0, line: line)
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20 && byte < 0x7F {
                mayHoldTags = mayHoldTags || byte == UInt8(ascii: "!")
                index += 1
            } else if byte == 0x0A {
                index += 1
                line += 1
                lineStart = index
                try checkForConflict(bytes, at: index, line: line)
            } else if byte == 0x09 || (byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A) {
                index += 1
            } else {
                let length = lengthOfCharacter(bytes, at: index)
                if let length, let scalar = scalar(bytes, at: index, length: length), isAllowed(scalar) {
                    index += length
                    continue
                }
                let before = UnsafeBufferPointer(rebasing: bytes[lineStart..<index])
                let place = Place(line: line, column: before.count { $0 & 0xC0 != 0x80 } + 1)
                guard let length, let scalar = scalar(bytes, at: index, length: length) else {
                    throw YAMLError(place: place, message: "byte 0x\(hexadecimal(byte)) is not UTF-8")
                }
                throw refusal(of: scalar, at: place)
            }
        }
        return mayHoldTags
    }

    /// How many bytes the character has that begins here; nil if none does (RFC 3629 section 4).
    private static func lengthOfCharacter(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
        let first = bytes[index]
        let length: Int
        switch first {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return nil
        }
        guard index + length <= bytes.count else { return nil }
        for offset in 1..<length where bytes[index + offset] & 0xC0 != 0x80 { return nil }
        switch (first, bytes[index + 1]) {
        case (0xE0, 0x80..<0xA0), (0xED, 0xA0...0xBF), (0xF0, 0x80..<0x90), (0xF4, 0x90...0xBF): return nil
        default: return length
        }
    }

    private static func scalar(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at index: Int,
        length: Int
    ) -> Unicode.Scalar? {
        var value = length == 1 ? UInt32(bytes[index]) : UInt32(bytes[index]) & (0x7F >> UInt32(length))
        for offset in 1..<max(length, 1) { value = value << 6 | UInt32(bytes[index + offset]) & 0x3F }
        return Unicode.Scalar(value)
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
        default: true
        }
    }
}

extension SourceText {
    private static func refusal(of scalar: Unicode.Scalar, at place: Place) -> YAMLError {
        let name = "U+" + PlainText.escape(scalar).dropFirst(2)
        let hint = "write it as \"\(PlainText.escape(scalar))\", in double quotes"
        switch scalar.value {
        case 0x0D:
            return YAMLError(
                place: place,
                message: "a carriage return without a line feed, expected LF at the end of a line"
            )
        case 0x85, 0x2028, 0x2029:
            return YAMLError(place: place, message: "\(name) ends a line for some readers only", hint: hint)
        case 0xFEFF:
            return YAMLError(place: place, message: "a byte order mark inside the file", hint: "delete it, or " + hint)
        default:
            return YAMLError(place: place, message: "the character \(name) is not allowed in a file", hint: hint)
        }
    }

    private static func checkForConflict(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at index: Int,
        line: Int
    ) throws(YAMLError) {
        guard index + 7 <= bytes.count else { return }
        let mark = bytes[index]
        switch mark {
        case UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "|"): break
        default: return
        }
        for offset in 1..<7 where bytes[index + offset] != mark { return }
        if index + 7 < bytes.count {
            let next = bytes[index + 7]
            guard next == 0x20 || next == 0x0A || next == 0x0D else { return }
        }
        let end = bytes[index...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
        let text = String(decoding: bytes[index..<min(end, index + 60)], as: UTF8.self)
        throw YAMLError(
            place: Place(line: line, column: 1),
            message: "git left a conflict here: \"\(text)\"",
            hint: "keep what is right of the two sides, and delete the lines of <<<<<<<, ======= and >>>>>>>"
        )
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
