/// Joins two versions of a file that come from one: lists as sets, maps key by key, comments with what they stand above.
///
/// What one side alone changed is taken; elements that both sides add are there once. A conflict is only where one side
/// removes what the other changes, or both set one value, each to another one. Files are brought to canonical form first.
package struct ThreeWayMerge {
    /// What the files hold.
    let rules: MergeRules
    /// How long the conflict markers are.
    let markerSize: Int
    /// Where conflicts are, in the order of the file.
    private(set) var conflicts: [String] = []

    /// Merges; an empty base is that of a file that both sides added.
    ///
    /// Throws where one of the versions is not in the subset of YAML that is read here, is no list or map in block style,
    /// or cannot be formatted without a loss.
    package static func merged(
        base: [UInt8],
        ours: [UInt8],
        theirs: [UInt8],
        rules: MergeRules,
        markerSize: Int = 7
    ) throws(YAMLError) -> Merged {
        if ours == theirs || theirs == base { return Merged(bytes: ours) }
        if ours == base { return Merged(bytes: theirs) }
        var merge = ThreeWayMerge(rules: rules, markerSize: markerSize)
        let isAdded = base.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D }
        let before = isAdded ? nil : try merge.outline(base)
        let (left, right) = (try merge.outline(ours), try merge.outline(theirs))
        guard left.root.isList == right.root.isList else {
            throw YAMLError(place: .start, message: "one side is a list, the other one a map")
        }
        let root = merge.joined(before?.root, left.root, right.root, path: [])
        let bytes = Array((root.rendered().joined(separator: "\n") + "\n").utf8)
        guard merge.conflicts.isEmpty else { return Merged(bytes: bytes, conflicts: merge.conflicts) }
        return Merged(bytes: try merge.checked(bytes, against: root))
    }

    private init(rules: MergeRules, markerSize: Int) {
        self.rules = rules
        self.markerSize = markerSize
    }

    private func outline(_ bytes: [UInt8]) throws(YAMLError) -> Outline {
        guard let outline = try Outline(canonical: try CanonicalEdit.formatted(bytes, order: rules.order)) else {
            throw YAMLError(place: .start, message: "the file is neither a list nor a map in block style")
        }
        return outline
    }

    /// Reads the result again: what was joined as lines must say what was joined as values.
    private func checked(_ bytes: [UInt8], against root: Outline.Branch) throws(YAMLError) -> [UInt8] {
        guard !root.items.isEmpty else { return bytes }
        let node = try Reader.read(bytes)
        if let place = node.firstDifference(from: root.node) {
            throw YAMLError(place: place, message: "cannot merge this without changing what it says")
        }
        return try CanonicalEdit.formatted(bytes, order: rules.order)
    }

    private mutating func note(_ path: [String]) { conflicts.append(path.joined(separator: " > ")) }
}

/// One item in the three versions; nil where it is not there.
struct ThreeItems {
    var base: Outline.Item?
    var ours: Outline.Item?
    var theirs: Outline.Item?
}

extension ThreeWayMerge {
    /// Joins two lists or two maps.
    mutating func joined(
        _ base: Outline.Branch?,
        _ ours: Outline.Branch,
        _ theirs: Outline.Branch,
        path: [String]
    ) -> Outline.Branch {
        let naming = Naming([base, ours, theirs].compactMap { $0 }, path: path, rules: rules)
        let (old, left, right) = (naming.table(base), naming.table(ours), naming.table(theirs))
        var result = Outline.Branch(isList: ours.isList, items: [])
        for name in Self.order(naming.names(ours), naming.names(theirs), isList: ours.isList) {
            let items = ThreeItems(base: old[name], ours: left[name], theirs: right[name])
            if let item = joined(items, path: path + [name]) { result.items.append(item) }
        }
        result.footer = Self.comments(base?.footer ?? [], ours.footer, theirs.footer)
        return result
    }

