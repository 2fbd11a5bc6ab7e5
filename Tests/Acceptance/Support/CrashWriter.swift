import Foundation
import Synchronization

/// What one client does to a server that will be killed: people of its own, in a group that all clients share.
final class CrashWriter: Sendable {
    /// A person as the answers say they are.
    struct Person: Hashable, Sendable {
        var title: String?
        var isMember = false
    }

    /// By userName.
    typealias People = [String: Person]

    struct State: Sendable {
        var people: People = [:]
        /// What it is if the last request, which got no answer, was done all the same.
        var unanswered: People?
        var ids: [String: String] = [:]
        var steps = 0
        /// An answer that nobody may get.
        var wrong: String?
    }

    let number: Int
    private let group: String
    private let state: Mutex<State>

    var prefix: String { "w\(number)-" }
    var now: State { state.withLock { $0 } }

    init(number: Int, group: String) {
        self.number = number
        self.group = group
        state = Mutex(State())
    }

    /// Makes requests, one after the other, until one gets no answer.
    func run(_ client: Client) {
        while step(client) {}
    }

    /// Takes what was found after a restart for the truth, if it is what the answers allow.
    func accept(_ found: People, ids: [String: String]) -> Bool {
        state.withLock { state in
            guard found == state.people || found == state.unanswered else { return false }
            state.people = found
            state.unanswered = nil
            state.ids = ids
            return true
        }
    }

    private func step(_ client: Client) -> Bool {
        let (step, people, ids) = state.withLock { state in
            state.steps += 1
            return (state.steps, state.people, state.ids)
        }
        let person = people.keys.sorted().last ?? ""
        var next = people
        let answer: HTTPResponse
        do {
            switch people.isEmpty ? 1 : step % 6 {
            case 1:
                next["\(prefix)\(step)"] = Person()
                state.withLock { $0.unanswered = next }
                answer = try client.send("POST", "/Users", .user(named: "\(prefix)\(step)"))
                let id = try answer.json()["id"]?.string
                state.withLock { $0.ids["\(prefix)\(step)"] = id }
            case 5 where people.count > 3:
                next[person] = nil
                state.withLock { $0.unanswered = next }
                answer = try client.send("DELETE", "/Users/\(ids[person] ?? "")")
            case 3:
                next[person]?.isMember = true
                state.withLock { $0.unanswered = next }
                let join: JSONValue = [
                    "op": "add", "path": "members", "value": [["value": .string(ids[person] ?? "")]],
                ]
                answer = try client.send("PATCH", "/Groups/\(group)", .patch(join))
            default:
                next[person]?.title = "step \(step)"
                state.withLock { $0.unanswered = next }
                let change: JSONValue = ["op": "replace", "path": "title", "value": .string("step \(step)")]
                answer = try client.send("PATCH", "/Users/\(ids[person] ?? "")", .patch(change))
            }
        } catch {
            // No answer, or half of one: the server is dead.
            return false
        }
        return state.withLock { state in
            guard (200..<300).contains(answer.status) else {
                state.wrong = "step \(step): \(answer.status) \(answer.text)"
                return false
            }
            state.people = next
            state.unanswered = nil
            return true
        }
    }
}
