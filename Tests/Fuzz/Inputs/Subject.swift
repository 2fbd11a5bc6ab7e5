import Generators

/// What is fuzzed; each has input of its own, and laws.
enum Subject: String, CaseIterable, Sendable {
    case json, filters, paths, queries, yaml, users, groups, access, roles, settings, http

    /// What input number so-and-so is for: the shares are about even in time.
    static func of(_ index: Int) -> Subject { turns[index % turns.count] }

    private static let turns: [Subject] = [
        .json, .filters, .yaml, .paths, .users, .filters, .queries, .json, .groups, .filters, .access, .json, .filters,
        .users, .queries, .yaml, .json, .roles, .filters, .groups, .json, .queries, .yaml, .filters, .users, .paths,
        .json, .filters, .settings, .access, .http, .queries,
    ]

    /// The input of a seed and a number.
    func input(seed: UInt64, index: Int) -> [UInt8] {
        var generator = SeededGenerator(seed: seed &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(index) &* 0xD6E8_FEB8_6659_FD93)
        switch self {
        case .json: return BodyText.random(using: &generator)
        case .filters: return Array(PathText.filter(using: &generator).utf8)
        case .paths: return Array(PathText.random(using: &generator).utf8)
        case .queries: return Array(PathText.query(using: &generator).utf8)
        case .yaml: return FileText.document(using: &generator)
        case .users: return FileText.user(using: &generator)
        case .groups: return FileText.group(using: &generator)
        case .access: return FileText.binding(using: &generator)
        case .roles: return FileText.roles(using: &generator)
        case .settings: return FileText.settings(using: &generator)
        case .http: return WireText.random(using: &generator)
        }
    }
}
