internal import Reconcile
internal import Roster

/// The status as Prometheus reads it (text format 0.0.4): names in base units, every family with help and type.
package struct StatusMetrics {
    private let status: ServiceStatus

    package init(_ status: ServiceStatus) { self.status = status }

    package var text: String { (service + requests + people + files + commits + targets).joined() }

    private var service: [String] {
        [
            gauge("dagroster_build_info", "Which dagroster runs.", [([("version", status.version)], 1)]),
            gauge("dagroster_ready", "Whether writes are taken: 1 or 0.", status.isReady ? 1 : 0),
            gauge(
                "dagroster_warnings",
                "Things that need attention; /readyz names them.",
                Double(status.warnings.count)
            ),
            counter("dagroster_audit_lost_total", "Audit lines that could not be written.", Double(status.audit.lost)),
        ]
    }

    private var requests: [String] {
        let counts = status.requests.counts.map { count in
            ([("method", count.method), ("status", String(count.status))], Double(count.number))
        }
        let name = "dagroster_scim_request_duration_seconds"
        let buckets = status.requests.buckets.map { bucket in
            sample(name + "_bucket", [("le", bucket.bound.map { "\($0)" } ?? "+Inf")], Double(bucket.number))
        }
        let total = Double(status.requests.buckets.last?.number ?? 0)
        let histogram =
            head(name, "Time from a request's head to its answer.", "histogram") + buckets.joined()
            + sample(name + "_sum", [], status.requests.seconds) + sample(name + "_count", [], total)
        return [
            family("dagroster_scim_requests_total", "SCIM requests by method and status.", "counter", counts),
            histogram,
        ]
    }

    private var people: [String] {
        let people = status.people
        return [
            gauge(
                "dagroster_users",
                "People in the directory.",
                [([("state", "active")], Double(people.active)), ([("state", "inactive")], Double(people.inactive))]
            ),
            gauge("dagroster_groups", "Groups in the directory.", Double(people.groups)),
        ]
    }

    private var files: [String] {
        let files = status.files
        return [
            gauge(
                "dagroster_files_behind",
                "Changes that are answered and in no file yet.",
                Double(files.changesBehind)
            ),
            gauge("dagroster_files_behind_seconds", "Age of the oldest of them.", files.oldestSeconds ?? 0),
            gauge("dagroster_files_broken", "Files that cannot be read or written.", Double(files.broken.count)),
        ]
    }

    private var commits: [String] {
        let commits = status.commits
        return [
            counter("dagroster_commits_total", "Commits made.", Double(commits.made)),
            gauge(
                "dagroster_uncommitted_changes",
                "Changes in files and in no commit.",
                Double(commits.pendingChanges)
            ),
            gauge("dagroster_uncommitted_seconds", "Age of the oldest of them.", commits.oldestSeconds ?? 0),
            gauge("dagroster_commit_failures", "Attempts that failed since one succeeded.", Double(commits.failures)),
            gauge("dagroster_unpushed_commits", "Commits that are at no remote.", Double(commits.unpushed)),
            gauge("dagroster_unpushed_seconds", "Age of the oldest of them.", commits.oldestUnpushedSeconds ?? 0),
            counter(
                "dagroster_lost_changes_total",
                "Answered changes that another writer's change left no room for.",
                Double(commits.lostChanges)
            ),
        ]
    }

    /// Names of their own, beside those that `reconcile --metrics-file` writes: these tell of dry runs, too.
    private var targets: [String] {
        let known = status.targets.compactMap { target in
            target.last.map { run in
                (labels: [("target", target.name), ("mode", run.isApply ? "apply" : "dry-run")] as Labels, run: run)
            }
        }
        return [
            gauge(
                "dagroster_last_reconcile_timestamp_seconds",
                "When the last run of reconcile on this machine ended, in seconds since 1970.",
                known.map { ($0.labels, Double($0.run.time.milliseconds / 1000)) }
            ),
            gauge(
                "dagroster_last_reconcile_exit_code",
                "The exit code of the last run of reconcile on this machine.",
                known.map { ($0.labels, Double($0.run.exitCode.rawValue)) }
            ),
            gauge(
                "dagroster_last_reconcile_drift_items",
                "Changes of its plan that undo what somebody else did at the target.",
                known.compactMap { labels, run in run.drift.map { (labels, Double($0)) } }
            ),
        ]
    }
}

extension StatusMetrics {
    private typealias Labels = [(name: String, value: String)]

    private func gauge(_ name: String, _ help: String, _ value: Double) -> String {
        family(name, help, "gauge", [([], value)])
    }

    private func gauge(_ name: String, _ help: String, _ samples: [(Labels, Double)]) -> String {
        family(name, help, "gauge", samples)
    }

    private func counter(_ name: String, _ help: String, _ value: Double) -> String {
        family(name, help, "counter", [([], value)])
    }

    /// Nothing for a family without a sample.
    private func family(_ name: String, _ help: String, _ type: String, _ samples: [(Labels, Double)]) -> String {
        guard !samples.isEmpty else { return "" }
        return head(name, help, type) + samples.map { sample(name, $0.0, $0.1) }.joined()
    }

    private func head(_ name: String, _ help: String, _ type: String) -> String {
        "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private func sample(_ name: String, _ labels: Labels, _ value: Double) -> String {
        let list = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        let number = value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
        return name + (list.isEmpty ? "" : "{\(list)}") + " \(number)\n"
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n", "\r", "\r\n": result += "\\n"
            default: result.append(character)
            }
        }
    }
}
