import Reconcile
import Reports
import Testing
import YAML

/// What GitHub Actions reads of a run.
struct GitHubAnnotationsTests {
    @Test func `what is wrong with a file is marked there, escaped`() {
        let diagnostic = Diagnostic(
            file: "access/a,b:c.yaml",
            place: Place(line: 4, column: 11),
            message: "role \"100%\n::set-output::x\" ##[add-mask]y",
            hint: "did you mean \"editor\"?"
        )
        #expect(
            GitHubAnnotations.lines(RunReport(.refused(.invalid([diagnostic]))), folder: "roster/") == [
                "::error file=roster/access/a%2Cb%3Ac.yaml,line=4,col=11,title=dagroster::role \"100%25%0A"
                    + "::set-output::x\" # #[add-mask]y%0Ahint: did you mean \"editor\"?"
            ]
        )
    }

    @Test func `a refused guard is an error and a warning of the tree a warning`() {
        let lines = GitHubAnnotations.lines(RunReport(.planned(Samples.plan)))
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("::error title=dagroster::plan takes away 2 of 3 people's access"))
        #expect(
            lines[1]
                == "::warning file=access/x.yaml,line=3,col=5,title=dagroster::group \"Old\" is no longer provisioned"
        )
    }

    @Test func `GitHub shows ten of a kind, and the last one says how many there are`() {
        let errors = (1...30).map { Diagnostic(file: "f", place: nil, message: "m\($0)") }
        let lines = GitHubAnnotations.lines(errors)
        #expect(lines.count == 10)
        #expect(lines.last == "::error title=dagroster::and 21 more")
    }
}
