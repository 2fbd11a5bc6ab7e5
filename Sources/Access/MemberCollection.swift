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

    /// Adds a group's people and those of every group nested in it.
    ///
    /// Each nested group counts once, on its shortest path; a circle, which reading a tree refuses, ends where it closes.
    mutating func add(_ group: Group) {
        var seen: Set<String> = [group.id]
        var open = [(group: group, path: [group.displayName])]
        var next = 0
        while next < open.count {
            let (group, path) = open[next]
            next += 1
            for member in group.members { add(userID: member, because: .group(path: path)) }
            let nested = group.groups.compactMap(people.directory.group(id:))
            for group in nested.sorted(by: { $0.displayName < $1.displayName }) where seen.insert(group.id).inserted {
                open.append((group, path + [group.displayName]))
            }
        }
    }
}
