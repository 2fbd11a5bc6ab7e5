import Foundation
import Reports
import Tree

/// Where the last run of each target is kept for the status page: `.dagroster/runs/last/<target>.yaml`.
struct LastRunFile {
    private let folder: String
    private let path: String
    private let state: String

    init(tree: String, target: String) {
        state = "\(tree)/\(TreeLocation.stateFolder)"
        folder = "\(state)/runs/last"
        path = "\(folder)/\(target).yaml"
    }

    /// The run; nil where none is known.
    func load() -> LastRun? { (try? DurableFile.read(path)).flatMap { LastRun(reading: $0) } }

    /// Keeps a run where the tree has local state, which is where `serve` may run: a fresh checkout stays as it is.
    ///
    /// A tree that cannot be written is as good: nothing but a page depends on it.
    func save(_ run: LastRun) {
        guard FileManager.default.fileExists(atPath: state) else { return }
        try? DurableFile.replace(path, with: run.bytes)
    }
}
