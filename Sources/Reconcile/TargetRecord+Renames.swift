extension TargetRecord {
    /// The same person under another key.
    mutating func rekeyUser(_ old: String, to new: String) {
        users[new] = users.removeValue(forKey: old)
        for name in teams.keys where teams[name]?.members.remove(old) != nil { teams[name]?.members.insert(new) }
        notAdopted = Set(notAdopted.map { $0.renaming(.user(old), to: .user(new)) })
    }

    /// The same team under another name.
    mutating func renameTeam(_ old: String, to new: String) {
        teams[new] = teams.removeValue(forKey: old)
        notAdopted = Set(notAdopted.map { $0.renaming(.team(old), to: .team(new)) })
    }
}
