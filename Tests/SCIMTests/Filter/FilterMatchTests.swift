import SCIM
import Testing

/// Facts 1.5 and issue point 2.
struct FilterMatchTests {
    @Test(arguments: [
        #"userName eq "ada@example.com""#,  // caseExact false
        #"USERNAME EQ "ADA@EXAMPLE.COM""#,
        #"urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada@example.com""#,
        #"urn:ietf:params:scim:schemas:core:2.0:user:USERNAME sw "ada""#,
        #"externalId eq "Ext-1""#, #"externalId ne "ext-1""#, #"id eq "8f14""#,
        #"displayName eq "Ada \"the\" Countess""#, #"displayName co "\u0022the\"""#,
        #"title eq "STRASSE" or title eq "straße""#,
        "active eq true", "active eq \"True\"", "active eq True", "not(active eq false)", "not (active eq false)",
        "NOT (active eq false)", "active ne false",
        #"name.familyName sw "love""#, #"name.familyName ew "LACE""#, "name pr", "name.givenName pr",
        "not (name.middleName pr)", "nickName eq null", "nickName ne \"x\"", "userName ne null",
        "not (userName eq null)",
        #"emails co "HOME.org""#, #"emails eq "ada@home.org""#, #"emails.value eq "ada@home.org""#, "emails pr",
        #"emails[type eq "work"].value eq "ada@example.com""#, #"emails[type eq "work" and value co "@example.com"]"#,
        #"emails[type eq "WORK"]"#, #"emails[not (type eq "work")].value eq "ada@home.org""#,
        #"emails[type eq "work" or type eq "home"].value ew "org""#, #"emails[primary eq true].type eq "work""#,
        #"emails[primary eq "True"].type pr"#, #"emails.type eq "home""#, #"emails.type ne "home""#,
        #"roles eq "admin""#, #"roles eq 7"#, #"roles.value eq "7" and roles.display eq null"#,
        #"addresses[type eq "work"].locality eq "london""#,
        #"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq "007""#,
        #"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department eq "engines""#,
        #"urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department eq "engines""#,
        #"department eq "engines""#, #"employeeNumber eq 007"#,
        #"manager eq "boss""#, #"manager.value eq "boss""#, #"id eq "8f14" and manager eq "boss""#,
        #"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "boss""#,
        #"meta.lastModified gt "2026-11-23T16:47:00Z""#, #"meta.lastModified lt "2026-11-23T17:47:01+01:00""#,
        #"meta.lastModified eq "2026-11-23T11:47:00.500-05:00""#, #"meta.created le "2026-01-01T00:00:00Z""#,
        #"meta.resourceType eq "User""#, #"schemas eq "urn:ietf:params:scim:schemas:core:2.0:User""#,
        #"userName gt "ada@A""#, #"userName ge "ada@example.com" and userName le "ADA@example.com""#,
        #"userName eq "nobody" or active eq true and title pr"#,
        #"externalId eq Ext-1"#, "userName eq ada@example.com and active eq true", "  userName   pr  ",
        "((((userName pr))))", "(userName pr)and(active pr)", #"userName sw """#,
    ])
    func `a user matches`(filter: String) throws {
        #expect(try Filter(parsing: filter).matches(sampleUser(), type: .user), "\(filter)")
    }

    @Test(arguments: [
        #"userName eq "ada""#, #"externalId eq "ext-1""#, #"id eq "8F14""#, "active eq false", "not (active eq true)",
        #"name.familyName sw "x""#, "nickName pr", "userName eq null", "nickName ne null", #"nickName eq """#,
        #"nickName co "a""#, #"nickName gt "a""#, #"emails[type eq "work"].value eq "ada@home.org""#,
        #"emails[type eq "home" and value co "example"]"#, #"emails[type eq "fax"].value ne "x""#,
        #"roles.value eq null"#, #"meta.lastModified lt "2026-11-23T16:47:00Z""#, #"meta.resourceType eq "user""#,
        #"(userName eq "nobody" or active eq true) and title eq "x""#, #"password eq "secret""#,
        #"employeeNumber eq 7"#, #"userName gt "b""#, #"title co "strasse""#,
    ])
    func `a user does not match`(filter: String) throws {
        #expect(try !Filter(parsing: filter).matches(sampleUser(), type: .user), "\(filter)")
    }

