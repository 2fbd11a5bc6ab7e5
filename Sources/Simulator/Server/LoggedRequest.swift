package import SCIM

/// A GraphQL request that the simulated organisation got, for tests that count.
package struct LoggedRequest: Hashable, Sendable {
    /// Counted from 1.
    package var number: Int
    package var path: String
    /// The name of the operation, if it has one.
    package var operation: String?
    package var isMutation: Bool
    /// The root fields that were asked for, by their names in the schema.
    package var fields: [String]
    package var variables: Object
    /// The status of the answer; 0 when there was none.
    package var status: Int
    /// Whether it was done, whatever the answer said.
    package var wasRun: Bool
    /// What went wrong on purpose.
    package var fault: Fault?
}

extension LoggedRequest {
    /// The request as the simulator shows it.
    var value: Value {
        var object: Object = ["number": .integer(number), "path": .string(path)]
        if let operation { object["operation"] = .string(operation) }
        object["mutation"] = .bool(isMutation)
        object["fields"] = .array(fields.map { .string($0) })
        object["variables"] = .object(variables)
        object["status"] = .integer(status)
        object["run"] = .bool(wasRun)
        if let fault { object["fault"] = .string("\(fault)") }
        return .object(object)
    }
}
