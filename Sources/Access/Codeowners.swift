package import YAML

/// Who approves changes of which file, for the forge: a part of `CODEOWNERS` that is made of the files' `owner`.
package enum Codeowners {
    /// What begins and ends the part of the file that is dagroster's; all else in it is people's.
    static let start = "# dagroster: begin. Made by \"dagroster codeowners\" from owner: under access/"
    static let end = "# dagroster: end"

    /// The lines of dagroster's part, by path; a file without `owner` has none.
    ///
    /// An owner is one or more of `@user`, `@organization/team` and an e-mail address, with blanks between them; anything
    /// else is an error, because the forge would silently leave the line out.
    ///
    /// - Parameters:
    ///   - access: the files.
    ///   - prefix: the tree's folder in the repository, empty or ending with "/".
    /// - Returns: the lines, and what is wrong with owners.
    package static func lines(
        for access: AccessFiles,
        prefix: String
    ) -> (lines: [String], diagnostics: [Diagnostic]) {
        var lines: [String] = []
        var diagnostics: [Diagnostic] = []
        for binding in access.bindings.sorted(by: { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }) {
            guard let owner = binding.owner else { continue }
            let names = owner.value.split(separator: " ").map(String.init)
            if let wrong = names.first(where: { !isOwner($0) }) ?? (names.isEmpty ? "" : nil) {
                let hint = "write @user, @organization/team or an e-mail address"
                diagnostics.append(
                    binding.error("owner \"\(wrong)\" is none that CODEOWNERS knows", at: owner.place, hint: hint)
                )
                continue
            }
            lines.append("/" + pattern(prefix + binding.file) + " " + names.joined(separator: " "))
        }
        return (lines, diagnostics)
    }

    /// The file with dagroster's part in it: where it was, or at the end.
    package static func updated(_ text: String, with lines: [String]) -> String {
        let part = ([start] + lines + [end]).map { $0 + "\n" }.joined()
        var before: [Substring] = []
        var after: [Substring] = []
        var isInside = false
        var isFound = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == start, !isFound { (isInside, isFound) = (true, true) }
            if !isInside { if isFound { after.append(line) } else { before.append(line) } }
            if line == end { isInside = false }
        }
        guard isFound else {
            return text + (text.isEmpty || text.hasSuffix("\n") ? "" : "\n") + (text.isEmpty ? "" : "\n") + part
        }
        let head = before.map { $0 + "\n" }.joined()
        return head + part + after.joined(separator: "\n")
    }

    private static func isOwner(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy {
            $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "\\")
        }
        guard isPlain, let at = name.firstIndex(of: "@") else { return false }
        return name.count > 1 && name.index(after: at) != name.endIndex
    }

    /// The path with everything escaped that patterns know.
    private static func pattern(_ path: String) -> String {
        var result = ""
        for character in path {
            if " *?[]\\#!".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }
}
