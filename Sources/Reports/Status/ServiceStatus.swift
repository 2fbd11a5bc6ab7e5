package import YAML

/// How a running `serve` is doing: all that the admin port shows, as a value.
package struct ServiceStatus: Hashable, Sendable {
    package var version: String
    /// Moments are RFC 3339, in UTC.
    package var now: String
    package var started: String
    /// Why nothing is written; nil while writes are taken.
    package var refusal: String?
    /// What needs somebody's attention though writes are taken.
    package var warnings: [String] = []
    package var people = People()
    package var requests = Requests()
    package var files = Files()
    package var commits = Commits()
    package var audit = Audit()
    package var targets: [Target] = []

    package init(version: String, now: String, started: String) {
        self.version = version
        self.now = now
        self.started = started
    }

    /// Who is in the directory.
    package struct People: Hashable, Sendable {
        package var active = 0
        package var inactive = 0
        package var groups = 0

        package init() {}
    }

    /// What identity providers asked.
    package struct Requests: Hashable, Sendable {
        package struct Count: Hashable, Sendable {
            package var method: String
            package var status: Int
            package var number: Int

            package init(method: String, status: Int, number: Int) {
                self.method = method
                self.status = status
                self.number = number
            }
        }

        package struct Outcome: Hashable, Sendable {
            package var time: String
            package var source: String?
            package var method: String
            package var target: String
            package var status: Int
            package var reason: String?
            package var requestID: String
            package var milliseconds: Double

            package init(
                time: String,
                source: String?,
                method: String,
                target: String,
                status: Int,
                reason: String?,
                requestID: String,
                milliseconds: Double
            ) {
                self.time = time
                self.source = source
                self.method = method
                self.target = target
                self.status = status
                self.reason = reason
                self.requestID = requestID
                self.milliseconds = milliseconds
            }
        }

        /// Refusals of one kind.
        package struct Failure: Hashable, Sendable {
            /// `400 invalidFilter` and the like.
            package var kind: String
            package var number: Int
            package var last: Outcome

            package init(kind: String, number: Int, last: Outcome) {
                self.kind = kind
                self.number = number
                self.last = last
            }
        }

        /// Some minutes of requests.
        package struct Slice: Hashable, Sendable {
            package var begin: String
            package var reads: Int
            package var writes: Int
            package var failures: Int

            package init(begin: String, reads: Int, writes: Int, failures: Int) {
                self.begin = begin
                self.reads = reads
                self.writes = writes
                self.failures = failures
            }
        }

        /// Requests that took no longer than a bound.
        package struct Bucket: Hashable, Sendable {
            /// Seconds; nil for all.
            package var bound: Double?
            package var number: Int

            package init(bound: Double?, number: Int) {
                self.bound = bound
                self.number = number
            }
        }

        package var counts: [Count] = []
        package var failures: [Failure] = []
        package var recent: [Outcome] = []
        package var recentFailures: [Outcome] = []
        package var slices: [Slice] = []
        package var buckets: [Bucket] = []
        package var seconds = 0.0
        /// When each source was last heard of.
        package var lastHeard: [String: String] = [:]

        package init() {}
    }

    /// How far the files are behind the answers.
    package struct Files: Hashable, Sendable {
        package var changesBehind = 0
        package var oldestSeconds: Double?
        package var trouble: String?
        package var broken: [Diagnostic] = []

        package init() {}
    }

    /// How far commits and pushes are behind the files.
    package struct Commits: Hashable, Sendable {
        package var isRepository = false
        package var pendingChanges = 0
        package var oldestSeconds: Double?
        package var made = 0
        package var failures = 0
        package var lastError: String?
        package var lastCommit: String?
        package var lastCommitTime: String?
        package var isPushing = false
        package var unpushed = 0
        package var oldestUnpushedSeconds: Double?
        package var pushError: String?
        /// Answered changes that another writer's change left no room for, and the last of them in words.
        package var lostChanges = 0
        package var lastLoss: String?

        package init() {}
    }

    /// How the audit log is doing.
    package struct Audit: Hashable, Sendable {
        package var lost = 0
        package var problem: String?

        package init() {}
    }

    /// A target, and the last run of `reconcile` for it on this machine.
    package struct Target: Hashable, Sendable {
        package var name: String
        /// Nil where none is known.
        package var last: LastRun?

        package init(name: String, last: LastRun? = nil) {
            self.name = name
            self.last = last
        }
    }
}

extension ServiceStatus {
    /// Whether writes are taken.
    package var isReady: Bool { refusal == nil }

    /// What `/readyz` says: a word, then a line for each thing that is not as it should be.
    package var readiness: String {
        let reasons = refusal.map { ["not ready: \($0)"] } ?? ["ready"]
        return (reasons + warnings.map { "warning: \($0)" }).map { Self.line($0) + "\n" }.joined()
    }

    /// A reason of several lines, such as one with a hint, as one: no line of it can pass for another reason.
    private static func line(_ text: String) -> String {
        text.split { $0.isNewline }.map { String($0).neutralized }.joined(separator: "; ")
    }
}
