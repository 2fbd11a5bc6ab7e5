import Foundation
import Testing

/// One recorded request with the answer, the files and the lines of the commit message that must come of it.
///
/// `{{base}}` stands for the endpoint's address, `{{name}}` for what an earlier exchange captured, and `"*"` for
/// any value that is not empty.
struct Exchange: Decodable, Sendable {
    struct Request: Decodable, Sendable {
        var method: String
        var path: String
        var body: JSONValue?
        var headers: [String: String]?
    }

    struct Answer: Decodable, Sendable {
        var status: Int
        /// The whole body.
        var body: JSONValue?
        /// What the body must hold, beside other things.
        var bodyWith: JSONValue?
        var headers: [String: String]?
    }

    var request: Request
    var answer: Answer
    /// Names for members of the answer's body.
    var captures: [String: String]?
    /// What the commit message says of it; none when nothing changed.
    var changes: [String]?
    /// Whole files by path; null for one that must not be there.
    var files: [String: [String]?]?
}

extension Exchange {
    /// The exchanges of a folder of `Tests/Fixtures/exchanges`, in the order of their names.
    static func all(in folder: String) throws -> [(name: String, exchange: Exchange)] {
        let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures/exchanges/\(folder)").standardized
        let names = try FileManager.default.contentsOfDirectory(atPath: fixtures.path)
            .filter { $0.hasSuffix(".json") }.sorted()
        return try names.map { name in
            let bytes = try Data(contentsOf: fixtures.appending(path: name))
            return (name, try JSONDecoder().decode(Exchange.self, from: bytes))
        }
    }
}
