/// One value as it stands in a file: what it is and where.
package struct Node: Hashable, Sendable {
    /// The three things that YAML knows.
    package enum Content: Hashable, Sendable {
        /// A single value.
        case scalar(Scalar)
        /// A list, in its order.
        case sequence([Node])
        /// Keys with their values, in the order of the file; no key stands twice.
        case mapping([Entry])
    }

    /// What it is.
    package var content: Content
    /// Where it begins.
    package var place: Place

    /// Joins a content and its place.
    package init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }
}

/// A single value, as text: what it means beyond that is for the reader of a field to say.
package struct Scalar: Hashable, Sendable {
    /// The text, with quotes and escapes undone.
    package var text: String
    /// Whether it stood without quotes; a quoted or block scalar is always text.
    package var isPlain: Bool

    /// Joins a text and how it was written.
    package init(_ text: String, isPlain: Bool) {
        self.text = text
        self.isPlain = isPlain
    }

    /// What any common reader takes this for: text if it was quoted, else what its form says.
    package var kind: ScalarKind { isPlain ? ScalarKind(ofPlain: text) : .text }
}

/// A key with its value.
package struct Entry: Hashable, Sendable {
    /// The key, which is text for every reader.
    package var key: String
    /// Where the key begins.
    package var keyPlace: Place
    /// The value.
    package var value: Node

    /// Joins a key, its place and its value.
    package init(key: String, keyPlace: Place, value: Node) {
        self.key = key
        self.keyPlace = keyPlace
        self.value = value
    }
}
