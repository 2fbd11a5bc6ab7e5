/// Why a text is not in the strict subset of YAML that files here are written in.
package struct YAMLError: Error, Hashable, Sendable {
    /// Where the reader stopped.
    package var place: Place
    /// What was found, and what was expected.
    package var message: String
    /// What to do about it, where one thing is likely.
    package var hint: String?

    /// Joins a place, the words and what to do.
    package init(place: Place, message: String, hint: String? = nil) {
        self.place = place
        self.message = message
        self.hint = hint
    }
}

extension YAMLError: CustomStringConvertible {
    /// The place and the words: `7:3: duplicate key "role"`, with the hint on a line of its own.
    package var description: String {
        "\(place): \(message)" + (hint.map { "\nhint: \($0)" } ?? "")
    }
}
