import Testing

@testable import Tree

struct LayoutTests {
    @Test(arguments: [
        (0, "provisioned/users/ada.yaml"), (256, "provisioned/users/6b/ada.yaml"),
    ])
    func `a record's path follows the layout`(shards: Int, path: String) {
        // SHA-256 of "1" begins with 6b.
        #expect(Layout(shards: shards).path(of: .user, id: "1", name: "Ada") { _ in false } == path)
    }

    @Test func `a taken name gets a suffix, which stays when the name is free again`() {
        let layout = Layout()
        let plain = "provisioned/groups/data-platform.yaml"
        let suffixed = "provisioned/groups/data-platform~30d2cf15.yaml"
        let path = { (current: String?, taken: Set<String>) in
            layout.path(of: .group, id: "2", name: "Data Platform", current: current) { taken.contains($0) }
        }
        #expect(path(nil, []) == plain)
        #expect(path(nil, [plain]) == suffixed)
        #expect(path(suffixed, []) == suffixed)
        #expect(path(plain, [plain]) == plain)
        #expect(path("provisioned/groups/old-name.yaml", []) == plain)
        // A file in another layout's place moves.
        #expect(path("provisioned/groups/d4/data-platform.yaml", []) == plain)
    }
}
