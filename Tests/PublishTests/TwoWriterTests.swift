import Foundation
import Roster
import SCIM
import Store
import Testing
import Tree

@testable import Git
@testable import Publish

/// Two servers that push to one branch: what the slower one makes of it.
struct TwoWriterTests {
    @Test(arguments: ["sha1", "sha256"])
    func `who is forestalled goes on from what the other one pushed`(format: String) async throws {
        let shared = try await Shared(format: format)
        let (first, second) = (try await Writer("first", shared), try await Writer("second", shared))
        try await first.running {
            try await second.running {
                try await first.create("ada")
                try await first.untilPushed()
                try await second.create("grace")
                try await second.untilPushed()
                #expect(second.names() == ["ada", "grace"])
                try await first.create("lin")
                try await first.untilPushed()
            }
        }
        #expect(first.names() == ["ada", "grace", "lin"])
        #expect(try await shared.names() == ["ada", "grace", "lin"])
        let subjects = ["first", "second", "first"].map { "provision: 1 user created (\($0))" }
        #expect(try await shared.subjects() == ["a tree"] + subjects)
        let parents = try await shared.git("-C", "remote.git", "log", "--format=%P", "main")
        #expect(!parents.contains(" "), "no merge")
        try await first.checkAtRest()
        try await second.checkAtRest()
        #expect(await second.publisher.status().reapplied == 1)
    }

    @Test func `changes of one record by both stand side by side`() async throws {
        let shared = try await Shared()
        let first = try await Writer("first", shared)
        try await first.running {
            for name in ["ada", "grace", "lin"] { try await first.create(name) }
            try await first.create(group: "Data", ["ada-first", "grace-first"])
            try await first.untilPushed()
        }
        let (third, second) = (try await Writer("third", shared), try await Writer("second", shared))
        try await third.running {
            try await second.running {
                try await third.change(.changeUser(id: "ada-first", Assignments(["title": "Countess"])))
                try await third.change(.changeGroup(id: "Data-first", GroupChange(leaving: [.user("ada-first")])))
                try await third.change(.changeUser(id: "grace-first", Assignments(["userName": "hopper"])))
                try await third.untilPushed()
                try await second.change(.changeUser(id: "ada-first", Assignments(["active": false])))
                try await second.change(.changeGroup(id: "Data-first", GroupChange(joining: [.user("lin-first")])))
                try await second.create(group: "Sea", ["grace-first"])
                try await second.untilPushed()
            }
        }
        let ada = try await shared.git("-C", "remote.git", "show", "main:provisioned/users/ada.yaml")
        #expect(ada.contains("active: false\n") && ada.contains("title: Countess\n"))
        let data = try await shared.git("-C", "remote.git", "show", "main:provisioned/groups/data.yaml")
        #expect(data.hasSuffix("members:\n  - hopper\n  - lin\n"), "\(data)")
        let sea = try await shared.git("-C", "remote.git", "show", "main:provisioned/groups/sea.yaml")
        #expect(sea.hasSuffix("members:\n  - hopper\n"), "\(sea)")
        #expect(await second.publisher.status().lostChanges == 0)
        try await second.checkAtRest()
    }

    @Test func `of two who took one name the first stays, and the second is told and takes its memberships`()
        async throws
    {
        let shared = try await Shared()
        let (first, second) = (try await Writer("first", shared), try await Writer("second", shared))
        try await first.running {
            try await second.running {
                try await first.create("alice", ["title": "Engineer"])
                try await first.create(group: "Data")
                try await first.untilPushed()
                try await second.create("Alice", ["title": "Analyst"])
                try await second.create(group: "data", ["Alice-second"])
                try await second.create(group: "Ops", ["Alice-second"])
                try await second.untilPushed()
            }
        }
        let directory = second.store.snapshot.directory
        #expect(directory.user(named: "alice")?.id == "alice-first")
        #expect(directory.user(named: "alice")?.attributes["title"] == "Engineer")
        #expect(directory.user(id: "Alice-second") == nil)
        #expect(directory.group(named: "Data")?.id == "Data-first")
        #expect(directory.groupIDs(containing: "alice-first").sorted() == ["Data-first", "Ops-second"])
        let status = await second.publisher.status()
        #expect(status.lostChanges == 2)
        #expect(status.lastLoss?.contains("was not created as asked") == true)
        #expect(
            second.log.warnings.filter { $0 == "a change that was answered gave way to another writer's" }.count == 2
        )
        let messages = try await shared.git(
            "-C",
            "remote.git",
            "log",
            "--format=%(trailers:key=Dagroster-Lost)",
            "main"
        )
        #expect(messages.contains("group \"data\" was not created as asked"), "\(messages)")
        try await second.checkAtRest()
    }

    @Test func `who was deleted by the other one stays deleted`() async throws {
        let shared = try await Shared()
        let first = try await Writer("first", shared)
        try await first.running {
            try await first.create("ada")
            try await first.create(group: "Data", ["ada-first"])
            try await first.untilPushed()
        }
        let (third, second) = (try await Writer("third", shared), try await Writer("second", shared))
        try await third.running {
            try await second.running {
                try await third.change(.deleteUser(id: "ada-first"))
                try await third.untilPushed()
                try await second.change(.changeUser(id: "ada-first", Assignments(["title": "Countess"])))
                try await second.untilPushed()
            }
        }
        #expect(second.names() == [])
        #expect(try await shared.names() == [])
        #expect(await second.publisher.status().lostChanges == 1)
        try await second.checkAtRest()
    }

    @Test func `writers that push all the time lose nothing`() async throws {
        let shared = try await Shared()
        var writers: [Writer] = []
        for name in ["one", "two", "three"] { writers.append(try await Writer(name, shared)) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in writers {
                group.addTask {
                    try await writer.running {
                        for number in 0..<8 {
                            try await writer.create("\(writer.name)\(number)")
                            try await Task.sleep(for: .milliseconds(60))
                        }
                        try await writer.untilPushed()
                    }
                }
            }
            try await group.waitForAll()
        }
        let expected = ["one", "three", "two"].flatMap { name in (0..<8).map { "\(name)\($0)" } }
        #expect(try await shared.names() == expected)
        for writer in writers {
            try await writer.checkAtRest()
            #expect(await writer.publisher.status().lostChanges == 0)
        }
    }
}
