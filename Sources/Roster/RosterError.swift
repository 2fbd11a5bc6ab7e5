/// Why a mutation cannot be applied to a directory; the directory is as it was.
package enum RosterError: Error, Hashable, Sendable {
    case userNameTaken(String, by: String)
    case groupNameTaken(String, by: String)
    case idTaken(String)
    case userNameMissing
    case groupNameMissing
    case unknownUser(String)
    case unknownGroup(String)
    case unknownMember(String, group: String)
    /// Names of the groups from the group that was to be changed back to itself.
    case cycle([String])
}

extension RosterError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .userNameTaken(let name, let id): "userName \"\(name)\" belongs to the user with id \"\(id)\""
        case .groupNameTaken(let name, let id): "displayName \"\(name)\" belongs to the group with id \"\(id)\""
        case .idTaken(let id): "the id \"\(id)\" belongs to another record"
        case .userNameMissing: "a user needs a userName that is not empty"
        case .groupNameMissing: "a group needs a displayName that is not empty"
        case .unknownUser(let id): "there is no user with id \"\(id)\""
        case .unknownGroup(let id): "there is no group with id \"\(id)\""
        case .unknownMember(let id, let group):
            "there is no user or group with id \"\(id)\", which group \"\(group)\" was to hold"
        case .cycle(let names):
            "group \"\(names.first ?? "")\" would hold itself: "
                + names.map { "\"\($0)\"" }.joined(separator: " holds ")
        }
    }
}
