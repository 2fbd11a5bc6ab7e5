// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "dagroster",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "SCIM", targets: ["SCIM"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "YAML", dependencies: ["CLibYAML"]),
        .target(name: "SCIM"),
        .target(name: "Roster", dependencies: ["SCIM", "YAML", .collections]),
        .target(name: "Access", dependencies: ["Roster", "YAML", .collections]),
        .target(name: "Git", dependencies: [.subprocess]),
        .target(name: "Tree", dependencies: ["Access", "Git", "Roster", "YAML", .crypto]),
        .target(name: "Store", dependencies: ["Roster", "Tree", "YAML", .collections]),
        .target(name: "Publish", dependencies: ["Git", "Roster", "Store", "Tree", .crypto, .logging]),
        .target(name: "Auth", dependencies: ["Roster", "Tree", "YAML", .crypto]),
        .testTarget(name: "YAMLTests", dependencies: ["YAML"]),
        .testTarget(name: "SCIMTests", dependencies: ["SCIM"]),
        .testTarget(name: "RosterTests", dependencies: ["Roster", "SCIM", "YAML", .collections]),
        .testTarget(name: "AccessTests", dependencies: ["Access", "Roster", "SCIM", "YAML"]),
        .testTarget(name: "GitTests", dependencies: ["Git"]),
        .testTarget(name: "TreeTests", dependencies: ["Access", "Git", "Roster", "SCIM", "Tree", "YAML"]),
        .testTarget(name: "StoreTests", dependencies: ["Roster", "SCIM", "Store", "Tree", "YAML", .collections]),
        .testTarget(name: "PublishTests", dependencies: ["Git", "Publish", "Roster", "Store", .logging]),
        .testTarget(name: "AuthTests", dependencies: ["Auth", "Roster"]),
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

extension Target.Dependency {
    static var collections: Self { .product(name: "HashTreeCollections", package: "swift-collections") }
    static var crypto: Self { .product(name: "Crypto", package: "swift-crypto") }
    static var logging: Self { .product(name: "Logging", package: "swift-log") }
    static var subprocess: Self { .product(name: "Subprocess", package: "swift-subprocess") }
}
