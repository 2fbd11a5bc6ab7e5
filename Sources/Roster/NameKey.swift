/// A name as it is compared: userNames and group names that differ only in letter case are one name
/// (`caseExact` false, RFC 7643 sections 4.1.1 and 7).
///
/// Swift compares strings by canonical equivalence, so that a composed and a decomposed "é" are one name, too.
package struct NameKey: Hashable, Sendable {
    package let folded: String

    package init(_ name: String) {
        // Most names are in lower case already, and are kept as they are.
        let isFolded = name.utf8.allSatisfy { $0 < 0x80 && !(0x41...0x5A).contains($0) }
        folded = isFolded ? name : name.lowercased()
    }
}

extension NameKey: Comparable {
    package static func < (left: NameKey, right: NameKey) -> Bool { left.folded < right.folded }
}
