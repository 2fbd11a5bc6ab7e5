// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "dagroster",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "SCIM", targets: ["SCIM"]),
    ],
    dependencies: [
    ],
    targets: [
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "YAML", dependencies: ["CLibYAML"]),
        .target(name: "SCIM"),
        .testTarget(name: "YAMLTests", dependencies: ["YAML"]),
        .testTarget(name: "SCIMTests", dependencies: ["SCIM"]),
    ],
    swiftLanguageModes: [.v6]
)

// One set of habits for every room; each is a proposal that Swift 7 is expected to make the default.
for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .enableUpcomingFeature("ImmutableWeakCaptures"),
        .treatAllWarnings(as: .error),
    ]
}
