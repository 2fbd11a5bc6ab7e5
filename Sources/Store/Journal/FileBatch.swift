internal import SCIM

/// Files that are replaced together, as the journal announces it before the first of them is: what a crash interrupts
/// is finished at the next start, so that the files are a state that the directory once had.
package struct FileBatch: Hashable, Sendable {
    /// A file that a temporary file takes the place of; what it was lies where the temporary file lay, then.
    struct Replacement: Hashable, Sendable {
        var temporary: String
        var path: String
        /// What the file was before; nil when there was none.
        var was: FileMark?
        /// What the temporary file was when it was written; nil in what an earlier version wrote, which let files change
        /// no places: where there is a temporary file, it is new.
        var new: FileMark?
    }

    /// A file that goes.
    struct Removal: Hashable, Sendable {
        var path: String
        var was: FileMark?
        /// Where it is moved to and looked at, until the batch is done; nil in what an earlier version wrote, which
        /// removed it in its place.
        var aside: String?
    }

    /// The last change that is in the files when all is done.
    var through: Int
    /// In the order in which they are made; paths are relative to the tree.
    var replacements: [Replacement] = []
    var removals: [Removal] = []
}

extension FileBatch {
    /// Paths of files that are not what they were when the batch was prepared; of what is put where there was none, that
    /// is found when it is.
    func edited(in root: String) -> Set<String> {
        func isEdited(_ path: String, _ was: FileMark?) -> Bool {
            was != nil && FileMark(path: root + "/" + path) != was
        }
        let replaced = replacements.lazy.filter { isEdited($0.path, $0.was) }.map(\.path)
        let removed = removals.lazy.filter { isEdited($0.path, $0.was) }.map(\.path)
        return Set(replaced).union(removed)
    }

    func write(into fields: inout Object) {
        fields["batch"] = .integer(through)
        fields["replace"] = .array(
            replacements.map {
                .array([.string($0.temporary), .string($0.path), Self.json($0.was), Self.json($0.new)])
            }
        )
        fields["remove"] = .array(removals.map { .array([.string($0.path), Self.json($0.was)]) })
        // Beside it, so that an earlier version reads the rest.
        if !removals.isEmpty { fields["aside"] = .array(removals.map { $0.aside.map(Value.string) ?? .null }) }
    }

    init?(json fields: Object) {
        guard let through = fields["batch"]?.integer, let replaced = fields["replace"]?.array,
            let removed = fields["remove"]?.array
        else { return nil }
        self.through = through
        replacements = replaced.compactMap { value in
            guard let parts = value.array, (3...4).contains(parts.count), let temporary = parts[0].string,
                let path = parts[1].string
            else { return nil }
            return Replacement(
                temporary: temporary,
                path: path,
                was: Self.mark(parts[2]),
                new: parts.count == 4 ? Self.mark(parts[3]) : nil
            )
        }
        let asides = fields["aside"]?.array ?? []
        removals = removed.enumerated().compactMap { index, value in
            guard let parts = value.array, parts.count == 2, let path = parts[0].string else { return nil }
            let aside = index < asides.count ? asides[index].string : nil
            return Removal(path: path, was: Self.mark(parts[1]), aside: aside)
        }
        guard replacements.count == replaced.count, removals.count == removed.count else { return nil }
    }

    private static func json(_ mark: FileMark?) -> Value {
        mark.map { .array($0.numbers.map(Value.integer)) } ?? .null
    }

    private static func mark(_ value: Value) -> FileMark? {
        value.array.flatMap { FileMark(numbers: $0.compactMap(\.integer)) }
    }
}

extension FileBatch {
    /// The folder of a path, relative to the tree.
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    /// The folders whose entries change.
    var folders: [String] {
        Set(replacements.map { Self.folder(of: $0.path) } + removals.map { Self.folder(of: $0.path) }).sorted()
    }
}
