internal import Access
internal import Reconcile

/// What `dagroster doctor` finds out about an organisation: everything that a plan depends on, without making one.
package struct Examination: Sendable {
    private let organization: Organization
    /// The organisation's clock less ours, in seconds; nil where it does not state one.
    private let skew: Int?
    /// Whether people and teams are left to others.
    private let leavesAlone: Bool

    /// So far apart clocks may be.
    private static let skewLimit = 60

    /// Reads the organisation as a plan would.
    package static func examine(_ connection: Connection, leavesAlone: Bool) async throws -> [Finding] {
        let organization: Organization
        do {
            organization = try await DagsterPlusReader(connection).read()
        } catch let error as TargetError {
            return [finding(error)]
        }
        let skew = await connection.session.skew
        return Examination(organization: organization, skew: skew, leavesAlone: leavesAlone).findings
    }

    init(organization: Organization, skew: Int?, leavesAlone: Bool) {
        self.organization = organization
        self.skew = skew
        self.leavesAlone = leavesAlone
    }

    /// A reading that failed, as its first line and what to do.
    private static func finding(_ error: TargetError) -> Finding {
        let code: ExitCode =
            switch error {
            case .unavailable: .unavailable
            case .precondition: .refused
            case .unreadable, .refused, .denied, .waiting: .failure
            }
        let lines = error.description.split(separator: "\n", maxSplits: 1).map(String.init)
        let hint = lines.dropFirst().first.map { $0.hasPrefix("hint: ") ? String($0.dropFirst(6)) : $0 }
        return Finding("answer", .bad(code), lines.first ?? "", hint: hint ?? "run again later")
    }
}

extension Examination {
    var findings: [Finding] { [answer, clock, caller, right, sync, teams, seats, status].compactMap { $0 } }

    private var answer: Finding {
        let counts = [
            "\(organization.users.count) people", "\(organization.teams.count) teams",
            "\(organization.deployments.count) deployments", "\(organization.roles.count) custom roles",
        ]
        let name = organization.name.map { "organization \"\($0)\"" } ?? "the organization"
        return Finding("answer", .good, "\(name) has \(counts.joined(separator: ", "))")
    }

    private var clock: Finding? {
        guard let skew else { return nil }
        guard abs(skew) > Self.skewLimit else { return Finding("clock", .good, "agrees with Dagster+'s") }
        return Finding(
            "clock",
            .note,
            "differs from Dagster+'s by \(abs(skew)) s",
            hint: "let this machine set its clock by NTP: grants expire by the day, and records bear its time"
        )
    }

    private var caller: Finding {
        guard let caller = organization.caller else {
            return Finding("token", .good, "counts; it is no person's own")
        }
        return Finding("token", .good, "counts; it is \(caller)'s own")
    }

    private var right: Finding {
        guard let right = organization.conditions.missingRight else {
            return Finding("rights", .good, "nothing says that the token may not change people and teams")
        }
        return finding(of: .missingRight(right), "rights")
    }

    private var sync: Finding {
        guard organization.conditions.isProvisionedElsewhere else {
            return Finding("SCIM sync", .good, "Dagster+'s own is off")
        }
        guard !leavesAlone else {
            return Finding("SCIM sync", .good, "Dagster+'s own is on, and this target leaves people and teams to it")
        }
        return finding(of: .provisionedElsewhere, "SCIM sync")
    }

    private var teams: Finding {
        let plan = organization.conditions.plan ?? "unknown"
        guard !organization.conditions.hasTeams else { return Finding("plan", .good, "\(plan), which has teams") }
        return finding(of: .noTeams(plan: plan), "plan")
    }

    private var seats: Finding {
        let conditions = organization.conditions
        let limit = conditions.paidSeats.map { "\($0) for editors and admins" } ?? "no limit is stated"
        guard conditions.admitsMorePeople else {
            return Finding(
                "seats",
                .note,
                "every seat is taken (\(limit))",
                hint: "a plan in which more people join than leave is refused: buy seats, or remove people first"
            )
        }
        return Finding("seats", .good, limit)
    }

    private var status: Finding? { organization.conditions.status.map { finding(of: .status($0), "status") } }

    private func finding(of precondition: Precondition, _ subject: String) -> Finding {
        Finding(subject, .bad(.refused), precondition.reason, hint: precondition.hint)
    }
}
