/// What stands behind the target of a case: how it is named in the settings, and how it and `target.yaml` become equal.
///
/// Cases say nothing about it, so that the same ones are run against several kinds of target, each of which begins as
/// `target.yaml` says.
protocol ScenarioTarget {
    /// The lines of the settings' `targets`.
    var settings: String { get }
    /// What the program is told beside its arguments.
    var environment: [String: String] { get }
    /// Makes the target what `target.yaml` says, when the case changed that file.
    func take() throws
    /// Makes `target.yaml` say what the target is.
    func show() throws
}

/// An organisation as a file: `target.yaml` itself.
struct FileScenarioTarget: ScenarioTarget {
    let settings = "targets:\n  sandbox: {kind: file, path: target.yaml}\n"
    let environment: [String: String] = [:]
    func take() {}
    func show() {}
}
