// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "dagroster",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "SCIM", targets: ["SCIM"]),
        .executable(name: "dagroster", targets: ["dagroster"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        // Linked where pkg-config finds it: what one thread allocates another frees with every request, which glibc's
        // allocator makes wait for each other.
        .systemLibrary(name: "CJemalloc", pkgConfig: "jemalloc", providers: [.apt(["libjemalloc-dev"])]),
        .target(name: "CJemallocOptions"),
        .target(name: "YAML", dependencies: ["CLibYAML"]),
        .target(name: "SCIM"),
        .target(name: "Roster", dependencies: ["SCIM", "YAML", .collections]),
        .target(name: "Access", dependencies: ["Roster", "SCIM", "YAML", .collections]),
        .target(name: "Git", dependencies: [.subprocess, .system]),
        .target(name: "Tree", dependencies: ["Access", "Git", "Roster", "SCIM", "YAML", .crypto]),
        .target(name: "Store", dependencies: ["Roster", "SCIM", "Tree", "YAML", .collections]),
        .target(name: "Publish", dependencies: ["Git", "Roster", "Store", "Tree", .crypto, .logging]),
        .target(
            name: "Auth",
            dependencies: ["Roster", "Tree", "YAML", .crypto, .httpClient, .jwt, .nioCore, .nioHTTP1]
        ),
        .target(
            name: "Endpoint",
            dependencies: [
                "Auth", "Roster", "SCIM", "Store", "Tree", .collections, .crypto, .httpTypes, .hummingbird,
                .hummingbirdTLS, .hummingbirdCore, .serviceLifecycle, .logging, .nioCore, .nioHTTP1, .nioSSL,
            ]
        ),
        .target(name: "Reconcile", dependencies: ["Access", "Git", "Roster", "SCIM", "Tree", "YAML", .crypto]),
        .target(name: "FileTarget", dependencies: ["Access", "Reconcile", "Tree", "YAML"]),
        .target(
            name: "DagsterPlus",
            dependencies: ["Access", "Reconcile", "SCIM", "Tree", .httpClient, .logging, .nioCore, .nioHTTP1]
        ),
        .target(
            name: "Simulator",
            dependencies: [
                "Access", "FileTarget", "Reconcile", "SCIM", .httpTypes, .hummingbird, .logging, .nioCore,
                .serviceLifecycle,
            ]
        ),
        .target(name: "Reports", dependencies: ["Access", "Reconcile", "SCIM", "YAML", .crypto]),
        .executableTarget(
            name: "dagroster",
            dependencies: [
                "Access", "Auth", "CJemalloc", "CJemallocOptions", "DagsterPlus", "Endpoint", "FileTarget", "Git",
                "Publish", "Reconcile", "Reports", "Roster", "SCIM", "Simulator", "Store", "Tree", "YAML",
                .argumentParser, .httpClient, .logging, .nioCore, .nioHTTP1, .serviceLifecycle, .unixSignals,
            ]
        ),
        // Random input and folders for tests and for the fuzzer; in no product.
        .target(name: "Generators", path: "Tests/Support/Generators"),
        .testTarget(name: "YAMLTests", dependencies: ["Generators", "YAML"]),
        .testTarget(name: "SCIMTests", dependencies: ["Generators", "SCIM"]),
        .testTarget(name: "RosterTests", dependencies: ["Generators", "Roster", "SCIM", "YAML", .collections]),
        .testTarget(name: "AccessTests", dependencies: ["Access", "Roster", "SCIM", "YAML"]),
        .testTarget(name: "GitTests", dependencies: ["Git"]),
        .testTarget(
            name: "TreeTests",
            dependencies: ["Access", "Generators", "Git", "Roster", "SCIM", "Tree", "YAML"]
        ),
        .executableTarget(
            name: "StoreCrashWriter",
            dependencies: ["Roster", "SCIM", "Store", "Tree"],
            path: "Tests/Support/StoreCrashWriter"
        ),
        .testTarget(
            name: "StoreTests",
            dependencies: ["Generators", "Roster", "SCIM", "Store", "StoreCrashWriter", "Tree", "YAML", .collections]
        ),
        .testTarget(
            name: "PublishTests",
            dependencies: ["Git", "Publish", "Roster", "SCIM", "Store", "Tree", .logging]
        ),
        .testTarget(name: "AuthTests", dependencies: ["Auth", "Roster", .cryptoExtras, .jwt]),
        .testTarget(
            name: "EndpointTests",
            dependencies: [
                "Auth", "Endpoint", "Generators", "Roster", "SCIM", "Store", "Tree", "YAML", .collections, .logging,
                .nioEmbedded, .nioSSL,
            ]
        ),
        .testTarget(
            name: "ReconcileTests",
            dependencies: [
                "Access", "FileTarget", "Generators", "Git", "Reconcile", "Reports", "Roster", "SCIM", "Tree", "YAML",
            ]
        ),
        .testTarget(name: "FileTargetTests", dependencies: ["Access", "FileTarget", "Reconcile", "Roster", "YAML"]),
        .testTarget(
            name: "DagsterPlusTests",
            dependencies: ["Access", "DagsterPlus", "Reconcile", "SCIM", "Simulator", "Tree", .httpClient, .logging]
        ),
        .testTarget(
            name: "SimulatorTests",
            dependencies: ["Access", "Generators", "Reconcile", "SCIM", "Simulator", .httpClient, .nioCore, .nioHTTP1]
        ),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["Access", "Reconcile", "Reports", "Roster", "SCIM", "YAML"]
        ),
        .testTarget(
            name: "Acceptance",
            dependencies: ["dagroster", "Generators", .argumentParser],
            exclude: ["Pipelines/fake-curl.sh", "Pipelines/fake-gh.sh"]
        ),
        // What Tests/fuzz.sh runs, in no product.
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "Access", "Auth", "Endpoint", "Generators", "Roster", "SCIM", "Store", "Tree", "YAML", .logging,
                .nioCore, .nioPosix,
            ],
            path: "Tests/Fuzz"
        ),
        // The yardstick of Tests/Benchmarks, in no product.
        .executableTarget(
            name: "EchoServer",
            dependencies: [.hummingbird, .httpTypes, .logging, .nioCore],
            path: "Tests/Benchmarks/EchoServer"
        ),
    ],
    swiftLanguageModes: [.v6]
)

