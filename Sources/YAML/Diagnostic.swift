/// One thing that is wrong with a file, for the person who has to mend it.
package struct Diagnostic: Error, Hashable, Sendable {
    /// Whether the file can be used in spite of it.
    package enum Severity: String, Hashable, Sendable {
        /// The file cannot be used.
        case error
        /// The file is used, but probably does not mean what its author thinks.
        case warning
    }

    /// How bad it is.
    package var severity: Severity
    /// The path of the file, as the user should see it.
    package var file: String
    /// Where in the file; nil when it is about the file as a whole.
    package var place: Place?
    /// What was found, and what was expected: lower case, no full stop, the offending value in double quotes.
    package var message: String
    /// What to do about it, where one thing is likely.
    package var hint: String?

    /// Joins the parts.
    package init(
        severity: Severity = .error,
        file: String,
        place: Place?,
        message: String,
        hint: String? = nil
    ) {
        self.severity = severity
        self.file = file
        self.place = place
        self.message = message
        self.hint = hint
    }

    /// What a reader's error means for this file.
    package init(_ error: YAMLError, file: String) {
        self.init(file: file, place: error.place, message: error.message, hint: error.hint)
    }
}

extension Diagnostic: Comparable {
    /// The order of a report: by file, then by place, what is about the whole file first.
    package static func < (left: Diagnostic, right: Diagnostic) -> Bool {
        left.sortKey < right.sortKey
    }

    private var sortKey: (String, Place, String, String, String) {
        (file, place ?? Place(line: 0, column: 0), severity.rawValue, message, hint ?? "")
    }
}

extension Diagnostic: CustomStringConvertible {
    /// `path:line:column: error: message`, and the hint on a line of its own; what a path or a name could do to a
    /// terminal is written out.
    package var description: String {
        let position = place.map { ":\($0)" } ?? ""
        let shown = "\(Printable.line(file))\(position): \(severity.rawValue): \(Printable.line(message))"
        return shown + (hint.map { "\nhint: \(Printable.line($0))" } ?? "")
    }
}
