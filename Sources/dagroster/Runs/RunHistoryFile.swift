import Foundation
import Reports
import Tree

/// The histories of a tree's runs: `.dagroster/runs/<target>.yaml`.
struct RunHistoryFile {
    private let path: String

    init(tree: String, target: String) { path = "\(Self.folder(of: tree))/\(target).yaml" }

    /// The history; an empty one where there is none, or none that can be read.
    func load() -> RunHistory {
        (try? DurableFile.read(path)).map { RunHistory(reading: $0) } ?? RunHistory()
    }

    func save(_ history: RunHistory) throws { try DurableFile.replace(path, with: history.bytes) }

    /// The target of all runs so far, if there is one: a run that fails before it has read the settings is most probably
    /// one of it, too, and metrics of it must not appear under another name.
    static func onlyTarget(in tree: String) -> String? {
        let folders = [folder(of: tree), folder(of: tree) + "/last"]
        let names = folders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
        let targets = Set(names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") })
        return targets.count == 1 ? targets.first.map { String($0.dropLast(5)) } : nil
    }

    private static func folder(of tree: String) -> String { "\(tree)/\(TreeLocation.stateFolder)/runs" }
}
