import Foundation
import Generators
import Testing

@testable import Tree

/// What is found out about files when they are opened is what a listing finds out that looks at each.
struct LateLookTests {
    private static let texts = [
        "id: a\nuserName: ada\n", "id: b\nuserName: bob\n", "id: c\nuserName: \u{C9}va\n", "id: a\nuserName: other\n",
        "id: [",
        "id: g\ndisplayName: Group\nmembers:\n  - ada\n  - nobody\n",
    ]

    @Test func `trees of any files are read alike`() async throws {
        let seed = UInt64.random(in: 1 ... .max)
        var random = SeededGenerator(seed: seed)
        var (trees, oddTrees) = (0, 0)
        while trees < 30 || oddTrees < 3 {
            trees += 1
            try #require(trees < 1000, "seed \(seed): no files that are not what their folder says")
            let folder = try TemporaryFolder()
            let shards = Bool.random(using: &random) ? 256 : 0
            _ = try TreeInitializer.create(at: folder.path, layout: Layout(shards: shards))
            let isOdd = Bool.random(using: &random)
            for number in 0..<Int.random(in: 0...8, using: &random) {
                let place = shards == 0 ? "" : "0\(Int.random(in: 0...2, using: &random))/"
                let kind = Bool.random(using: &random) ? "users" : "groups"
                let name = ["n\(number)", ".hidden\(number)", "\u{E9}\(number)", ".dagroster-x\(number)"].randomElement(
                    using: &random
                )
                let path = "provisioned/\(kind)/\(place)\(name ?? "").yaml"
                try folder.write(Self.texts.randomElement(using: &random) ?? "", to: path)
                if isOdd { try Self.makeOdd(folder.path + "/" + path, &random) }
            }
            let source = FolderSource(folder.path)
            let (late, early) = (source.lookingLater, source)
            try await expectAlike(late, early, "seed \(seed)")
            do {
                let parts = try await TreeParts(of: late, isSure: false)
                #expect(parts.listing.files.map(\.path) == (try await early.files()).map(\.path), "seed \(seed)")
            } catch is UnlikeListing {
                oddTrees += 1
            }
        }
    }

    private static func makeOdd(_ path: String, _ random: inout SeededGenerator) throws {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: chmod(path, 0o755)
        case 1:
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "elsewhere")
        case 2:
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(atPath: path + "/inner", withIntermediateDirectories: true)
        default: break
        }
    }

    private func expectAlike(_ late: FolderSource, _ early: FolderSource, _ comment: Comment) async throws {
        let (left, right) = (try await TreeReader.read(late), try await TreeReader.read(early))
        #expect(left.directory == right.directory, comment)
        #expect(left.diagnostics == right.diagnostics, comment)
        #expect(left.brokenFiles == right.brokenFiles, comment)
        #expect(left.folderFaults == right.folderFaults, comment)
        #expect(left.states.map(\.path) == right.states.map(\.path), comment)
        #expect(left.states.map(\.tag) == right.states.map(\.tag), comment)
        #expect(left.states.allSatisfy { $0.tag != nil }, comment)
    }

    @Test func `a listing after the first one looks at all files of folders that have changed`() async throws {
        let folder = try TemporaryFolder()
        _ = try TreeInitializer.create(at: folder.path)
        try folder.write(Self.texts[0], to: "provisioned/users/ada.yaml")
        let source = FolderSource(folder.path).lookingLater
        let first = try await source.listing(since: nil)
        #expect(first.files.filter { $0.tag == nil }.map(\.path) == ["provisioned/users/ada.yaml"])
        let second = try await source.listing(since: first)
        #expect(second.files.allSatisfy { $0.tag != nil })
        #expect(second.changed(since: first).map(\.path) == ["provisioned/users/ada.yaml"])
    }

    @Test func `a cache that is renewed after a late look is the one that reading writes`() async throws {
        let folder = try TemporaryFolder()
        _ = try TreeInitializer.create(at: folder.path)
        for number in 0..<3 { try folder.write(Self.texts[number], to: "provisioned/users/n\(number).yaml") }
        let path = CacheFolder.folder(of: folder.path) + "/folder"
        let later = { @Sendable in CacheFolder.now() + 60_000_000_000 }
        let plain = CachedSource(FolderSource(folder.path), at: path, fewest: 1, now: later)
        _ = try await TreeReader.read(plain)
        let expected = try Data(contentsOf: URL(filePath: path))
        try FileManager.default.removeItem(atPath: path)
        let renewal = CacheRenewal()
        let late = FolderSource(folder.path).lookingLater
        _ = try await TreeReader.read(CachedSource(late, at: path, fewest: 1, renewal: renewal, now: later))
        await renewal.run(plain)
        #expect(try Data(contentsOf: URL(filePath: path)) == expected)
    }

    @Test func `names are in the order of their texts`() {
        let seed = UInt64.random(in: 1 ... .max)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let letters: [String] =
                Bool.random(using: &random)
                ? ["a", "b", "A", ".", "-", "%", "~"] : ["a", "\u{DF}", "\u{E9}", "z", "\u{1F600}"]
            let names = Set(
                (0..<8).map { _ in
                    (0...Int.random(in: 0...3, using: &random)).compactMap { _ in letters.randomElement(using: &random)
                    }.joined()
                }
            ).subtracting([".", ".."])
            var found = FolderNames()
            for name in names.shuffled(using: &random) {
                var bytes = Array(name.utf8) + [0]
                bytes.withUnsafeMutableBufferPointer { if let start = $0.baseAddress { found.add(start, 8) } }
            }
            found.sort()
            let sorted = found.entries.map { found.path(of: $0, behind: Array("x/".utf8)) }
            #expect(sorted == names.sorted().map { "x/" + $0 }, "seed \(seed)")
        }
    }
}
