import Access
import Reconcile
import Tree
import YAML

/// The deployment of a question: its name, a location of it, `organization`, `branches` or `branches of NAME`.
enum PointArgument {
    /// The point that is meant; a name that is a typing error away from a known one is refused.
    static func point(_ text: String, in reviewed: ReviewedTree) throws -> AccessPoint {
        let point = parsed(text)
        guard let name = deployment(of: point) else { return point }
        let known = deployments(in: reviewed)
        guard !known.contains(name) else { return point }
        if let other = Suggestion.closest(to: name, among: known.sorted()) {
            throw Failure.usage("no grant names a deployment \"\(name)\"\nhint: did you mean \"\(other)\"?")
        }
        Terminal.note(
            "warning: no grant names a deployment \"\(Printable.line(name))\"; who is admin of the organization is so there"
        )
        return point
    }

    private static func parsed(_ text: String) -> AccessPoint {
        let base = "branches of "
        if text == "organization" { return .organization }
        if text == "branches" { return .allBranchDeployments }
        if text.hasPrefix(base) { return .branchDeployments(of: String(text.dropFirst(base.count))) }
        guard let slash = text.firstIndex(of: "/") else { return .deployment(text) }
        return .location(deployment: String(text[..<slash]), String(text[text.index(after: slash)...]))
    }

    private static func deployment(of point: AccessPoint) -> String? {
        switch point {
        case .organization, .allBranchDeployments: nil
        case .deployment(let name), .location(let name, _), .branchDeployments(of: let name): name
        }
    }

    /// Those that grants name, and those that the target had at the last apply.
    static func deployments(in reviewed: ReviewedTree) -> Set<String> {
        let rules = reviewed.contents.access.bindings.flatMap { $0.grants ?? [] }
        let named = Set(rules.compactMap(\.grant.scope.deploymentName))
        return reviewed.record.map { named.union($0.deployments.keys) } ?? named
    }
}
