/// Why a token could not be made, listed or revoked; nothing was changed.
package enum TokenError: Error, Hashable, Sendable {
    case badName(String)
    case nameTaken(String)
    case unknownName(String, known: [String])
    case unreadable(String)
    case busy(String)
    /// The file of the tokens was there, and is not.
    case gone(String)
}

extension TokenError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badName(let name):
            "token name \"\(name)\" is not 1 to 64 letters, digits, \".\", \"_\" and \"-\"; no token was made"
        case .nameTaken(let name):
            "there is a token named \"\(name)\"; no token was made\n"
                + "hint: choose another name, or revoke that one first"
        case .unknownName(let name, let known):
            "there is no token named \"\(name)\"; nothing was revoked\n"
                + "hint: " + (known.isEmpty ? "there are no tokens" : "there are \(known.joined(separator: ", "))")
        case .busy(let holder): "\(holder) is changing the tokens; nothing was changed\nhint: run again"
        case .gone(let path):
            "the tokens, \"\(path)\", were there and are gone, so that nobody can be let in\n"
                + "hint: bring the folder back or mount its volume; without it, make a token"
        case .unreadable(let problem): "the tokens cannot be read: \(problem)"
        }
    }
}
