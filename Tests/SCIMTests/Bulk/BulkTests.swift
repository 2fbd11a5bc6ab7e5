import SCIM
import Testing

/// Facts 1.10.
struct BulkTests {
    private func request(_ operations: String) throws -> BulkRequest {
        try BulkRequest(json(#"{"failOnErrors":1,"Operations":[\#(operations)]}"#))
    }

    private static func post(_ name: String, members: [String] = []) -> String {
        let members = members.map { #"{"value":"bulkId:\#($0)"}"# }.joined(separator: ",")
        return
            #"{"method":"POST","path":"/Groups","bulkId":"\#(name)","data":{"displayName":"\#(name)","members":[\#(members)]}}"#
    }

    @Test(
        arguments: [
            ([post("a"), post("b")], [.perform(0, withholding: []), .perform(1, withholding: [])]),
            ([post("a", members: ["b"]), post("b")], [.perform(1, withholding: []), .perform(0, withholding: [])]),
            ([post("a"), post("b", members: ["a"])], [.perform(0, withholding: []), .perform(1, withholding: [])]),
            (
                [post("a", members: ["b"]), post("b", members: ["c"]), post("c")],
                [.perform(2, withholding: []), .perform(1, withholding: []), .perform(0, withholding: [])]
            ),
            (
                [post("a", members: ["b"]), post("b", members: ["a"])],
                [.perform(1, withholding: ["a"]), .perform(0, withholding: []), .complete(1, ["a"])]
            ),
            ([post("a", members: ["a"])], [.perform(0, withholding: ["a"]), .complete(0, ["a"])]),
            (
                [#"{"method":"PATCH","path":"/Groups/bulkId:b","data":{}}"#, post("b")],
                [.perform(1, withholding: []), .perform(0, withholding: [])]
            ),
            (
                [
                    #"{"method":"PATCH","path":"/Groups/1","data":{"Operations":[{"op":"remove","path":"members[value eq \"bulkId:b\"]"}]}}"#,
                    post("b"),
                ],
                [.perform(1, withholding: []), .perform(0, withholding: [])]
            ),
            ([post("a", members: ["unknown"])], [.perform(0, withholding: [])]),
        ] as [([String], [BulkPlan.Step])]
    )
    func `operations are ordered by what they refer to`(operations: [String], expected: [BulkPlan.Step]) throws {
        #expect(try BulkPlan(request(operations.joined(separator: ","))).steps == expected)
    }

    @Test func `a chain of thousands is ordered`() throws {
        let operations = (0..<1000).map { Self.post("n\($0)", members: $0 < 999 ? ["n\($0 + 1)"] : []) }
        let steps = try BulkPlan(request(operations.joined(separator: ","))).steps
        #expect(steps == (0..<1000).reversed().map { .perform($0, withholding: []) })
    }

    @Test func `a circle is created without one reference and completed with it`() throws {
        let data = #"""
            {"userName":"a","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
             {"department":"R","manager":{"value":"bulkId:b"}},"roles":[{"value":"x"},{"value":"bulkId:b"}]}
            """#
        let operation = try request(#"{"method":"POST","path":"/Users","bulkId":"a","data":\#(data)}"#).operations[0]
        #expect(operation.references == ["b"])
        #expect(
            try operation.data(resolving: [:], withholding: ["b"]).map(text)
                == #"{"userName":"a","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"R"},"roles":[{"value":"x"}]}"#
        )
        #expect(
            try text(operation.completion(resolving: ["b": "7"], withheld: ["b"]))
                == #"{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":{"value":"7"}},{"op":"add","path":"roles","value":[{"value":"7"}]}]}"#
        )
        #expect(refusal { _ = try operation.data(resolving: [:]) } == "409")
    }

    @Test func `ids stand for bulkIds in paths, data, URLs and filters`() throws {
        let operation = try request(
            #"""
            {"method":"PATCH","path":"/Groups/bulkId:1","data":{"Operations":[
             {"op":"remove","path":"members[value eq \"bulkId:10\"]"},
             {"op":"add","path":"members","value":[{"value":"bulkId:1","$ref":"https://x/Users/bulkId:10"}]},
             {"op":"add","path":"displayName","value":"not a bulkId:1"}]}}
            """#
        ).operations[0]
        let ids = ["1": "one", "10": "ten"]
        #expect(operation.references == ["1", "10"])
        #expect(try operation.path(resolving: ids) == "/Groups/one")
        #expect(
            try operation.data(resolving: ids).map(text)
                == #"{"Operations":[{"op":"remove","path":"members[value eq \"ten\"]"},{"op":"add","path":"members","value":[{"value":"one","$ref":"https://x/Users/ten"}]},{"op":"add","path":"displayName","value":"not a bulkId:1"}]}"#
        )
    }

    @Test(
        arguments: [
            (#"{"method":"GET","path":"/Users/1"}"#, "400 invalidSyntax"),
            (#"{"path":"/Users/1"}"#, "400 invalidSyntax"),
            (#"{"method":"POST","path":"/Users","data":{}}"#, "400 invalidValue"),
            (#"{"method":"POST","path":"/Users","bulkId":"a"}"#, "400 invalidSyntax"),
            (#"{"method":"PUT","path":"/Users/1","data":null}"#, "400 invalidSyntax"),
            (#"{"method":"DELETE"}"#, "400 invalidSyntax"), (#"{"method":"delete","path":"/Users/1"}"#, nil),
        ] as [(String, String?)]
    )
    func `a fault of one operation stands in it`(operation: String, expected: String?) throws {
        let fault = try request(operation).operations[0].fault
        #expect(fault.map { "\($0.status) \($0.type?.rawValue ?? "")" } == expected)
    }

    @Test func `a bulkId stands once, and a request has a limit`() throws {
        let twice = try request([Self.post("a"), Self.post("a")].joined(separator: ","))
        #expect(twice.operations.map(\.fault?.type) == [nil, .invalidValue])
        #expect(twice.failOnErrors == 1)
        let body = try json(#"{"Operations":[1,2,3]}"#)
        #expect(refusal { _ = try BulkRequest(body, limits: .init(maximumOperations: 2)) } == "413")
        #expect(refusal { _ = try BulkRequest([:]) } == "400 invalidSyntax")
        #expect(refusal { _ = try BulkRequest(["Operations": []], policy: .strict) } == "400 invalidSyntax")
        #expect(refusal { _ = try BulkRequest(["Operations": [], "failOnErrors": "x"]) } == "400 invalidValue")
    }

    @Test func `results stand in the order of the request`() throws {
        let operations = try request(
            [Self.post("a"), #"{"method":"DELETE","path":"/Users/9"}"#].joined(separator: ",")
        ).operations
        let body = BulkResponse.body([
            .init(operations[0], status: 201, location: "https://x/Groups/1", version: EntityTag("v")),
            .init(
                operations[1],
                status: 404,
                location: "https://x/Users/9",
                error: .notFound("there is no user \"9\"")
            ),
        ])
        #expect(
            text(body)
                == #"{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkResponse"],"Operations":[{"location":"https://x/Groups/1","method":"POST","bulkId":"a","version":"W/\"v\"","status":"201"},{"location":"https://x/Users/9","method":"DELETE","status":"404","response":{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"404","detail":"there is no user \"9\""}}]}"#
        )
    }
}
