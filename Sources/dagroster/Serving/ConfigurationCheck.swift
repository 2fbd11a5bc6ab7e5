import Auth
import Tree
import YAML

/// What `serve` needs before it starts, looked at without starting: the settings and the tokens.
///
/// The certificate was read by then.
struct ConfigurationCheck {
    let tree: String

    func run() async throws {
        let (settings, diagnostics) = Settings.read(try DurableFile.read("\(tree)/\(TreeLocation.settingsFile)"))
        for problem in diagnostics where problem.severity == .warning { Terminal.note(problem.description) }
        guard settings != nil else {
            throw Failure.invalidTree(diagnostics.map(\.description).joined(separator: "\n"))
        }
        let tokens = try TokenFile(tree: tree).tokens()
        if !tokens.contains(where: { $0.isValid(at: Clock.now()) }) {
            Terminal.note(
                "warning: there is no valid token, so that nobody is let in\nhint: dagroster token create NAME"
            )
        }
        Terminal.note("the settings, \(Count.of(tokens.count, "token")) and the certificate can be used")
    }
}
