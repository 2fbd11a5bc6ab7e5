/// One operation that the program sends.
package struct Document: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case query
        case mutation
    }

    package var kind: Kind
    /// The operation's name.
    package var name: String
    /// The text for a server that has some features and lacks the others.
    package var text: String
    /// For a mutation, the field and the type that it has when it was carried out.
    package var success: Success?

    /// How a carried out mutation is told from a refused one.
    package struct Success: Hashable, Sendable {
        package var field: String
        package var type: String
    }
}
