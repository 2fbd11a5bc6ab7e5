import Access
import FileTarget
import Reconcile
import Roster
import SCIM
import Tree
import Testing
import YAML

/// A tree and a target in a few words, for scenarios: people and groups by name, files as text.
struct World {
    /// Active people by userName, with ids.
    var users: [String: String] = [:]
    /// People who are provisioned and inactive, with ids.
    var inactive: [String: String] = [:]
    /// When a record was made, by id; the default is the same for all.
    var created: [String: String] = [:]
    /// Members of groups by group name; a group's id is `g-` and its first name.
    var groups: [String: [String]] = [:]
    /// Ids of groups that are not `g-NAME`.
    var groupIDs: [String: String] = [:]
    /// Files under `access/` by path.
    var access: [String: String] = [:]
    var guards = GuardSettings()
    var policy = ResolutionPolicy()
    var live = Organization()
    var record: TargetRecord?
    var commit: String? = String(repeating: "c", count: 40)
    var commits: [String: String] = [:]
    var adoption = Adoption.none
    var overrides: [GuardOverride] = []
    var today = CalendarDate("2026-11-23")
    /// The moment of the run; nil: the beginning of the day.
    var now: Timestamp?
    var provisioned = Provisioned.paths([])
    var keepsAll = false
    var kind = TargetSettings.Kind.file(path: "target.yaml")
    /// The snapshot whose state is wanted; nil: what the tree says.
    var snapshot: Snapshot?

    static let madeAt = "2026-01-01T00:00:00Z"

    var contents: TreeContents {
        get throws {
            var directory = Directory()
            var paths: [String: String] = [:]
            for (name, id) in users.sorted(by: { $0.key < $1.key }) {
                _ = try directory.apply(.createUser(user(name, id, isActive: true)))
                paths[id] = "provisioned/users/\(name).yaml"
            }
            for (name, id) in inactive.sorted(by: { $0.key < $1.key }) {
                _ = try directory.apply(.createUser(user(name, id, isActive: false)))
                paths[id] = "provisioned/users/\(name).yaml"
            }
            for (name, members) in groups.sorted(by: { $0.key < $1.key }) {
                let id = groupIDs[name] ?? "g-\(name)"
                let ids = members.compactMap { users[$0] ?? inactive[$0] }
                let attributes: Object = ["displayName": .string(name)]
                let group = Group(id: id, created: Self.madeAt, attributes: attributes, members: ids)
                _ = try directory.apply(.createGroup(group))
                paths[id] = "provisioned/groups/\(name).yaml"
            }
            let files = access.sorted { $0.key < $1.key }.map { (path: $0.key, bytes: Array($0.value.utf8)) }
            let (access, diagnostics) = AccessFiles.read(files)
            var settings = Settings(targets: [target])
            settings.guards = guards
            settings.identity = policy.identity
            return TreeContents(
                settings: settings,
                directory: directory,
                access: access,
                diagnostics: diagnostics,
                paths: paths
            )
        }
    }

    /// The moment of the run.
    var moment: Timestamp { now ?? Timestamp(milliseconds: (today?.daysSince1970 ?? 0) * 86_400_000) }

    private var target: TargetSettings {
        TargetSettings(
            name: "sandbox",
            place: Place(line: 1, column: 1),
            kind: kind,
            users: policy.users,
            teams: policy.teams
        )
    }

    private func user(_ name: String, _ id: String, isActive: Bool) -> User {
        let attributes: Object = ["userName": .string(name), "active": .bool(isActive)]
        return User(id: id, created: created[id] ?? Self.madeAt, attributes: attributes)
    }

    func prepared(reading reader: (any TargetReader)? = nil) async throws -> Prepared {
        let options = Reconciler.Options(
            target: target,
            commit: commit,
            provenance: Provenance(commits: commits, provisioned: provisioned),
            adoption: adoption,
            overrides: overrides,
            today: try #require(today),
            now: now,
            keepsAll: keepsAll,
            snapshot: snapshot
        )
        let reader = reader ?? MemoryTarget(live)
        return try await Reconciler.prepare(contents, record: record, reader: reader, options: options)
    }

    func plan() async throws -> Plan { try await prepared().plan }

    /// Applies what is planned to the target in memory and keeps what it leaves.
    @discardableResult
    mutating func apply(failing: Set<String> = []) async throws -> Applied {
        let target = MemoryTarget(live, failing: failing)
        let prepared = try await prepared(reading: target)
        let applied = try await Reconciler.apply(
            prepared,
            reader: target,
            writer: target,
            records: MemoryRecords(),
            time: "2026-11-23T16:47:00Z"
        )
        live = await target.organization
        if let record = applied.record {
            // What is kept is what a file keeps.
            let kept: TargetRecord = try #require(TargetRecord.read(record.bytes, file: "record").record)
            #expect(kept == record)
            #expect(TargetRecord.readNames(record.bytes, file: "record").names?.part == kept.names)
            self.record = kept
        }
        return applied
    }
}

/// A place for records in memory that keeps all that it was given.
actor MemoryRecords: RecordStore {
    private(set) var saved: [TargetRecord] = []

    func load() async throws -> TargetRecord? { saved.last }

    func save(_ record: TargetRecord) async throws { saved.append(record) }
}

/// A target in memory that refuses the items that it is told to refuse.
actor MemoryTarget: TargetReader, TargetWriter {
    private(set) var organization: Organization
    /// Every state that it was in, the first one before anything was applied.
    private(set) var states: [Organization]
    private let failing: Set<String>

    init(_ organization: Organization, failing: Set<String> = []) {
        self.organization = organization
        states = [organization]
        self.failing = failing
    }

    func read() async throws -> Organization { organization }

    func apply(_ item: PlanItem) async throws {
        guard !failing.contains(item.id.text) else { throw TargetError.refused("told to") }
        do {
            try organization.apply(item.change)
        } catch {
            throw TargetError.refused(error.description)
        }
        states.append(organization)
    }
}

extension Organization {
    /// An organisation as a target file states it.
    init(yaml: String) throws {
        let (organization, diagnostics) = OrganizationFile.read(Array(yaml.utf8), file: "target.yaml")
        self = try #require(organization, "\(diagnostics)")
    }
}

extension Plan {
    /// The items in the order of an apply, each as its id and where it comes from.
    var outline: [String] {
        items.map { item in
            let origin =
                switch item.origin {
                case .commit: ""
                case .drift: " drift"
                case .expiry(let day): " expired \(day)"
                case .adoption: " adopted"
                case .snapshot: " snapshot"
                }
            return item.id.text + origin
        }
    }

    var heldOutline: [String] { held.map(\.id.text) }

    var refusedGuards: [String] { refusals.map(\.check.name) }
}
