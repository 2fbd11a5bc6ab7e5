/// Who made a change, and when.
///
/// Name and e-mail are cleaned of what git cannot keep in a commit's header: control characters, "<" and ">", and
/// punctuation at the ends. What is left of an empty name is "unknown".
package struct Signature: Hashable, Sendable {
    package let name: String
    package let email: String
    /// Seconds since 1970; never negative, which git could not read again.
    package let seconds: Int

    package init(name: String, email: String, seconds: Int) {
        let cleaned = Self.cleaned(name)
        self.name = cleaned.isEmpty ? "unknown" : cleaned
        self.email = Self.cleaned(email).filter { !$0.isWhitespace }
        self.seconds = max(0, seconds)
    }

    private static func cleaned(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar != "<" && scalar != ">" {
            scalars.append(isInvisible(scalar) ? " " : scalar)
        }
        let crud: (Character) -> Bool = { $0.isWhitespace || ".,:;\"\\'".contains($0) }
        return String(String(scalars).drop(while: crud).reversed().drop(while: crud).reversed())
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

extension Signature {
    /// As a commit's header states it.
    var header: String { "\(name) <\(email)> \(seconds) +0000" }
}

extension Repository {
    /// Who commits: the identity that git is configured with, and `dagroster <dagroster@localhost>` where it is not.
    ///
    /// An identity that git would only guess from the machine's name does not count: it may be no valid address.
    package func committer(seconds: Int) async throws -> Signature {
        let arguments = ["-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"]
        let (ending, output) = try await runner.outcome(arguments)
        guard ending.status == 0, let identity = Self.identity(String(decoding: output, as: UTF8.self)) else {
            return Signature(name: "dagroster", email: "dagroster@localhost", seconds: seconds)
        }
        return Signature(name: identity.name, email: identity.email, seconds: seconds)
    }

    private static func identity(_ text: String) -> (name: String, email: String)? {
        guard let open = text.lastIndex(of: "<"), let close = text.lastIndex(of: ">"), open < close else { return nil }
        return (String(text[..<open]), String(text[text.index(after: open)..<close]))
    }
}
