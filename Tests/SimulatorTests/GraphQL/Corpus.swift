import SCIM

/// Documents that are fit to be run, and others that break every rule there is.
enum Corpus {
    struct Request: Sendable {
        var query: String
        var variables: Object = [:]
    }

    static let good: [Request] = [
        Request(query: "{ version }"), Request(query: "query Q { __typename a: version b: version }"),
        Request(query: "{ __schema { queryType { name } types { fields { name args { name } } } } }"),
        Request(query: "{ __type(name: \"CloudQuery\") { fields(includeDeprecated: true) { name } } }"),
        Request(
            query: """
                query Users($full: Boolean! = true) {
                  usersOrError { __typename ...Users ... on Error { message } ... on PythonError { stack } } }
                fragment Users on DagsterCloudUsersWithScopedPermissionGrants {
                  users { ...Grants user { ...User @include(if: $full) } } }
                fragment Grants on ScopedPermissionGrantInterface {
                  organizationPermissionGrant { grant } deploymentPermissionGrants { ...Grant } }
                fragment Grant on DagsterCloudScopedPermissionGrant {
                  id grant locationGrants @skip(if: false) { locationName grant } }
                fragment User on DagsterCloudUser { userId email }
                """,
            variables: ["full": false]
        ),
        Request(
            query: """
                mutation Put($team: String!, $grant: PermissionGrant!, $locations: [LocationScopedGrantInput]) {
                  createOrUpdateTeamPermission(teamId: $team, deploymentScope: DEPLOYMENT, grant: $grant,
                    deploymentId: 3, locationGrants: $locations, ownerDefinitionsRole: { grant: VIEWER }) {
                    __typename ... on CreateOrUpdateTeamPermissionSuccess { teamPermissions { id } } } }
                """,
            variables: [
                "team": "t", "grant": "VIEWER", "locations": [["locationName": "x", "grant": "EDITOR"], .null],
            ]
        ),
        Request(
            query: """
                mutation($email: String!, $id: Int) { createOrUpdateUserPermissions(userPermission: {
                  email: $email, deploymentId: $id, deploymentScope: ORGANIZATION, grant: ADMIN,
                  locationGrants: { locationName: "one", grant: VIEWER } }) { ... on Error { message } } }
                """,
            variables: ["email": "x"]
        ),
        Request(
            query: """
                { auditLog { auditLogEntries(limit: 3, filters: { eventTypes: [LOG_IN], afterDatetime: 1 }) {
                    eventMetadata } } }
                """
        ),
        Request(query: "{ deploymentByName(name: \"\"\"a \"b\" c\"\"\") { ... { __typename } } }"),
        Request(
            query: "query($n: Int!) { branchDeployments(limit: $n) { nodes { deploymentName } } }",
            variables: ["n": 3]
        ),
    ]

