import CLibYAML

/// libyaml's complaints in the words of this program: what was found, and what was expected.
struct SyntaxError {
    /// libyaml's own words.
    private let problem: String
    /// What libyaml was doing.
    private let context: String
    /// Where it stopped.
    private let place: Place
    /// Where the thing begins that it was reading, which says more than where a file ends.
    private let opened: Place
    /// What stands where it stopped.
    private let found: String
    /// Whether that is the first thing on its line.
    private let isFirstOnLine: Bool

    /// Takes from a parser that stopped what it says about that.
    init(_ parser: yaml_parser_t, in text: UnsafeBufferPointer<UInt8>) {
        problem = parser.problem.map { String(cString: $0) } ?? ""
        context = parser.context.map { String(cString: $0) } ?? ""
        place = Place(parser.problem_mark)
        opened = Place(parser.context_mark)
        var cursor = TextCursor(text)
        isFirstOnLine = cursor.isFirstOnLine(place)
        found = Self.name(of: cursor.character(at: place))
    }

    /// A directive, which only files for other programs need.
    static func directive(at place: Place) -> YAMLError {
        YAMLError(place: place, message: "found a directive, expected a value", hint: "delete the line of \"%\"")
    }

    private static func name(of character: Unicode.Scalar?) -> String {
        switch character {
        case nil: "the end of the file"
        case "\n", "\r": "the end of the line"
        case "\t": "a tab"
        case " ": "a space"
        case let character?: "\"\(character)\""
        }
    }
}

extension SyntaxError {
    /// The error in our words.
    var error: YAMLError {
        switch problem {
        case "found unexpected end of stream":
            YAMLError(place: opened, message: "the quoted text that begins here has no end")
        case "found unexpected document indicator":
            YAMLError(place: opened, message: "the quoted text that begins here has no end in this document")
        case "did not find expected ',' or ']'":
            YAMLError(
                place: place,
                message: "found \(found) in the list that begins at \(opened), expected \",\" or \"]\""
            )
        case "did not find expected ',' or '}'":
            YAMLError(
                place: place,
                message: "found \(found) in the map that begins at \(opened), expected \",\" or \"}\""
            )
        case "could not find expected ':'":
            YAMLError(
                place: opened,
                message: "found a text without \":\", expected \"key: value\"",
                hint: "a key is followed by a colon and a space"
            )
        case "mapping values are not allowed in this context":
            YAMLError(
                place: place,
                message: "found \":\" where no key can be",
                hint: "put a text with \": \" in double quotes, and indent the keys of one map alike"
            )
        case "did not find expected key": expected("a key of the map", alike: "the keys of one map")
        case "did not find expected '-' indicator": expected("\"- \" of the list", alike: "the elements of one list")
        default: rareError
        }
    }

    private var rareError: YAMLError {
        switch problem {
        case "found character that cannot start any token" where found != "a tab":
            YAMLError(
                place: place,
                message: "found \(found), which cannot begin a value",
                hint: "put the value in double quotes"
            )
        case "found character that cannot start any token",
            "found a tab character where an indentation space is expected",
            "found a tab character that violates indentation":
            YAMLError(place: place, message: "found a tab, expected spaces", hint: "indent with spaces")
        case "found unknown escape character", "did not find expected hexdecimal number":
            YAMLError(
                place: place,
                message: "unknown escape in a text in double quotes",
                hint: "write a backslash as \\\\, or use single quotes"
            )
        case "found unknown directive name", "found incompatible YAML document", "found duplicate %YAML directive",
            "found duplicate %TAG directive", "could not find expected directive name":
            Self.directive(at: Place(line: place.line, column: 1))
        case "did not find expected <document start>":
            YAMLError(place: place, message: "found \(found) behind the end of the value, expected nothing")
        case "did not find expected node content":
            YAMLError(place: place, message: "found \(found), expected a value")
        case "block sequence entries are not allowed in this context":
            YAMLError(
                place: place,
                message: "found \"- \" where no list can begin",
                hint: "begin each list on a line of its own; to mean text, put it in double quotes"
            )
        // libyaml's own words, for what is too rare to have better ones.
        case "": YAMLError(place: place, message: "the file cannot be read as YAML")
        default: YAMLError(place: place, message: context.isEmpty ? problem : "\(problem) \(context)")
        }
    }

    /// Something stands where the next part of a map or list should: on a line of its own, or behind a value.
    private func expected(_ part: String, alike parts: String) -> YAMLError {
        guard isFirstOnLine else {
            return YAMLError(
                place: place,
                message: "found \(found) behind a value, expected the end of the line",
                hint: "put the whole value in one pair of double quotes"
            )
        }
        return YAMLError(
            place: place,
            message: "found \(found), expected \(part) that begins at \(opened)",
            hint: "indent \(parts) alike"
        )
    }
}
