package import Reconcile
internal import Tree
internal import YAML

/// Reads an organisation that is kept as a file.
package struct FileTargetReader: TargetReader {
    /// The file's path on this machine.
    package let path: String
    /// The path as the settings state it, for messages.
    package let name: String

    package init(path: String, name: String) {
        self.path = path
        self.name = name
    }

    package func read() async throws -> Organization { try contents().organization }

    /// The file's bytes, or a ``TargetError``.
    package func text() throws -> [UInt8] { try bytes() }

    /// What an organisation's text says; nil for one with an error.
    package func organization(in text: [UInt8]) -> Organization? {
        OrganizationFile.read(text, file: name).organization
    }

    /// The organisation with the bytes that it was read from.
    func contents() throws -> (organization: Organization, bytes: [UInt8]) {
        let bytes = try bytes()
        let (organization, diagnostics) = OrganizationFile.read(bytes, file: name)
        guard let organization else {
            throw TargetError.unreadable(diagnostics.map(\.description).joined(separator: "\n"))
        }
        return (organization, bytes)
    }

    private func bytes() throws -> [UInt8] {
        do {
            return try DurableFile.read(path)
        } catch {
            guard error.isMissing else { throw TargetError.unreadable(error.description) }
            throw TargetError.unreadable(
                """
                "\(name)" does not exist, expected an organization as a YAML file
                hint: write one to begin with, such as "deployments: {prod: {}}"
                """
            )
        }
    }
}
