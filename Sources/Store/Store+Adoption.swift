internal import HashTreeCollections
internal import Roster

// What others did to files becomes part of the state, all of it at once.
extension Store {
    /// Takes over edits; never held up by files that are behind.
    ///
    /// A record without changes that its file lacks becomes what the file says. Of one with such changes, what was
    /// answered stands on top of the edit, and goes into the file.
    func adopt(_ request: Adoption) async throws -> Adoption {
        guard !request.edits.isEmpty else { return request }
        let (promise, adoption) = try queue(request)
        _ = try await promise.value
        return adoption
    }

    private func queue(_ request: Adoption) throws -> (Promise<Snapshot>, Adoption) {
        try head.withLock { head in
            if let refusal = refresh(&head.state, isOwn: true) { throw refusal }
            head.recent.forget(through: request.through)
            var adoption = request
            var state = head.state
            let isMerged = { [recent = head.recent.touched] (id: String) in
                recent.contains(id) || request.owing[id] != nil
            }
            adoption.take(request.edits.only { !isMerged($0) }, into: &state.snapshot)
            let changes = merge(request.edits.only(isMerged), into: &adoption, state)
            guard let promise = journal.append(state, changes) else {
                throw StoreError.notWritten("the journal has no room")
            }
            head.state = changes.last?.state ?? state
            for change in changes { head.recent.note(change) { request.through } }
            return (promise, adoption)
        }
    }

    /// The changes that make edits of records part of the state whose files lack answered changes.
    private func merge(_ edits: RecordEdits, into adoption: inout Adoption, _ start: Latest.State) -> [AppliedChange] {
        adoption.merged = edits.ids
        var state = start
        var changes: [AppliedChange] = []
        func add(_ id: String, _ mutation: (OutsideEdit) -> Mutation?) {
            let base = adoption.owing[id]
            let edit = OutsideEdit(base: base ?? adoption.written, now: state.snapshot.directory)
            guard let mutation = mutation(edit) else {
                adoption.gone.insert(id)
                return
            }
            // A file that waited gets what was answered even when the edit itself changes nothing.
            guard !mutation.isEmpty || base != nil else { return }
            do throws(RosterError) {
                let change = try applied(mutation, to: state)
                changes.append(change)
                state = change.state
            } catch {
                adoption.refused[id] = error
            }
        }
        for user in edits.users { add(user.id) { $0.mutation(user) } }
        for group in edits.groups { add(group.group.id) { $0.mutation(group) } }
        for id in edits.removed where adoption.owing[id] != nil { add(id) { Mutation(touching: id, in: $0.now) } }
        return changes
    }

    private func applied(_ mutation: Mutation, to state: Latest.State) throws(RosterError) -> AppliedChange {
        let time = now()
        var after = state.snapshot
        let touched = try after.apply(mutation, at: time)
        return AppliedChange(
            sequence: state.sequence + 1,
            time: time,
            requester: Requester(source: "edit", requestID: ""),
            mutation: mutation,
            before: state.snapshot,
            after: after,
            touched: touched
        )
    }
}

extension Adoption {
    /// Makes edits part of a state, and of the directory as the files have it.
    fileprivate mutating func take(_ edits: RecordEdits, into snapshot: inout Snapshot) {
        let times = modified
        let (refused, taken) = snapshot.edit { directory, modified in
            let edited = edits.users.map(\.id) + edits.groups.map(\.group.id)
            let before = edited.map { modified.time(of: $0, in: directory) }
            let refused = directory.adopt(edits)
            let taken = edits.only { refused[$0] == nil }
            for id in taken.removed { modified.set(nil, of: id, in: directory) }
            // Those that were refused, too: they may have been taken out and put in again, at other numbers.
            for (id, before) in zip(edited, before) {
                modified.set(refused[id] == nil ? times[id] : before, of: id, in: directory)
            }
            return (refused, taken)
        }
        self.refused = refused
        _ = written.adopt(taken)
    }
}

extension Mutation {
    /// A change of a record that changes nothing, so that its file is written; nil when there is no such record.
    fileprivate init?(touching id: String, in directory: Directory) {
        switch directory.member(id: id) {
        case .user: self = .changeUser(id: id, Assignments())
        case .group: self = .changeGroup(id: id, GroupChange())
        case nil: return nil
        }
    }

    /// Whether it changes nothing.
    var isEmpty: Bool {
        switch self {
        case .changeUser(_, let assignments): assignments.isEmpty
        case .changeGroup(_, let change): change.isEmpty
        case .createUser, .deleteUser, .createGroup, .deleteGroup: false
        }
    }
}

extension Store {
    /// Does something and waits for it; only for threads that may block.
    static func blocking(_ body: @escaping @Sendable () async throws -> Adoption) -> Result<Adoption, StoreError> {
        let outcome = Guarded<Result<Adoption, StoreError>?>(nil)
        // Waited for right here, so that it never outlives its caller.
        Task {
            do {
                let adoption = try await body()
                outcome.update { $0 = .success(adoption) }
            } catch {
                let error = error as? StoreError ?? .notWritten("\(error)")
                outcome.update { $0 = .failure(error) }
            }
        }
        return outcome.take { $0 } ?? .failure(.refused("dagroster is stopping"))
    }
}
