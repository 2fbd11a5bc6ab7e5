package import Access
package import Roster
package import Tree
internal import YAML

/// Brings one target to what a tree says: values in, values out; it prints nothing, knows no clock and ends no process.
package enum Reconciler {
    /// What a run is asked to do, beside the tree.
    package struct Options: Sendable {
        package var target: TargetSettings
        /// The tree's commit; nil for a tree that is read as it lies.
        package var commit: String?
        package var provenance: Provenance
        package var adoption: Adoption
        package var overrides: [GuardOverride]
        /// The day on which grants are resolved, UTC.
        package var today: CalendarDate
        /// The moment of the run; nil: the beginning of the day.
        package var now: Timestamp?
        /// Whether nothing may be taken away.
        package var keepsAll: Bool
        /// What is wanted in place of what the tree says; nil: what the tree says.
        package var snapshot: Snapshot?
        /// The saved plan of which exactly the items are wanted; nil: all that is due.
        package var saved: SavedPlan?
        /// Who is left out of tree, record and target; the apply of such a plan would record nobody of them.
        package var bystanders: Bystanders
        /// The names of everybody in the tree; nil: of those in its directory.
        package var userNames: (@Sendable () -> [String])?

        package init(
            target: TargetSettings,
            commit: String? = nil,
            provenance: Provenance = Provenance(),
            adoption: Adoption = .none,
            overrides: [GuardOverride] = [],
            today: CalendarDate,
            now: Timestamp? = nil,
            keepsAll: Bool = false,
            snapshot: Snapshot? = nil,
            saved: SavedPlan? = nil,
            bystanders: Bystanders = Bystanders(),
            userNames: (@Sendable () -> [String])? = nil
        ) {
            self.target = target
            self.commit = commit
            self.provenance = provenance
            self.adoption = adoption
            self.overrides = overrides
            self.today = today
            self.now = now
            self.keepsAll = keepsAll
            self.snapshot = snapshot
            self.saved = saved
            self.bystanders = bystanders
            self.userNames = userNames
        }
    }

    /// Reads the target and compares it with the tree and the record.
    ///
    /// - Parameters:
    ///   - contents: the tree at the commit.
    ///   - record: what the last apply left; nil before the first one.
    ///   - reader: all of the target that is needed: a plan cannot write.
    ///   - options: what is asked for.
    /// - Returns: the plan, even one that guards refuse.
    /// - Throws: ``Refusal``, when there is no plan.
    package static func prepare(
        _ contents: TreeContents,
        record: TargetRecord?,
        reader: some TargetReader,
        options: Options
    ) async throws -> Prepared {
        let errors = contents.diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else { throw Refusal.invalid(errors.sorted()) }
        // Read while it is worked out what is wanted of it.
        async let live = organization(options.target.name, reader)
        let policy = contents.settings.policy(for: options.target)
        let (wanted, findings) = Resolution.wanted(
            contents.access,
            contents.directory,
            policy: policy,
            known: record?.names ?? KnownNames(),
            holders: record?.users.mapValues(\.id) ?? [:],
            taking: options.adoption.keys,
            today: options.today,
            paths: contents.paths,
            userNames: options.userNames
        )
        let unresolved = findings.filter { $0.severity == .error && options.snapshot == nil }
        guard unresolved.isEmpty else { throw Refusal.invalid(unresolved.sorted()) }
        var provenance = options.provenance
        provenance.files.merge(contents.paths) { $1 }
        var input = PlanInput(
            target: options.target.name,
            commit: options.commit,
            wanted: wanted,
            directory: contents.directory,
            bystanders: options.bystanders,
            userNames: options.userNames,
            access: contents.access,
            policy: policy,
            provenance: provenance,
            live: try await live,
            record: record,
            limits: GuardLimits(contents.settings.guards),
            overrides: options.overrides,
            adoption: options.adoption,
            today: options.today,
            now: options.now,
            keepsAll: options.keepsAll,
            removesNewUserGrants: options.target.removesNewUserGrants,
            suspension: Suspension(contents.settings.suspend, on: options.today),
            snapshotName: options.snapshot?.name,
            saved: options.saved
        )
        guard let snapshot = options.snapshot else {
            return try Planner.prepare(input, warnings: contents.diagnostics + findings)
        }
        let restoration = Restoration(
            snapshot,
            tree: wanted,
            directory: contents.directory,
            live: input.live,
            record: record?.settled(in: input.live)
        )
        input.wanted = restoration.wanted
        // What was there then and is not now disappeared: no mistake of whoever restores it.
        let deployments = snapshot.organization.deployments
        if input.record == nil { input.record = TargetRecord(target: input.target) }
        input.record?.deployments.merge(deployments) { known, old in known.joined(with: old) }
        return try Planner.prepare(input, holding: restoration.left, warnings: contents.diagnostics)
    }

    /// Records what is about to be made, applies a plan item by item, reads the target again, compares, and makes the
    /// record that must be saved now.
    ///
    /// Nothing is written before the intent is saved: a run that is ended at any moment leaves nothing that the next one
    /// does not know to be ours.
    ///
    /// - Parameters:
    ///   - prepared: the plan; nothing of it is decided anew.
    ///   - reader: reads the target again afterwards.
    ///   - writer: writes it.
    ///   - records: where the record was loaded from; it gets the intent, not the record that is returned.
    ///   - snapshots: gets the state before the apply, if there is anything to apply.
    ///   - progress: is told how many items have been tried.
    ///   - time: the record's time, RFC 3339.
    /// - Returns: what came of every item.
    /// - Throws: ``Refusal``, when guards refuse or the intent cannot be saved; then nothing was written.
    package static func apply(
        _ prepared: Prepared,
        reader: some TargetReader,
        writer: some TargetWriter,
        records: some RecordStore,
        snapshots: some SnapshotStore = NoSnapshots(),
        progress: @escaping @Sendable (Int) -> Void = { _ in },
        time: String
    ) async throws -> Applied {
        let plan = prepared.plan
        guard prepared.input.bystanders.count == 0 else {
            let reason = "the plan was made without everybody, and a record of it would lack them"
            throw Refusal.recordNotSaved(reason: reason)
        }
        guard plan.preconditions.isEmpty else { throw Refusal.preconditions(plan.preconditions) }
        guard plan.refusals.isEmpty else { throw Refusal.guarded(plan.refusals) }
        if !plan.items.isEmpty { try await keep(prepared.snapshot(at: prepared.input.now), in: snapshots) }
        let ahead = prepared.writeAhead(time: time)
        if let ahead { try await save(ahead, in: records) }
        var applier = Applier(progress: progress)
        await applier.apply(plan.items, to: writer)
        let (live, verification) = await verified(prepared, applier, reader)
        let isComplete = applier.results.allSatisfy(\.isGood) && verification.isGood
        // A saved plan that leaves something out that is due by now does not bring the target to the commit.
        let isWhole = isComplete && plan.leftOut.isEmpty
        let next = NextRecord(prepared, live: live, results: applier.results, isComplete: isWhole).record(time: time)
        return Applied(
            plan: plan,
            results: applier.results,
            verification: verification,
            record: next.says(sameAs: ahead ?? prepared.loaded) ? nil : next,
            exitCode: exitCode(plan, applier, isComplete: isComplete)
        )
    }
}