    private mutating func joined(_ items: ThreeItems, path: [String]) -> Outline.Item? {
        guard let ours = items.ours, let theirs = items.theirs else { return oneSided(items, path: path) }
        var result = ours
        result.leading = Self.comments(items.base?.leading ?? [], ours.leading, theirs.leading)
        let isSame = ours.node.isSame(as: theirs.node)
        let isOld = items.base.map { ours.node.isSame(as: $0.node) } ?? false
        let isOldInTheirs = items.base.map { theirs.node.isSame(as: $0.node) } ?? false
        let isOneSided = isSame || isOld || isOldInTheirs
        // What stands in flow style on both sides is spread over lines only where both changed it.
        let isFlow = ours.branch == nil && theirs.branch == nil
        if !(isFlow && isOneSided), let pair = branches(ours, theirs) {
            let base = items.base.flatMap { $0.asBranch(isList: pair.ours.isList) }
            let known = conflicts.count
            result.branch = joined(base, pair.ours, pair.theirs, path: path)
            result.lines = pair.lines(items.base)
            // An element's dash has no place on the line of a marker, so that the whole element is shown twice.
            if ours.key == nil, conflicts.count > known { result.conflict = markers(items) }
            return result
        }
        switch (isSame, isOld, isOldInTheirs) {
        case (true, _, _):
            result.lines = ours.lines == items.base?.lines ? theirs.lines : ours.lines
            result.branch = ours.lines == items.base?.lines ? theirs.branch : ours.branch
        case (_, true, _): (result.lines, result.branch, result.node) = (theirs.lines, theirs.branch, theirs.node)
        case (_, _, true): break
        default: return conflict(items, path: path)
        }
        return result
    }

    /// An item that at most one side has.
    private mutating func oneSided(_ items: ThreeItems, path: [String]) -> Outline.Item? {
        guard let left = items.ours ?? items.theirs else { return nil }
        guard let base = items.base else { return left }
        if let list = left.asBranch(isList: true), let old = base.asBranch(isList: true), rules.absentIsEmpty(path) {
            let none = Outline.Branch(isList: true, items: [])
            let merged = items.ours == nil ? joined(old, none, list, path: path) : joined(old, list, none, path: path)
            guard !merged.items.isEmpty else { return nil }
            var result = left
            result.branch = merged
            result.lines = left.headLines
            return result
        }
        return left.node.isSame(as: base.node) ? nil : conflict(items, path: path)
    }

    private mutating func conflict(_ items: ThreeItems, path: [String]) -> Outline.Item? {
        guard var result = items.ours ?? items.theirs else { return nil }
        note(path)
        result.conflict = markers(items)
        return result
    }

    /// Both sides of an item between conflict markers.
    private func markers(_ items: ThreeItems) -> [String] {
        let marker = { (character: Character) in String(repeating: character, count: markerSize) }
        let sides = [items.ours, items.theirs].map { item in item.map { $0.rendered(inList: $0.key == nil) } ?? [] }
        return [marker("<") + " ours"] + sides[0] + [marker("=")] + sides[1] + [marker(">") + " theirs"]
    }

    /// Both as branches of one kind, where they can be.
    private func branches(_ ours: Outline.Item, _ theirs: Outline.Item) -> BranchPair? {
        for isList in [false, true] {
            guard let left = ours.asBranch(isList: isList), let right = theirs.asBranch(isList: isList) else {
                continue
            }
            return BranchPair(ours: left, theirs: right, oursHead: ours.headLines, theirsHead: theirs.headLines)
        }
        return nil
    }

    /// Lines of comments that both sides may have changed: none is lost, and none stands twice.
    private static func comments(_ base: [String], _ ours: [String], _ theirs: [String]) -> [String] {
        if ours == theirs || theirs == base { return ours }
        if ours == base { return theirs }
        return ours + theirs.filter { !ours.contains($0) && !base.contains($0) }
    }

    /// The names of both sides, each once: theirs stand where they stood, behind the one that was before them.
    private static func order(_ ours: [String], _ theirs: [String], isList: Bool) -> [String] {
        let bytes = { (left: String, right: String) in left.utf8.lexicographicallyPrecedes(right.utf8) }
        if isList, ours == ours.sorted(by: bytes), theirs == theirs.sorted(by: bytes) {
            return Set(ours).union(theirs).sorted(by: bytes)
        }
        var following: [String: [String]] = [:]
        let known = Set(ours)
        var anchor = ""
        for name in theirs {
            if known.contains(name) { anchor = name } else { following[anchor, default: []].append(name) }
        }
        return (following[""] ?? []) + ours.flatMap { [$0] + (following[$0] ?? []) }
    }
}

/// Two branches with the lines of the keys that hold them.
private struct BranchPair {
    var ours: Outline.Branch
    var theirs: Outline.Branch
    var oursHead: [String]
    var theirsHead: [String]

    func lines(_ base: Outline.Item?) -> [String] { oursHead == base?.headLines ? theirsHead : oursHead }
}
