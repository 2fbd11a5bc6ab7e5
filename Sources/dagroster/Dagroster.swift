import ArgumentParser

/// The command line: each command parses its words, puts the rooms together and says what came of it.
@main
struct Dagroster: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dagroster",
        abstract: "Who may do what in a Dagster+ organisation, as files in git.",
        discussion: """
            An identity provider provisions people and groups into "dagroster serve", which writes them to a tree of \
            YAML files and commits them. People write beside them which group holds which role, and \
            "dagroster reconcile" compares the tree with the organisation and applies the difference.

            To begin:  dagroster init roster && cd roster && dagroster token create entra && dagroster serve
            """,
        version: Version.current,
        subcommands: [
            Init.self, TokenCommand.self, Serve.self, Check.self, Fmt.self, ReconcileCommand.self, ImportCommand.self,
            DiffCommand.self, ExplainCommand.self, WhoCanCommand.self, ReportCommand.self, CodeownersCommand.self,
            MergeDriverCommand.self, DoctorCommand.self, SimulateCommand.self, ManualCommand.self,
        ]
    )

    static func main() async {
        do {
            var command = try parseAsRoot(AdoptArgument.completed(Array(CommandLine.arguments.dropFirst())))
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            Terminal.error(failure.description)
            exit(withError: ExitCode(failure.code))
        } catch let error where Failure.isOfParser(error) {
            await RunAftermath.noteUsage(exitCode(for: error).rawValue, Array(CommandLine.arguments.dropFirst()))
            exit(withError: error)
        } catch {
            Terminal.error("\(error)")
            exit(withError: ExitCode(1))
        }
    }
}
