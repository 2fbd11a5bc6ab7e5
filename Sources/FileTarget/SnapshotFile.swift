package import Reconcile
internal import Roster
package import YAML

/// The form of a snapshot: the organisation as a target that is a file has it, with who was who in it.
package enum SnapshotFile {
    private static let version = 1
    private static let comment = "Written by dagroster before an apply; dagroster reconcile --restore brings it back."

    /// The canonical bytes of a snapshot.
    package static func bytes(of snapshot: Snapshot) -> [UInt8] {
        var fields = [
            Field("version", .integer(version)), Field("target", .text(snapshot.target)),
            Field("time", .timestamp(snapshot.time.wholeSeconds.description)),
        ]
        if let commit = snapshot.commit { fields.append(Field("commit", .text(commit))) }
        let people = snapshot.people.sorted { $0.key < $1.key }.map { Field($0.key, .text($0.value)) }
        let teams = snapshot.teams.sorted { $0.key < $1.key }.map { Field($0.key, .texts($0.value)) }
        fields.append(Field("people", .map(people)))
        fields.append(Field("teams", .map(teams)))
        fields.append(Field("roles", .texts(snapshot.roles.sorted())))
        fields.append(Field("state", OrganizationWriter(snapshot.organization).value))
        return Writer.bytes(of: .map(fields), comment: comment)
    }

    /// Reads what ``bytes(of:)`` writes; anything else is an error with its place.
    package static func read(_ bytes: [UInt8], file: String) -> (snapshot: Snapshot?, diagnostics: [Diagnostic]) {
        var reader = DocumentReader(file: file)
        guard let root = reader.root(bytes), let fields = fields(root, &reader) else {
            return (nil, reader.diagnostics)
        }
        var organization = OrganizationReader(file: file)
        let state = fields["state"].flatMap { organization.organization($0.value) }
        let time = fields["time"].flatMap { reader.scalar($0.value, what: "\"time\"") }.flatMap { Timestamp($0.value) }
        let target = fields["target"].flatMap { reader.text($0.value, what: "\"target\"") }
        guard let state, let time, let target else {
            reader.error("a snapshot states its target, its time and its state", at: root.place)
            return (nil, reader.diagnostics + organization.diagnostics)
        }
        var snapshot = Snapshot(target: target.value, time: time, organization: state)
        snapshot.commit = fields["commit"].flatMap { reader.text($0.value, what: "\"commit\"")?.value }
        for entry in entries(fields["people"], &reader) {
            snapshot.people[entry.key] = reader.text(entry.value, what: "an id")?.value
        }
        for entry in entries(fields["teams"], &reader) {
            snapshot.teams[entry.key] = reader.texts(entry.value, what: "groups")?.map(\.value)
        }
        if let roles = fields["roles"].flatMap({ reader.texts($0.value, what: "\"roles\"") }) {
            snapshot.roles = Set(roles.map(\.value))
        }
        let hasErrors = reader.hasErrors || organization.hasErrors
        return (hasErrors ? nil : snapshot, reader.diagnostics + organization.diagnostics)
    }

    private static func fields(_ root: Node, _ reader: inout DocumentReader) -> Fields? {
        let known = ["version", "target", "time", "commit", "people", "teams", "roles", "state"]
        guard let fields = reader.fields(of: root, what: "the snapshot", known: known) else { return nil }
        let stated = fields["version"].flatMap { reader.integer($0.value, what: "\"version\"") }
        guard stated?.value == version else {
            reader.error("this is no snapshot of version \(version)", at: stated?.place ?? root.place)
            return nil
        }
        return fields
    }

    private static func entries(_ field: Entry?, _ reader: inout DocumentReader) -> [Entry] {
        field.flatMap { reader.entries(of: $0.value, what: "\"\($0.key)\"") } ?? []
    }
}
