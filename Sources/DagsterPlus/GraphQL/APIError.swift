/// Why the organisation did not do what it was asked, or did not say so.
package enum APIError: Error, Hashable, Sendable {
    /// 401 or 403.
    case denied(status: Int)
    /// It turned requests away for longer than the run may wait, for this reason at last.
    case unavailable(String)
    /// A mutation was sent and no whole answer came: whether it was carried out is not known.
    case unclear(String)
    /// What answered is not the API.
    case notTheAPI(String)
    /// The answer leads to another scheme, host or port, where the token is not sent.
    case leadsElsewhere(String)
    /// Nothing was sent, because nobody knows who would get it.
    case untrusted(String)
    /// GraphQL errors, by their messages, with the status of the answer.
    case rejected(status: Int, [String])
    /// The member of the answer's union that is no success.
    case refused(type: String, message: String)
    /// An answer in which something is missing that the schema promises.
    case incomplete(String)
}

extension APIError: CustomStringConvertible {
    /// What happened and what the operator can do.
    package var description: String { [reason, hint.map { "hint: \($0)" }].compactMap { $0 }.joined(separator: "\n") }

    /// What happened.
    var reason: String {
        switch self {
        case .denied(let status): "Dagster+ answered \(status): the token does not count here"
        case .unavailable(let reason): "Dagster+ turned the run away until its time for retries was over: \(reason)"
        case .unclear(let reason): "no answer came, so that it is not known whether it was done: \(reason)"
        case .notTheAPI(let reason), .untrusted(let reason): reason
        case .leadsElsewhere(let origin):
            "Dagster+ leads to \(origin), which is not the address of the settings; the token was not sent there"
        case .rejected(let status, let messages):
            "Dagster+ answered \(status) with errors: \(messages.prefix(3).joined(separator: "; "))"
        case .refused(let type, let message): "Dagster+ refused: \(message) (\(type))"
        case .incomplete(let what): "the answer of Dagster+ has no \(what)"
        }
    }

    private var hint: String? {
        switch self {
        case .denied(401): "make a new user token in Dagster+ (organization settings, tokens) and give it to this run"
        case .denied: "use the token of an organization admin, and see that no proxy stands in between"
        case .unavailable: "run again later; what was applied stays, and --retry-budget 30m waits longer"
        case .unclear: "run again: what is there by then is not done twice"
        case .notTheAPI: "see that \"url\" in dagroster.yaml is the organization's own address, without a sign-in page"
        case .leadsElsewhere: "if that is the organization's address, write it as \"url\" in dagroster.yaml"
        case .untrusted: "see that \"url\" in dagroster.yaml is right, and that the server's certificate is valid"
        case .rejected, .incomplete: "if it stays, this version of dagroster does not fit the organization's API"
        case .refused(let type, _): Self.hint(for: type)
        }
    }

    private static func hint(for type: String) -> String {
        switch type {
        case "UnauthorizedError":
            "use the token of an organization admin, or of a custom role with EDIT_USERS_AND_TEAMS"
        case "UserLimitError":
            "every seat is taken: remove people or lower roles first, or buy seats"
        case "CantRemoveAllAdminsError": "make somebody else an organization admin first"
        case "UserNotFoundError": "whoever was invited must accept first; run again"
        case "CustomRoleInUseError":
            "take the role from everybody who holds it, agent tokens and service users included"
        case "CustomRoleNotFoundError": "somebody else removed the role meanwhile; run again"
        case "DeploymentNotFoundError": "somebody else removed the deployment meanwhile; run again"
        case "PythonError": "run again; if it stays, ask Dagster's support with the time of this run"
        default: "this version of dagroster does not know this answer and takes it for a refusal"
        }
    }
}
