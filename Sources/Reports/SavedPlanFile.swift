package import Reconcile
internal import SCIM

/// The form of a saved plan: the plan's JSON with what its apply needs, and a digest of all of it.
package enum SavedPlanFile {
    private static let digestKey = "digest"

    /// The bytes: the same plan on the same ground gives the same ones.
    package static func bytes(of plan: Plan, saved: SavedPlan) -> [UInt8] {
        guard case .object(var object) = PlanJSON(plan: plan).value else { return [] }
        object["kind"] = "saved_plan"
        object["settings_commit"] = ReportJSON.text(saved.settingsCommit)
        object["target_fingerprint"] = .string(saved.fingerprint)
        object["adopt"] = value(of: saved.adoption)
        object["overrides"] = .array(
            saved.overrides.map { given in
                [
                    "guard": .string(given.guardName), "digest": .string(given.digest),
                    "reason": .string(given.reason),
                ]
            }
        )
        object[digestKey] = .string(digest(of: object))
        return ReportJSON.bytes(.object(object))
    }

    /// Reads a saved plan; one that was altered, or is none, is refused.
    package static func read(_ bytes: [UInt8], file: String) throws(Refusal) -> SavedPlan {
        guard case .object(var object)? = try? JSON.read(bytes) else {
            throw .stalePlan(.notOne(file: file, reason: "it is no JSON object"))
        }
        guard object["format_version"] == .integer(ReportJSON.version), object["kind"] == "saved_plan" else {
            let reason = "expected \"kind\" saved_plan and \"format_version\" \(ReportJSON.version)"
            throw .stalePlan(.notOne(file: file, reason: reason))
        }
        let stated = text(object[digestKey])
        object[digestKey] = nil
        guard stated == digest(of: object), let saved = plan(object) else { throw .stalePlan(.altered(file: file)) }
        return saved
    }

    private static func digest(of object: Object) -> String {
        Fingerprint.of(bytes: ReportJSON.bytes(.object(object)))
    }
}

extension SavedPlanFile {
    private static func plan(_ object: Object) -> SavedPlan? {
        guard let target = text(object["target"]), let fingerprint = text(object["target_fingerprint"]),
            case .array(let items)? = object["items"], case .array(let overrides)? = object["overrides"]
        else { return nil }
        return SavedPlan(
            target: target,
            commit: text(object["commit"]),
            settingsCommit: text(object["settings_commit"]),
            fingerprint: fingerprint,
            adoption: adoption(object["adopt"]),
            overrides: overrides.compactMap(override),
            items: items.compactMap(item)
        )
    }

    private static func item(_ value: Value) -> SavedPlan.Item? {
        guard case .object(let object) = value, let id = text(object["id"]), let digest = text(object["digest"]) else {
            return nil
        }
        return SavedPlan.Item(id: ItemID(id), digest: digest)
    }

    private static func override(_ value: Value) -> GuardOverride? {
        guard case .object(let object) = value, let name = text(object["guard"]), let digest = text(object["digest"])
        else { return nil }
        return GuardOverride(guardName: name, digest: digest, reason: text(object["reason"]) ?? "")
    }

    private static func value(of adoption: Adoption) -> Value {
        switch adoption {
        case .none: .null
        case .extras: true
        case .keys(let keys): ReportJSON.texts(keys.sorted())
        }
    }

    private static func adoption(_ value: Value?) -> Adoption {
        switch value {
        case .bool(true): .extras
        case .array(let keys): .keys(Set(keys.compactMap(text)))
        default: .none
        }
    }

    private static func text(_ value: Value?) -> String? {
        guard case .string(let text)? = value else { return nil }
        return text
    }
}
