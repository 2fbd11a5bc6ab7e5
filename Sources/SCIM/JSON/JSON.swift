/// The text form of values, exactly as RFC 8259 has it.
///
/// Reading takes UTF-8 only and refuses what RFC 8259 refuses or leaves unpredictable: lone surrogates, names that
/// stand twice in one object (in another letter case too, because SCIM takes them for one, RFC 7643 section 2.1),
/// numbers beyond a double, nesting beyond a limit. Both directions take time in proportion to the text.
public enum JSON {
    /// Reads one value that fills the whole text; a byte order mark before it is passed over (RFC 8259 section 8.1).
    public static func read(_ bytes: [UInt8], maximumDepth: Int = 64) throws(JSONError) -> Value {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            try read(buffer, maximumDepth: maximumDepth)
        }
    }

    /// Reads one value from bytes that somebody else keeps, without copying them.
    public static func read(_ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int = 64) throws(JSONError) -> Value {
        var reader = JSONReader(bytes, maximumDepth: maximumDepth)
        return try reader.document()
    }

    /// Reads one value from a string.
    public static func read(_ text: String, maximumDepth: Int = 64) throws(JSONError) -> Value {
        try read(Array(text.utf8), maximumDepth: maximumDepth)
    }

    /// The shortest text of a value: no spaces, members in their order, only the escapes that must be.
    public static func write(_ value: Value) -> [UInt8] {
        var bytes: [UInt8] = []
        write(value, into: &bytes)
        return bytes
    }

    /// Appends the text of a value to bytes.
    public static func write(_ value: Value, into bytes: inout [UInt8]) {
        var writer = JSONWriter(bytes: bytes)
        bytes = []
        writer.append(value)
        bytes = writer.bytes
    }

    /// Appends one member of an object, for whoever writes the braces and commas around it.
    public static func write(member name: String, _ value: Value, into bytes: inout [UInt8]) {
        var writer = JSONWriter(bytes: bytes)
        bytes = []
        writer.append(member: name, value)
        bytes = writer.bytes
    }

    /// Appends a string in quotes.
    public static func write(_ text: String, into bytes: inout [UInt8]) {
        var writer = JSONWriter(bytes: bytes)
        bytes = []
        writer.appendQuoted(text)
        bytes = writer.bytes
    }
}
