package import Reconcile
package import YAML

/// The form of a target that is a file: an organisation in one YAML document.
package enum OrganizationFile {
    static let keys = ["organization", "deployments", "users", "teams", "roles"]

    /// Reads a file strictly: what a real organisation could not hold is an error with its place.
    ///
    /// `users` and `teams` may be absent; without `users`, whoever is in a team is a member. Locations that a grant
    /// names need not exist, because Dagster+ takes any name.
    package static func read(
        _ bytes: [UInt8],
        file: String
    ) -> (organization: Organization?, diagnostics: [Diagnostic]) {
        var reader = OrganizationReader(file: file)
        let organization = reader.organization(bytes)
        return (reader.hasErrors ? nil : organization, reader.diagnostics)
    }

    /// The canonical bytes of an organisation: the same one gives the same bytes.
    package static func bytes(of organization: Organization, comment: String? = nil) -> [UInt8] {
        Writer.bytes(of: OrganizationWriter(organization).value, comment: comment)
    }

    /// The comment that a file begins with, without its marks; nil when it begins otherwise.
    package static func leadingComment(in bytes: [UInt8]) -> String? {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let comment = lines.prefix { $0.hasPrefix("#") }.map { line in
            line.dropFirst(line.hasPrefix("# ") ? 2 : 1)
        }
        return comment.isEmpty ? nil : comment.joined(separator: "\n")
    }
}
