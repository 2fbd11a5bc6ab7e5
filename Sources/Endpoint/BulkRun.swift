internal import SCIM

/// A bulk request on its way: what its operations have come to so far.
///
/// An operation that fails has changed nothing: where it created a resource and a reference in a circle could not be
/// added to that afterwards, the resource is deleted again, and with it whatever was made to refer to it.
struct BulkRun {
    private let request: BulkRequest
    private let call: Call
    private let endpoint: SCIMEndpoint
    /// Ids of what was created, by bulkId.
    private var ids: [String: String] = [:]
    private var done: [Int: BulkResponse.Result] = [:]
    private var targets: [Int: Route] = [:]
    private var failures = 0

    init(_ request: BulkRequest, of call: Call, at endpoint: SCIMEndpoint) {
        self.request = request
        self.call = call
        self.endpoint = endpoint
    }

    /// What became of the operations that were tried, in the order of the request.
    var results: [BulkResponse.Result] { done.sorted { $0.key < $1.key }.map(\.value) }

    /// Does the operations in an order in which references have their ids, until too many have failed.
    mutating func finish() async {
        for step in BulkPlan(request).steps {
            switch step {
            case .perform(let index, let withheld):
                if failures >= request.failOnErrors ?? .max { continue }
                await perform(index, withholding: withheld)
            case .complete(let index, let withheld):
                await complete(index, withheld)
            }
        }
    }
}

extension BulkRun {
    private mutating func perform(_ index: Int, withholding withheld: Set<String>) async {
        let operation = request.operations[index]
        do {
            if let fault = operation.fault { throw fault }
            guard let method = operation.method else { return }
            let path = try operation.path(resolving: ids)
            let route = try endpoint.route(ofOperation: path, method: method, in: call)
            targets[index] = route
            let body = try operation.data(resolving: ids, withholding: withheld)
            let single = call.operation(method.rawValue, path: path, version: operation.version, body: body)
            note(try await endpoint.perform(route, single), of: index)
        } catch {
            fail(index, endpoint.scimError(error))
        }
    }

    private mutating func note(_ outcome: Outcome, of index: Int) {
        let operation = request.operations[index]
        if let record = outcome.record {
            targets[index] = .resource(record.type, id: record.id)
            if operation.method == .post, let name = operation.bulkID { ids[name] = record.id }
        }
        done[index] = BulkResponse.Result(
            operation,
            status: outcome.status,
            location: location(index),
            version: outcome.record?.entityTag
        )
    }

    /// Adds the references that had to wait to what an operation created.
    private mutating func complete(_ index: Int, _ withheld: Set<String>) async {
        guard let result = done[index], result.error == nil, let route = targets[index] else { return }
        do {
            let body = try result.operation.completion(resolving: ids, withheld: withheld)
            let single = call.operation("PATCH", path: result.operation.path, version: nil, body: body)
            let version = try await endpoint.perform(route, single).record?.entityTag
            done[index]?.version = version
        } catch {
            await undo(index, because: endpoint.scimError(error))
        }
    }

    /// Takes back what an operation created, and what others created with a reference to that.
    private mutating func undo(_ first: Int, because reason: SCIMError) async {
        var open = [(first, reason)]
        while let (index, reason) = open.popLast() {
            guard let result = done[index], result.error == nil else { continue }
            if result.operation.method == .post, let route = targets[index] {
                let single = call.operation("DELETE", path: result.operation.path, version: nil, body: nil)
                _ = try? await endpoint.perform(route, single)
            }
            fail(index, reason)
            guard let name = result.operation.bulkID, ids.removeValue(forKey: name) != nil else { continue }
            let missing = SCIMError.conflict("bulkId \"\(name)\" has no resource: the operation that creates it failed")
            for (other, operation) in request.operations.enumerated() where operation.references.contains(name) {
                open.append((other, missing))
            }
        }
    }

    private mutating func fail(_ index: Int, _ error: SCIMError) {
        let operation = request.operations[index]
        if operation.method == .post { targets[index] = nil }
        failures += 1
        done[index] = BulkResponse.Result(operation, status: error.status, location: location(index), error: error)
    }

    private func location(_ index: Int) -> String? {
        guard case .resource(let type, let id)? = targets[index] else { return nil }
        return call.base + type.endpoint + "/" + PercentEncoding.encoded(id)
    }
}
