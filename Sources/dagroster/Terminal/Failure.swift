import ArgumentParser

/// The end of a command that could not do what it was asked to, with its exit code and words for the person there.
struct Failure: Error, CustomStringConvertible {
    var code: Int32
    var description: String

    /// What went wrong without any promise about its kind.
    static func unexpected(_ description: String) -> Failure { Failure(code: 1, description: description) }

    /// The tree is not as it must be.
    static func invalidTree(_ description: String) -> Failure { Failure(code: 3, description: description) }

    /// Another process holds a lock.
    static func locked(_ description: String) -> Failure { Failure(code: 7, description: description) }

    /// The command was given words that make no sense together.
    static func usage(_ description: String) -> Failure { Failure(code: 64, description: description) }

    /// Whether the argument parser threw an error and knows how to show it: help, a version, wrong usage.
    static func isOfParser(_ error: any Error) -> Bool {
        let type = String(reflecting: type(of: error))
        return type.hasPrefix("ArgumentParser.") || type.hasPrefix("ArgumentParserToolInfo.")
    }
}
