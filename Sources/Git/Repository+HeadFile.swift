#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Repository {
    /// What git's own note of the checked-out branch says.
    package enum HeadNote: Hashable, Sendable {
        case branch(String)
        case detached
        /// References are kept elsewhere than in files (`extensions.refStorage`); ``Repository/branch()`` knows.
        case elsewhere
        /// The note is missing, or is not one that git writes.
        case unreadable
    }

    /// The branch that is checked out, from git's file, without running git: for those who ask before every write.
    package func headNote() -> HeadNote {
        guard let data = FileManager.default.contents(atPath: folder + "/HEAD") else { return .unreadable }
        let text = String(decoding: data, as: UTF8.self).split(separator: "\n").first ?? ""
        let start = "ref: refs/heads/"
        if text.hasPrefix(start) {
            let name = text.dropFirst(start.count)
            guard name == ".invalid" else { return .branch(String(name)) }
            // What git writes where references are kept elsewhere than in files; with none there it says nothing.
            return FileManager.default.fileExists(atPath: folder + "/reftable") ? .elsewhere : .unreadable
        }
        return ObjectID(text) == nil ? .unreadable : .detached
    }
}
