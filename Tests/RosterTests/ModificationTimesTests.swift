import Testing

@testable import Roster

struct ModificationTimesTests {
    @Test func `times are those of the start until they change, whoever goes and comes`() async throws {
        var users = DistinctUsers()
        for number in 0..<3 {
            let user = Samples.user("u\(number)", "n\(number)")
            #expect(users.add(user, UserHashes(user)) == nil)
        }
        let group = Directory.ResolvedGroup(group: Samples.group("g", "Group"), members: [])
        var directory = await Directory(users: users, groups: [group])
        func time(_ milliseconds: Int) -> Timestamp { Timestamp(milliseconds: milliseconds) }
        // In order, out of order, of a group, missing, and of nobody.
        let start = ModificationTimes(
            [("u0", time(1)), ("g", time(2)), ("u2", time(3)), ("x", time(4))],
            in: directory
        )
        func times(_ times: ModificationTimes, _ ids: String...) -> [Timestamp?] {
            ids.map { id in
                let time = times.time(of: id, in: directory)
                if let number = directory.number(ofUser: id) { #expect(times.time(of: number) == time) }
                return time
            }
        }
        #expect(times(start, "u0", "u1", "u2", "g", "x") == [time(1), nil, time(3), time(2), nil])
        var changed = start
        changed.set(nil, of: "u0", in: directory)
        changed.set(nil, of: "g", in: directory)
        changed.set(time(4), of: "u1", in: directory)
        #expect(times(changed, "u0", "u1", "u2", "g") == [nil, time(4), time(3), nil])
        #expect(times(start, "u0", "u1", "g") == [time(1), nil, time(2)])
        try directory.apply(.deleteUser(id: "u1"))
        #expect(times(changed, "u1", "u2") == [nil, time(3)])
        try directory.apply(.createUser(Samples.user("u3", "n3")))
        changed.set(time(5), of: "u3", in: directory)
        #expect(times(changed, "u2", "u3") == [time(3), time(5)])
    }
}
