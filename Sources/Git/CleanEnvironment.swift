#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The environment that git is run with: the process's own, less what would point git somewhere else.
enum CleanEnvironment {
    /// What a person or a CI system sets on purpose.
    ///
    /// Everything else that begins with `GIT_` is taken out: in a hook git sets `GIT_DIR`, `GIT_INDEX_FILE` and more, and
    /// they would send our commands to another repository or index.
    private static let kept: [String] = [
        "GIT_ALLOW_PROTOCOL", "GIT_ASKPASS", "GIT_CEILING_DIRECTORIES", "GIT_COMMITTER_EMAIL", "GIT_COMMITTER_NAME",
        "GIT_CONFIG_COUNT", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_KEY_", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM",
        "GIT_CONFIG_VALUE_", "GIT_CURL_", "GIT_DEFAULT_HASH", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH",
        "GIT_HTTP_", "GIT_PROTOCOL", "GIT_PROXY_", "GIT_SSH", "GIT_SSL_", "GIT_TEMPLATE_DIR", "GIT_TRACE",
    ]

    /// Set for every command: messages in English, no question on a terminal, no lock for a mere look, paths as they are.
    private static let fixed: [String: String] = [
        "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "1",
    ]

    /// The environment of a command.
    ///
    /// - Parameters:
    ///   - inherited: the environment of the process.
    ///   - overrides: what the caller sets, cleaned by the same rule.
    /// - Returns: every variable that the command will have.
    static func make(
        inherited: [String: String] = ProcessInfo.processInfo.environment,
        overrides: [String: String]
    ) -> [String: String] {
        inherited
            .merging(overrides) { _, new in new }
            .filter { isAllowed($0.key) }
            .merging(fixed) { _, new in new }
    }

    private static func isAllowed(_ name: String) -> Bool {
        guard name.hasPrefix("GIT_") else { return name != "LANGUAGE" && !name.isEmpty }
        return kept.contains { $0.hasSuffix("_") ? name.hasPrefix($0) : name == $0 || name.hasPrefix($0 + "_") }
    }
}
