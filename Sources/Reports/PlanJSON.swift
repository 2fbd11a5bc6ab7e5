internal import Access
internal import Reconcile
internal import Roster
internal import SCIM

/// A plan as JSON.
struct PlanJSON {
    let plan: Plan

    var value: Value {
        [
            "format_version": .integer(ReportJSON.version),
            "kind": "plan",
            "target": .string(plan.target),
            "commit": ReportJSON.text(plan.commit),
            "base": ReportJSON.text(plan.base),
            "first_run": .bool(plan.isFirst),
            "refused": .bool(plan.isRefused),
            "people": .array(plan.people.map(Self.value)),
            "items": .array(plan.items.map(Self.value)),
            "held": .array(plan.heldBack.map(Self.value)),
            "waiting": .array(plan.waiting.map(Self.value)),
            "removals_first": .bool(plan.freesFirst),
            "preconditions": .array(
                plan.preconditions.map { ["name": .string($0.name), "message": .string($0.description)] }
            ),
            "unmanaged": unmanaged,
            "guards": .array(plan.guards.map(ReportJSON.value)),
            "unused_overrides": .array(plan.unusedOverrides.map { .string("\($0.guardName)=\($0.digest)") }),
            "warnings": .array(plan.warnings.map(ReportJSON.value)),
            "suspended": suspension,
            "left_out": ReportJSON.texts(plan.leftOut.map(\.text)),
        ]
    }

    private var suspension: Value {
        guard let suspension = plan.suspension else { return .null }
        return ["until": .string(suspension.until.description), "reason": .string(suspension.reason)]
    }

    private var unmanaged: Value {
        [
            "users": ReportJSON.texts(plan.unmanaged.users),
            "teams": ReportJSON.texts(plan.unmanaged.teams),
            "roles": ReportJSON.texts(plan.unmanaged.roles),
            "service_users": ReportJSON.texts(plan.unmanaged.serviceUsers),
            "grants": .array(
                plan.unmanaged.grants.map { unmanaged in
                    ["holder": ReportJSON.value(unmanaged.holder), "grant": ReportJSON.value(unmanaged.grant)]
                }
            ),
        ]
    }

    static func value(_ item: PlanItem) -> Value {
        [
            "id": .string(item.id.text),
            "class": .string(item.change.itemClass.rawValue),
            "action": .string(item.change.action.rawValue),
            "principal": ReportJSON.value(item.change.principal),
            "before": before(item.change),
            "after": after(item.change),
            "depends_on": ReportJSON.texts(item.dependencies.map(\.text)),
            "origin": value(item.origin),
            "reasons": ReportJSON.texts(item.reasons),
            "risk": .string(item.risk.rawValue),
            "guard": .string(item.lossClass.rawValue),
            "digest": .string(item.change.digest),
        ]
    }

    private static func value(_ origin: Origin) -> Value {
        var object: Object = ["kind": .string(origin.kind)]
        switch origin {
        case .commit(let commit): object["commit"] = ReportJSON.text(commit)
        case .expiry(let day): object["last_day"] = .string(day.description)
        case .snapshot(let name): object["snapshot"] = .string(name)
        case .drift, .adoption: break
        }
        return .object(object)
    }

    private static func before(_ change: Change) -> Value {
        switch change {
        case .createRole, .addUser, .createTeam, .addMember, .putGrant(_, _, replacing: nil): .null
        case .updateRole(from: let role, to: _), .deleteRole(let role): ReportJSON.value(role)
        case .removeUser(let key), .rekeyUser(from: let key, to: _, email: _): .string(key)
        case .renameTeam(from: let name, to: _), .deleteTeam(let name): .string(name)
        case .removeMember(team: _, let user): .string(user)
        case .putGrant(_, _, replacing: let grant?), .dropGrant(_, let grant): ReportJSON.value(grant)
        }
    }

    private static func after(_ change: Change) -> Value {
        switch change {
        case .deleteRole, .removeUser, .deleteTeam, .removeMember, .dropGrant: .null
        case .createRole(let role), .updateRole(from: _, to: let role): ReportJSON.value(role)
        case .addUser(let key, email: _), .rekeyUser(from: _, to: let key, email: _): .string(key)
        case .createTeam(let name), .renameTeam(from: _, to: let name): .string(name)
        case .addMember(team: _, let user): .string(user)
        case .putGrant(_, let grant, replacing: _): ReportJSON.value(grant)
        }
    }
}

extension PlanJSON {
    private static func value(_ held: HeldItem) -> Value {
        var object: Object = ["id": .string(held.id.text), "cause": .string(cause(held.cause))]
        switch held.subject {
        case .change(let change):
            object["principal"] = ReportJSON.value(change.principal)
            object["before"] = before(change)
            object["after"] = after(change)
        case .override(let principal, let deployment, let location, let role):
            object["principal"] = ReportJSON.value(principal)
            object["deployment"] = .string(deployment)
            object["location"] = .string(location)
            object["role"] = .string(role.name)
        case .name(let moved):
            object["kind"] = .string(moved.kind.rawValue)
            object["name"] = .string(moved.name)
            object["former_now"] = .string(moved.formerNow)
            object["place"] = .string(moved.place.description)
            object["gaining"] = ReportJSON.texts(moved.gaining)
            object["adopt"] = .string(moved.key)
        }
        if case .vanished(until: let until) = held.cause { object["until"] = ReportJSON.text(until?.description) }
        if case .invited(let sent) = held.cause { object["invited"] = .string(sent.wholeSeconds.description) }
        object["reasons"] = ReportJSON.texts(held.reasons)
        return .object(object)
    }

    private static func cause(_ cause: HeldItem.Cause) -> String {
        switch cause {
        case .notAdopted: "not_adopted"
        case .deploymentDisappeared: "deployment_disappeared"
        case .locationDisappeared: "location_disappeared"
        case .notInOrganization: "not_in_organization"
        case .roleInUse: "role_in_use"
        case .nameMoved: "name_moved"
        case .vanished: "vanished"
        case .removalsOff: "removals_off"
        case .notActive: "not_active"
        case .invited: "invited"
        case .awaits: "awaits"
        case .successorPending: "successor_pending"
        }
    }

    private static func value(_ person: PersonChange) -> Value {
        var object: Object = ["person": .string(person.key)]
        switch person.membership {
        case .joins: object["membership"] = "joins"
        case .leaves: object["membership"] = "leaves"
        case .stays: object["membership"] = "stays"
        case .renamed(from: let old):
            object["membership"] = "renamed"
            object["renamed_from"] = .string(old)
        }
        object["access"] = .array(person.changes.map(value))
        object["item"] = ReportJSON.text(person.item?.text)
        return .object(object)
    }

    private static func value(_ change: AccessChange) -> Value {
        [
            "where": .string(change.point.description),
            "before": ReportJSON.texts(change.before.roles.map(\.name)),
            "after": ReportJSON.texts(change.after.roles.map(\.name)),
            "is_loss": .bool(change.isLoss),
            "reasons": ReportJSON.texts(change.reasons),
            "items": ReportJSON.texts(change.items.map(\.text)),
        ]
    }
}
