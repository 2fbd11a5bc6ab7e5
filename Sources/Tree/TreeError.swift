/// Why there is no tree to work on.
package enum TreeError: Error, Hashable, Sendable {
    /// No folder from here up has settings.
    case noTreeAbove(String)
    /// The folder that was named has no settings.
    case noTree(String)
    /// A tree is there already.
    case exists(String)
}

extension TreeError: CustomStringConvertible {
    /// What was looked for and not found, and what to do.
    package var description: String {
        switch self {
        case .noTreeAbove(let folder):
            "\"\(folder)\" is in no tree: neither it nor a folder above it has \(TreeLocation.settingsFile)\n"
                + "hint: name one by --tree, or make one by \"dagroster init\""
        case .noTree(let folder):
            "\"\(folder)\" is no tree: it has no \(TreeLocation.settingsFile)\n"
                + "hint: make one by \"dagroster init\""
        case .exists(let folder): "\"\(folder)\" is a tree already; nothing was changed"
        }
    }
}
