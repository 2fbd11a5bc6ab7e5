import Access
import YAML

extension AccessFiles {
    /// Reads files given as path and text, and says what is wrong in the words of a report.
    static func reported(_ files: [(String, String)]) -> (access: AccessFiles, report: [String]) {
        let (access, diagnostics) = AccessFiles.read(files.map { (path: $0.0, bytes: Array($0.1.utf8)) })
        return (access, diagnostics.map(\.description))
    }
}
