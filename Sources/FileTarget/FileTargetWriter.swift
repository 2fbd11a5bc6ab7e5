package import Reconcile
internal import Tree

/// Changes an organisation that is kept as a file: in memory item by item, on disk once, as a whole.
///
/// It refuses what a real organisation would refuse: members who are not there, teams that do not exist, roles in use.
package actor FileTargetWriter: TargetWriter {
    private let reader: FileTargetReader
    private var state: State?

    private struct State {
        var organization: Organization
        /// What the file held when the first item was applied.
        let bytes: [UInt8]
    }

    package init(path: String, name: String) { reader = FileTargetReader(path: path, name: name) }

    package func apply(_ item: PlanItem) async throws {
        var state = try loaded()
        // Only one reference to the collections: a change costs what it changes.
        self.state = nil
        defer { self.state = state }
        do {
            try state.organization.apply(item.change)
        } catch {
            throw TargetError.refused(error.description)
        }
    }

    /// Replaces the file, unless somebody else has changed it since the first item.
    package func finish() async throws {
        guard let state else { return }
        guard try reader.contents().bytes == state.bytes else {
            throw TargetError.refused("\"\(reader.name)\" was changed by somebody else meanwhile; it was left as it is")
        }
        let comment = OrganizationFile.leadingComment(in: state.bytes)
        try DurableFile.replace(reader.path, with: OrganizationFile.bytes(of: state.organization, comment: comment))
        self.state = nil
    }

    private func loaded() throws -> State {
        if let state { return state }
        let (organization, bytes) = try reader.contents()
        return State(organization: organization, bytes: bytes)
    }
}
