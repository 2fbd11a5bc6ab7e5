import Testing

@testable import Access

struct CalendarDateTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2027-01-31", 20_849),
        ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ])
    func `a day is counted from 1970 and back`(text: String, days: Int) throws {
        let date = try #require(CalendarDate(text))
        #expect(date.daysSince1970 == days)
        #expect(date.description == text)
        #expect(CalendarDate(secondsSince1970: Double(days) * 86_400) == date)
        // The last moment of the day is still that day.
        #expect(CalendarDate(secondsSince1970: Double(days) * 86_400 + 86_399.9) == date)
    }

    @Test(arguments: [
        "", "2027-1-31", "2027-01-32", "2027-00-10", "2027-13-01", "2027-02-29", "1900-02-29", "2027/01/31",
        "20270131", "2027-01-31T00:00:00Z", "0000-01-01", "２０２７-01-31", "+027-01-31",
    ])
    func `what is no day is refused`(text: String) { #expect(CalendarDate(text) == nil) }

    @Test func `days order and count across a leap year`() throws {
        let first = try #require(CalendarDate("2028-02-28"))
        let second = try #require(CalendarDate("2028-03-01"))
        #expect(first < second)
        #expect(first.days(until: second) == 2)
    }
}
