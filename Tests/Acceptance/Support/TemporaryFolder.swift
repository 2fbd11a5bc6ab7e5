import Foundation
import Testing

/// A folder that exists for the length of a closure.
struct TemporaryFolder {
    let path: String

    /// Makes an empty folder, hands it to the body, and removes it with all that is in it.
    static func with<Result>(_ body: (TemporaryFolder) throws -> Result) throws -> Result {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "dagroster-acceptance-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        // Without the links in it: programs print the folder that they are really in.
        return try body(TemporaryFolder(path: url.resolvingSymlinksInPath().path))
    }

    func path(_ relative: String) -> String { path + "/" + relative }

    func exists(_ relative: String) -> Bool { FileManager.default.fileExists(atPath: path(relative)) }

    func text(_ relative: String) throws -> String { try String(contentsOfFile: path(relative), encoding: .utf8) }

    /// What a file holds once that is as it should be; what it holds in the end when that never comes to pass.
    ///
    /// A server answers when a change is in its journal, and the files follow.
    func text(_ relative: String, once isRight: (String) -> Bool) -> String {
        var found = ""
        Deadline.wait(for: "\(relative) to be written") {
            found = (try? text(relative)) ?? ""
            return isRight(found)
        }
        return found
    }

    /// Waits until there are files.
    func wait(for relatives: String...) {
        for relative in relatives { Deadline.wait(for: relative) { exists(relative) } }
    }

    /// Writes a file, with the folders above it.
    func write(_ text: String, to relative: String) throws {
        let file = URL(fileURLWithPath: path(relative))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    func remove(_ relative: String) throws { try FileManager.default.removeItem(atPath: path(relative)) }

    /// Every file below a folder of this one by relative path, without what stands in hidden folders.
    func files(under relative: String = "") throws -> [String: String] {
        let start = relative.isEmpty ? path : path(relative)
        let all = FileManager.default.enumerator(atPath: start)?.compactMap { $0 as? String } ?? []
        var found: [String: String] = [:]
        for name in all {
            let full = relative.isEmpty ? name : relative + "/" + name
            guard !relative.isEmpty || !full.hasPrefix(".git/") && !full.hasPrefix(".dagroster/") else { continue }
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path(full), isDirectory: &isFolder), !isFolder.boolValue else {
                continue
            }
            found[full] = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(full))), as: UTF8.self)
        }
        return found
    }
}
