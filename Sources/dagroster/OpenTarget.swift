import FileTarget
import Reconcile
import Tree

/// A target of either kind, opened: what a plan reads it by, and what an apply writes it by.
struct OpenTarget: Sendable {
    /// All that a plan is given.
    let reader: any TargetReader
    /// Makes what only an apply is given.
    let writer: @Sendable () -> any TargetWriter

    /// Opens what the settings name; nothing is read yet.
    static func open(_ target: TargetSettings, tree: String) throws -> OpenTarget {
        switch target.kind {
        case .file(let name):
            let path = name.hasPrefix("/") ? name : tree + "/" + name
            return OpenTarget(
                reader: FileTargetReader(path: path, name: name),
                writer: { FileTargetWriter(path: path, name: name) }
            )
        case .dagsterPlus:
            throw Failure.unexpected(
                "target \"\(target.name)\" is of kind dagster-plus, which this version of dagroster cannot reach; "
                    + "nothing was applied"
            )
        }
    }
}
