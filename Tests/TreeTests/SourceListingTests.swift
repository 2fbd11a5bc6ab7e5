import Foundation
import Generators
import Testing

@testable import Tree

/// A second listing is what a first one would be, and looks only into folders that have changed.
struct SourceListingTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try TreeInitializer.create(at: folder.path, layout: Layout(shards: 256))
        for number in 0..<40 { try write(number) }
    }

    private func path(_ number: Int) -> String {
        "provisioned/users/\(number % 4)\(number % 3)/person\(number).yaml"
    }

    private func write(_ number: Int, title: String = "Analyst") throws {
        let text = "id: p\(number)\nuserName: person\(number)\ntitle: \(title)\n"
        try DurableFile.replace(folder.path + "/" + path(number), with: Array(text.utf8))
    }

    /// The source when the state of every folder is settled.
    private var settled: FolderSource { FolderSource(folder.path) { CachedSourceTests.longAfter } }

    @Test func `what has come, gone, moved or been replaced is found`() async throws {
        let seed = UInt64.random(in: 1 ... .max)
        var random = SeededGenerator(seed: seed)
        var listing = try await settled.listing(since: nil)
        for round in 0..<60 {
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let number = Int.random(in: 0..<60, using: &random)
                let whole = folder.path + "/" + path(number)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: try DurableFile.remove(whole)
                case 1:
                    let other = folder.path + "/" + path(Int.random(in: 0..<60, using: &random))
                    if rename(whole, other) != 0 { try write(number) }
                default: try write(number, title: "\(round)")
                }
            }
            let next = try await settled.listing(since: listing)
            let fresh = try await FolderSource(folder.path).files()
            #expect(next.files == fresh, "seed \(seed)")
            #expect(Set(next.changed(since: listing)) == Set(fresh).subtracting(listing.files), "seed \(seed)")
            listing = next
        }
    }

    @Test func `a folder that is as it was is not looked into, unless it has changed just before`() async throws {
        let unsettled = FolderSource(folder.path) { CachedSourceTests.longBefore }
        for (source, expected) in [(settled, []), (unsettled, [path(7)])] {
            let before = try await source.listing(since: nil)
            // Written in place, which no batch does, and a folder does not tell.
            let handle = try #require(FileHandle(forWritingAtPath: folder.path + "/" + path(7)))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("nickName: x\n".utf8))
            try handle.close()
            let changed = try await source.listing(since: before).changed(since: before)
            #expect(changed.map(\.path) == expected)
        }
    }
}
