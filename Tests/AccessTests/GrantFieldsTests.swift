import Testing
import YAML

@testable import Access

struct GrantFieldsTests {
    @Test func `grants are written as they are read`() throws {
        let text = """
            - organization: admin
            - deployment: prod
              role: viewer
              locations:
                finance: editor
                marketing: on-call
            - branchDeployments: all
              role: editor
              expires: 2027-01-31
            - branchDeployments: prod
              role: admin

            """
        var reader = DocumentReader(file: "x")
        let root = reader.root(Array(text.utf8))
        let rules = try #require(root.flatMap { GrantFields.read($0, allowsExpiry: true, &reader) })
        #expect(reader.diagnostics == [])
        #expect(String(decoding: Writer.bytes(of: GrantFields.value(of: rules.reversed())), as: UTF8.self) == text)
    }

    @Test func `a target's grants have no last day`() throws {
        var reader = DocumentReader(file: "target.yaml")
        let text = "- {deployment: prod, role: viewer, expires: 2027-01-31}\n"
        let root = reader.root(Array(text.utf8))
        let rules = root.flatMap { GrantFields.read($0, allowsExpiry: false, &reader) }
        #expect(rules?.map(\.grant) == [Grant(scope: .deployment("prod"), role: .viewer)])
        #expect(
            reader.diagnostics.map(\.description) == [
                "target.yaml:1:36: error: unknown key \"expires\" in a grant\n"
                    + "hint: known keys: organization, deployment, branchDeployments, role, locations"
            ]
        )
    }
}
