import Auth
import Roster
import Testing

@testable import Endpoint

/// A credential that was judged a moment ago is judged anew soon enough for whoever revokes it.
struct RecentCallerTests {
    @Test(arguments: [
        ("Bearer a", 0, true), ("Bearer a", 249, true), ("Bearer a", 250, false), ("Bearer b", 0, false),
        // A clock that is set back makes nobody known for longer.
        ("Bearer a", -1, false),
    ])
    func `it counts for the same credential and a quarter of a second`(
        _ authorization: String,
        _ age: Int,
        _ isKnown: Bool
    ) {
        let caller = Caller(source: "entra")
        let seen = Timestamp(milliseconds: 1_795_452_420_000)
        let recent = RecentCaller(authorization: "Bearer a", caller: caller, seen: seen)
        let now = Timestamp(milliseconds: seen.milliseconds + age)
        #expect(recent.caller(authorization, at: now) == (isKnown ? caller : nil))
        #expect(recent.caller(nil, at: now) == nil)
    }
}
