import Foundation
import Git
import Hub
import Testing

/// Names that hide the repository, instruct git, leave the ledger, or that two machines read differently.
@Suite struct PathAttacks {
  static let names: [[UInt8]] =
    [
      ".git", ".GIT", ".Git", ".git.", ".git ", ".git. .", ".g\u{200C}it", ".gi\u{FEFF}t", "\u{202E}.git", "git~1",
      "GIT~1",
      "GIT~1 ", "..", ".", "...", "a\\b", "a:b", ".git::$INDEX_ALLOCATION", "aux", "Com1.txt", "nul", "trailing.",
      "trailing ", "tab\tname", "new\nline", "\u{1B}[2J", "\u{7F}", "\u{85}", "soft\u{AD}hyphen", "\u{2028}",
      "tag\u{E0041}",
      ".gitattributes", ".GITATTRIBUTES", ".gitattributes.", ".gıtattributes", "gitatt~1", "gi7d29~1", ".gitmodules",
      ".gitModules ", "gi7eba~1", "GITMOD~2", ".mailmap", ".MailMap", "MAILMA~1", "x~1.csv",
      String(repeating: "n", count: 201),
    ].map { Array($0.utf8) } + [[0xFF, 0xFE], [0x61, 0xC0, 0x80], [0xED, 0xA0, 0x80]]

  @Test(arguments: [true, false]) func namesThatHideOrInstruct(checkedByGit: Bool) throws {
    let target = try Target(checkedByGit: checkedByGit)
    let file = try target.blob("x\n")
    for name in Self.names {
      for folder in ["", "departments/sales"] {
        let commit = try target.commit(target.adding(("100644", name, file), in: folder))
        try expectRefusal(of: commit, named: name, by: target, checkedByGit: checkedByGit)
      }
    }
    // The gate reads names, not the disk: one real push of many such names shows the whole way.
    var entry = target.first
    for name in Self.names.prefix(8) { entry = try target.commit(target.adding(("100644", name, file)), on: [entry]) }
    try target.refuses(
      entry, by: ["bad-file-name"], saying: "reserved for the repository itself", maybeByGit: checkedByGit)
  }

  private func expectRefusal(of commit: ObjectID, named name: [UInt8], by target: Target, checkedByGit: Bool) throws {
    let verdict = try Gate(target.objects, now: HubStage.now.seconds).verdict(from: target.first, to: commit)
    #expect(
      verdict.refusals.map(\.rule) == ["bad-file-name"], "\(String(decoding: name, as: UTF8.self)): \(verdict.lines())")
  }

  @Test(arguments: [true, false]) func foldersOfSuchNames(checkedByGit: Bool) throws {
    let target = try Target(checkedByGit: checkedByGit)
    let hooks = try target.tree([("100755", Array("post-checkout".utf8), target.blob("#!/bin/sh\n"))])
    let folder = try target.tree([("40000", Array("hooks".utf8), hooks)])
    let commit = try target.commit(target.adding(("40000", Array(".git".utf8), folder)))
    try target.refuses(commit, by: ["bad-file-name"], saying: "reserved for the repository", maybeByGit: checkedByGit)
  }

  @Test(arguments: [".gitattributes", "departments/sales/.gitattributes", ".mailmap", ".gitmodules"])
  func nobodyInstructsGitNotEvenAnAdministrator(path: String) throws {
    let target = try Target()
    try target.refuses(
      target.change([path: "* text working-tree-encoding=UTF-16\n"], by: .ana), by: ["bad-file-name"],
      saying: "tells git to show or store other files otherwise", maybeByGit: path == ".gitmodules")
  }

  @Test(arguments: [
    ".github/workflows/pwn.yml", ".gitlab-ci.yml", "Jenkinsfile", ".gitignore", "departments/sales/.gitignore",
    ".vscode/tasks.json", "README.md", "hooks/pre-receive",
  ]) func whatAServerOrAnEditorRunsIsAnAdministratorsToBring(path: String) throws {
    let target = try Target()
    try target.refuses(
      target.change([path: "on: push\n"], by: .cy), by: ["no-authority"], saying: "administrator (Ana Ruiz, Bo Lind)")
    try target.takes(target.change([path: "on: push\n"], by: .bo))
  }

  @Test(arguments: [true, false]) func slashesInNames(checkedByGit: Bool) throws {
    let target = try Target(checkedByGit: checkedByGit)
    let file = try target.blob("x\n")
    for name in ["departments/x", "/etc/passwd", "../../x", "x/"] {
      let commit = try target.commit(target.adding(("100644", Array(name.utf8), file)))
      try target.refuses(commit, by: ["malformed-folder"], saying: "not written as git would", maybeByGit: true)
      let verdict = try Gate(target.objects, now: HubStage.now.seconds).verdict(from: target.first, to: commit)
      #expect(verdict.refusals.map(\.rule) == ["malformed-folder"])
    }
  }

  @Test(arguments: [
    ("Goals.yaml", "goals.yaml"), ("DEPARTMENTS/x.txt", "departments"), ("departments/Sales/x.txt", "sales"),
    ("departments/sales/actuals/WIN-RATE.csv", "win-rate.csv"), ("people.Yaml", "people.yaml"),
    ("goal\u{17F}.yaml", "goals.yaml"),
  ]) func namesThatAreOneOnSomeMachines(path: String, other: String) throws {
    let target = try Target()
    try target.refuses(target.change([path: "x: 1\n"]), by: ["case-collision"], saying: "\"\(other)\"")
  }

  @Test(arguments: [("\u{DC}ber.md", "U\u{308}ber.md"), ("Stra\u{DF}e.md", "STRASSE.md"), ("\u{FB01}le.md", "FILE.md")])
  func lettersThatAreOneOnSomeMachines(one: String, other: String) throws {
    let target = try Target()
    let commit = try target.change([other: "2\n"], on: target.change([one: "1\n"]))
    try target.refuses(commit, by: ["case-collision"], saying: "differ in capitals or accents only")
  }

  @Test func depthAndLength() throws {
    let target = try Target()
    let deep = Array(repeating: "d", count: 12).joined(separator: "/")
    let long = Array(repeating: String(repeating: "l", count: 150), count: 3).joined(separator: "/")
    try target.refuses(target.change([deep: "x"]), by: ["path-too-deep"], saying: "levels deep")
    try target.refuses(target.change([long: "x"]), by: ["path-too-long"], saying: "452 bytes")
  }
}
