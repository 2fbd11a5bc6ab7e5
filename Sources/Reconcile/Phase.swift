internal import Access

/// The order of an apply: raise before lower, add before remove, so that nobody falls between two items.
enum Phase: Int, Comparable {
    case prepareRoles
    case addUsers
    case makeTeams
    case addMembers
    case raiseGrants
    case lowerGrants
    case lowerRoles
    case removeMembers
    case removeTeams
    case removeUsers
    case removeRoles

    static func < (left: Phase, right: Phase) -> Bool { left.rawValue < right.rawValue }

    init(_ change: Change) {
        self =
            switch change {
            case .createRole: .prepareRoles
            case .updateRole(from: let old, to: let new):
                new.permissions.isSuperset(of: old.permissions) ? .prepareRoles : .lowerRoles
            case .addUser, .rekeyUser: .addUsers
            case .createTeam, .renameTeam: .makeTeams
            case .addMember: .addMembers
            case .putGrant(_, let grant, replacing: let old):
                old.map(grant.isLower) == true ? .lowerGrants : .raiseGrants
            case .dropGrant: .lowerGrants
            case .removeMember: .removeMembers
            case .deleteTeam: .removeTeams
            case .removeUser: .removeUsers
            case .deleteRole: .removeRoles
            }
    }
}

/// Puts items in the order in which they can be applied.
enum Order {
    /// The items by phase and name, each after the ones that it depends on; a dependency that closes a circle is let go.
    ///
    /// `freeingFirst` puts what frees seats before what takes them, as far as dependencies allow.
    static func sorted(_ items: [PlanItem], freeingFirst: Bool = false) -> [PlanItem] {
        let byPhase = items.map { (rank: rank(Phase($0.change), freeingFirst), item: $0) }
            .sorted { ($0.rank, $0.item.id) < ($1.rank, $1.item.id) }.map(\.item)
        let positions = Dictionary(byPhase.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var sorted: [PlanItem] = []
        sorted.reserveCapacity(items.count)
        var states: [VisitState] = Array(repeating: .unseen, count: byPhase.count)

        func visit(_ position: Int) {
            guard states[position] == .unseen else { return }
            states[position] = .open
            var item = byPhase[position]
            item.dependencies = item.dependencies.filter { id in
                guard let dependency = positions[id] else { return false }
                visit(dependency)
                return states[dependency] == .done
            }
            states[position] = .done
            sorted.append(item)
        }

        for position in byPhase.indices { visit(position) }
        return sorted
    }

    private static func rank(_ phase: Phase, _ freeingFirst: Bool) -> Int {
        let frees: [Phase] = [.removeUsers, .lowerGrants, .removeMembers]
        guard freeingFirst, let position = frees.firstIndex(of: phase) else { return phase.rawValue }
        return position - frees.count
    }

    private enum VisitState {
        case unseen
        case open
        case done
    }
}
