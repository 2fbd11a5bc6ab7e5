import Access
import ArgumentParser
import DagsterPlus
import Git
import Reconcile
import Roster
import Tree
import YAML

/// Looks at everything that `reconcile` depends on, and says what to do about what is wrong.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the tree, git, and each target: token, rights, SCIM sync, plan, clock.",
        discussion: """
            Changes nothing. A line a check; a hint says what to do.

            Exit: 0 all is well · 1 a target cannot be read, or a token is missing · 3 the tree is invalid · \
            4 Dagster+ would refuse · 64 wrong usage · 75 a target is unavailable

            Example:  dagroster doctor --target acme
            """
    )

    @Option(help: ArgumentHelp("The target, by its name in dagroster.yaml. Default: all of them.", valueName: "name"))
    var target: String?

    @OptionGroup(title: "Dagster+") var reaching: TargetOptions

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let tree = try common.locateTree()
        let contents = try await TreeReader.read(FolderSource(tree))
        let errors = contents.diagnostics.filter { $0.severity == .error }
        let isValid = errors.isEmpty
        var findings = [
            isValid
                ? Finding("tree", .good, "is valid")
                : Finding(
                    "tree",
                    .bad(.invalid),
                    "has \(Count.of(errors.count, "error")), the first: \(errors.sorted().first?.message ?? "")",
                    hint: "run dagroster check"
                )
        ]
        findings += try await git(tree, contents.settings)
        show(findings, of: "tree")
        if isValid {
            for target in try targets(contents.settings) {
                let found = await examine(target, tree, contents)
                show(found, of: "target \"\(target.name)\"")
                findings += found
            }
        }
        let codes = findings.compactMap { if case .bad(let code) = $0.verdict { code } else { nil } }
        // The one that a run would end with first.
        guard let code = codes.first else { return }
        throw ArgumentParser.ExitCode(code.rawValue)
    }

    private func targets(_ settings: Settings) throws -> [TargetSettings] {
        guard let target else { return settings.targets }
        guard let found = settings.target(named: target) else {
            let known = settings.targets.map(\.name).joined(separator: ", ")
            throw Failure.usage("dagroster.yaml has no target \"\(target)\"\nhint: it has \(known)")
        }
        return [found]
    }

    private func show(_ findings: [Finding], of what: String) {
        Terminal.result(what)
        for finding in findings {
            let mark =
                switch finding.verdict {
                case .good: "ok"
                case .note: "!!"
                case .bad: "xx"
                }
            Terminal.result("  \(mark)  \(finding.subject): \(Printable.line(finding.text))")
            if let hint = finding.hint { Terminal.result("      hint: \(Printable.line(hint))") }
        }
    }
}

extension DoctorCommand {
    /// Whether the tree is where a run and the endpoint expect it.
    private func git(_ tree: String, _ settings: Settings) async throws -> [Finding] {
        guard let repository = try await Repository.discover(tree) else {
            return [
                Finding(
                    "git",
                    .note,
                    "the tree is in no repository: nobody can say who asked for what",
                    hint: "run git init here, and commit"
                )
            ]
        }
        guard try await repository.resolve("HEAD") != nil else {
            return [Finding("git", .note, "there is no commit yet", hint: "commit the tree: reconcile reads commits")]
        }
        let files = try await repository.status(of: ["provisioned", "access", TreeLocation.settingsFile])
        guard files.isEmpty else {
            let count = Count.of(files.count, "file")
            return [
                Finding(
                    "git",
                    .note,
                    "\(count) not committed: reconcile does not see what they say",
                    hint: "commit them"
                )
            ]
        }
        return [Finding("git", .good, "everything is committed")]
    }

    private func examine(_ target: TargetSettings, _ tree: String, _ contents: TreeContents) async -> [Finding] {
        do {
            guard case .dagsterPlus(let settings) = target.kind else {
                let open = try OpenTarget.open(target, tree: tree, access: contents.access, options: reaching)
                let organization = try await open.reader.read()
                let count = Count.of(organization.deployments.count, "deployment")
                return [Finding("file", .good, "can be read: \(organization.users.count) people, \(count)")]
            }
            let account = try DagsterPlusAccount.find(settings, tree: tree, options: reaching)
            let connection = Connection(
                account.session(budget: reaching.retryBudgetDuration),
                organization: account.organization,
                located: []
            )
            let leavesAlone = target.users == .ignore && target.teams == .ignore
            let place = Finding("address", .good, "\(account.address), token from \(settings.token)")
            return try await [place] + Examination.examine(connection, leavesAlone: leavesAlone)
        } catch {
            return [Self.finding(error)]
        }
    }

    /// What could not even be tried.
    private static func finding(_ error: any Error) -> Finding {
        let code =
            switch error {
            case let refusal as Refusal: refusal.exitCode
            case let failure as Failure: Reconcile.ExitCode(rawValue: failure.code) ?? .failure
            default: Reconcile.ExitCode.failure
            }
        let lines = String(describing: error).split(separator: "\n", maxSplits: 1).map(String.init)
        let hint = lines.dropFirst().first.map { $0.hasPrefix("hint: ") ? String($0.dropFirst(6)) : $0 }
        return Finding("target", .bad(code), lines.first ?? "", hint: hint)
    }
}
