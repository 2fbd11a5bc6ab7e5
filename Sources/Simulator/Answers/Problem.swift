/// Why a request gets an error for an answer, as the schema's unions have them.
struct Problem: Error, Hashable, Sendable {
    /// The type of the error in the schema.
    var type: String
    var message: String

    /// What the error says beside its message, such as `serviceUserId`.
    private var detailField: String?
    private var detailText = ""

    private init(_ type: String, _ message: String, _ field: String? = nil, _ text: String = "") {
        self.type = type
        self.message = message
        detailField = field
        detailText = text
    }
}

extension Problem {
    static let unauthorized = Problem("UnauthorizedError", "Authorization failed")
    static let allAdmins = Problem("CantRemoveAllAdminsError", "Cannot remove all organization admins")
    static let userLimit = Problem("UserLimitError", "The organization has reached its limit of users")
    static let roleInUse = Problem("CustomRoleInUseError", "The custom role is in use")
    static let customRoleNotFound = Problem("CustomRoleNotFoundError", "The custom role does not exist")

    static func userNotFound(_ email: String) -> Problem {
        Problem("UserNotFoundError", "User with email \(email) not found")
    }

    static func serviceUserNotFound(_ id: String) -> Problem {
        Problem("ServiceUserNotFoundError", "Service user \(id) not found", "serviceUserId", id)
    }

    static func serviceUserConflict(_ name: String) -> Problem {
        Problem("ServiceUserNameConflictError", "A service user named \(name) exists", "existingName", name)
    }

    static func deploymentNotFound(_ name: String) -> Problem {
        Problem("DeploymentNotFoundError", "Deployment \(name) not found")
    }

    /// What Dagster+ has no type for: an exception in its own code.
    static func python(_ message: String) -> Problem { Problem("PythonError", message) }

    /// The error as an answer shows it.
    var node: Node {
        let problem = self
        return Node(type) { field in
            switch field {
            case "message": .text(problem.message)
            case "className": .text("Exception")
            case "stack": .list([])
            case "cause": .null
            case "causes", "errorChain": .list([])
            default: field == problem.detailField ? .text(problem.detailText) : nil
            }
        }
    }
}
