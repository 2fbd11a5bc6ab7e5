import Reconcile
import SCIM
import Testing

@testable import Simulator

/// Everything that the schema promises is answered.
struct EveryFieldTests {
    /// Asks for all fields of a type, and of those inside it, but for types that the way there has met.
    private struct Everything {
        let schema: Simulator.Schema

        func selection(of name: String, _ met: Set<String> = []) throws -> String {
            let type = try #require(schema[name])
            guard !type.isLeaf else { return "" }
            let met = met.union([name])
            let fields = try type.fields.elements.compactMap { field -> String? in
                guard !met.contains(field.type.name) else { return nil }
                return try "\(field.name)\(arguments(of: field)) \(selection(of: field.type.name, met))"
            }
            let members = type.fields.elements.isEmpty ? schema.possibleTypes(name).sorted() : []
            // One name may stand for fields of two types in a union, and an answer has room for one.
            let parts = try members.map { try "... on \($0) \(selection(of: $0, met))" }
            return "{ __typename " + (fields + parts).joined(separator: " ") + " }"
        }

        private func arguments(of field: FieldDefinition) throws -> String {
            let required = field.arguments.elements.filter(\.isRequired)
            guard !required.isEmpty else { return "" }
            let texts = try required.map { argument -> String in
                guard case .enumeration(let values) = schema[argument.type.name]?.kind else {
                    return "\(argument.name): \(argument.type.name == "Int" ? "1" : "\"prod\"")"
                }
                return try "\(argument.name): \(#require(values.first))"
            }
            return "(\(texts.joined(separator: ", ")))"
        }
    }

    @Test func `every field that can be read is answered, in each deployment`() async throws {
        let world = try World { $0.caller = "ada@example.com" }
        let everything = Everything(schema: try SchemaVariant.schema(Switches()))
        let root = try #require(everything.schema[everything.schema.query])
        for field in root.fields.elements {
            let part = try everything.selection(of: field.type.name, [root.name])
            let required = field.arguments.elements.filter(\.isRequired).map { argument in
                let isNumber = argument.type.name == "Int"
                return argument.name + ": " + (argument.name == "tokenType" ? "SCIM" : isNumber ? "9" : "\"prod\"")
            }
            let arguments = required.isEmpty ? "" : "(\(required.joined(separator: ", ")))"
            let query = "{ \(field.name)\(arguments) \(part) }"
            let answer = try await world.send(query, path: "/prod/graphql")
            #expect(answer.status == 200 && answer.messages == [], "\(query)")
        }
    }

    @Test func `every mutation is known`() async throws {
        let schema = try SchemaVariant.schema(Switches())
        for field in try #require(schema[schema.mutation]).fields.elements {
            var root = MutationRoot(
                state: SimulatedState(seed: World.seed),
                switches: Switches(),
                caller: .organizationAdmin,
                person: nil,
                now: 0
            )
            let resolved = try root.resolve(field.name, Arguments())
            guard case .node(let node) = resolved else {
                Issue.record("\(field.name) has no answer")
                continue
            }
            #expect(schema.possibleTypes(field.type.name).contains(node.type), "\(field.name): \(node.type)")
        }
    }

    @Test func `the schema tells of itself`() async throws {
        let query = """
            { __schema { queryType { name } mutationType { name } subscriptionType { name }
                directives { name locations args { name type { kind ofType { name } } } }
                types { kind name description fields(includeDeprecated: true) { name isDeprecated args { ...Input }
                  type { ...Ref } } inputFields { ...Input } interfaces { name } possibleTypes { name }
                  enumValues { name isDeprecated deprecationReason } } } }
            fragment Input on __InputValue { name type { ...Ref } defaultValue }
            fragment Ref on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
            """
        let answer = try await (try World()).send(query)
        #expect(answer.status == 200 && answer.messages == [])
        let types = try #require(answer["data.__schema.types"]?.array)
        let team = try #require(types.first { $0.object?["name"] == "DagsterCloudTeam" }?.object)
        #expect(team["kind"] == "OBJECT" && team["enumValues"] == .null)
        let member: Value = ["kind": "OBJECT", "name": "DagsterCloudUser"]
        let inner: Value = ["kind": "NON_NULL", "name": .null, "ofType": member]
        let list: Value = ["kind": "LIST", "name": .null, "ofType": inner]
        let expected: Value = ["kind": "NON_NULL", "name": .null, "ofType": list]
        let fields = team["fields"]?.array ?? []
        #expect(fields.first { $0.object?["name"] == "members" }?.object?["type"] == expected)
    }
}
