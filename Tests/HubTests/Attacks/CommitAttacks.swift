import Foundation
import Git
import Hub
import Testing

/// Commits that two programs would read differently, and clocks that lie.
@Suite struct CommitAttacks {
  private static let person = "Bo Lind <bo@example.com> \(HubStage.now.seconds) +0000"

  /// A commit's text with one thing wrong.
  private static let malformed: [(what: String, lines: [String], message: String)] = [
    ("two authors", ["author Ana Ruiz <ana@example.com> 1 +0000", "author \(person)", "committer \(person)"], "x"),
    (
      "two committers", ["author \(person)", "committer \(person)", "committer Ana Ruiz <ana@example.com> 1 +0000"], "x"
    ),
    ("no author", ["committer \(person)"], "x"),
    ("no committer", ["author \(person)"], "x"),
    ("committer before author", ["committer \(person)", "author \(person)"], "x"),
    (
      "a parent behind the author",
      ["author \(person)", "parent 1234567890123456789012345678901234567890", "committer \(person)"], "x"
    ),
    (
      "a second tree", ["author \(person)", "committer \(person)", "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904"], "x"
    ),
    ("a NUL in the message", ["author \(person)", "committer \(person)"], "x\0y"),
    ("another encoding", ["author \(person)", "committer \(person)", "encoding ISO-8859-1"], "x"),
    ("two encodings", ["author \(person)", "committer \(person)", "encoding UTF-8", "encoding UTF-8"], "x"),
    ("two signatures", ["author \(person)", "committer \(person)", "gpgsig a", "gpgsig b"], "x"),
    ("an address in an address", ["author Bo <bo@example.com> <ana@example.com> 1 +0000", "committer \(person)"], "x"),
    ("an escape sequence as a name", ["author \u{1B}[31mBo <bo@example.com> 1 +0000", "committer \(person)"], "x"),
    ("a name that turns around", ["author ziuR\u{202E} anA <bo@example.com> 1 +0000", "committer \(person)"], "x"),
    ("a carriage return in a name", ["author Bo\r <bo@example.com> 1 +0000", "committer \(person)"], "x"),
    ("no name", ["author  <bo@example.com> 1 +0000", "committer \(person)"], "x"),
    (
      "a time beyond all calendars", ["author \(person)", "committer Bo <bo@example.com> 9223372036854775807 +0000"],
      "x"
    ),
    ("a time before all", ["author \(person)", "committer Bo <bo@example.com> -9223372036854775808 +0000"], "x"),
    ("a time that is none", ["author \(person)", "committer Bo <bo@example.com> now +0000"], "x"),
    ("no time", ["author \(person)", "committer Bo <bo@example.com>"], "x"),
  ]

  private func commit(_ lines: [String], _ message: String, _ target: Target) throws -> ObjectID {
    let tree = try target.files([Target.Files.actuals: "period,value,status,note\n2026-01,31,,\n"])
    let text = (["tree \(tree)", "parent \(target.first)"] + lines).joined(separator: "\n") + "\n\n\(message)\n"
    return try target.commit(bytes: Array(text.utf8))
  }

  @Test(arguments: [true, false]) func commitsThatProgramsReadDifferently(checkedByGit: Bool) throws {
    let target = try Target(checkedByGit: checkedByGit)
    for (what, lines, message) in Self.malformed {
      let id = try commit(lines, message, target)
      let verdict = try Gate(target.objects, now: HubStage.now.seconds).verdict(from: target.first, to: id)
      #expect(verdict.refusals.map(\.rule) == ["malformed-commit"], "\(what): \(verdict.lines())")
    }
    for place in [0, 7, 8, 12] {
      let (_, lines, message) = Self.malformed[place]
      try target.refuses(
        commit(lines, message, target), by: ["malformed-commit"], saying: "git would not write it so",
        maybeByGit: checkedByGit)
    }
  }

  @Test func bytesThatAreNoText() throws {
    let target = try Target()
    let tree = try target.objects.commit(target.first).tree
    let header = "tree \(tree)\nparent \(target.first)\nauthor \(Self.person)\ncommitter \(Self.person)\n\n"
    let id = try target.commit(bytes: Array(header.utf8) + [0xC3, 0x28, 0xFF, 10])
    try target.refuses(id, by: ["malformed-commit"], saying: "is not written in UTF-8")
  }

  /// It does not help to hide it behind a commit that takes it back, or in what a sync brings along.
  @Test func commitsInTheMiddle() throws {
    let target = try Target()
    let (_, lines, message) = Self.malformed[12]
    let odd = try commit(lines, message, target)
    try target.refuses(
      target.commit(target.objects.commit(target.first).tree, on: [odd]), by: ["malformed-commit"], maybeByGit: true)
    let merge = try target.commit(
      target.objects.commit(odd).tree, on: [target.first, odd], message: "Sync\n\nMerge-Rules: 1\n")
    try target.refuses(merge, by: ["malformed-commit"], maybeByGit: true)
  }

  @Test func hugeMessages() throws {
    let target = try Target()
    let commit = try target.commit(
      target.objects.commit(target.first).tree, message: String(repeating: "m", count: 2 << 20))
    try target.refuses(commit, by: ["message-too-large"], saying: "shorten it")
    let lines = ["author \(Self.person)", "committer \(Self.person)", "note " + String(repeating: "n", count: 2 << 20)]
    try target.refuses(self.commit(lines, "x", target), by: ["message-too-large"])
  }

  @Test func messagesThatAreLargeInAll() throws {
    let target = try Target()
    var (tip, limits) = (target.first, GateLimits.standard)
    limits.allCommitBytes = 200_000
    for number in 0..<5 {
      tip = try target.commit(
        target.objects.commit(target.first).tree, on: [tip],
        message: "\(number)" + String(repeating: "m", count: 50_000))
    }
    let verdict = try Gate(target.objects, now: HubStage.now.seconds, limits: limits).verdict(
      from: target.first, to: tip)
    #expect(verdict.refusals.map(\.rule) == ["too-many-changes"])
  }

  @Test func clocksThatLie() throws {
    let target = try Target()
    let now = HubStage.now.seconds
    let rows = [Target.Files.actuals: "period,value,status,note\n2026-01,31,,\n" as String?]
    try target.refuses(target.change(rows, at: now + 3600), by: ["clock-ahead"], saying: "Set your computer's clock")
    try target.refuses(
      target.change(rows, at: now - 86_400), by: ["clock-behind"], saying: "before what it goes on from")
    try target.refuses(target.change(rows, at: 0), by: ["clock-behind"], saying: "1970-01-01")
    try target.refuses(target.change(rows, at: 250_000_000_000), by: ["clock-ahead"], saying: "9892-03")
    // Forwards, and back again.
    let one = try target.change(rows, at: now + 500)
    let two = try target.change(
      [Target.Files.actuals: "period,value,status,note\n2026-01,32,,\n"], on: one, at: now + 100)
    try target.refuses(two, by: ["clock-behind"])
  }
}
