internal import Crypto
internal import FoundationEssentials

/// Makes texts that only this process can read and that nobody can forge: AES-GCM under a key that is made at start.
struct CursorSeal: Sendable {
    private let key = SymmetricKey(size: .bits256)

    /// The bytes as a text of letters, digits, `-` and `_`, which a URL takes as it is.
    func sealed(_ bytes: [UInt8]) throws -> String {
        let box = try AES.GCM.seal(bytes, using: key)
        let whole = Data(box.nonce) + box.ciphertext + box.tag
        return String(whole.base64EncodedString().compactMap(Self.inURL))
    }

    /// The bytes behind a text; nil if this process did not make it.
    func opened(_ text: String) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let whole = Data(base64Encoded: String(text.map(Self.inBase64)) + padding),
            let box = try? AES.GCM.SealedBox(combined: whole), let bytes = try? AES.GCM.open(box, using: key)
        else { return nil }
        return Array(bytes)
    }

    private static func inURL(_ character: Character) -> Character? {
        switch character {
        case "+": "-"
        case "/": "_"
        case "=": nil
        default: character
        }
    }

    private static func inBase64(_ character: Character) -> Character {
        switch character {
        case "-": "+"
        case "_": "/"
        default: character
        }
    }
}
