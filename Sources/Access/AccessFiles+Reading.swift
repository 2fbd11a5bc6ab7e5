internal import Roster
package import YAML

extension AccessFiles {
    /// Reads every file under `access/`, each as far as it can be read, and checks what they say together: known
    /// roles, each at a scope that it can be held at, and one file for a team or user.
    ///
    /// Whether groups, users, deployments and locations exist is decided elsewhere.
    ///
    /// - Parameter files: paths in the tree with their contents, in any order.
    /// - Returns: what could be read, and the diagnostics by file and place.
    package static func read(
        _ files: some Sequence<(path: String, bytes: [UInt8])>
    ) -> (access: AccessFiles, diagnostics: [Diagnostic]) {
        var access = AccessFiles()
        var diagnostics: [Diagnostic] = []
        var roles: [String: CustomRole]? = [:]
        for (path, bytes) in files.sorted(by: { $0.path < $1.path }) {
            var reader = DocumentReader(file: path)
            switch path {
            case rolesFile: roles = RolesFile.read(bytes, &reader)
            case protectedFile: access.protected = ProtectedFile.read(bytes, &reader)
            default: access.read(bytes, &reader)
            }
            diagnostics += reader.diagnostics
        }
        access.roles = roles ?? [:]
        for binding in access.bindings { diagnostics += RoleCheck(roles: roles).diagnostics(for: binding) }
        diagnostics += access.duplicates
        return (access, diagnostics.sorted())
    }

    private mutating func read(_ bytes: [UInt8], _ reader: inout DocumentReader) {
        for single in [Self.rolesFile, Self.protectedFile] {
            let name = single.dropFirst(Self.folder.count)
            guard reader.file.hasSuffix(name) else { continue }
            reader.error(
                "a file named \(name.dropFirst()) in a folder under \(Self.folder)/",
                at: nil,
                hint: "move it to \(single)"
            )
            return
        }
        if let binding = BindingFile.read(bytes, &reader) { bindings.append(binding) }
    }

    /// Second files for a team or user, and former names that two teams claim.
    private var duplicates: [Diagnostic] {
        var result: [Diagnostic] = []
        var principals: [PrincipalKey: Binding] = [:]
        var former: [NameKey: (binding: Binding, place: Place)] = [:]
        for binding in bindings {
            if let first = principals[PrincipalKey(binding.principal)] {
                let place = "\(first.file):\(first.place)"
                result.append(binding.error("a second file for \(binding.principal); the first one is \(place)"))
            } else {
                principals[PrincipalKey(binding.principal)] = binding
            }
            for name in binding.previously {
                if let first = former[NameKey(name.value)] {
                    let place = "\(first.binding.file):\(first.place)"
                    let message = "a second team that was called \"\(name.value)\"; the first one is in \(place)"
                    result.append(binding.error(message, at: name.place))
                } else {
                    former[NameKey(name.value)] = (binding, name.place)
                }
            }
        }
        return result
    }
}

/// A principal as it is compared: names that differ only in letter case are one.
private struct PrincipalKey: Hashable {
    let isTeam: Bool
    let name: NameKey

    init(_ principal: Binding.Principal) {
        if case .team = principal { isTeam = true } else { isTeam = false }
        name = NameKey(principal.name)
    }
}

extension Binding {
    /// An error about the file, at the principal's name unless another place is given.
    func error(_ message: String, at place: Place? = nil, hint: String? = nil) -> Diagnostic {
        Diagnostic(file: file, place: place ?? self.place, message: message, hint: hint)
    }

    /// A warning about the file, at the principal's name unless another place is given.
    func warning(_ message: String, at place: Place? = nil, hint: String? = nil) -> Diagnostic {
        Diagnostic(severity: .warning, file: file, place: place ?? self.place, message: message, hint: hint)
    }
}
