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
        bytes.append(addingCapacity: Self.longestText) { write(into: &$0) }
    }

    /// Appends the text of ``description``, for which there has to be room: ``longestText``.
    package func write(into text: inout OutputSpan<UInt8>) {
        let fraction = (milliseconds % 1000 + 1000) % 1000
        let seconds = (milliseconds - fraction) / 1000
        let second = (seconds % 86400 + 86400) % 86400
        let date = Self.date(days: (seconds - second) / 86400)
        Self.write(year: date.year, into: &text)
        Self.write("-", twoDigits: date.month, into: &text)
        Self.write("-", twoDigits: date.day, into: &text)
        Self.write("T", twoDigits: second / 3600, into: &text)
        Self.write(":", twoDigits: second / 60 % 60, into: &text)
        Self.write(":", twoDigits: second % 60, into: &text)
        if fraction != 0 {
            text.append(UInt8(ascii: "."))
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction / 100))
            Self.write(twoDigits: fraction % 100, into: &text)
        }
        text.append(UInt8(ascii: "Z"))
    }

    /// That of the longest year which so many milliseconds can reach: nine digits and a sign.
    package static var longestText: Int { 10 + 20 }

    private static func write(year: Int, into text: inout OutputSpan<UInt8>) {
        // A year may have more digits than four, and one before the first a sign.
        guard (0..<10_000).contains(year) else {
            for byte in String(year).utf8 { text.append(byte) }
            return
        }
        write(twoDigits: year / 100, into: &text)
        write(twoDigits: year % 100, into: &text)
    }

    private static func write(_ mark: Unicode.Scalar, twoDigits number: Int, into text: inout OutputSpan<UInt8>) {
        text.append(UInt8(ascii: mark))
        write(twoDigits: number, into: &text)
    }

    private static func write(twoDigits number: Int, into text: inout OutputSpan<UInt8>) {
        text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
        text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
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