// Tests/sanitize.sh builds the rooms and their tests without the program ("all"), or only those that need no server
// ("pure").
if let rooms = Context.environment["DAGROSTER_ROOMS"] {
    let served: Set = ["Auth", "Endpoint", "DagsterPlus", "Simulator"]
    let program: Set = ["CJemalloc", "CJemallocOptions", "dagroster", "Acceptance", "Fuzz", "EchoServer"]
    let left = rooms == "pure" ? program.union(served) : program
    package.targets.removeAll { target in
        left.contains(target.isTest && target.name.hasSuffix("Tests") ? String(target.name.dropLast(5)) : target.name)
    }
    package.products = [.library(name: "SCIM", targets: ["SCIM"])]
}

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
    static var argumentParser: Self { .product(name: "ArgumentParser", package: "swift-argument-parser") }
    static var collections: Self { .product(name: "HashTreeCollections", package: "swift-collections") }
    static var crypto: Self { .product(name: "Crypto", package: "swift-crypto") }
    static var cryptoExtras: Self { .product(name: "CryptoExtras", package: "swift-crypto") }
    static var httpClient: Self { .product(name: "AsyncHTTPClient", package: "async-http-client") }
    static var httpTypes: Self { .product(name: "HTTPTypes", package: "swift-http-types") }
    static var hummingbird: Self { .product(name: "Hummingbird", package: "hummingbird") }
    static var hummingbirdCore: Self { .product(name: "HummingbirdCore", package: "hummingbird") }
    static var hummingbirdTLS: Self { .product(name: "HummingbirdTLS", package: "hummingbird") }
    static var jwt: Self { .product(name: "JWTKit", package: "jwt-kit") }
    static var logging: Self { .product(name: "Logging", package: "swift-log") }
    static var nioCore: Self { .product(name: "NIOCore", package: "swift-nio") }
    static var nioEmbedded: Self { .product(name: "NIOEmbedded", package: "swift-nio") }
    static var nioHTTP1: Self { .product(name: "NIOHTTP1", package: "swift-nio") }
    static var nioPosix: Self { .product(name: "NIOPosix", package: "swift-nio") }
    static var nioSSL: Self { .product(name: "NIOSSL", package: "swift-nio-ssl") }
    static var serviceLifecycle: Self { .product(name: "ServiceLifecycle", package: "swift-service-lifecycle") }
    static var subprocess: Self { .product(name: "Subprocess", package: "swift-subprocess") }
    static var system: Self { .product(name: "SystemPackage", package: "swift-system") }
    static var unixSignals: Self { .product(name: "UnixSignals", package: "swift-service-lifecycle") }
}
