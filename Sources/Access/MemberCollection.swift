internal import HashTreeCollections
internal import Roster

/// The members of one team as they are found, with everything that makes each of them one.
struct MemberCollection {
    private let people: People
    private var found: [String: [MemberSource]] = [:]

    init(people: People) { self.people = people }

    /// The members by key, their sources in a stable order.
    var sources: [String: [MemberSource]] {
        found.mapValues { $0.count > 1 ? $0.sorted() : $0 }
    }

    /// Adds a person, if they are active and known to targets.
    mutating func add(userID: String, because source: MemberSource) {
        guard let key = people.keysByID[userID] else { return }
        found[key, default: []].append(source)
    }

    /// How many ways through nested groups are told for one that is reached in several.
    static let toldPaths = 8

    /// Adds a group's people and those of every group nested in it.
    ///
    /// A group that is nested in several counts on each of its ways, the shortest first, up to ``toldPaths`` of them: all
    /// of them must go before a person does. A circle, which reading a tree refuses, ends where it closes.
    mutating func add(_ group: Group) {
        var told = [group.id: 1]
        var open = [Way(group: group, ids: [group.id], path: [group.displayName])]
        var next = 0
        while next < open.count {
            let way = open[next]
            next += 1
            for member in way.group.members { add(userID: member, because: .group(path: way.path)) }
            let nested = way.group.groups.compactMap(people.directory.group(id:))
            for group in nested.sorted(by: { $0.displayName < $1.displayName }) where !way.ids.contains(group.id) {
                guard told[group.id, default: 0] < Self.toldPaths else { continue }
                told[group.id, default: 0] += 1
                open.append(Way(group: group, ids: way.ids + [group.id], path: way.path + [group.displayName]))
            }
        }
    }
}

/// A group with the way through the groups that it is nested in.
private struct Way {
    var group: Group
    var ids: [String]
    var path: [String]
}
