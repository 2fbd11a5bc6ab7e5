@testable import Tree

/// A tree in memory.
struct MemorySource: FileSource {
    var texts: [String: String] = [:]
    var kinds: [String: SourceFile.Kind] = [:]

    /// A tree with settings and more files.
    init(_ texts: [String: String], kinds: [String: SourceFile.Kind] = [:]) {
        self.texts = texts
        if texts[TreeLocation.settingsFile] == nil {
            self.texts[TreeLocation.settingsFile] = String(decoding: Settings.fresh(), as: UTF8.self)
        }
        self.kinds = kinds
    }

    func files() async throws -> [SourceFile] {
        texts.keys.map { SourceFile(path: $0, kind: kinds[$0] ?? .regular) }
    }

    func contents(of files: [SourceFile]) async throws -> [[UInt8]?] {
        files.map { texts[$0.path].map { Array($0.utf8) } }
    }
}
