internal import YAML

extension Settings {
    /// The file of the target that a new tree has, to try things on; relative to the tree.
    package static let sandboxFile = "target.yaml"

    /// The settings of a new tree, in short form: what is left out has its default.
    package static func fresh(layout: Layout = Layout(), branch: String = "main") -> [UInt8] {
        let shards = layout.shards == 0 ? "" : "layout: {shards: \(layout.shards)}\n"
        return Array(
            """
            # Settings of this dagroster tree; what is left out has its default.
            version: 1
            \(shards)git: {branch: \(Writer.scalar(branch))}
            targets:
              sandbox: {kind: file, path: \(sandboxFile)}

            """.utf8
        )
    }
}
