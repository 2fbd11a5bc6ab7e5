internal import Crypto
internal import Foundation

/// The name of a record's file: made from the record's name, and safe as a file name on every system.
///
/// It holds nothing but `a`–`z`, `0`–`9`, `@._+-%~`, never begins with a dot or a dash, is no device of Windows, is at
/// most 180 bytes long before `.yaml`, and is in lower case (but for the digits of `%XX`), so that names which differ
/// are different files on a disk that ignores case, too.
package struct FileName: Hashable, Sendable {
    /// The longest stem, in bytes; it leaves room for a temporary name within the 255 that file systems allow.
    static let longestStem = 180

    /// The name in NFC and lower case.
    private let canonical: String
    /// The name without its suffix and without `.yaml`, encoded and in its full length.
    private let encoded: String

    /// The name for a user's or group's file; in a group's, a space becomes a dash.
    package init(of name: String, kind: RecordKind) {
        // ASCII has one form, and lower case stays what it is.
        let isCanonical = name.utf8.allSatisfy { $0 < 0x80 && !(0x41...0x5A).contains($0) }
        canonical = isCanonical ? name : name.lowercased().precomposedStringWithCanonicalMapping
        let text = kind == .group ? canonical.replacing(" ", with: "-") : canonical
        encoded = Self.encoded(text)
    }

    /// The plain name, such as `ada@example.com.yaml`; a name that is too long has its suffix already.
    package var plain: String {
        if encoded.isEmpty || encoded.utf8.count > Self.longestStem { return distinguished() }
        return encoded + ".yaml"
    }

    /// The name with `~` and the first digits of the digest, for a record whose plain name another one has.
    package func distinguished(digits: Int = 8) -> String {
        let digest = SHA256.hash(data: Data(canonical.utf8)).map(Self.hexadecimal).joined().lowercased()
        let suffix = "~" + digest.prefix(digits)
        return Self.cut(encoded, to: Self.longestStem - suffix.utf8.count) + suffix + ".yaml"
    }

    /// Every name that the record may have, the preferred one first.
    ///
    /// The longer suffixes are for the one case in 2³² where the short one is taken, too.
    package var candidates: [String] {
        let longer = [8, 16, 64].map { distinguished(digits: $0) }
        return longer.contains(plain) ? longer : [plain] + longer
    }
}

extension FileName {
    private static func encoded(_ text: String) -> String {
        if isPlain(text) { return text }
        let isReserved = reserved.contains(String(text.prefix { $0 != "." }))
        return text.utf8.enumerated().map { index, byte in
            let isRefusedFirst = index == 0 && (isReserved || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-"))
            return isPlain(byte) && !isRefusedFirst ? String(UnicodeScalar(byte)) : "%" + hexadecimal(byte)
        }.joined()
    }

    /// Whether a name needs no encoding, as that of almost everybody.
    private static func isPlain(_ text: String) -> Bool {
        guard text.utf8.allSatisfy(isPlain), let first = text.utf8.first else { return false }
        guard first != UInt8(ascii: "."), first != UInt8(ascii: "-") else { return false }
        // No device of Windows has a name of other lengths.
        let stem = text.utf8.prefix { $0 != UInt8(ascii: ".") }
        return !(3...4).contains(stem.count) || !reserved.contains(String(Substring(stem)))
    }

    /// Device names of Windows, which it finds before any extension, too.
    private static let reserved: Set<String> = {
        let numbered = (0...9).flatMap { ["com\($0)", "lpt\($0)"] }
        return Set(["con", "prn", "aux", "nul"] + numbered)
    }()

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "@"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"): true
        default: false
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }

    /// At most so many bytes of an encoded text, never a part of `%XX`.
    private static func cut(_ text: String, to length: Int) -> String {
        guard text.utf8.count > length else { return text }
        let head = text.utf8.prefix(length)
        let tail = head.suffix(2)
        let whole = tail.lastIndex(of: UInt8(ascii: "%")).map { head[..<$0] } ?? head
        return String(Substring(whole))
    }
}
