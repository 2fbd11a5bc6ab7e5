internal import SCIM

extension MutationRoot {
    mutating func createServiceUser(_ input: Arguments) throws(Problem) -> Node {
        try requireTeams()
        let name = input.text("name")
        guard !state.serviceUsers.values.contains(where: { $0.name == name }) else {
            throw .serviceUserConflict(name)
        }
        let user = ServiceUser(number: state.newNumber(), name: name, description: input["description"]?.string)
        state.serviceUsers[user.id] = user
        record("CREATE_SERVICE_USER", name)
        return nodes.serviceUser(user)
    }

    mutating func deleteServiceUser(_ id: String) throws(Problem) -> Node {
        try requireTeams()
        let user = try serviceUser(id)
        state.serviceUsers[id] = nil
        record("DELETE_SERVICE_USER", user.name)
        return Node("DeleteServiceUserSuccess") { $0 == "success" ? .bool(true) : nil }
    }

    mutating func putServiceGrant(_ input: Arguments) throws(Problem) -> Node {
        try requireTeams()
        let id = try serviceUser(input.text("serviceUserId")).id
        let (place, grant) = try grant(input)
        state.serviceUsers[id]?.grants[place] = grant
        return try answer(id)
    }

    mutating func dropServiceGrant(_ input: Arguments) throws(Problem) -> Node {
        try requireTeams()
        let id = try serviceUser(input.text("serviceUserId")).id
        let place = try place(input)
        state.serviceUsers[id]?.grants[place] = nil
        return try answer(id)
    }

    private mutating func answer(_ id: String) throws(Problem) -> Node {
        let user = try serviceUser(id)
        record("CHANGE_SERVICE_USER_PERMISSIONS", user.name)
        return nodes.serviceUser(user)
    }

    private func serviceUser(_ id: String) throws(Problem) -> ServiceUser {
        guard let user = state.serviceUsers[id] else { throw .serviceUserNotFound(id) }
        return user
    }
}
