/// How the organisation behaves where nobody has said how Dagster+ does, and other things that differ from one
/// organisation to the next.
package struct Switches: Hashable, Sendable {
    /// What becomes of users that are added or removed while Dagster+'s own SCIM is on.
    package enum SCIMBlock: String, Hashable, Sendable, CaseIterable {
        case unauthorized
        case pythonError = "python-error"
        case allow
    }

    /// What becomes of a grant for the branch deployments of one base.
    package enum PerBaseGate: String, Hashable, Sendable, CaseIterable {
        case open
        case fieldMissing = "field-missing"
        case pythonError = "python-error"
    }

    /// What becomes of something that makes little sense.
    package enum Tolerance: String, Hashable, Sendable, CaseIterable {
        case accept
        case reject
    }

    /// What becomes of a request to a deployment that does not exist.
    package enum UnknownDeployment: String, Hashable, Sendable, CaseIterable {
        case notFound = "not-found"
        case redirect
    }

    /// The owner is only in the organisation's list of users, not in the one with grants.
    package var ownerIsHidden = false
    /// Who is invited is in no list until the invitation is accepted.
    package var pendingAreHidden = false
    /// The answer to a grant that was put does not show its locations.
    package var answersOmitLocations = false
    /// A new team begins with viewer on all branch deployments.
    package var newTeamsHaveGrants = false
    /// The grade that new people get on every deployment and on branch deployments; nil: none.
    package var newUserRole: String? = "VIEWER"
    package var scimBlock = SCIMBlock.unauthorized
    /// A role on a location that is less than the one on its deployment.
    package var weakerOverride = Tolerance.accept
    /// A grade other than `ADMIN` at the organisation.
    package var organizationGrade = Tolerance.accept
    package var perBaseGate = PerBaseGate.open
    /// The schema of 2024: without custom roles, service users and owners' roles in it.
    package var schemaIsOld = false
    /// Enumerations in answers have values that no schema has.
    package var enumsAreUnknown = false
    package var unknownDeployment = UnknownDeployment.notFound

    package init() {}
}
