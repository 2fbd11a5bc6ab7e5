/// The texts of facts behind their flags, each up to its line feed.
struct FactLines {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var offset = 1

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func next() -> UnsafeBufferPointer<UInt8>? {
        var end = offset
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        guard end < bytes.count else { return nil }
        defer { offset = end + 1 }
        return UnsafeBufferPointer(rebasing: bytes[offset..<end])
    }

    static func text(_ line: UnsafeBufferPointer<UInt8>) -> String { String(decoding: line, as: UTF8.self) }
}
