internal import Git

/// The commits that are not at the remote yet, and when they are pushed next; pure, so that its rules can be tested.
struct PushQueue: Hashable, Sendable {
    /// A commit that waits.
    struct Entry: Hashable, Sendable {
        var id: CommitID
        /// When it was made, in seconds since 1970.
        var seconds: Int
    }

    let rule: PushRule
    private(set) var entries: [Entry] = []
    /// When the oldest of them came, on the publisher's clock.
    private(set) var opened: Duration?
    /// Attempts in a row that failed for something else than a branch that moved.
    private(set) var failures = 0
    /// Attempts in a row that somebody else's push forestalled.
    private(set) var races = 0
    private var retryAt = Duration.zero
    private let backoff: Backoff

    init(rule: PushRule) {
        self.rule = rule
        // Where requests wait for it, they must not wait long.
        backoff = rule.isDurable ? Backoff(longest: .seconds(5)) : Backoff()
    }

    /// When to push next; nil when everything is pushed.
    var deadline: Duration? {
        guard let opened else { return nil }
        return max(rule.isDurable ? opened : opened + rule.window, retryAt)
    }

    /// Takes up a commit.
    mutating func add(_ entry: Entry, at now: Duration) {
        entries.append(entry)
        opened = opened ?? now
    }

    /// Takes up what is known to wait, in place of everything that was.
    mutating func replace(_ all: [Entry], at now: Duration) {
        entries = all
        opened = all.isEmpty ? nil : opened ?? now
    }

    /// Everything up to a commit is at the remote.
    ///
    /// - Parameters:
    ///   - id: the commit.
    ///   - count: how many waited when the branch was found there: all of those are in it, even if somebody has rebased
    ///     them and nothing here has its id.
    ///   - now: the time on the publisher's clock.
    mutating func succeed(upTo id: CommitID, first count: Int, at now: Duration) {
        let last = entries.lastIndex { $0.id == id }
        entries.removeFirst(min(entries.count, max(count, last.map { $0 + 1 } ?? 0)))
        opened = entries.isEmpty ? nil : now
        (failures, races, retryAt) = (0, 0, .zero)
    }

    /// An attempt failed for something that time may mend.
    mutating func fail(at now: Duration) {
        failures += 1
        retryAt = now + backoff.delay(afterFailures: failures)
    }

    /// Somebody else was faster; whoever loses often comes back sooner, so that nobody starves.
    mutating func lose(at now: Duration, jitter: Double) {
        races += 1
        let longest = Duration.milliseconds(max(20, 400 >> min(races - 1, 5)))
        retryAt = now + longest * jitter
    }
}

/// Where commits are pushed, and when.
package struct PushRule: Hashable, Sendable {
    /// The remote's name.
    package var remote: String
    /// The remote's branch.
    package var branch: String
    /// How long commits are gathered before a push.
    package var window: Duration
    /// Whether a request is answered only once its commit is at the remote; then nothing is gathered.
    package var isDurable: Bool

    package init(remote: String = "origin", branch: String, window: Duration = .seconds(10), isDurable: Bool = false) {
        self.remote = remote
        self.branch = branch
        self.window = window
        self.isDurable = isDurable
    }
}

extension PushRule {
    /// The branch at the remote.
    var reference: String { "refs/heads/\(branch)" }
}
