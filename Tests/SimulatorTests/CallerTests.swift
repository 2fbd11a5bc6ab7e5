import Simulator
import Testing

struct CallerTests {
    @Test(arguments: Caller.allCases)
    func `only an organisation's administrator administers`(caller: Caller) {
        #expect(caller.administers == (caller == .organizationAdmin))
    }
}
