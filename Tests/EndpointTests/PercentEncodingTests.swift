import Testing

@testable import Endpoint

struct PercentEncodingTests {
    /// RFC 3986 section 2.3.
    static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)

    @Test(arguments: 0..<0x80 as Range<UInt8>)
    func `only what a segment may hold stays as it is`(_ byte: UInt8) {
        let hexadecimal = String(byte, radix: 16, uppercase: true)
        let escape = "%" + (byte < 16 ? "0" : "") + hexadecimal
        let text = String(Character(Unicode.Scalar(byte)))
        #expect(PercentEncoding.encoded(text) == (Self.unreserved.contains(byte) ? text : escape))
    }

    @Test(arguments: ["", "8f14e45f-ceea-467a-9f4e-0a1b2c3d4e5f", "a/b", "ada é 🦆", "100%", "\u{7F}\u{80}"])
    func `what is encoded is decoded`(_ text: String) {
        let encoded = PercentEncoding.encoded(text)
        var written = Array("before ".utf8)
        PercentEncoding.write(text, into: &written)
        #expect(PercentEncoding.decoded(encoded) == text)
        #expect(String(decoding: written, as: UTF8.self) == "before " + encoded)
        #expect(encoded.utf8.allSatisfy { Self.unreserved.contains($0) || $0 == UInt8(ascii: "%") })
    }

    @Test(arguments: ["%", "%4", "%GG", "a%", "%FF"])
    func `an escape that is cut, or no text, is nothing`(_ text: String) {
        #expect(PercentEncoding.decoded(text) == nil)
    }
}
