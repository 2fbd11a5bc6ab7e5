import SCIM
import Testing

/// Any schema is served, not only those of RFC 7643: each data type, tolerant and strict.
struct ValueTypeTests {
    private static let type = ResourceType(
        name: "Thing",
        endpoint: "/Things",
        description: "A thing",
        schema: Schema(
            id: "urn:x:Thing",
            name: "Thing",
            description: "A thing",
            attributes: [
                Attribute("text", description: ""), Attribute("truth", .boolean, description: ""),
                Attribute("whole", .integer, description: ""), Attribute("number", .decimal, description: ""),
                Attribute("time", .dateTime, description: ""), Attribute("bytes", .binary, description: ""),
                Attribute("link", .reference, description: ""),
                Attribute("tags", isMultiValued: true, description: ""),
            ]
        )
    )

    @Test(
        arguments: [
            ("text", "a", "a", true), ("text", 5, "5", false), ("text", .decimal(1.5), "1.5", false),
            ("text", true, "true", false),
            ("text", .null, nil, true), ("text", "", nil, true), ("truth", true, true, true),
            ("truth", "TRUE", true, false),
            ("truth", "False", false, false), ("truth", 0, false, false), ("whole", 5, 5, true),
            ("whole", .decimal(5), 5, true),
            ("whole", "5", 5, false), ("number", 5, 5, true), ("number", .decimal(0.5), .decimal(0.5), true),
            ("number", "0.5", .decimal(0.5), false), ("time", "2026-11-23T16:47:00Z", "2026-11-23T16:47:00Z", true),
            ("time", "2024-02-29T23:59:60.123+05:30", "2024-02-29T23:59:60.123+05:30", true),
            ("bytes", "dg==", "dg==", true),
            ("bytes", "not base64!", "not base64!", false), ("link", "https://x", "https://x", true),
            ("tags", ["a", "b", "a", .null, ""], ["a", "b"], true), ("tags", "a", ["a"], false),
            ("tags", [], nil, true),
        ] as [(String, Value, Value?, Bool)]
    )
    func `a value is taken`(name: String, given: Value, expected: Value?, alsoStrict: Bool) throws {
        let body: Value = ["schemas": ["urn:x:Thing"], name: given]
        #expect(try ResourceReader.read(body, as: Self.type)[name] == expected)
        let strict = refusal { _ = try ResourceReader.read(body, as: Self.type, policy: .strict) }
        #expect(strict == (alsoStrict ? nil : "400 invalidValue"))
    }

    @Test(
        arguments: [
            ("text", ["a", "b"]), ("text", [:]), ("text", ["a": 1]), ("truth", "yes"), ("truth", 2),
            ("whole", .decimal(5.5)),
            ("whole", "5.5"), ("whole", .decimal(1e30)), ("whole", true), ("number", "nan"), ("number", "inf"),
            ("number", "x"),
            ("time", "2026-11-23"), ("time", "2026-13-01T00:00:00Z"), ("time", "2026-02-29T00:00:00Z"), ("time", 5),
            ("time", "2026-11-23T24:00:00Z"), ("time", "2026-11-23T16:47:00.Z"), ("time", "2026-11-23T16:47:00+5"),
            ("bytes", 5), ("link", ["a": 1]), ("tags", ["a", ["b"]]),
        ] as [(String, Value)]
    )
    func `a value of another type is refused`(name: String, given: Value) {
        let expected = given == [:] ? nil : "400 invalidValue"
        #expect(refusal { _ = try ResourceReader.read([name: given], as: Self.type) } == expected)
    }

    @Test func `simple lists are patched and filtered`() throws {
        var thing = Resource(["tags": ["a", "b"], "whole": 5], type: Self.type)
        let body = try json(
            #"""
            [{"op":"add","path":"tags","value":["b","c","A"]},{"op":"remove","path":"tags","value":"b"},
             {"op":"remove","path":"tags[value eq \"c\"]"},{"op":"add","path":"tags","value":"d"}]
            """#
        )
        try PatchRequest(["Operations": body], type: Self.type).apply(to: &thing)
        #expect(thing.object == ["tags": ["a", "d"], "whole": 5])
        for filter in [
            "tags eq \"D\"", "tags[value eq \"a\"]", "whole ge 5 and whole lt 5.5", "whole eq 5.0", "whole eq \"5\"",
        ] {
            #expect(try Filter(parsing: filter).matches(thing, type: Self.type), "\(filter)")
        }
        for filter in ["tags eq \"b\"", "whole gt 5", "whole ne 5.0", "number pr", "time gt \"2026-01-01T00:00:00Z\""] {
            #expect(try !Filter(parsing: filter).matches(thing, type: Self.type), "\(filter)")
        }
    }
}
