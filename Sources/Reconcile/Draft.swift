internal import Access

/// A plan in the making: the live state and the record under their new names, and what has been found so far.
struct Draft {
    let input: PlanInput
    /// The live state after all renames.
    var live: Organization
    /// The record after all renames.
    var record: TargetRecord?
    /// What the tree says that principals hold, adjusted to the names that the target has; absent: not managed.
    var stated: [Principal: [Scope: StatedGrant]] = [:]
    /// Scopes that stay as they are, because what the tree says there cannot be done.
    var frozen: Set<GrantKey> = []
    var items: [PlanItem] = []
    var held: [HeldItem] = []
    var unmanaged = Unmanaged()
    /// The items that make or rename a principal, on which everything about it depends.
    var making: [Principal: ItemID] = [:]
    /// The items that free a name by renaming its holder.
    var freeing: [Principal: ItemID] = [:]
    /// The people who are to be removed.
    var leaving: Set<String> = []
    /// The people who are to go and are kept for now, with all that they have.
    var staying: Set<String> = []
    /// What is due and not in the saved plan.
    var leftOut: [ItemID] = []

    init(_ input: PlanInput) {
        self.input = input
        live = input.live
        record = input.record
    }
}

/// A grant's identity: whose, and where.
struct GrantKey: Hashable {
    var principal: Principal
    var scope: Scope
}

/// A grant that the tree states, as it can be held at this target today.
struct StatedGrant: Hashable {
    var grant: Grant
    /// The file and line.
    var because: String
    var file: String
    var reason: String?
    var expires: CalendarDate?
}

extension Draft {
    /// The commit that explains a change to what one of these files says; the plan's own one if none was touched.
    func commit(_ files: [String?]) -> Origin {
        let found = files.lazy.compactMap { $0 }.compactMap { input.provenance.commits[$0] }.first
        return .commit(found ?? input.commit)
    }

    func file(of id: String?) -> String? { id.flatMap { input.provenance.files[$0] } }

    /// Plans a change, or holds it back where nothing may be taken away, or not yet; says whether it is planned.
    @discardableResult
    mutating func add(
        _ change: Change,
        id: ItemID? = nil,
        origin: Origin,
        reasons: [String],
        after dependencies: [ItemID?] = [],
        vanished: Bool = false
    ) -> Bool {
        if input.keepsAll, change.takesAway {
            hold(change, .removalsOff, reasons: reasons)
            return false
        }
        if vanished, let cause = grace(of: change.id) {
            hold(change, cause, reasons: reasons)
            return false
        }
        let dependencies = Set(dependencies.compactMap { $0 }).sorted()
        let origin = input.snapshotName.map { Origin.snapshot($0) } ?? origin
        items.append(PlanItem(id: id, change, origin: origin, reasons: reasons, dependencies: dependencies))
        return true
    }

    mutating func hold(_ change: Change, _ cause: HeldItem.Cause, reasons: [String] = []) {
        held.append(HeldItem(.change(change), cause: cause, reasons: reasons))
    }

    /// Whether a removal inside what is ours must wait for `--adopt`: on the first sight of its principal, and as long
    /// as nobody has taken what was found then.
    func mustAdopt(_ id: ItemID, of principal: Principal) -> Bool {
        guard !input.adoption.takes(id, of: principal) else { return false }
        return isNew(principal) || record?.notAdopted.contains(id) == true
    }

    /// Whether the record has never seen a principal.
    func isNew(_ principal: Principal) -> Bool { record?.knows(principal) != true }

    /// What explains the removal of something that the record does not have.
    func extraOrigin(_ id: ItemID, of principal: Principal) -> Origin {
        isNew(principal) || record?.notAdopted.contains(id) == true ? .adoption : .drift
    }
}
