/// A law that did not hold for an input.
struct Broken: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// Throws unless the law holds; the words are only made when it does not.
    static func unless(_ holds: Bool, _ words: @autoclosure () -> String) throws {
        if !holds { throw Broken(words()) }
    }
}

/// What became of an input for which all laws held.
enum Verdict {
    case accepted
    case refused
}
