/// Appends values as text.
struct JSONWriter {
    var bytes: [UInt8]

    mutating func append(_ value: Value) {
        switch value {
        case .null: append("null")
        case .bool(let bool): append(bool ? "true" : "false")
        case .integer(let integer): append(integer)
        case .decimal(let decimal): append(decimal.isFinite ? decimal.description : "null")
        case .string(let string): appendQuoted(string)
        case .array(let array): append(array)
        case .object(let object): append(object)
        }
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func append(_ integer: Int) {
        guard integer >= 10 || integer < 0 else { return bytes.append(UInt8(ascii: "0") + UInt8(integer)) }
        append(String(integer))
    }

    private mutating func append(_ array: [Value]) {
        bytes.append(UInt8(ascii: "["))
        for (index, element) in array.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func append(_ object: Object) {
        bytes.append(UInt8(ascii: "{"))
        for (index, member) in object.members.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(member: member.name, member.value)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// A name and its value.
    mutating func append(member name: String, _ value: Value) {
        appendQuoted(name)
        bytes.append(UInt8(ascii: ":"))
        append(value)
    }

    /// A string in quotes.
    ///
    /// Almost none has anything to escape, so that whole runs are copied.
    mutating func appendQuoted(_ string: String) {
        bytes.append(UInt8(ascii: "\""))
        let isCopied: Void? = string.utf8.withContiguousStorageIfAvailable { appendEscaped($0) }
        if isCopied == nil { Array(string.utf8).withUnsafeBufferPointer { appendEscaped($0) } }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for (index, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
            append(Self.escape(byte))
            start = index + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }

    private static func escape(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\""): "\\\""
        case UInt8(ascii: "\\"): "\\\\"
        case 0x08: "\\b"
        case 0x09: "\\t"
        case 0x0A: "\\n"
        case 0x0C: "\\f"
        case 0x0D: "\\r"
        case 0x00..<0x10: "\\u000" + String(byte, radix: 16)
        default: "\\u00" + String(byte, radix: 16)
        }
    }
}
