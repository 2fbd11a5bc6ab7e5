import CLibYAML

/// libyaml at work on one text; the only file that speaks to it.
///
/// Refuses what the strict subset leaves out and an event can show: directives, anchors, aliases and tags.
struct EventStream: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: UnsafeBufferPointer<UInt8>
    private let mayHoldTags: Bool
    private var cursor: TextCursor

    /// Starts at the beginning of a text, which must stay where it is until the stream is gone.
    private init(_ text: UnsafeBufferPointer<UInt8>, mayHoldTags: Bool) throws(YAMLError) {
        parser = .allocate(capacity: 1)
        self.text = text
        self.mayHoldTags = mayHoldTags
        cursor = TextCursor(text)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw YAMLError(place: .start, message: "out of memory")
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// Runs through a text that has been checked; hands the stream to a body, which reads what it needs.
    static func run<Result>(
        through source: SourceText,
        _ body: (inout EventStream) throws(YAMLError) -> Result
    ) throws(YAMLError) -> Result {
        try source.bytes.withUnsafeBufferPointer { (buffer) throws(YAMLError) -> Result in
            var stream = try EventStream(buffer, mayHoldTags: source.mayHoldTags)
            guard case .streamStart = try stream.step() else {
                throw YAMLError(place: .start, message: "the file cannot be read as YAML")
            }
            return try body(&stream)
        }
    }

    /// The next event.
    mutating func next() throws(YAMLError) -> Event {
        switch try step() {
        case .event(let event): return event
        case .streamStart: throw YAMLError(place: .start, message: "the file cannot be read as YAML")
        }
    }

    private enum Step {
        case streamStart
        case event(Event)
    }

    private mutating func step() throws(YAMLError) -> Step {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw SyntaxError(parser.pointee, in: text).error }
        defer { yaml_event_delete(&event) }
        let start = Place(event.start_mark)
        let end = Place(event.end_mark)
        guard event.type != YAML_STREAM_START_EVENT else { return .streamStart }
        let kind = try kind(of: event, at: start)
        if end.line > start.line, case .scalar(_, .plain) = kind { try refuseDashes(from: start, to: end) }
        return .event(Event(kind: kind, start: start, end: end))
    }

    private mutating func kind(of event: yaml_event_t, at place: Place) throws(YAMLError) -> Event.Kind {
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            try refuse(anchor: scalar.anchor, tag: scalar.tag, at: place)
            return .scalar(
                String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self),
                Event.Style(scalar.style)
            )
        case YAML_MAPPING_START_EVENT:
            let mapping = event.data.mapping_start
            try refuse(anchor: mapping.anchor, tag: mapping.tag, at: place)
            return .mappingStart(isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE)
        case YAML_SEQUENCE_START_EVENT:
            let sequence = event.data.sequence_start
            try refuse(anchor: sequence.anchor, tag: sequence.tag, at: place)
            return .sequenceStart(isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE)
        case YAML_ALIAS_EVENT:
            throw Self.refusal(of: "alias", event.data.alias.anchor.map { "*" + Self.string($0) }, at: place)
        case YAML_DOCUMENT_START_EVENT:
            let document = event.data.document_start
            if document.version_directive != nil || document.tag_directives.start != document.tag_directives.end {
                throw SyntaxError.directive(at: place)
            }
            return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        default: return .streamEnd
        }
    }

    /// The tag "!" leaves no trace in an event but that the node begins with it, which nothing else can.
    private mutating func refuse(
        anchor: UnsafeMutablePointer<yaml_char_t>?,
        tag: UnsafeMutablePointer<yaml_char_t>?,
        at place: Place
    ) throws(YAMLError) {
        if let anchor { throw Self.refusal(of: "anchor", "&" + Self.string(anchor), at: place) }
        if let tag { throw Self.refusal(of: "tag", Self.string(tag), at: place) }
        if mayHoldTags, cursor.byte(at: place) == UInt8(ascii: "!") {
            throw Self.refusal(of: "tag", "!", at: place)
        }
    }

    /// A dash that is indented one space too far makes one text of two elements for YAML: nobody means that.
    private mutating func refuseDashes(from start: Place, to end: Place) throws(YAMLError) {
        for line in (start.line + 1)...end.line {
            var place = Place(line: line, column: 1)
            while let byte = cursor.byte(at: place), byte == 0x20 || byte == 0x09 { place.column += 1 }
            guard place < end, cursor.byte(at: place) == UInt8(ascii: "-") else { continue }
            let next = cursor.byte(at: Place(line: line, column: place.column + 1))
            guard next == nil || next == 0x20 || next == 0x09 || next == 0x0A || next == 0x0D else { continue }
            throw YAMLError(
                place: place,
                message: "found \"-\" inside the text that begins at \(start)",
                hint: "indent the elements of one list alike; to mean text, put all of it in double quotes"
            )
        }
    }

    private static func refusal(of what: String, _ name: String?, at place: Place) -> YAMLError {
        let hint =
            what == "tag"
            ? "leave the tag out; to mean text, write the value in double quotes"
            : "write the value out where it is needed; to mean text, write it in double quotes"
        return YAMLError(
            place: place,
            message: "found the \(what) \"\(name ?? "")\", expected a value without anchors, aliases and tags",
            hint: hint
        )
    }

    private static func string(_ characters: UnsafeMutablePointer<yaml_char_t>) -> String {
        String(decodingCString: characters, as: UTF8.self)
    }
}

extension Place {
    /// libyaml counts from 0.
    init(_ mark: yaml_mark_t) { self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1) }
}

extension Event.Style {
    fileprivate init(_ style: yaml_scalar_style_t) {
        switch style {
        case YAML_PLAIN_SCALAR_STYLE: self = .plain
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: self = .block
        default: self = .quoted
        }
    }
}
