/// Reads the strict subset of YAML that all files here are written in.
///
/// It takes exactly one document of maps, lists and scalars, in block or flow style. It refuses directives, anchors,
/// aliases, tags, merge keys, a key that stands twice, a key that is not text for every reader, more than
/// ``maximumDepth`` levels, and all that ``SourceText`` refuses.
package enum Reader {
    /// How many maps and lists may stand inside each other.
    package static let maximumDepth = 16

    /// The most bytes of a file that holds a whole organisation, and not one person or group: 64 MiB.
    package static let wholeLimit = 64 << 20

    /// The value that a file holds, or the first thing that is wrong with it.
    ///
    /// A file of a tree has at most 16 MiB; `limit` is for others.
    package static func read(_ bytes: [UInt8], limit: Int = 16 << 20) throws(YAMLError) -> Node {
        let source = try SourceText(bytes, limit: limit)
        if let node = CanonicalReader.read(source) { return node }
        return try readByEvents(source)
    }

    /// The same by libyaml alone, for every text that there is.
    static func readByEvents(_ source: SourceText) throws(YAMLError) -> Node {
        try EventStream.run(through: source) { (stream) throws(YAMLError) -> Node in
            var event = try stream.next()
            guard case .documentStart = event.kind else { throw emptiness(of: source.bytes) }
            event = try stream.next()
            let node = try node(at: event, depth: 0, from: &stream)
            _ = try stream.next()  // the end of the document
            event = try stream.next()
            guard case .streamEnd = event.kind else {
                throw YAMLError(place: event.start, message: "a second document begins here, expected one a file")
            }
            return node
        }
    }

    private static func node(
        at event: Event,
        depth: Int,
        from stream: inout EventStream
    ) throws(YAMLError) -> Node {
        switch event.kind {
        case .scalar(let text, let style):
            return Node(.scalar(Scalar(text, isPlain: style == .plain)), at: event.start)
        case .sequenceStart:
            try checkDepth(depth, at: event.start)
            return Node(.sequence(try elements(depth: depth + 1, from: &stream)), at: event.start)
        case .mappingStart:
            try checkDepth(depth, at: event.start)
            return Node(.mapping(try entries(depth: depth + 1, from: &stream)), at: event.start)
        default: throw YAMLError(place: event.start, message: "expected a value")
        }
    }

    private static func elements(depth: Int, from stream: inout EventStream) throws(YAMLError) -> [Node] {
        var elements: [Node] = []
        while true {
            let event = try stream.next()
            if case .sequenceEnd = event.kind { return elements }
            elements.append(try node(at: event, depth: depth, from: &stream))
        }
    }

    private static func entries(depth: Int, from stream: inout EventStream) throws(YAMLError) -> [Entry] {
        var entries: [Entry] = []
        var keys = KeySet()
        while true {
            let event = try stream.next()
            if case .mappingEnd = event.kind { return entries }
            let key = try Self.key(at: event)
            if let first = keys.insert(key, at: event.start) {
                throw YAMLError(
                    place: event.start,
                    message: "the key \"\(key)\" stands twice, first at \(first)",
                    hint: "keep one of the two"
                )
            }
            let value = try node(at: try stream.next(), depth: depth, from: &stream)
            entries.append(Entry(key: key, keyPlace: event.start, value: value))
        }
    }

    /// A key, which must be text for every reader: `no: x` is a key "no" for some and a key false for others.
    static func key(at event: Event) throws(YAMLError) -> String {
        guard case .scalar(let text, let style) = event.kind else {
            throw YAMLError(place: event.start, message: "found a map or list as a key, expected text")
        }
        let kind = style == .plain ? ScalarKind(ofPlain: text) : .text
        switch kind {
        case .text: return text
        case .null where text.isEmpty: throw YAMLError(place: event.start, message: "found no key, expected text")
        case .merge:
            throw YAMLError(
                place: event.start,
                message: "found the merge key \"<<\", expected a key of this map",
                hint: "write the merged keys out"
            )
        default:
            throw YAMLError(
                place: event.start,
                message: "the key \"\(text)\" is \(kind.phrase) for some readers, expected text",
                hint: "write it in double quotes: \"\(text)\":"
            )
        }
    }

    private static func checkDepth(_ depth: Int, at place: Place) throws(YAMLError) {
        guard depth < maximumDepth else {
            throw YAMLError(place: place, message: "maps and lists are more than \(maximumDepth) deep")
        }
    }

    private static func emptiness(of bytes: ArraySlice<UInt8>) -> YAMLError {
        let hasComments = bytes.contains(UInt8(ascii: "#"))
        return YAMLError(
            place: .start,
            message: hasComments ? "the file holds only comments" : "the file is empty"
        )
    }
}
