import Roster
import Testing

struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"),
        (1_795_452_420_000, "2026-11-23T16:47:00Z"),
        (1_795_452_420_125, "2026-11-23T16:47:00.125Z"),
        (951_782_400_000, "2000-02-29T00:00:00Z"),
        (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (1_000_000_000_007, "2001-09-09T01:46:40.007Z"),
        (-62_198_755_200_000, "-1-01-01T00:00:00Z"),
        (.max, "292278994-08-17T07:12:55.807Z"),
        (.min + 1000, "-292275055-05-16T16:47:05.192Z"),
    ])
    func `instants are written as RFC 3339`(_ milliseconds: Int, _ text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
    }

    @Test(arguments: [(1999, 1000), (1000, 1000), (-1, -1000), (0, 0)])
    func `whole seconds round down`(_ milliseconds: Int, _ expected: Int) {
        #expect(Timestamp(milliseconds: milliseconds).wholeSeconds == Timestamp(milliseconds: expected))
    }
}

extension TimestampTests {
    @Test(arguments: [
        "1970-01-01T00:00:00Z", "2026-11-23T16:47:00Z", "2026-11-23T16:47:00.125Z", "2000-02-29T23:59:59Z",
        "1969-12-31T23:59:59.999Z", "2400-12-31T00:00:00Z",
    ])
    func `what is written is read`(_ text: String) {
        #expect(Timestamp(text)?.description == text)
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23T16:47:00", "2026-11-23T16:47:00+01:00", "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", " 2026-01-01T00:00:00Z",
    ])
    func `what is no instant in UTC is refused`(_ text: String) {
        #expect(Timestamp(text) == nil)
    }
}
