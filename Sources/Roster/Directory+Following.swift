internal import HashTreeCollections
internal import SCIM
internal import YAML

extension Directory {
    /// Makes the records what their files say, all of them or none.
    ///
    /// People are settled before groups and names before members, so that a file may name whom another one of the same
    /// edit brings.
    ///
    /// - Returns: the mutations that do it, which can be applied in this order to any directory like this one.
    package mutating func follow(_ edits: RecordEdits) throws(RosterError) -> [Mutation] {
        var adoption = Adoption(directory: self)
        try adoption.remove(edits.removed)
        try adoption.settle(edits.users.map { .user($0) })
        try adoption.settle(edits.groups.map { .group($0.group) })
        try adoption.fill(edits.groups)
        self = adoption.directory
        return adoption.mutations
    }
}

/// A directory on its way to what files say.
private struct Adoption {
    enum Record {
        case user(User)
        case group(Group)
    }

    var directory: Directory
    var mutations: [Mutation] = []

    private mutating func make(_ mutation: Mutation) throws(RosterError) {
        try directory.apply(mutation)
        mutations.append(mutation)
    }

    mutating func remove(_ ids: Set<String>) throws(RosterError) {
        for id in ids.sorted() {
            switch directory.member(id: id) {
            case .user: try make(.deleteUser(id: id))
            case .group: try make(.deleteGroup(id: id))
            case nil: break
            }
        }
    }

    /// Gives records their attributes, in an order in which no name is taken twice.
    ///
    /// Two that swap their names need a third name on the way: their id, which is nobody's name.
    mutating func settle(_ records: [Record]) throws(RosterError) {
        var open = records.filter { change(for: $0) != nil }
        var moved: Set<String> = []
        while !open.isEmpty {
            var rest: [Record] = []
            var obstacle: RosterError?
            for record in open {
                guard let change = change(for: record) else { continue }
                do throws(RosterError) {
                    try make(change)
                } catch {
                    obstacle = obstacle ?? error
                    rest.append(record)
                }
            }
            if let obstacle, rest.count == open.count {
                guard let holder = obstacle.nameHolder, moved.insert(holder).inserted,
                    rest.contains(where: { $0.id == holder })
                else { throw obstacle }
                try moveAside(holder)
            }
            open = rest
        }
    }

    private mutating func moveAside(_ id: String) throws(RosterError) {
        switch directory.member(id: id) {
        case .user: try make(.changeUser(id: id, Assignments(["userName": .string("~" + id)])))
        case .group:
            let name = Assignments(["displayName": .string("~" + id)])
            try make(.changeGroup(id: id, GroupChange(assignments: name)))
        case nil: break
        }
    }

    /// What makes a record like its file, members aside; nil when it is.
    private func change(for record: Record) -> Mutation? {
        switch record {
        case .user(let user):
            guard let before = directory.user(id: user.id) else { return .createUser(user) }
            let assignments = Assignments(from: before.attributes, to: user.attributes)
            return assignments.isEmpty ? nil : .changeUser(id: user.id, assignments)
        case .group(let group):
            guard let before = directory.group(id: group.id) else { return .createGroup(group) }
            let assignments = Assignments(from: before.attributes, to: group.attributes)
            return assignments.isEmpty ? nil : .changeGroup(id: group.id, GroupChange(assignments: assignments))
        }
    }

    /// Gives groups the members that their files list; a name that nobody has is left out.
    ///
    /// All leave before anybody joins: what closes a circle of groups may be what leaves.
    mutating func fill(_ groups: [GroupFile.Contents]) throws(RosterError) {
        for contents in groups {
            let wanted = members(of: contents)
            guard let group = directory.group(id: contents.group.id) else { continue }
            let leaving = group.held.subtracting(wanted)
            if !leaving.isEmpty { try make(.changeGroup(id: group.id, GroupChange(leaving: leaving))) }
        }
        for contents in groups {
            let wanted = members(of: contents)
            guard let group = directory.group(id: contents.group.id) else { continue }
            let joining = wanted.subtracting(group.held)
            if !joining.isEmpty { try make(.changeGroup(id: group.id, GroupChange(joining: joining))) }
        }
    }

    private func members(of contents: GroupFile.Contents) -> Set<Member> {
        let users = contents.members.compactMap { directory.user(named: $0.value).map { Member.user($0.id) } }
        let groups = contents.groups.compactMap { directory.group(named: $0.value).map { Member.group($0.id) } }
        return Set(users + groups)
    }
}

extension Adoption.Record {
    fileprivate var id: String {
        switch self {
        case .user(let user): user.id
        case .group(let group): group.id
        }
    }
}

extension Group {
    /// Everybody and every group that is directly in it.
    package var held: Set<Member> { Set(members.map(Member.user) + groups.map(Member.group)) }
}

extension RosterError {
    /// Who has the name that was asked for; nil for what is about no name.
    package var nameHolder: String? {
        switch self {
        case .userNameTaken(_, let id), .groupNameTaken(_, let id): id
        default: nil
        }
    }
}