    @Test(arguments: [
        // syntax
        "", " ", "userName", "userName eq", "userName eq ", "userName never", "userName xx \"a\"", "eq \"a\"",
        "userName eq \"a", "userName eq \"a\\\"", "userName eq \"\\x\"", "userName eq 'a'", "userName eq \"a\" and",
        "and userName pr", "userName pr userName pr", "userName pr or", "(userName pr", "userName pr)", "()", "not ()",
        "not userName pr", "emails[", "emails[]", "emails[type eq \"work\"", "emails[type eq \"work\"]]",
        "emails[type eq \"work\"].", "emails[type eq \"work\"].value.x eq 1", "emails[a[b pr] pr]", "[type pr]",
        ".userName pr", "userName. pr", "1a pr", "userName == \"a\"", "userName eq {}", "userName eq [1]",
        "userName eq \"a\" xor userName pr", "userName pr and not", "userName eq Ada Lovelace", "😀 pr",
        // what cannot be compared
        "active gt true", "active co \"t\"", "active eq \"maybe\"", "active eq 2", "active gt null",
        "name eq \"x\"", "addresses co \"x\"", "emails.primary ge true", "x509Certificates.value gt \"a\"",
        "x509Certificates.value co \"a\"", "meta.lastModified gt \"yesterday\"", "meta.lastModified gt 5",
        "password sw \"a\"", "password pr", "password eq null", "emails[colour eq \"red\"]", "emails[type gt null]",
        "meta.created gt \"2026-02-30T00:00:00Z\"",
        // names that the type does not have
        "nobody eq \"x\"", "name.nobody eq \"x\"", "emails.type.x eq \"x\"", "urn:x:User:userName eq \"x\"",
        "urn:ietf:params:scim:schemas:core:2.0:User eq \"x\"", "members eq \"x\"",
    ])
    func `a filter is refused`(filter: String) {
        #expect(
            refusal { _ = try BoundFilter(Filter(parsing: filter), for: .user) } == "400 invalidFilter",
            "\(filter)"
        )
    }

    @Test(arguments: [
        "userName eq ada", "active eq True", "active eq \"true\"", "employeeNumber eq \"7\"", "roles eq 7",
        "department eq \"x\"",
    ])
    func `a strict policy refuses what only tolerance understands`(filter: String) {
        #expect(
            refusal { _ = try BoundFilter(Filter(parsing: filter, policy: .strict), for: .user, policy: .strict) }
                == "400 invalidFilter"
        )
    }

    @Test func `at the root an attribute that a type does not have has no value`() throws {
        let user = try sampleUser()
        #expect(try !Filter(parsing: #"members eq "x""#).matches(user, type: .user))
        #expect(try Filter(parsing: #"members ne "x" and nobody eq null"#).matches(user, type: .user))
        #expect(try Filter(parsing: #"meta.resourceType eq "User" or members pr"#).matches(user, type: .user))
        let filter = try BoundFilter(Filter(parsing: "members pr"), for: .user, unknownAttribute: .absent)
        #expect(filter.isImpossible)
    }

    @Test func `size, depth and number of comparisons are limited`() throws {
        func refused(_ text: String) -> String? { refusal { _ = try Filter(parsing: text) } }
        let deep = { String(repeating: "(", count: $0) + "userName pr" + String(repeating: ")", count: $0) }
        #expect(refused(deep(32)) == nil)
        #expect(refused(deep(33)) == "400 invalidFilter")
        #expect(refused(String(repeating: "not (", count: 3000)) == "400 invalidFilter")
        #expect(refused(Array(repeating: "a pr", count: 500).joined(separator: " or ")) == nil)
        #expect(refused(Array(repeating: "a pr", count: 501).joined(separator: " or ")) == "400 invalidFilter")
        #expect(refused("a eq \"" + String(repeating: "x", count: 20_000) + "\"") == "400 invalidFilter")
    }

    @Test func `the words of an error name place and expectation, never a password`() {
        let error = #expect(throws: SCIMError.self) { try Filter(parsing: "userName eq \"a\" nor active pr") }
        #expect(
            error?.detail
                == #"the filter cannot be read: at character 17 found "nor", expected "and", "or" or the end"#
        )
        let secret = #expect(throws: SCIMError.self) { try Filter(parsing: "password eq 'hunter2'") }
        #expect(secret?.detail.contains("hunter2") == false)
    }
}
