/// Takes apart what `git cat-file --batch` answers: `<object> <type> <size>\n<bytes>\n`, again and again.
struct CatFileReader {
    /// What an answer says that makes going on impossible.
    enum Failure: Error, Hashable {
        case missing(ObjectID)
        case tooLarge(ObjectID, size: Int)
        case header([UInt8])
    }

    private enum Expectation {
        case header
        case contents(ObjectID, missing: Int)
        case end
    }

    /// The most that one object may be long.
    let limit: Int
    private var expectation = Expectation.header
    private var collected: [UInt8] = []

    init(limit: Int) { self.limit = limit }

    /// Whether the answers so far are whole.
    var isWhole: Bool {
        guard case .header = expectation else { return false }
        return collected.isEmpty
    }

    /// Takes the next bytes of the answer, however they are cut, and hands over each object that is complete; its bytes
    /// are there until `receive` returns.
    mutating func take(
        _ bytes: UnsafeRawBufferPointer,
        receive: (ObjectID, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        var rest = bytes[...]
        while true {
            switch expectation {
            case .header:
                guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
                    collected.append(contentsOf: rest)
                    guard collected.count < 1024 else { throw Failure.header(collected) }
                    return
                }
                collected.append(contentsOf: rest[..<end])
                rest = rest[(end + 1)...]
                let (object, size) = try header()
                expectation = .contents(object, missing: size)
                collected.removeAll(keepingCapacity: true)
            case .contents(let object, let missing):
                let part = rest.prefix(missing)
                rest = rest.dropFirst(part.count)
                if part.count == missing, collected.isEmpty {
                    // Most objects come whole, and need no copy.
                    try receive(object, UnsafeRawBufferPointer(rebasing: part))
                } else {
                    collected.reserveCapacity(collected.count + missing)
                    collected.append(contentsOf: part)
                    guard part.count == missing else {
                        expectation = .contents(object, missing: missing - part.count)
                        return
                    }
                    try collected.withUnsafeBytes { try receive(object, $0) }
                    collected.removeAll(keepingCapacity: true)
                }
                expectation = .end
            case .end:
                guard !rest.isEmpty else { return }
                rest = rest.dropFirst()
                expectation = .header
            }
        }
    }

    private func header() throws(Failure) -> (ObjectID, size: Int) {
        let fields = collected.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard let name = fields.first, let object = ObjectID(bytes: name) else { throw .header(collected) }
        if fields.count == 2, fields[1].elementsEqual("missing".utf8) { throw .missing(object) }
        guard fields.count == 3, fields[1].elementsEqual("blob".utf8),
            let size = Int(String(decoding: fields[2], as: UTF8.self)), size >= 0
        else { throw .header(collected) }
        guard size <= limit else { throw .tooLarge(object, size: size) }
        return (object, size)
    }
}
