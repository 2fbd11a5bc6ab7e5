import Access
import Roster
import SCIM
import Testing
import Tree
import YAML

/// The address that Dagster+ knows a person by is one of two, and the tree may have taken the wrong one.
struct IdentityCheckTests {
    private func contents(
        _ emails: [String: String],
        identity: ResolutionPolicy.Identity = .userName,
        kind: TargetSettings.Kind = .dagsterPlus(DagsterPlusSettings())
    ) throws -> TreeContents {
        var directory = Directory()
        for (name, email) in emails.sorted(by: { $0.key < $1.key }) {
            let work: SCIM.Value = ["type": "work", "value": .string(email)]
            let attributes: Object = ["userName": .string(name), "active": true, "emails": .array([work])]
            let user = User(id: name, created: "2026-01-01T00:00:00Z", attributes: attributes)
            _ = try directory.apply(.createUser(user))
        }
        var settings = Settings(targets: [
            TargetSettings(name: "acme", place: Place(line: 4, column: 3), kind: kind)
        ])
        settings.identity = identity
        return TreeContents(
            settings: settings,
            directory: directory,
            access: AccessFiles(),
            diagnostics: [],
            paths: [:]
        )
    }

    @Test func `people whose two addresses differ are one warning, with an example`() throws {
        let contents = try contents([
            "ada@corp.example": "ada@example.com", "b@corp.example": "b@example.com", "c@example.com": "C@Example.com",
        ])
        #expect(
            IdentityCheck.diagnostic(contents)?.description == """
                dagroster.yaml:4:3: warning: 2 people have a userName that is not the e-mail address of type work, such \
                as "ada@corp.example" and "ada@example.com"; target "acme" takes the userName
                hint: Dagster+ knows people by the address that they sign in with; if that is the other one, set \
                "identity: {email: 'emails[type eq "work"].value'}"
                """
        )
    }

    @Test func `the other choice is named where e-mail addresses are taken`() throws {
        let found = IdentityCheck.diagnostic(try contents(["a@x": "b@x"], identity: .workEmail))
        #expect(found?.message.hasSuffix("takes the e-mail address") == true)
        #expect(found?.hint?.contains("{email: 'userName'}") == true)
    }

    @Test func `addresses that differ in letter case alone, and targets that are files, are no matter`() throws {
        #expect(IdentityCheck.diagnostic(try contents(["a@x": "A@X"])) == nil)
        #expect(IdentityCheck.diagnostic(try contents(["a@x": "b@x"], kind: .file(path: "t.yaml"))) == nil)
    }
}