    static let bad: [Request] =
        [
            Request(query: "{ nope }"), Request(query: "{ version { a } }"), Request(query: "{ organization }"),
            Request(query: "{ usersOrError { users { id } } }"), Request(query: "{ usersOrError { message } }"),
            Request(query: "{ organization { ... on DagsterCloudUser { id } } }"),
            Request(query: "{ organization { ...F } } fragment F on DagsterCloudUser { id }"),
            Request(query: "{ organization { ... on PermissionGrant { id } ... on Nope { id } ...G } }"),
            Request(query: "{ version } fragment F on GrantInput { id } fragment F on Nope { id }"),
            Request(query: "{ version } { version }"), Request(query: "query A { version } query A { version }"),
            Request(query: "{ deploymentByName { __typename } }"),
            Request(query: "{ deploymentByName(name: null, name: 1, nope: 2) { __typename } }"),
            Request(query: "{ branchDeployments(limit: \"3\") { nodes { deploymentId } } }"),
            Request(
                query:
                    "{ branchDeployments(limit: 3000000000, pullRequestStatus: \"OPEN\") { nodes { deploymentId } } }"
            ),
            Request(query: "{ branchDeployments(limit: 1.5, pullRequestStatus: NOPE) { nodes { deploymentId } } }"),
            Request(query: "{ branchDeployments(limit: [1], pullRequestStatus: {a: 1}) { nodes { deploymentId } } }"),
            Request(query: "query($a: Int, $a: Nope, $b: PythonError, $c: Int = \"x\") { version }"),
            Request(
                query:
                    "query Q($a: Int) { branchDeployments(limit: $a) { nodes { deploymentId } } a: deploymentByName(name: $b) { __typename } }"
            ),
            Request(query: "query($a: String) { deploymentByName(name: $a) { __typename } }"),
            Request(query: "query($a: DagsterCloudUser) { deploymentByName(name: $a) { __typename } }"),
            Request(query: "query($a: String = null) { deploymentByName(name: $a) { __typename } }"),
            Request(query: "query($a: [Int]) { branchDeployments(limit: $a) { nodes { deploymentId } } }"),
            Request(query: "{ version @nope @include @skip(if: 1) @skip(if: true) @include(if: true, x: 1) }"),
            Request(query: "query @include(if: true) { version @deprecated }"),
            Request(query: "{ a: version a: planType }"), Request(query: "{ a: version ... { a: scimSyncEnabled } }"),
            Request(
                query: "{ deploymentByName(name: \"a\") { __typename } deploymentByName(name: \"b\") { __typename } }"
            ),
            Request(
                query: """
                    { organization { name } organization { name: publicId }
                      teamPermissions { team { x: id } } teamPermissions { team { x: name } } }
                    """
            ),
            Request(query: "{ version ...A } fragment A on CloudQuery { ...B } fragment B on CloudQuery { ...A ...B }"),
            Request(
                query: """
                    mutation { createOrUpdateUserPermissions(userPermission: { email: 1, nope: 2, grant: "ADMIN",
                      locationGrants: [{ grant: VIEWER }, 3], email: "x" }) { __typename } }
                    """
            ),
            Request(query: "mutation { setScimSyncEnabled(enabled: \"yes\") { ... on Error { message nope } } }"),
            Request(query: "{ customRoleOrError(customRoleId: ADMIN) { ... on CustomRole { id } } }"),
            Request(query: "query($x: Int!) { branchDeployments(limit: $x) { nodes { deploymentId } } }"),
            Request(
                query: "query($x: Int!) { branchDeployments(limit: $x) { nodes { deploymentId } } }",
                variables: ["x": .null]
            ),
            Request(
                query: "query($x: Int!) { branchDeployments(limit: $x) { nodes { deploymentId } } }",
                variables: ["x": "12"]
            ),
            Request(
                query: "query($x: Int!) { branchDeployments(limit: $x) { nodes { deploymentId } } }",
                variables: ["x": true]
            ),
            Request(
                query: "query($x: Int!) { branchDeployments(limit: $x) { nodes { deploymentId } } }",
                variables: ["x": 3_000_000_000]
            ),
            Request(query: "query($x: String!) { deploymentByName(name: $x) { __typename } }", variables: ["x": 1]),
            Request(query: "query($x: Boolean!) { version @skip(if: $x) }", variables: ["x": "it's"]),
        ]
        + ["", "CODE_LOCATION", true, .null, ["ADMIN"], ["a": "b"]].map {
            Request(
                query: """
                    mutation($grant: PermissionGrant!) {
                      createOrUpdateTeamPermission(teamId: "t", deploymentScope: ORGANIZATION, grant: $grant) {
                        __typename } }
                    """,
                variables: ["grant": $0]
            )
        }
        + [
            ["email": "x"], 3, ["email": "x", "deploymentScope": "X", "nope": 1],
            ["email": "x", "deploymentScope": "ORGANIZATION", "grant": "ADMIN", "locationGrants": [["grant": 1]]],
            ["email": .null, "deploymentScope": "ORGANIZATION", "grant": "ADMIN", "ownerDefinitionsRole": "x"],
        ].map {
            Request(
                query: """
                    mutation($p: CreateOrUpdateCloudUserPermissionsInput!) {
                      createOrUpdateUserPermissions(userPermission: $p) { __typename } }
                    """,
                variables: ["p": $0]
            )
        }
}
