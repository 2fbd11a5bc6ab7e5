/// A place in a document: line and column from 1, in Unicode scalars.
struct Location: Hashable, Sendable {
    var line: Int
    var column: Int
}
