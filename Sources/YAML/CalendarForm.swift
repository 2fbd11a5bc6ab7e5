/// Checks days and instants of RFC 3339, without a clock or a calendar library.
enum CalendarForm {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// Whether this is a day that exists, as `YYYY-MM-DD`.
    static func isDay(_ text: String) -> Bool {
        var text = text
        return text.withUTF8(isDay)
    }

    /// Whether this is an instant in UTC, as `YYYY-MM-DDTHH:MM:SSZ`, with or without a fraction of the second.
    static func isInstant(_ text: String) -> Bool {
        var text = text
        return text.withUTF8(isInstant)
    }

    /// The same for a text that is not yet one.
    static func isInstant(_ bytes: Bytes) -> Bool {
        guard bytes.count >= 20, bytes[bytes.count - 1] == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), isDay(Bytes(rebasing: bytes[0..<10]))
        else { return false }
        guard let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
            let second = number(bytes[17..<19])
        else { return false }
        let fraction = bytes[19..<(bytes.count - 1)]
        return hour < 24 && minute < 60 && second <= 60 && (fraction.isEmpty || isFraction(fraction))
    }

    private static func isDay(_ bytes: Bytes) -> Bool {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return false }
        guard let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]) else {
            return false
        }
        return (1...12).contains(month) && day >= 1 && day <= days(inMonth: month, of: year)
    }

    private static func isFraction(_ bytes: Slice<Bytes>) -> Bool {
        bytes.count > 1 && bytes.first == UInt8(ascii: ".") && bytes.dropFirst().allSatisfy(isDigit)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func number(_ digits: Slice<Bytes>) -> Int? {
        guard digits.allSatisfy(isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
