internal import Crypto
internal import Foundation

/// The folder that holds a record's file in a tree with shards: the first two hexadecimal digits of SHA-256 of its id.
enum Shard {
    /// Two digits, such as `3f`.
    static func folder(ofID id: String) -> String {
        var id = id
        let digest = id.withUTF8 { SHA256.hash(data: $0) }
        return digest.withUnsafeBytes { folders[Int($0[0])] }
    }

    private static let folders = (0..<256).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }

    /// Whether a folder can be a shard.
    static func isFolder(_ name: Substring) -> Bool { isFolder(name.utf8) }

    /// The same for the bytes of a name.
    static func isFolder(_ name: some Collection<UInt8>) -> Bool {
        name.count == 2
            && name.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }
}
