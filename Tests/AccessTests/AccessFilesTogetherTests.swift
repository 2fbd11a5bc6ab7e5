import Testing

@testable import Access

/// What no file under `access/` can say alone.
struct AccessFilesTogetherTests {
    @Test func `two files for one team are an error that names both`() {
        let (_, report) = AccessFiles.reported([
            ("access/a.yaml", "team: Data Platform\n"),
            ("access/b/c.yaml", "reason: x\nteam: data platform\n"),
            ("access/u.yaml", "user: data platform\n"),
        ])
        #expect(
            report == [
                "access/b/c.yaml:2:7: error: a second file for team \"data platform\"; "
                    + "the first one is access/a.yaml:1:7"
            ]
        )
    }

    @Test func `two teams cannot have had one name`() {
        let (_, report) = AccessFiles.reported([
            ("access/a.yaml", "team: A\npreviously: [Old]\n"),
            ("access/b.yaml", "team: B\npreviously: [old]\n"),
        ])
        #expect(
            report == [
                "access/b.yaml:2:14: error: a second team that was called \"old\"; the first one is in access/a.yaml:2:14"
            ]
        )
    }

    @Test func `roles and protection stand in one place only`() {
        #expect(
            AccessFiles.reported([("access/x/roles.yaml", "roles: {}\n")]).report == [
                "access/x/roles.yaml: error: a file named roles.yaml in a folder under access/\n"
                    + "hint: move it to access/roles.yaml"
            ]
        )
    }
}
