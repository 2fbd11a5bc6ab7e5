import Access
import FileTarget
import Generators
import Reconcile

extension Crowd {
    /// Changes something in the tree or in the target, as people, identity providers and others do.
    mutating func change(_ random: inout SeededGenerator) {
        let number = people.keys.sorted().randomElement(using: &random) ?? 0
        let group = groups.keys.sorted().randomElement(using: &random) ?? "G0"
        switch Int.random(in: 0..<20, using: &random) {
        case 0: people[number] = nil; forget(Self.name(number))
        case 1: people[number]?.isActive.toggle()
        case 2: rename(number, to: "renamed\(number)@example.com")
        case 3: people[number]?.id += "x"
        case 4: people[number]?.created = Bool.random(using: &random) ? nil : "2026-02-02T00:00:00Z"
        case 5: people[100 + number] = Person(id: "n\(number)", name: "new\(number)@example.com")
        case 6: give(people[number]?.appRole == nil ? "Dagster.Editor" : nil, to: number)
        case 7: toggle(people[number]?.name ?? Self.name(0), in: group)
        case 8: groups[group + "b"] = groups.removeValue(forKey: group); renest(group, group + "b")
        case 9: groups[group] = nil; renest(group, nil)
        case 10: groups["N\(number)"] = Group(id: "h\(number)", members: [people.values.map(\.name).min() ?? ""])
        case 11: access["access/a.yaml"] = access["access/a.yaml"]?.replacing("viewer", with: "launcher")
        case 12: access["access/b.yaml"] = access["access/b.yaml"]?.replacing("G3", with: "G5")
        case 13: access[["access/a.yaml", "access/c.yaml", "access/d.yaml"].randomElement(using: &random) ?? ""] = nil
        case 14: today = "2026-12-02"
        case 15: live.users[live.users.keys.sorted().randomElement(using: &random) ?? ""] = nil; dropStrangers()
        case 16: drift(&random)
        case 17: live.teams[live.teams.keys.sorted().randomElement(using: &random) ?? ""]?.grants = [:]
        case 18: swap(&random)
        default: rewrite(&random)
        }
    }

    private mutating func give(_ role: String?, to number: Int) { people[number]?.appRole = role }

    private mutating func forget(_ name: String) {
        for key in groups.keys { groups[key]?.members.remove(name) }
    }

    private mutating func rename(_ number: Int, to name: String) {
        guard let old = people[number]?.name else { return }
        people[number]?.name = name
        for key in groups.keys where groups[key]?.members.remove(old) != nil { groups[key]?.members.insert(name) }
    }

    /// Two groups take each other's names, and one of them somebody more.
    private mutating func swap(_ random: inout SeededGenerator) {
        guard let first = groups["G0"], let second = groups["G5"] else { return }
        (groups["G0"], groups["G5"]) = (second, first)
        for key in ["G0", "G5"] { groups[key]?.groups = [] }
        if let person = people.keys.sorted().randomElement(using: &random) {
            groups["G5"]?.members.insert(people[person]?.name ?? "")
        }
    }

    private mutating func renest(_ old: String, _ new: String?) {
        for key in groups.keys where groups[key]?.groups.remove(old) != nil {
            if let new { groups[key]?.groups.insert(new) }
        }
    }

    private mutating func toggle(_ name: String, in group: String) {
        if groups[group]?.members.remove(name) == nil { groups[group]?.members.insert(name) }
    }

    private mutating func dropStrangers() {
        for team in live.teams.keys { live.teams[team]?.members.formIntersection(live.users.keys) }
    }

    /// Somebody changes the target by hand.
    private mutating func drift(_ random: inout SeededGenerator) {
        guard let person = live.users.keys.sorted().randomElement(using: &random),
            let team = live.teams.keys.sorted().randomElement(using: &random)
        else { return }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: live.users["guest@example.com"] = UserState(email: "Guest@Example.com")
        case 1: live.users[person]?.grants[.deployment("prod")] = Grant(scope: .deployment("prod"), role: .admin)
        case 2: live.teams["Others"] = TeamState(members: [person])
        default:
            if live.teams[team]?.members.remove(person) == nil { live.teams[team]?.members.insert(person) }
        }
    }

    /// Somebody writes a line of the target's file in another way, which means the same or more.
    private mutating func rewrite(_ random: inout SeededGenerator) {
        var lines = String(decoding: OrganizationFile.bytes(of: live), as: UTF8.self).split(
            separator: "\n",
            omittingEmptySubsequences: false
        ).map(String.init)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            guard let index = lines.indices.randomElement(using: &random), !lines[index].isEmpty else { continue }
            let line = lines[index]
            switch Int.random(in: 0..<9, using: &random) {
            case 0: lines.insert("", at: index)
            case 1: lines.insert("  # a comment", at: index)
            case 2: lines[index] = line + " # a comment"
            case 3: lines[index] = line + "  "
            case 4 where line.hasPrefix("      - "): lines[index] = "      - \"\(line.dropFirst(8))\""
            case 5 where line.hasPrefix("      - "): lines[index] = "      - \(line.dropFirst(8).uppercased())"
            case 6 where line.hasSuffix(": {}"): lines[index] = line.dropLast(4) + ":\n    grants: []"
            case 7 where line == "    members:": lines[index] = "    members: [\(live.users.keys.min() ?? "")]\n    x:"
            default: lines.insert("      - p9@example.com", at: index)
            }
        }
        liveText = lines.joined(separator: "\n")
    }
}
