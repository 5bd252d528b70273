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
let git: [Target.Dependency] = ["Git", "Clibgit2"]
let calculation: [Target.Dependency] = ["Calculation"]
let model: [Target.Dependency] = ["LedgerModel"] + calculation
let files: [Target.Dependency] = ["LedgerFiles"] + model
let store: [Target.Dependency] = ["LedgerStore"] + git + files
let policy: [Target.Dependency] = ["Policy"] + model
let merging: [Target.Dependency] = ["Merging", "Policy"] + files
let consolidation: [Target.Dependency] = ["Consolidation"] + model
let history: [Target.Dependency] = ["History", "Consolidation"] + store
let syncing: [Target.Dependency] = ["Syncing", "Merging", "Policy"] + history
let hub: [Target.Dependency] = ["Hub", "Merging", "Policy"] + history
let dashboard: [Target.Dependency] = ["Dashboard", "Hub"] + syncing

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies, exclude: name == "LedgerFiles" ? ["Fixtures", "validate_schemas.py"] : [],
    resources: resources, swiftSettings: settings)
}

let package = Package(
  name: "kpi-ledger",
  products: [.executable(name: "kpi", targets: ["kpi"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    .systemLibrary(name: "Clibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
    room("Git", ["Clibgit2", subprocess, system]),
    room("Calculation", []),
    room("LedgerModel", calculation),
    room("LedgerFiles", model),
    room("LedgerStore", git + files),
    room("Policy", model),
    room("Merging", ["Policy", crypto] + files),
    room("Consolidation", model),
    room("History", ["Consolidation"] + store),
    room("Syncing", ["Merging", "Policy"] + history),
    room("Hub", ["Merging", "Policy", logging] + history),
    room("Dashboard", hub + syncing),
    room("KPICommands", [arguments] + dashboard + hub),
    .executableTarget(name: "kpi", dependencies: ["KPICommands", arguments], swiftSettings: settings),
    tests(of: "Git", git + [subprocess]),
    tests(of: "Calculation", calculation),
    tests(of: "LedgerModel", model),
    tests(of: "LedgerFiles", files + [yams]),
    tests(of: "LedgerStore", store),
    tests(of: "Policy", policy),
    tests(of: "Merging", merging),
    tests(of: "Consolidation", consolidation),
    tests(of: "Syncing", syncing),
    tests(of: "Hub", hub + syncing),
    tests(of: "KPICommands", ["KPICommands", arguments] + dashboard),
  ]
)
