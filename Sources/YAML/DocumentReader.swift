/// Reads the fields of one file and collects all that is wrong with it, instead of stopping at the first thing.
///
/// Each method reads one value as what a field needs. When the value is something else it notes a diagnostic and gives
/// nil, so that the caller goes on with the next field; `what` names the value in the words of its file: `"role"`.
package struct DocumentReader {
    /// The path of the file, as diagnostics name it.
    package let file: String
    /// What has been found wrong so far, in the order of finding.
    package private(set) var diagnostics: [Diagnostic] = []

    /// Starts on a file without diagnostics.
    package init(file: String) { self.file = file }

    /// Whether something makes the file unusable.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// The value that the file holds; nil, with a diagnostic, when it is not in the strict subset of YAML.
    ///
    /// A file of a tree has at most 16 MiB; `limit` is for others.
    package mutating func root(_ bytes: [UInt8], limit: Int = 16 << 20) -> Node? {
        do throws(YAMLError) {
            return try Reader.read(bytes, limit: limit)
        } catch {
            diagnostics.append(Diagnostic(error, file: file))
            return nil
        }
    }

    /// Notes that the file cannot be used.
    package mutating func error(_ message: String, at place: Place?, hint: String? = nil) {
        diagnostics.append(Diagnostic(file: file, place: place, message: message, hint: hint))
    }

    /// Notes what is probably not meant.
    package mutating func warn(_ message: String, at place: Place?, hint: String? = nil) {
        diagnostics.append(Diagnostic(severity: .warning, file: file, place: place, message: message, hint: hint))
    }
}

extension DocumentReader {
    /// The fields of a map by their keys; nil when it is no map.
    ///
    /// A key outside `known` is an error, with the nearest known one as a hint, and is left out.
    package mutating func fields(of node: Node, what: String, known: [String]) -> Fields? {
        guard let entries = entries(of: node, what: what) else { return nil }
        let unknown = entries.filter { !known.contains($0.key) }
        for entry in unknown { refuse(entry, what: what, known: known) }
        return Fields(unknown.isEmpty ? entries : entries.filter { known.contains($0.key) })
    }

    /// The fields of a map in the order of the file; nil when it is no map.
    package mutating func entries(of node: Node, what: String) -> [Entry]? {
        guard case .mapping(let entries) = node.content else { return mismatch(node, what: what, expected: "a map") }
        return entries
    }

    /// The elements of a list; nil when it is no list.
    package mutating func list(_ node: Node, what: String) -> [Node]? {
        guard case .sequence(let nodes) = node.content else { return mismatch(node, what: what, expected: "a list") }
        return nodes
    }

    /// The texts of a list; nil when it is no list, without the elements that are no text.
    package mutating func texts(_ node: Node, what: String) -> [Located<String>]? {
        guard let nodes = list(node, what: what) else { return nil }
        var texts: [Located<String>] = []
        texts.reserveCapacity(nodes.count)
        for node in nodes {
            if let text = text(node, what: what) { texts.append(text) }
        }
        return texts
    }

    private mutating func refuse(_ entry: Entry, what: String, known: [String]) {
        let suggestion = Suggestion.closest(to: entry.key, among: known)
        error(
            "unknown key \"\(entry.key)\" in \(what)",
            at: entry.keyPlace,
            hint: suggestion.map { "did you mean \"\($0)\"?" } ?? "known keys: \(known.joined(separator: ", "))"
        )
    }

    /// Notes that a value is not what its field needs.
    mutating func mismatch<Result>(_ node: Node, what: String, expected: String, hint: String? = nil) -> Result? {
        error("found \(Self.phrase(for: node)), expected \(expected) for \(what)", at: node.place, hint: hint)
        return nil
    }

    private static func phrase(for node: Node) -> String {
        switch node.content {
        case .mapping: return "a map"
        case .sequence: return "a list"
        case .scalar(let scalar):
            let kind = scalar.kind
            if scalar.text.isEmpty { return kind == .null ? "nothing" : "the text \"\"" }
            return kind == .text ? "the text \"\(scalar.text)\"" : "\(kind.phrase) \"\(scalar.text)\""
        }
    }
}
