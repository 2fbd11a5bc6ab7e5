internal import Auth
internal import Roster

/// Who showed a credential on a connection a moment ago, so that it is not judged anew with every request.
///
/// It counts for less than the second within which a token that is revoked, or expires, must be refused.
struct RecentCaller {
    private let authorization: String
    private let caller: Caller
    private let seen: Timestamp

    /// Milliseconds.
    private static let patience = 250

    init(authorization: String, caller: Caller, seen: Timestamp) {
        self.authorization = authorization
        self.caller = caller
        self.seen = seen
    }

    /// The caller, if the credential is the same and was judged just now.
    func caller(_ authorization: String?, at now: Timestamp) -> Caller? {
        let age = now.milliseconds - seen.milliseconds
        return authorization == self.authorization && (0..<Self.patience).contains(age) ? caller : nil
    }
}
