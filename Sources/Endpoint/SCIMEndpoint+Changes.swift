internal import Logging
internal import SCIM
internal import Store

/// What a change came to, before it becomes an answer or a result of a bulk request.
struct Outcome: Sendable {
    var status: Int
    /// The record as it is now; nil once it is deleted.
    var record: ResourceRecord?
}

// A POST, PUT, PATCH or DELETE, whether it came alone or in a bulk request.
extension SCIMEndpoint {
    func perform(_ route: Route, _ call: Call) async throws -> Outcome {
        switch (route, call.request.method) {
        case (.resources(let type), "POST"): try await create(type, call)
        case (.resource(let type, let id), "PUT"): try await replace(type, id, call)
        case (.resource(let type, let id), "PATCH"): try await patch(type, id, call)
        case (.resource(let type, let id), "DELETE"): try await delete(type, id, call)
        default: throw SCIMError.methodNotAllowed("\(call.request.method) of \(call.request.path) changes nothing")
        }
    }

    private func create(_ type: ResourceType, _ call: Call) async throws -> Outcome {
        var ignored: [String] = []
        let attributes = try ResourceReader.read(call.json(), as: stored.read(type), policy: policy, ignored: &ignored)
        note(ignored, call)
        let changes = changes(type, call)
        let id = newID()
        let snapshot: Snapshot
        if type == .user {
            // Made before it is decided, while nobody waits for it.
            let user = try changes.newUser(attributes, id: id, now: now())
            let newRecord = NewRecord(user)
            snapshot = try await store.change(by: call.requester, creating: newRecord) {
                snapshot,
                _ in
                try changes.creation(user, in: snapshot)
            }
        } else {
            snapshot = try await store.change(by: call.requester) { snapshot, now in
                try changes.newGroup(attributes, id: id, now: now, in: snapshot)
            }
        }
        return Outcome(status: 201, record: try changes.existing(id, in: snapshot))
    }

    private func replace(_ type: ResourceType, _ id: String, _ call: Call) async throws -> Outcome {
        let changes = changes(type, call)
        // Whether there is such a record is the first thing to say, before what is wrong with the body.
        _ = try changes.existing(id, in: store.snapshot)
        let body = try call.json()
        let snapshot = try await store.change(by: call.requester, on: id) { snapshot, _ in
            let record = try changes.existing(id, in: snapshot)
            try check(call, on: record)
            return try changes.replacement(body, of: record)
        }
        return Outcome(status: 200, record: try changes.existing(id, in: snapshot))
    }

    private func patch(_ type: ResourceType, _ id: String, _ call: Call) async throws -> Outcome {
        let changes = changes(type, call)
        _ = try changes.existing(id, in: store.snapshot)
        let request = try PatchRequest(call.json(), type: stored.read(type), policy: policy)
        note(request.ignored, call)
        let snapshot = try await store.change(by: call.requester, on: id) { snapshot, _ in
            let record = try changes.existing(id, in: snapshot)
            try check(call, on: record)
            return try changes.patch(request, of: record)
        }
        return Outcome(status: 200, record: try changes.existing(id, in: snapshot))
    }

    private func delete(_ type: ResourceType, _ id: String, _ call: Call) async throws -> Outcome {
        let changes = changes(type, call)
        _ = try await store.change(by: call.requester, on: id) { snapshot, _ in
            let record = try changes.existing(id, in: snapshot)
            try check(call, on: record)
            return changes.deletion(of: record)
        }
        return Outcome(status: 204, record: nil)
    }
}

extension SCIMEndpoint {
    func changes(_ type: ResourceType, _ call: Call) -> Changes {
        Changes(type: type, policy: policy, base: call.base, stored: stored)
    }

    /// What `If-Match` and `If-None-Match` make of a call on a record that exists (RFC 7644 section 3.14).
    func precondition(of call: Call, on record: ResourceRecord, isRead: Bool) -> Precondition {
        Precondition.evaluate(
            ifMatch: call.request.headers["if-match"],
            ifNoneMatch: call.request.headers["if-none-match"],
            current: record.entityTag,
            isRead: isRead
        )
    }

    private func check(_ call: Call, on record: ResourceRecord) throws(SCIMError) {
        if precondition(of: call, on: record, isRead: false) != .proceed { throw Self.preconditionFailed }
    }

    static let preconditionFailed = SCIMError.preconditionFailed(
        "the resource has another version than the request expects; read it again and repeat the change"
    )

    /// What a request named and no schema has is in the log, so that a mapping's mistake can be found.
    private func note(_ ignored: [String], _ call: Call) {
        guard !ignored.isEmpty else { return }
        let names = ignored.joined(separator: ", ")
        logger.info("attributes passed over", metadata: ["request": "\(call.request.id)", "names": "\(names)"])
    }
}
