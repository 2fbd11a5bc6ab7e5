extension Repository {
    /// The commit that a reference (`refs/…`) is at; nil when it is absent.
    package func reference(_ name: String) async throws -> CommitID? {
        try await commit(at: checked(name))
    }

    /// The references under a folder such as `refs/dagroster/applied/`, by full name.
    package func references(under folder: String) async throws -> [String: CommitID] {
        let folder = try checked(folder.hasSuffix("/") ? String(folder.dropLast()) : folder)
        let arguments = ["for-each-ref", "--format=%(objectname) %(refname)", folder + "/"]
        let output = try await runner.output(arguments)
        var found: [String: CommitID] = [:]
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: " ", maxSplits: 1)
            guard fields.count == 2, let id = ObjectID(fields[0]) else { throw runner.notUnderstood(arguments, output) }
            found[String(fields[1])] = id
        }
        return found
    }

    /// Puts a reference at a commit, by compare-and-swap: where it is not as expected, it stays, and
    /// ``GitError/referenceMoved(_:expected:found:)`` says where it is.
    package func setReference(
        _ name: String,
        to commit: CommitID,
        expecting expectation: ExpectedReference = .anything,
        reason: String = "dagroster"
    ) async throws {
        var arguments = ["update-ref", "--no-deref", "-m", reason, try checked(name), commit.hex]
        if expectation != .anything { arguments.append(expectation.commit?.hex ?? zero) }
        try await change(name, arguments, expectation)
    }

    /// Removes a reference, by compare-and-swap; one that is absent already is as wanted.
    package func deleteReference(_ name: String, expecting expectation: ExpectedReference = .anything) async throws {
        guard let found = try await reference(name) else {
            guard case .at(let commit) = expectation else { return }
            throw GitError.referenceMoved(name, expected: commit, found: nil)
        }
        guard expectation != .absent else { throw GitError.referenceMoved(name, expected: nil, found: found) }
        let arguments = ["update-ref", "--no-deref", "-d", try checked(name), (expectation.commit ?? found).hex]
        try await change(name, arguments, expectation)
    }

    private func change(_ name: String, _ arguments: [String], _ expectation: ExpectedReference) async throws {
        let (ending, _) = try await runner.outcome(arguments)
        guard ending.status != 0 else { return }
        let found = try await reference(name)
        guard expectation.accepts(found) else {
            throw GitError.referenceMoved(name, expected: expectation.commit, found: found)
        }
        throw runner.failure(arguments, ending)
    }

    private func checked(_ name: String) throws(GitError) -> String {
        guard name.hasPrefix("refs/"), Self.isSafeName(name) else { throw .unsafeReference(name) }
        return name
    }

    /// Whether git takes the text for a name of a branch, reference or remote (the rules of `git check-ref-format`), and no
    /// command takes it for an option.
    package static func isSafeName(_ name: String) -> Bool {
        guard !name.isEmpty, name != "@", !name.hasPrefix("-"), !name.hasSuffix(".") else { return false }
        guard !name.contains(".."), !name.contains("@{") else { return false }
        let refused = Set("~^:?*[\\ \u{7F}".utf8)
        guard name.utf8.allSatisfy({ $0 > 0x20 && !refused.contains($0) }) else { return false }
        return name.split(separator: "/", omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".lock") }
    }
}
