import Generators
import Testing
import YAML

struct CanonicalEditPropertyTests {
    @Test func `random careless files become canonical and lose nothing`() throws {
        let seed = SeededGenerator.seed()
        var generator = SeededGenerator(seed: seed)
        var refused = 0
        for _ in 0..<400 {
            let document = MessyDocument(using: generator)
            generator = document.remaining
            let comment: Comment = "YAML_SEED=\(seed)\n\(document.text)"
            let before = try Reader.read(Array(document.text.utf8))
            let bytes: [UInt8]
            do throws(YAMLError) {
                bytes = try CanonicalEdit.formatted(Array(document.text.utf8), order: Self.order)
            } catch {
                // A block text that keeps its blank lines can have others behind it once it has moved.
                refused += 1
                #expect(document.text.contains("|+"), comment)
                continue
            }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(Exact(try Reader.read(bytes)).sorted == Exact(before).sorted, comment)
            #expect(Self.comments(in: text) == document.comments.sorted(), comment)
            #expect(Self.misplaced(in: text) == [], comment)
            #expect(try CanonicalEdit.formatted(bytes, order: Self.order) == bytes, comment)
        }
        #expect(refused < 40)
    }

    /// Every map sorts its keys by number.
    private static func order(_ path: [String]) -> [String]? { (0..<1000).map { "k\($0)" } }

    private static func comments(in text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            line.firstRange(of: /# (above|behind|in|after) .*/).map { String(line[$0]) }
        }.sorted()
    }

    /// The comments that no longer stand above or behind what they are about.
    private static func misplaced(in text: String) -> [String] {
        let lines = text.split(separator: "\n")
        return lines.indices.compactMap { index in
            let line = lines[index]
            if let match = line.firstMatch(of: /# behind (.*)/), match.1.hasPrefix("k") {
                return line[..<match.range.lowerBound].contains(match.1) ? nil : String(line)
            }
            guard let match = line.firstMatch(of: /# above (k.*)/) else { return nil }
            let below = lines[index...].first { !$0.trimmed.hasPrefix("#") && !$0.trimmed.isEmpty }
            return below?.contains(match.1) == true ? nil : String(line)
        }
    }
}

extension Substring {
    fileprivate var trimmed: Substring { drop { $0 == " " } }
}

extension Exact {
    /// The same value with the keys of all maps in one order.
    fileprivate var sorted: Exact {
        switch self {
        case .text, .other: self
        case .list(let elements): .list(elements.map(\.sorted))
        case .map(let fields): .map(fields.map { [$0[0], $0[1].sorted] }.sorted { "\($0[0])" < "\($1[0])" })
        }
    }
}
