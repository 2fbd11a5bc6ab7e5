import Roster
import SCIM

/// What one writer of the crash test does, step by step: the same for the writer and for whoever checks it.
struct CrashScript: Sendable {
    static let group = Group(id: "shared", created: nil, attributes: ["displayName": "Shared"])
    private static let period = 8

    var writer: Int

    init(writer: Int) { self.writer = writer }

    /// The id of the person whom a step is about.
    func id(at step: Int) -> String { "w\(writer)-\((step - 1) / Self.period)" }

    /// The change of a step, from 1.
    func mutation(_ step: Int) -> Mutation {
        let id = id(at: step)
        return switch (step - 1) % Self.period {
        case 0: .createUser(User(id: id, created: nil, attributes: ["userName": .string(id), "title": title(step)]))
        case 2: .changeGroup(id: "shared", GroupChange(joining: [.user(id)]))
        case 3: .changeUser(id: id, Assignments(["userName": .string("\(id)-renamed"), "title": title(step)]))
        case 5: .changeGroup(id: "shared", GroupChange(leaving: [.user(id)]))
        case 6: .changeGroup(id: "shared", GroupChange(joining: [.user(id)]))
        case 7: .deleteUser(id: id)
        default: .changeUser(id: id, Assignments(["title": title(step)]))
        }
    }

    private func title(_ step: Int) -> Value { .string("step \(step)") }
}
