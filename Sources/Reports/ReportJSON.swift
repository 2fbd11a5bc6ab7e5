internal import Access
internal import Reconcile
internal import SCIM
internal import YAML

/// What all JSON reports share.
enum ReportJSON {
    /// The version of the form; it grows when a field changes its meaning or goes.
    static let version = 1

    /// The bytes of a report, with a line's end; what could steer a terminal is escaped, which JSON allows anywhere.
    static func bytes(_ value: SCIM.Value) -> [UInt8] {
        let text = String(decoding: JSON.write(value), as: UTF8.self)
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 1)
        for scalar in text.unicodeScalars {
            if scalar.value >= 0x7F, String(scalar).neutralized != String(scalar) {
                for unit in String(scalar).utf16 { result.append(contentsOf: escape(unit).utf8) }
            } else {
                result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        result.append(UInt8(ascii: "\n"))
        return result
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    static func texts(_ texts: some Sequence<String>) -> SCIM.Value { .array(texts.map { .string($0) }) }

    static func text(_ text: String?) -> SCIM.Value { text.map { .string($0) } ?? .null }

    static func value(_ diagnostic: Diagnostic) -> SCIM.Value {
        [
            "severity": .string(diagnostic.severity.rawValue),
            "file": .string(diagnostic.file),
            "line": diagnostic.place.map { .integer($0.line) } ?? .null,
            "column": diagnostic.place.map { .integer($0.column) } ?? .null,
            "message": .string(diagnostic.message),
            "hint": text(diagnostic.hint),
        ]
    }

    static func value(_ verdict: GuardVerdict) -> SCIM.Value {
        [
            "guard": .string(verdict.check.name),
            "refused": .bool(verdict.isRefused),
            "lost": .integer(verdict.losses.count),
            "total": .integer(verdict.total),
            "message": .string(verdict.description),
            "losses": texts(verdict.losses),
            "digest": .string(verdict.digest),
            "override_reason": text(verdict.override?.reason),
        ]
    }

    static func value(_ principal: Principal?) -> SCIM.Value {
        switch principal {
        case .user(let key): ["kind": "user", "name": .string(key)]
        case .team(let name): ["kind": "team", "name": .string(name)]
        case nil: .null
        }
    }

    static func value(_ grant: Grant) -> SCIM.Value {
        let locations = grant.locations.sorted { $0.key < $1.key }.map { ($0.key, SCIM.Value.string($0.value.name)) }
        // Not an object by name: a location's name may differ from another one only in letter case.
        let pairs = locations.map { SCIM.Value.object(Object([("name", .string($0.0)), ("role", $0.1)])) }
        return [
            "scope": .string(grant.scope.key), "role": .string(grant.role.name), "locations": .array(pairs),
        ]
    }

    static func value(_ role: CustomRole) -> SCIM.Value {
        [
            "name": .string(role.name),
            "scope": .string(role.scope.rawValue),
            "description": text(role.description),
            "icon": text(role.icon),
            "permissions": texts(role.permissions.sorted().map(\.rawValue)),
        ]
    }
}
