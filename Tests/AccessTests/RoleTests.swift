import Testing

@testable import Access

struct RoleTests {
    @Test(arguments: ["catalog_viewer", "viewer", "launcher", "editor", "admin", "on-call"])
    func `a role is known by its name`(name: String) { #expect(Role(name: name).name == name) }

    @Test(arguments: [
        (Role.admin, Role.editor, true), (.editor, .launcher, true), (.launcher, .viewer, true),
        (.viewer, .catalogViewer, true), (.viewer, .viewer, true), (.viewer, .launcher, false),
        (.custom("a"), .custom("a"), true), (.custom("a"), .custom("b"), false), (.custom("a"), .viewer, true),
        (.custom("a"), .launcher, false), (.admin, .custom("a"), true), (.editor, .custom("a"), false),
    ])
    func `one role covers another`(role: Role, other: Role, covers: Bool) {
        #expect(role.isAtLeast(other) == covers)
    }

    @Test func `there are 34 permissions`() { #expect(Set(Permission.allCases.map(\.rawValue)).count == 34) }
}
