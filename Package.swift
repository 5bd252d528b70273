// swift-tools-version: 6.1
import PackageDescription

/// Every target is built in Swift 6 mode with these; a library says `public import` where its interface needs one.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// The rooms of the house, DESIGN section 8: what a target may import is what stands in its row, and the build
/// refuses anything else (`--explicit-target-dependency-import-check error`).
let git = ["Git", "Clibgit2"]
let model = ["LedgerModel", "Calculation"]
let files = ["LedgerFiles"] + model
let store = ["LedgerStore"] + git + files
let merging = ["Merging", "Policy"] + files
let history = ["History", "Consolidation"] + store
let syncing = ["Syncing"] + history + merging
let hub = ["Hub"] + history + merging
let dashboard = ["Dashboard"] + hub + syncing

let hummingbird: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

/// Each name once, whatever ways lead to it.
func dependencies(_ rooms: [String], _ products: [Target.Dependency]) -> [Target.Dependency] {
  Set(rooms).sorted().map { .byName(name: $0) } + products
}

func room(_ name: String, _ rooms: [String], _ products: Target.Dependency...) -> Target {
  .target(name: name, dependencies: dependencies(rooms, products), swiftSettings: settings)
}

func tests(_ name: String, _ rooms: [String], _ products: Target.Dependency..., without: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies(rooms, products), exclude: without, swiftSettings: settings)
}

let package = Package(
  name: "kpi-ledger",
  products: [.executable(name: "kpi", targets: ["kpi"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    .systemLibrary(name: "Clibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
    room("Git", ["Clibgit2"], subprocess, system, crypto),
    room("Calculation", []),
    room("LedgerModel", ["Calculation"]),
    room("LedgerFiles", model),
    room("LedgerStore", git + files),
    room("Policy", model),
    room("Merging", ["Policy"] + files, crypto),
    room("Consolidation", model),
    room("History", ["Consolidation"] + store, grdb),
    room("Syncing", history + merging),
    room("Hub", history + merging, hummingbird, httpTypes, logging, nio, nioPosix, subprocess, crypto),
    room("Dashboard", hub + syncing),
    room("KPICommands", dashboard, arguments, logging),
    .executableTarget(
      name: "kpi", dependencies: dependencies(["KPICommands"], [arguments]), swiftSettings: settings),
    .target(name: "Chance", path: "Tests/Chance", swiftSettings: settings),
    tests("GitTests", git, subprocess),
    tests("CalculationTests", ["Calculation", "Chance"]),
    tests("LedgerModelTests", model),
    tests("LedgerFilesTests", files + ["Chance"], yams, without: ["Fixtures", "validate_schemas.py"]),
    tests("LedgerStoreTests", store),
    tests("PolicyTests", ["Policy"] + model),
    .target(
      name: "FuzzTargets", dependencies: dependencies(merging + git, []), path: "Tests/Fuzzing/Targets",
      swiftSettings: settings),
    tests("FuzzingTests", ["FuzzTargets"], without: ["Fixtures"]),
    tests("MergingTests", merging + ["Chance"], without: ["Fixtures", "Model/histories.json", "Model/histories.py"]),
    tests("ConsolidationTests", ["Consolidation", "Chance"] + model),
    tests("HistoryTests", history + ["Chance"], grdb),
    tests("SyncingTests", syncing),
    tests("HubTests", hub + syncing, logging, crypto, httpTypes),
    .executableTarget(
      name: "Proving", dependencies: dependencies(hub + syncing + ["Chance"], [crypto]), path: "Tests/Proving",
      swiftSettings: settings),
    tests("ProvingTests", ["Proving", "Chance"] + hub + syncing),
    tests("KPICommandsTests", ["KPICommands"] + dashboard, arguments),
  ]
)

// `make fuzz` alone: libFuzzer's loop around the targets.
if Context.environment["KPI_FUZZ"] != nil {
  package.products.append(.executable(name: "kpi-fuzz", targets: ["kpi-fuzz"]))
  package.targets.append(
    .executableTarget(
      name: "kpi-fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzzing/Driver", swiftSettings: settings))
}
