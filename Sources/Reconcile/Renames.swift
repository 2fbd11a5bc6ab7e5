/// Which renames can be done one after the other: each new name is free, or is freed by one before it.
enum Renames {
    /// The pairs that can be done, in the order to do them, from candidates by new name.
    ///
    /// Names that are swapped in a circle are left out: both exist, and only their content changes.
    static func order(_ oldNames: [String: String], isTaken: (String) -> Bool) -> [(from: String, to: String)] {
        var newNames: [String: String] = [:]
        for (new, old) in oldNames.sorted(by: { $0.key < $1.key }) where newNames[old] == nil { newNames[old] = new }
        var ordered: [(from: String, to: String)] = []
        var decided: [String: Bool] = [:]

        func decide(_ old: String, following path: Set<String>) -> Bool {
            if let known = decided[old] { return known }
            guard let new = newNames[old], !path.contains(old) else { return false }
            let isPossible = !isTaken(new) || decide(new, following: path.union([old]))
            decided[old] = isPossible
            if isPossible { ordered.append((old, new)) }
            return isPossible
        }

        for old in newNames.keys.sorted() { _ = decide(old, following: []) }
        return ordered
    }
}
