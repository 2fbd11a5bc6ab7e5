import Foundation
import Generators
import SCIM
import Testing

@testable import Simulator

/// A second opinion: graphql-core, which Dagster's own server uses.
struct CrossCheckTests {
    static let isInstalled = (try? run(["-c", "import graphql"]))?.status == 0

    @Test(.enabled(if: isInstalled, "python3 with graphql-core is not installed"))
    func `graphql-core finds the same errors in the same places`() throws {
        try expectSame(Corpus.good + Corpus.bad)
    }

    @Test(.enabled(if: isInstalled, "python3 with graphql-core is not installed"))
    func `graphql-core agrees about documents that lost, doubled or swapped a part`() throws {
        let text = ProcessInfo.processInfo.environment["GRAPHQL_SEED"]
        let seed = text.flatMap { UInt64($0) } ?? .random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let requests = (0..<1500).compactMap { _ in
            Corpus.good.randomElement(using: &generator).map { Self.broken($0, using: &generator) }
        }
        try expectSame(requests, "GRAPHQL_SEED=\(seed)")
    }

    @Test func `what is good is taken, and what is bad is not`() throws {
        let engine = Engine(schema: try SchemaVariant.schema(Switches()))
        for request in Corpus.good { #expect(Self.errors(engine, request) == [], "\(request.query)") }
        for request in Corpus.bad { #expect(Self.errors(engine, request) != [], "\(request.query)") }
    }

    private static func errors(_ engine: Engine, _ request: Corpus.Request) -> [GraphQLError] {
        engine.prepare(Engine.Request(query: request.query, variables: request.variables)).refusal?.errors ?? []
    }

    private func expectSame(_ requests: [Corpus.Request], _ note: String = "") throws {
        let engine = Engine(schema: try SchemaVariant.schema(Switches()))
        let list = requests.map { request -> Value in
            [
                "query": .string(request.query), "variables": .object(request.variables),
                "errors": .array(Self.errors(engine, request).map(\.value)),
            ]
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "dagroster-\(UUID().uuidString).json")
        try Data(JSON.write(.array(list))).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let folder = Fixtures.folder.appending(path: "dagster-plus")
        let script = folder.appending(path: "compare.py").path
        let result = try Self.run([script, folder.appending(path: "schema.graphql").path, file.path])
        #expect(result.status == 0, "\(note)\n\(result.output.prefix(4000))")
    }

    /// A document of which some words are not as they were.
    private static func broken(_ request: Corpus.Request, using generator: inout SeededGenerator) -> Corpus.Request {
        var words = request.query.split(separator: " ").map(String.init)
        for _ in 0..<Int.random(in: 1...2, using: &generator) where words.count > 1 {
            let (one, other) = (
                words.indices.randomElement(using: &generator) ?? 0, words.indices.randomElement(using: &generator) ?? 0
            )
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: words.remove(at: one)
            case 1: words.insert(words[one], at: other)
            case 2: words.swapAt(one, other)
            default: words[one] = words[other]
            }
        }
        return Corpus.Request(query: words.joined(separator: " "), variables: request.variables)
    }

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
