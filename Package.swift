// swift-tools-version: 6.2
import PackageDescription

// Links the Swift runtime into the released program and gives it a fixed address: half the time to start is loading and
// relocating it. The archives named are those that the toolchain's static FoundationEssentials leans on; what nothing refers to
// stays out. The library is linked as those who use it choose. Libraries that a package brings along (.ci/package) are looked for
// in lib/planlint beside the program's folder first. With PLANLINT_SHARED_RUNTIME the program uses the toolchain's libraries: the
// tests do, so that only then they can be built as a release together with it (.ci/deep oracle).
let startsQuickly =
  Context.environment["PLANLINT_SHARED_RUNTIME"] != nil
  ? []
  : ["-static-stdlib", "-use-ld=lld", "-Xclang-linker", "-no-pie"]
    + ["-rpath", "$ORIGIN/../lib/planlint", "--disable-new-dtags"].flatMap { ["-Xlinker", $0] }
    + [
      "_FoundationCShims", "_FoundationCollections", "swiftSynchronization", "dispatch",
      "BlocksRuntime",
    ].map { "-l" + $0 }

let package = Package(
  name: "planlint",
  products: [
    .library(name: "PlanlintKit", targets: ["PlanlintKit"]),
    .executable(name: "planlint", targets: ["planlint"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .target(name: "Diagnostics"),
    .target(name: "Workbooks", dependencies: ["CZlib"]),
    .target(name: "Reading", dependencies: ["CLibYAML", "CZlib", "CExpat", "Diagnostics"]),
    .target(name: "Expression", dependencies: ["Diagnostics"]),
    .target(name: "Spatial"),
    .target(name: "Cases", dependencies: ["Diagnostics", "Reading", "Expression", "Spatial"]),
    .target(name: "Policy", dependencies: ["Cases", "Diagnostics", "Reading", "Expression"]),
    .target(
      name: "Deciding",
      dependencies: ["Policy", "Cases", "Diagnostics", "Reading", "Expression", "Spatial"]),
    .target(
      name: "Checks",
      dependencies: [
        "Deciding", "Policy", "Cases", "Diagnostics", "Reading", "Expression", "Spatial",
      ]),
    .target(
      name: "PolicyDesk",
      dependencies: [
        "Checks", "Deciding", "Policy", "Cases", "Diagnostics", "Reading", "Expression", "Spatial",
        "Workbooks",
      ]),
    .target(name: "Reporting", dependencies: ["Diagnostics", "Workbooks"]),
    .target(
      name: "PlanlintKit",
      dependencies: [
        "Checks", "PolicyDesk", "Deciding", "Policy", "Cases", "Reporting", "Notices",
        "Diagnostics",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(name: "Notices", dependencies: ["Reporting", "Diagnostics"]),
    .target(
      name: "LanguageServer",
      dependencies: [
        "PolicyDesk", "Checks", "Policy", "Cases", "Expression", "Reading", "Diagnostics",
      ]),
    .executableTarget(
      name: "planlint",
      dependencies: [
        "PlanlintKit", "LanguageServer", "Diagnostics",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      linkerSettings: [
        .unsafeFlags(startsQuickly, .when(platforms: [.linux], configuration: .release))
      ]),
    .target(name: "TestSupport", dependencies: ["Diagnostics"], path: "Tests/TestSupport"),
    // The example of the documentation: without access to the package it proves that the public interface is enough.
    .executableTarget(
      name: "library-example", dependencies: ["PlanlintKit"], path: "Tests/LibraryExample",
      packageAccess: false),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics", "TestSupport"]),
    .testTarget(name: "ReadingTests", dependencies: ["Reading", "Diagnostics", "TestSupport"]),
    .testTarget(
      name: "ExpressionTests", dependencies: ["Expression", "Diagnostics", "TestSupport"]),
    .testTarget(name: "SpatialTests", dependencies: ["Spatial", "TestSupport"]),
    .testTarget(
      name: "WorkbooksTests", dependencies: ["Workbooks", "Reading", "Diagnostics", "TestSupport"]),
    .testTarget(
      name: "CasesTests",
      dependencies: ["Cases", "Diagnostics", "Reading", "Expression", "TestSupport"]),
    .testTarget(
      name: "DecidingTests",
      dependencies: [
        "Checks", "Deciding", "Policy", "Cases", "Reporting", "Diagnostics", "Reading",
        "Expression", "TestSupport",
      ]),
    .testTarget(
      name: "PolicyDeskTests",
      dependencies: [
        "PolicyDesk", "Checks", "Policy", "Cases", "Diagnostics", "Reading", "TestSupport",
      ]),
    .testTarget(
      name: "ReportingTests", dependencies: ["Reporting", "Diagnostics", "Reading", "TestSupport"]),
    .testTarget(
      name: "NoticesTests",
      dependencies: ["Notices", "PlanlintKit", "Diagnostics", "TestSupport"]),
    .testTarget(
      name: "LanguageServerTests",
      dependencies: [
        "LanguageServer", "PolicyDesk", "Checks", "Policy", "Expression", "Reading", "Diagnostics",
        "TestSupport",
      ]),
    .testTarget(
      name: "PlanlintKitTests",
      dependencies: [
        "PlanlintKit", "Diagnostics", "Cases", "Reading", "Reporting", "TestSupport",
      ]),
    // What a fuzzer and the tests try with any bytes.
    .target(
      name: "FuzzTargets",
      dependencies: [
        "PlanlintKit", "Checks", "Notices", "Reporting", "Reading", "Expression", "Diagnostics",
        "TestSupport",
      ], path: "Tests/FuzzTargets"),
    .testTarget(name: "FuzzTargetsTests", dependencies: ["FuzzTargets", "TestSupport"]),
    .testTarget(
      name: "CommandLineTests", dependencies: ["planlint", "Reading", "Diagnostics", "TestSupport"]),
  ]
)

// The desk (planlintd) is left out where nothing of it is wanted, under the thread sanitizer: it brings a database along.
if Context.environment["PLANLINT_WITHOUT_DESK"] == nil {
  package.dependencies += [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
  ]
  package.targets += [
    .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(
      name: "Store",
      dependencies: ["CPostgreSQL", .product(name: "GRDB", package: "GRDB.swift")]),
    .target(
      name: "Desk",
      dependencies: [
        "Store", "PlanlintKit", "Diagnostics",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "_CryptoExtras", package: "swift-crypto"),
      ]),
    .target(
      name: "Service",
      dependencies: [
        "Desk", "Store", "PlanlintKit", "Diagnostics",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ]),
    .executableTarget(
      name: "planlintd",
      dependencies: [
        "Service", "Desk", "Store", "PlanlintKit", "Diagnostics", "Reading",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      // Huaibei's example, which `serve --demo` brings along; the files are those of fixtures.
      resources: ["facts.yaml", "registry.csv", "applications.yaml"].map {
        .embedInCode("Demo/" + $0)
      }),
    // Is killed by tests of the desk at the points of a write.
    .executableTarget(
      name: "desk-crash", dependencies: ["Desk", "Store", "PlanlintKit", "Diagnostics"],
      path: "Tests/DeskCrash"),
    .testTarget(
      name: "ServiceTests",
      dependencies: [
        "Service", "Desk", "Store", "Diagnostics", "TestSupport", "planlint", "planlintd",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "_CryptoExtras", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .testTarget(
      name: "StoreTests",
      dependencies: ["Store", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")]),
    .testTarget(
      name: "DeskTests",
      dependencies: [
        "Desk", "Store", "PlanlintKit", "Diagnostics", "TestSupport", "planlint", "desk-crash",
      ]),
  ]
}

// The fuzzer's program needs the compiler's libFuzzer: `.ci/fuzz` builds it, with everything it tries, in a folder of its own.
if Context.environment["PLANLINT_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "planlint-fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzzing"))
}

for target in package.targets where target.type != .system {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
      .treatAllWarnings(as: .error),
    ]
}
