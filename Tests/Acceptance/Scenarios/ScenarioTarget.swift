import Foundation

/// What stands behind the target of a case: how it is named in the settings, and how its state is read.
///
/// Cases say nothing about it, so that the same ones can be run against another kind of target that is seeded from the
/// same `target.yaml`.
struct ScenarioTarget: Sendable {
    /// The lines of the settings' `targets`.
    let settings: String
    /// Reads the state as `target.yaml` states one.
    let state: @Sendable (TemporaryFolder) throws -> String

    /// An organisation as a file.
    static let file = ScenarioTarget(
        settings: "targets:\n  sandbox: {kind: file, path: target.yaml}\n",
        state: { try $0.text("target.yaml") }
    )
}
