import Generators
import Roster
import SCIM
import Testing
import Tree

@testable import Store

/// What records were before changes that are in no commit.
struct UncommittedChangesTests {
    private static func user(_ id: String, title: Int) -> User {
        User(id: id, created: nil, attributes: ["userName": .string(id), "title": .string("\(title)")])
    }

    @Test func `what a record was before its first change is known until that is committed`() throws {
        let seed = UInt64.random(in: 1 ... .max)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let ids = (0..<6).map { "u\($0)" }
            var (directory, uncommitted) = (Directory(), UncommittedChanges())
            for id in ids { _ = try directory.apply(.createUser(Self.user(id, title: 0))) }
            var (now, noted, first): (ContinuousClock.Instant, Int, [String: User]) = (.now, 0, [:])
            for step in 1...40 {
                now += .milliseconds(Int.random(in: 0...3000, using: &random))
                let touched = Set(ids.filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
                uncommitted.note(touched, base: directory, changes: touched.count, at: now)
                noted += touched.count
                for id in touched.sorted() {
                    if first[id] == nil { first[id] = directory.user(id: id) }
                    _ = try directory.apply(.changeUser(id: id, Assignments(["title": .string("\(step)")])))
                }
                for id in ids {
                    let base = uncommitted.base(of: id)
                    #expect(base?.user(id: id) == first[id], "seed \(seed), step \(step), \(id)")
                    guard let user = first[id] else { continue }
                    #expect(uncommitted.isPutBack(.user(user)), "seed \(seed), step \(step), \(id)")
                    #expect(!uncommitted.isPutBack(.user(Self.user(id, title: -1))))
                }
                // All or nothing, because what is committed is forgotten some seconds late.
                guard Int.random(in: 0..<10, using: &random) == 0 else { continue }
                uncommitted.forget(open: 0)
                first = [:]
            }
            uncommitted.note(["u0"], base: directory, changes: 1, at: now)
            uncommitted.forget(open: 1)
            #expect(uncommitted.base(of: "u0") != nil)
        }
    }
}