extension Reconciler {
    private static func keep(_ snapshot: Snapshot, in snapshots: some SnapshotStore) async throws {
        do {
            try await snapshots.keep(snapshot)
        } catch {
            throw Refusal.snapshotNotSaved(reason: String(describing: error))
        }
    }

    private static func save(_ ahead: TargetRecord, in records: some RecordStore) async throws {
        do {
            try await records.save(ahead)
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal.recordNotSaved(reason: String(describing: error))
        }
    }

    /// The organisation as it is now, or the ``Refusal`` that says why it cannot be read.
    package static func organization(_ target: String, _ reader: some TargetReader) async throws -> Organization {
        do {
            return try await reader.read()
        } catch let error as TargetError {
            switch error {
            case .unreadable(let reason), .refused(let reason):
                throw Refusal.unreadable(target: target, reason: reason)
            case .unavailable(let reason): throw Refusal.unavailable(target: target, reason: reason)
            case .precondition(let reason): throw Refusal.precondition(reason)
            case .denied(let reason), .waiting(let reason):
                throw Refusal.unreadable(target: target, reason: reason)
            }
        }
    }

    /// What is there after an apply; where that cannot be read, what the accepted items must have left.
    private static func verified(
        _ prepared: Prepared,
        _ applier: Applier,
        _ reader: some TargetReader
    ) async -> (Organization, Verification) {
        let before = prepared.input.live
        guard applier.results.contains(where: { $0.outcome == .applied }) else {
            return (before, .notNeeded)
        }
        do {
            let live = try await reader.read()
            return (live, Verification(of: applier.results, in: live))
        } catch {
            var expected = before
            for result in applier.results where result.outcome == .applied { try? expected.apply(result.item.change) }
            return (expected, .unreadable(String(describing: error)))
        }
    }

    private static func exitCode(_ plan: Plan, _ applier: Applier, isComplete: Bool) -> ExitCode {
        if applier.isUnavailable { return .unavailable }
        guard isComplete else { return .partial }
        return plan.heldBack.isEmpty ? .success : .pending
    }
}

extension Verification {
    /// Whether nothing speaks against what was applied.
    fileprivate var isGood: Bool { self == .notNeeded || self == .confirmed }
}

extension TargetRecord {
    /// Whether another record says the same, whenever it was written.
    fileprivate func says(sameAs other: TargetRecord?) -> Bool {
        guard var other else { return false }
        other.time = time
        // What was overridden last is kept until there is something else to record.
        if overrides.isEmpty { other.overrides = [] }
        return self == other
    }
}

extension GuardLimits {
    /// The limits of the settings.
    package init(_ settings: GuardSettings) {
        self.init(
            percent: settings.removals.percent,
            count: settings.removals.count,
            floor: settings.removals.floor,
            groupPercent: settings.group.percent,
            groupFloor: settings.group.floor,
            minimumAdmins: settings.minAdmins,
            grace: Int(settings.grace.components.seconds)
        )
    }
}
