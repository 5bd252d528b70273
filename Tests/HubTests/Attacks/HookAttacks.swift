import Foundation
import Git
import Testing

/// Ways around the hook, or around what it reads.
@Suite struct HookAttacks {
  typealias Files = SampleFiles
  private static let wrong = [Files.winRate: Files.definition(unit: "furlongs") as String?]

  @Test func optionsOfAPush() throws {
    let target = try Target()
    let commit = try target.change(Self.wrong)
    try target.refuses(
      "\(commit):refs/heads/main", by: ["unknown-unit"], options: ["--no-verify", "--force", "--atomic"])
    try target.refuses(
      "\(commit):refs/heads/main", by: ["unknown-unit"], options: ["--push-option=skip"], maybeByGit: true)
    try target.refuses("\(commit):refs/heads/main", by: ["unknown-unit"], options: ["--thin", "--signed=if-asked"])
  }

  @Test func aShallowCopy() throws {
    let target = try Target()
    try target.takes(target.change([Files.actuals: "period,value,status,note\n2026-01,31,,\n"]))
    try target.stage.git("clone", "-q", "--depth", "1", "file://" + target.stage.hubPath, "shallow", in: "")
    let root = try target.stage.tip(in: "shallow")
    let before = try target.stage.state()
    try target.stage.commit([Files.winRate: Files.definition(unit: "furlongs")], in: "shallow")
    let result = try target.stage.run("git", ["push", "-q", "origin", "HEAD:main"], in: "shallow")
    #expect(result.rules == ["unknown-unit"], "\(result.errors)")
    // A shallow copy whose end the hub does not have: git asks for the rest.
    try target.stage.git("checkout", "-q", "--orphan", "other", in: "shallow")
    try target.stage.commit(["note.txt": "x"], in: "shallow")
    #expect(try target.stage.run("git", ["push", "-qf", "origin", "HEAD:main"], in: "shallow").status != 0)
    #expect(try target.stage.state() == before)
    #expect(try target.stage.tip(in: "hub.git") == root)
  }

  /// What one's own copy pretends does not travel: grafts and replacements stay there.
  @Test func graftsAndReplacements() throws {
    let target = try Target()
    let good = try target.change([Files.actuals: "period,value,status,note\n2026-01,31,,\n"])
    let wrong = try target.change(Self.wrong)
    try target.stage.git("replace", "\(wrong)", "\(good)", in: "evil")
    try target.refuses(wrong, by: ["unknown-unit"])
    try target.stage.git("replace", "-d", "\(wrong)", in: "evil")
    let root = try target.commit(target.objects.commit(good).tree, on: [])
    try target.stage.git("replace", "--graft", "\(root)", "\(target.first)", in: "evil")
    try target.refuses("+\(root):refs/heads/main", by: ["takes-back-history"], maybeByGit: true)
    // Even a replacement that has come into the hub past its gate does not deceive the gate.
    try target.stage.git("fetch", "-q", "../evil", "\(good)", in: "hub.git")
    try target.stage.git("update-ref", "refs/replace/\(wrong)", "\(good)", in: "hub.git")
    try target.refuses(wrong, by: ["unknown-unit"])
  }

  /// Objects that the copy borrows from elsewhere are sent like any others, or git refuses.
  @Test func borrowedObjects() throws {
    let target = try Target()
    let commit = try target.change(Self.wrong)
    try target.stage.git("clone", "-q", "--shared", "evil", "borrower", in: "")
    let result = try target.stage.run(
      "git", ["push", "-q", target.stage.hubPath, "\(commit):refs/heads/main"], in: "borrower")
    #expect(result.rules == ["unknown-unit"], "\(result.errors)")
    let elsewhere = target.stage.folder + "/evil/.git/objects"
    try target.refuses(commit, by: ["unknown-unit"], adding: ["GIT_ALTERNATE_OBJECT_DIRECTORIES": elsewhere])
    // What was refused has not stayed, and the next push does not rest on it.
    #expect(try target.stage.run("git", ["cat-file", "-e", "\(commit)"], in: "hub.git").status != 0)
    try target.takes(target.change([Files.actuals: "period,value,status,note\n2026-01,31,,\n"]))
  }

  /// What is said to a terminal holds nothing that a terminal would obey.
  @Test func wordsForATerminal() throws {
    let target = try Target()
    let commit = try target.commit(
      target.files([Files.winRate: Files.definition(target: "99")]), by: .cy, message: "x\u{1B}]0;pwned\u{07}\u{202E}")
    let result = try target.push("\(commit):refs/heads/main")
    #expect(result.rules == ["no-authority"])
    let name = try target.change(["a\u{1B}[2J\u{9B}31m.txt": "x"])
    let named = try target.push("\(name):refs/heads/main")
    #expect(named.rules == ["bad-file-name"])
    for text in [result.errors, named.errors] {
      #expect(
        !text.unicodeScalars.contains {
          $0.value == 0x1B && !text.contains("\u{1B}[K") || $0.value == 0x9B || $0.value == 7
        })
    }
  }

  /// The check is the program that the hub's own configuration names; where it cannot be run nothing comes in.
  @Test func aProgramThatEnds() throws {
    let target = try Target()
    let commit = try target.change([Files.actuals: "period,value,status,note\n2026-01,31,,\n"])
    for script in ["#!/bin/sh\nkill -9 $$\n", "#!/bin/sh\nexit 7\n"] {
      let before = try target.stage.state()
      let hook = target.stage.hubPath + "/hooks/pre-receive"
      let own = try String(contentsOfFile: hook, encoding: .utf8)
      try script.write(toFile: hook, atomically: false, encoding: .utf8)
      #expect(try target.push("\(commit):refs/heads/main").status != 0)
      try own.write(toFile: hook, atomically: false, encoding: .utf8)
      #expect(try target.stage.state() == before)
    }
    try target.takes(commit)
  }
}
