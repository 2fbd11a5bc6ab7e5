/// An instant in milliseconds since 1970, UTC, as records and answers state it (RFC 3339).
package struct Timestamp: Hashable, Sendable, Comparable {
    package var milliseconds: Int

    package init(milliseconds: Int) { self.milliseconds = milliseconds }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// The instant without its fraction of a second, as files state it.
    package var wholeSeconds: Timestamp {
        Timestamp(milliseconds: milliseconds - ((milliseconds % 1000) + 1000) % 1000)
    }
}

extension Timestamp: CustomStringConvertible {
    /// `2026-11-23T16:47:00Z`, with a fraction only where there is one.
    package var description: String {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of ``description``.
    package func write(into bytes: inout [UInt8]) {
        let fraction = (milliseconds % 1000 + 1000) % 1000
        let seconds = (milliseconds - fraction) / 1000
        let second = (seconds % 86400 + 86400) % 86400
        let date = Self.date(days: (seconds - second) / 86400)
        Self.write(date.year, width: 4, "-", into: &bytes)
        Self.write(date.month, width: 2, "-", into: &bytes)
        Self.write(date.day, width: 2, "T", into: &bytes)
        Self.write(second / 3600, width: 2, ":", into: &bytes)
        Self.write(second / 60 % 60, width: 2, ":", into: &bytes)
        Self.write(second % 60, width: 2, fraction == 0 ? "Z" : ".", into: &bytes)
        if fraction != 0 { Self.write(fraction, width: 3, "Z", into: &bytes) }
    }

    /// A number of at least so many digits, and what follows it.
    private static func write(_ number: Int, width: Int, _ next: Unicode.Scalar, into bytes: inout [UInt8]) {
        // A year may have more digits than four, and one before the first a sign.
        guard (0..<10_000).contains(number) else {
            bytes.append(contentsOf: String(number).utf8)
            return bytes.append(UInt8(ascii: next))
        }
        var divisor = width == 4 ? 1000 : width == 3 ? 100 : 10
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
        bytes.append(UInt8(ascii: next))
    }

    /// The civil date of a day counted from 1970-01-01 (Howard Hinnant's algorithm for the Gregorian calendar).
    private static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
