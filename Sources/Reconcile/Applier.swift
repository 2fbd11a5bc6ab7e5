/// Applies the items of a plan in its order, some at once: what does not depend on a failed one goes on.
///
/// Items of one phase that do not depend on one another run together, as many as the writer takes; a phase ends before
/// the next one begins, so that adding still comes before removing.
struct Applier {
    /// Is told how many items have been tried.
    private let progress: @Sendable (Int) -> Void
    private(set) var results: [ItemResult] = []
    private(set) var isUnavailable = false
    private var outcomes: [ItemID: ItemResult.Outcome] = [:]
    private var endReason: String?

    init(progress: @escaping @Sendable (Int) -> Void = { _ in }) { self.progress = progress }

    mutating func apply(_ items: [PlanItem], to writer: some TargetWriter) async {
        await withTaskGroup(of: Done.self) { group in
            var running: Set<ItemID> = []
            var phase: Phase?
            for item in items {
                let next = Phase(item.change)
                while running.count >= max(1, writer.width) || (phase != next && !running.isEmpty)
                    || item.dependencies.contains(where: running.contains)
                {
                    guard let done = await group.next() else { break }
                    running.remove(done.id)
                    take(done)
                }
                phase = next
                if let outcome = outcomeWithoutTrying(item) {
                    outcomes[item.id] = outcome
                    progress(outcomes.count)
                } else {
                    running.insert(item.id)
                    group.addTask { await Self.done(item, writer) }
                }
            }
            while let done = await group.next() { take(done) }
        }
        results = items.map { ItemResult($0, outcomes[$0.id] ?? .notAttempted("the run was stopped")) }
        await finish(writer)
    }

    private mutating func finish(_ writer: some TargetWriter) async {
        guard results.contains(where: { $0.outcome == .applied }) else { return }
        do {
            try await writer.finish()
        } catch {
            // What was only gathered is not there: none of it counts as applied.
            note(error)
            for index in results.indices where results[index].outcome == .applied {
                results[index].outcome = .failed(String(describing: error))
            }
        }
    }
}

extension Applier {
    /// What came of trying one item.
    private struct Done: Sendable {
        let id: ItemID
        let error: (any Error)?
    }

    private static func done(_ item: PlanItem, _ writer: some TargetWriter) async -> Done {
        do {
            try await writer.apply(item)
            return Done(id: item.id, error: nil)
        } catch {
            return Done(id: item.id, error: error)
        }
    }

    /// Why an item is not even tried; nil: it is.
    private mutating func outcomeWithoutTrying(_ item: PlanItem) -> ItemResult.Outcome? {
        if Task.isCancelled { endReason = endReason ?? "the run was stopped" }
        if let endReason { return .notAttempted(endReason) }
        let missing = item.dependencies.compactMap { id in
            outcomes[id].flatMap { $0 == .applied ? nil : (id: id, outcome: $0) }
        }
        // What waits for somebody lets what depends on it wait, too; a failure says more.
        let failed = missing.first { !$0.outcome.isWaiting }
        if let failed { return .skipped(because: failed.id) }
        return missing.first.map { .waiting("it comes after \($0.id)") }
    }

    private mutating func take(_ done: Done) {
        defer { progress(outcomes.count) }
        guard let error = done.error else {
            outcomes[done.id] = .applied
            return
        }
        note(error)
        if case .waiting(let reason)? = error as? TargetError {
            outcomes[done.id] = .waiting(reason)
        } else {
            outcomes[done.id] = .failed(String(describing: error))
        }
    }

    private mutating func note(_ error: any Error) {
        switch error as? TargetError {
        case .unavailable(let reason):
            isUnavailable = true
            endReason = reason
        case .denied(let reason): endReason = endReason ?? reason
        case .unreadable, .precondition, .refused, .waiting, nil: break
        }
    }
}

extension ItemResult.Outcome {
    fileprivate var isWaiting: Bool {
        if case .waiting = self { true } else { false }
    }
}
