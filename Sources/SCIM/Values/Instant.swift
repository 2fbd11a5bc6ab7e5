/// A point in time, read from an RFC 3339 text, so that dates compare as instants (RFC 7644 section 3.4.2.2).
public struct Instant: Hashable, Sendable {
    /// Whole seconds since 1970-01-01T00:00:00Z.
    public var seconds: Int
    /// The rest, in nanoseconds; finer digits are dropped.
    public var nanoseconds: Int

    /// Reads `2026-11-23T16:47:00Z`, with a fraction or an offset if need be.
    ///
    /// It is nil for anything else and for a day that no calendar has. A time without an offset is taken for UTC.
    public init?(_ text: String) {
        var reader = InstantReader(bytes: Array(text.utf8))
        guard let day = reader.day(), reader.take(0x54, 0x74, 0x20), let time = reader.time() else { return nil }
        let nanoseconds = reader.fraction()
        guard let nanoseconds, let offset = reader.offset(), reader.isAtEnd else { return nil }
        seconds = day * 86_400 + time - offset
        self.nanoseconds = nanoseconds
    }
}

extension Instant: Comparable {
    /// Whether one point comes before another.
    public static func < (left: Instant, right: Instant) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}

/// Reads the parts of an RFC 3339 text one after the other.
private struct InstantReader {
    let bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    /// Passes over one of some bytes.
    mutating func take(_ choices: UInt8...) -> Bool {
        guard position < bytes.count, choices.contains(bytes[position]) else { return false }
        position += 1
        return true
    }

    /// Days since 1970 (Howard Hinnant's algorithm).
    mutating func day() -> Int? {
        guard let year = number(4), take(0x2D) else { return nil }
        guard let month = number(2), take(0x2D), let day = number(2) else { return nil }
        guard 1...12 ~= month, 1...Self.length(of: month, in: year) ~= day else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Seconds since midnight; a leap second counts as the second after it.
    mutating func time() -> Int? {
        guard let hour = number(2), take(0x3A), let minute = number(2), take(0x3A), let second = number(2) else {
            return nil
        }
        guard hour < 24, minute < 60, second <= 60 else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// Nanoseconds; zero without a fraction, nil for a point without digits.
    mutating func fraction() -> Int? {
        guard take(0x2E, 0x2C) else { return 0 }
        let start = position
        var nanoseconds = 0
        var unit = 100_000_000
        while let digit = digit() {
            nanoseconds += digit * unit
            unit /= 10
        }
        return position > start ? nanoseconds : nil
    }

    /// Seconds east of UTC.
    mutating func offset() -> Int? {
        if isAtEnd || take(0x5A, 0x7A) { return 0 }
        let isWest = take(0x2D)
        guard isWest || take(0x2B), let hours = number(2), take(0x3A), let minutes = number(2) else { return nil }
        guard hours < 24, minutes < 60 else { return nil }
        return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
    }

    private mutating func number(_ digits: Int) -> Int? {
        var number = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    private mutating func digit() -> Int? {
        guard position < bytes.count, 0x30...0x39 ~= bytes[position] else { return nil }
        position += 1
        return Int(bytes[position - 1] - 0x30)
    }
}
