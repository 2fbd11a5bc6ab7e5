import Foundation
import Testing

/// Where jemalloc is installed, it and not the C library gives the program its memory.
@Suite struct AllocatorTests {
    private static let isInstalled: Bool = {
        let result = try? TemporaryFolder.with {
            try Program.run(executable: "pkg-config", ["--exists", "jemalloc"], in: $0)
        }
        return result?.exitCode == 0
    }()

    @Test(.enabled(if: AllocatorTests.isInstalled))
    func `what the program allocates comes from jemalloc, with few arenas`() throws {
        try TemporaryFolder.with { folder in
            // jemalloc(3): options and totals, printed when the program ends.
            let environment = ["MALLOC_CONF": "stats_print:true,stats_print_opts:mdablxeh"]
            let result = try Program.run(["--version"], in: folder, environment: environment)
            let allocated = try #require(try /Allocated: (\d+),/.firstMatch(in: result.errors), "\(result)")
            // More than it takes for itself when it is linked and nobody asks it for anything.
            #expect((Int(allocated.1) ?? 0) > 100_000, "\(result)")
            #expect(result.errors.contains("opt.narenas: 2\n"), "\(result)")
        }
    }
}
