/// The schema as the organisation's switches have it.
enum SchemaVariant {
    /// The whole schema.
    static let whole = Result { () throws(GraphQLError) in try SDLParser.schema(SDL.text + Introspection.sdl) }

    static func schema(_ switches: Switches) throws(GraphQLError) -> Schema {
        var schema = try whole.get()
        if switches.schemaIsOld { schema = old(schema) }
        if switches.perBaseGate == .fieldMissing { schema = withoutPerBase(schema) }
        return schema
    }

    private static let perBaseField = "perBaseBranchDeploymentsPermissionGrants"

    private static func withoutPerBase(_ schema: Schema) -> Schema {
        schema.changing(schema.order) { $0.remove([perBaseField]) }
    }

    /// What the schema of April 2024 did not have.
    private static func old(_ schema: Schema) -> Schema {
        let fields = [
            perBaseField, "customRoleId", "ownerDefinitionsRole", "ownerDefinitionsRoleHandle", "licensedRole",
            "firstName", "lastName", "canAccessDeployment", "planAllowsAddingMoreUsers", "customRoles",
            "customRoleOrError", "serviceUsersOrError", "serviceUser", "createServiceUser", "deleteServiceUser",
            "createOrUpdateServiceUserPermissions", "removeServiceUserPermissions", "createCustomRole",
            "updateCustomRole", "deleteCustomRole",
        ]
        var old = schema.changing(schema.order) { $0.remove(fields) }
        old = old.changing(["PermissionGrant"]) { type in
            guard case .enumeration(let values) = type.kind else { return }
            type.kind = .enumeration(values.filter { $0 != "CATALOG_VIEWER" && $0 != "CUSTOM" })
        }
        return old
    }
}

extension TypeDefinition {
    /// Takes away fields, of the type and as arguments of its fields.
    fileprivate mutating func remove(_ names: [String]) {
        switch kind {
        case .object(let fields, let interfaces): kind = .object(Self.removing(names, fields), interfaces: interfaces)
        case .interface(let fields): kind = .interface(Self.removing(names, fields))
        case .input(let inputs): kind = .input(NamedList(inputs.elements.filter { !names.contains($0.name) }))
        case .scalar, .union, .enumeration: break
        }
    }

    private static func removing(
        _ names: [String],
        _ fields: NamedList<FieldDefinition>
    ) -> NamedList<FieldDefinition> {
        NamedList(
            fields.elements.filter { !names.contains($0.name) }.map { field in
                FieldDefinition(
                    field.name,
                    field.type,
                    field.arguments.elements.filter { !names.contains($0.name) }
                )
            }
        )
    }
}
