internal import SCIM

extension Filter {
    /// Refuses a name that none of several types has: at the root, what only some of them have is no mistake.
    func checkNames(_ types: [ResourceType], _ policy: Policy) throws(SCIMError) {
        for path in paths {
            let name = path.subAttribute.map { "\(path.name).\($0)" } ?? path.name
            guard !types.contains(where: { $0.attribute(name, policy: policy) != nil }) else { continue }
            let names = types.map(\.name).joined(separator: " nor ")
            throw .invalidFilter("neither \(names) has an attribute \"\(name)\"")
        }
    }

    /// The paths of all comparisons, without those inside of brackets.
    private var paths: [AttributePath] {
        switch self {
        case .and(let filters), .or(let filters): filters.flatMap(\.paths)
        case .not(let filter): filter.paths
        case .present(let path), .comparison(let path, _, _), .element(let path): [path]
        }
    }
}
