import SCIM
import Testing

struct FilterIndexTests {
    @Test(arguments: [
        (#"DISPLAYNAME eq "Ada""#, ["displayName=\"Ada\""]),
        (#"id eq "X" and members eq "Y""#, ["id=\"X\"", "members.value=\"Y\""]),
        (#"members.value eq "Y""#, ["members.value=\"Y\""]),
        (#"members[value eq "Y"]"#, ["members.value=\"Y\""]),
        (#"externalId eq 5 and (displayName eq "a" and displayName pr)"#, ["externalId=\"5\"", "displayName=\"a\""]),
        (#"displayName eq "a" or id eq "b""#, []), (#"not (id eq "b")"#, []), (#"id ne "b" and id pr"#, []),
    ])
    func `the eq comparisons that every match meets are listed for groups`(filter: String, expected: [String]) throws {
        #expect(try equalities(filter, .group) == expected)
    }

    @Test(arguments: [
        (#"emails[type eq "work"].value eq "x""#, ["emails.value=\"x\"", "emails.type=\"work\""]),
        (#"emails[type eq "work" and value eq "x"]"#, ["emails.type=\"work\"", "emails.value=\"x\""]),
        (#"emails eq "x" and active eq "True""#, ["emails.value=\"x\"", "active=true"]),
        (#"id eq "X" and manager eq "Y""#, ["id=\"X\"", "\(enterprise):manager.value=\"Y\""]),
    ])
    func `the eq comparisons that every match meets are listed for users`(filter: String, expected: [String]) throws {
        #expect(try equalities(filter, .user) == expected)
    }

    private func equalities(_ filter: String, _ type: ResourceType) throws -> [String] {
        try BoundFilter(Filter(parsing: filter), for: type).equalities.map { "\($0.target.path)=\(text($0.value))" }
    }

    @Test(arguments: [
        (#"members eq "m7""#, true), (#"members.value eq "m7""#, true), (#"members[value eq "m7"]"#, true),
        (#"members[value eq "m7" and type eq "user"]"#, true), (#"members[value eq "m7"].type eq "Group""#, false),
        (#"members[value eq "x" or value eq "m7"]"#, true), (#"members eq "x""#, false), ("members pr", true),
        (#"members eq "M7""#, false), (#"not (members eq "m7")"#, false), ("members.value pr", true),
    ])
    func `a large group is asked for single members only`(filter: String, expected: Bool) throws {
        let group = CountingGroup(members: (0..<100).map { "m\($0)" })
        #expect(try Filter(parsing: filter).matches(group, type: .group) == expected)
        #expect(group.asked.values == [])
    }

    @Test(arguments: [
        #"userName eq "a" and (active eq true or not (name.givenName pr))"#,
        #"emails[type eq "work" and (value co "x" or primary eq true)].value ne null"#, #"a eq 1.5 or b eq "\"é""#,
    ])
    func `what a filter is described as reads as the same filter`(text: String) throws {
        let filter = try Filter(parsing: text)
        #expect(try Filter(parsing: filter.description) == filter)
    }
}
