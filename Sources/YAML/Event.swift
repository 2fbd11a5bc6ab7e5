/// One step of libyaml through a text.
struct Event {
    /// How a scalar was written.
    enum Style {
        case plain, quoted, block
    }

    /// What was met.
    enum Kind {
        case documentStart
        case documentEnd
        case streamEnd
        case scalar(String, Style)
        case sequenceStart(isFlow: Bool)
        case sequenceEnd
        case mappingStart(isFlow: Bool)
        case mappingEnd
    }

    /// What was met.
    var kind: Kind
    /// Where it begins.
    var start: Place
    /// Where it ends: the first character that is no longer part of it.
    var end: Place
}
