import Foundation
import Testing

@testable import Simulator

/// The schema of the simulator, and that of the fixtures.
struct SchemaTests {
    @Test func `the fixture for other tools is the simulator's own schema`() throws {
        let file = Fixtures.folder.appending(path: "dagster-plus/schema.graphql")
        #expect(try String(contentsOf: file, encoding: .utf8) == SDL.text)
    }

    @Test func `every type that the schema names is there`() throws {
        let schema = try SchemaVariant.schema(Switches())
        #expect(schema.types.count > 100)
        for type in schema.types.values {
            for field in type.fields.elements {
                #expect(schema[field.type.name] != nil, "\(type.name).\(field.name): \(field.type)")
                for argument in field.arguments.elements { #expect(schema[argument.type.name]?.isInput == true) }
            }
            for input in type.inputs?.elements ?? [] { #expect(schema[input.type.name]?.isInput == true) }
            for name in schema.possibleTypes(type.name) { #expect(schema[name] != nil, "\(type.name): \(name)") }
        }
    }

    @Test func `a type that is an interface's has its fields`() throws {
        let schema = try SchemaVariant.schema(Switches())
        for type in schema.types.values {
            guard case .object(let fields, let interfaces) = type.kind else { continue }
            for interface in interfaces {
                for field in try #require(schema[interface]).fields.elements {
                    #expect(fields[field.name]?.type == field.type, "\(type.name).\(field.name)")
                }
            }
        }
    }

    @Test(arguments: ["type T { a: Int", "type { a: Int }", "union U", "enum E {}", "thing X { a: Int }"])
    func `what is no schema is refused`(text: String) {
        #expect(throws: GraphQLError.self) { () throws in try SDLParser.schema(text) }
    }
}

/// Files that tests of several rooms share.
enum Fixtures {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures")
}
