/// The order in which the operations of a bulk request are done, so that every `bulkId:` that one of them refers to
/// has an id by then (RFC 7644 section 3.7.2).
///
/// References go forward and backward, over several steps, and in circles: of a circle one operation is done without
/// the reference that closes it, and completed by a PATCH once the other end exists.
public struct BulkPlan: Hashable, Sendable {
    /// One thing to do.
    public enum Step: Hashable, Sendable {
        /// Does an operation, leaving out values that refer to these bulkIds.
        case perform(Int, withholding: Set<String>)
        /// Adds to what an operation created the values that were left out.
        case complete(Int, Set<String>)
    }

    /// What is done, in order; each operation is performed once.
    public let steps: [Step]

    /// Orders the operations of a request; those that refer to nothing keep their order.
    public init(_ request: BulkRequest) {
        var planner = BulkPlanner(request.operations)
        steps = planner.plan()
    }
}

/// Walks along references depth first, with a stack of its own, because a request can be a chain of thousands.
private struct BulkPlanner {
    private let references: [[Int]]
    private let names: [String?]
    private var state: [State]
    private var steps: [BulkPlan.Step] = []
    private var open: [BulkPlan.Step] = []

    private enum State {
        case waiting, entered, done
    }

    init(_ operations: [BulkOperation]) {
        var creators: [String: Int] = [:]
        for (index, operation) in operations.enumerated() where operation.method == .post && operation.fault == nil {
            if let name = operation.bulkID { creators[name] = index }
        }
        references = operations.map { operation in
            operation.references.compactMap { creators[$0] }.sorted()
        }
        names = operations.map(\.bulkID)
        state = operations.map { _ in .waiting }
    }

    mutating func plan() -> [BulkPlan.Step] {
        for index in state.indices where state[index] == .waiting {
            walk(from: index)
            steps += open
            open = []
        }
        return steps
    }

    private mutating func walk(from start: Int) {
        var stack: [(index: Int, next: Int, withheld: Set<String>)] = [(start, 0, [])]
        state[start] = .entered
        while var top = stack.popLast() {
            guard top.next < references[top.index].count else {
                finish(top.index, top.withheld)
                continue
            }
            let other = references[top.index][top.next]
            top.next += 1
            if state[other] == .entered, let name = names[other] { top.withheld.insert(name) }
            stack.append(top)
            if state[other] == .waiting {
                state[other] = .entered
                stack.append((other, 0, []))
            }
        }
    }

    private mutating func finish(_ index: Int, _ withheld: Set<String>) {
        state[index] = .done
        steps.append(.perform(index, withholding: withheld))
        if !withheld.isEmpty { open.append(.complete(index, withheld)) }
    }
}
