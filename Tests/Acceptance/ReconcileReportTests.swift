import Testing

/// The forms in which `reconcile` says what it found, as the built program prints them.
struct ReconcileReportTests {
    @Test(arguments: [("markdown", "### dagroster: 12 changes for target `sandbox`"), ("html", "<!DOCTYPE html>")])
    func `a plan is shown in the form that was asked for`(format: String, start: String) throws {
        try Acme.with { tree in
            let result = try tree.reconcile("--format", format)
            #expect(result.exitCode == 0 && result.errors.isEmpty)
            #expect(result.output.hasPrefix(start + "\n"), "\(result)")
            #expect(try tree.target() == Acme.target)
        }
    }

    @Test func `a tree that is wrong is marked in its files where GitHub Actions runs`() throws {
        try Acme.with { tree in
            try tree.folder.write("team: Data Platform\ngruops: []\n", to: "access/data-platform.yaml")
            try tree.commit("a mistake")
            let mark = "::error file=access/data-platform.yaml,line=2,col=1,title=dagroster::"
            let told = try tree.run(["reconcile"], environment: ["GITHUB_ACTIONS": "true"])
            #expect(told.exitCode == 3)
            #expect(told.errors.split(separator: "\n").contains { $0.hasPrefix(mark) }, "\(told)")
            #expect(try !tree.reconcile().errors.contains("::error"))
            let checked = try tree.run(["check"], environment: ["GITHUB_ACTIONS": "true"])
            #expect(checked.errors.contains(mark))
        }
    }
}
