internal import Foundation
package import Roster
internal import Synchronization
internal import Tree

/// When each credential was last used, to the minute: the time of an empty file a name in `.dagroster/used`.
///
/// Nothing is lost that matters when one cannot be written, so that it never fails a request.
package final class TokenUses: Sendable {
    // A class, because all requests share what was written last.
    private let folder: String
    private let written = Mutex<[String: Int]>([:])

    package init(tree: String) { folder = "\(tree)/\(TreeLocation.stateFolder)/used" }

    /// Notes a use; at most one write a minute and name.
    package func note(_ name: String, at now: Timestamp) {
        guard Token.isName(name) else { return }
        let minute = now.milliseconds / 60_000
        let isNews = written.withLock { written in
            guard written[name] != minute else { return false }
            written[name] = minute
            return true
        }
        guard isNews else { return }
        let manager = FileManager.default
        try? manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let date = Date(timeIntervalSince1970: Double(minute * 60))
        let attributes: [FileAttributeKey: Any] = [.modificationDate: date]
        if (try? manager.setAttributes(attributes, ofItemAtPath: path(of: name))) == nil {
            _ = manager.createFile(atPath: path(of: name), contents: nil, attributes: attributes)
            try? manager.setAttributes(attributes, ofItemAtPath: path(of: name))
        }
    }

    /// The minute of the last use; nil for a credential that was never used.
    package func lastUse(of name: String) -> Timestamp? {
        FileState(path: path(of: name))?.modified
    }

    /// With an ending, because "." and ".." are names.
    private func path(of name: String) -> String { "\(folder)/\(name).used" }
}
