import ServiceLifecycle
import Tree

/// What a start leaves for when requests are answered: the cache for the next one is written, and the memory goes back that
/// reading the tree took.
struct SettlingService: Service {
    let tree: String
    let renewal: CacheRenewal

    func run() async throws {
        returnMemory()
        await withGracefulShutdownHandler {
            await renewal.run(in: tree)
        } onGracefulShutdown: {
            renewal.giveUp()
        }
        returnMemory()
        try await gracefulShutdown()
    }

    private func returnMemory() {
        _ = Worker.start {
            Worker.yieldToOthers()
            TreeReader.returnMemory()
        }
    }
}
