internal import SCIM

/// One member of an answer's `errors`.
struct GraphQLError: Error, Hashable, Sendable {
    /// A field's response name or a place in a list.
    enum PathElement: Hashable, Sendable {
        case name(String)
        case index(Int)
    }

    var message: String
    var locations: [Location] = []
    var path: [PathElement] = []
    /// Whether code of the server raised it, which makes the answer's status 500 where the client's own mistakes are 400.
    var isServerFault = false

    init(_ message: String, at locations: Location..., isServerFault: Bool = false) {
        self.init(message, at: locations, isServerFault: isServerFault)
    }

    init(_ message: String, at locations: [Location], isServerFault: Bool = false) {
        self.message = message
        self.locations = locations
        self.isServerFault = isServerFault
    }
}

extension GraphQLError {
    /// The error as an answer shows it.
    var value: Value {
        var members: Object = ["message": .string(message)]
        if !locations.isEmpty {
            members["locations"] = .array(
                locations.map { ["line": .integer($0.line), "column": .integer($0.column)] }
            )
        }
        if !path.isEmpty { members["path"] = .array(path.map(\.value)) }
        return .object(members)
    }
}

extension GraphQLError.PathElement {
    fileprivate var value: Value {
        switch self {
        case .name(let name): .string(name)
        case .index(let index): .integer(index)
        }
    }
}
