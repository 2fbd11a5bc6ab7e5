/// A file of the tree as it is to be in the next commit.
package struct TreeChange: Hashable, Sendable {
    package var path: String
    /// Nil: the file is to be gone.
    package var bytes: [UInt8]?

    package init(path: String, bytes: [UInt8]?) {
        self.path = path
        self.bytes = bytes
    }
}
