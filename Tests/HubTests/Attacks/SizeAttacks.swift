import Foundation
import Git
import Hub
import LedgerModel
import Testing

/// What is too large, too much, or made to be read for ever.
@Suite struct SizeAttacks {
  typealias Files = SampleFiles

  @Test(arguments: [
    (Files.winRate, 2), ("departments/sales/actuals/new-orders.csv", 17), ("notes.bin", 17), ("proposals/x/y.yaml", 2),
  ]) func filesThatAreTooLarge(path: String, megabytes: Int) throws {
    let target = try Target()
    let commit = try target.change([path: String(repeating: "0", count: megabytes << 20)])
    try target.refuses(commit, by: ["file-too-large"], saying: path)
  }

  /// A list of names of 17 MB.
  @Test func aFolderWithHalfAMillionNames() throws {
    let target = try Target()
    let file = try target.blob("x")
    let entries = (100_000..<620_000).map { (mode: "100644", name: Array("\($0)".utf8), id: file) as Target.Entry }
    let folder = try target.tree(entries)
    let commit = try target.commit(target.adding(("40000", Array("notes".utf8), folder)))
    try target.refuses(commit, by: ["folder-too-large"], saying: "notes")
  }

  @Test func moreReasonsThanAnybodyReads() throws {
    let target = try Target()
    let file = try target.blob("x")
    let entries = (10_000..<15_000).map { (mode: "100755", name: Array("\($0)".utf8), id: file) as Target.Entry }
    let commit = try target.commit(target.adding(("40000", Array("notes".utf8), target.tree(entries))))
    try target.refuses(commit, by: ["bad-mode"], saying: "… and 940 more")
  }

  /// Ten names for one folder, eight levels deep and behind folders that no name may have: nobody walks them.
  @Test func endlessFoldersBehindWhatIsNotLookedAt() throws {
    let target = try Target()
    var folder = try target.tree([("100644", Array("x".utf8), target.blob("x"))])
    for _ in 0..<40 {
      folder = try target.tree((0..<10).map { ("40000", Array("\($0)".utf8), folder) })
    }
    let hidden = try target.commit(target.adding(("40000", Array("nul".utf8), folder)))
    try target.refuses(hidden, by: ["bad-file-name"], saying: "Windows cannot store")
    var limits = GateLimits.standard
    (limits.changes, limits.refusals) = (20_000, 100)
    let open = try target.commit(target.adding(("40000", Array("notes".utf8), folder)))
    let verdict = try Gate(target.objects, now: HubStage.now.seconds, limits: limits).verdict(
      from: target.first, to: open)
    #expect(Set(verdict.refusals.map(\.rule)).isSubset(of: ["path-too-deep", "too-many-changes"]))
    #expect(!verdict.isAccepted)
  }

  static let bombs: [(what: String, text: String)] = [
    ("nested lists", "goals: " + String(repeating: "[", count: 500_000)),
    ("nested maps", "goals: " + String(repeating: "{a: ", count: 200_000)),
    ("indented for ever", (0..<1400).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")),
    ("aliases of aliases", "a: &a [x,x]\n" + (0..<20).map { "b\($0): &b\($0) [*a,*a]\n" }.joined()),
    ("one long text", "goals: \"" + String(repeating: "x", count: 900_000) + "\"\n"),
    ("many keys", "goals:\n" + (0..<60_000).map { "  k\($0): {name: x}\n" }.joined()),
    ("one key many times", "goals:\n" + String(repeating: "  k: {name: x}\n", count: 60_000)),
    ("many documents", String(repeating: "---\na: 1\n", count: 90_000)),
    ("comments alone", String(repeating: "#\n", count: 500_000)),
    ("tags", "goals: !!python/object/apply:os.system [\"touch /tmp/pwned\"]\n"),
    ("a byte order mark and tabs", "\u{FEFF}goals:\n\t\tgrow:\n"),
  ]

  @Test(arguments: bombs.indices) func filesThatAreMadeToBeReadForEver(place: Int) throws {
    let target = try Target()
    let (what, text) = Self.bombs[place]
    let commit = try target.change(["goals.yaml": text])
    let (before, start) = (try target.stage.state(), Date())
    let result = try target.push("\(commit):refs/heads/main")
    #expect(result.status != 0 && !result.rules.isEmpty, "\(what): \(result.errors)")
    #expect(!result.errors.contains("Fatal error") && result.errors.utf8.count < 100_000, "\(what)")
    #expect(try target.stage.state() == before)
    // Far from a measurement: something that grows with the square of the size takes minutes.
    #expect(Date().timeIntervalSince(start) < 60, "\(what)")
  }

  @Test func aTableInWhichEveryRowIsWrong() throws {
    let target = try Target()
    let rows = String(repeating: "x,y,z,w\n", count: 100_000)
    let commit = try target.change([Files.actuals: "period,value,status,note\n" + rows])
    let result = try target.push("\(commit):refs/heads/main")
    #expect(result.status != 0 && !result.rules.isEmpty, "\(result.errors.prefix(500))")
    #expect(result.errors.split(separator: "\n").count < 80)
  }

  /// A look at a push ends after some time, whatever it is doing.
  @Test func aPushThatTakesTooLong() throws {
    let target = try Target()
    let hook = target.stage.hubPath + "/hooks/pre-receive"
    let script = try String(contentsOfFile: hook, encoding: .utf8)
    try script.replacingOccurrences(of: "check --push .", with: "check --push --seconds 0 . </dev/tty")
      .replacingOccurrences(
        of: "</dev/tty", with: "<\(target.stage.folder)/endless"
      ).write(toFile: hook, atomically: false, encoding: .utf8)
    try target.stage.run("mkfifo", ["endless"], in: "")
    // Somebody has it open for writing and writes nothing.
    let open = FileHandle(forUpdatingAtPath: target.stage.folder + "/endless")
    defer { try? open?.close() }
    try target.refuses(
      target.change([Files.actuals: "period,value,status,note\n2026-01,31,,\n"]), by: ["takes-too-long"],
      saying: "Send it in parts")
  }
}
