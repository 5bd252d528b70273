import Foundation
import Testing

/// A process that is killed in the middle of a sync leaves something that the next sync finishes.
@Suite("kill -9 in the middle of a sync")
struct KilledSyncTests {
  private static let figures = "departments/sales/actuals/win-rate.csv"

  /// Thirty syncs, each killed after another random time, each with an own edit and one from somebody else; after each
  /// the next `kpi sync` ends well, both values are in force or held, and hub and clone are sound.
  @Test("Thirty random moments: the next sync ends well, nothing is lost, the hub is intact")
  func thirtyMoments() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: ["anna", "ben"])
    var random = SplitMix(seed: 20_261_121)
    var killed = 0
    for round in 0..<30 {
      let (mine, theirs) = ("2020-\(month(round))", "2021-\(month(round))")
      try edit(work, "ben", period: theirs, value: 1000 + round)
      let began = DispatchTime.now().uptimeNanoseconds
      try work.kpi("sync", in: "ben")
      let microseconds = (DispatchTime.now().uptimeNanoseconds - began) / 1000
      try edit(work, "anna", period: mine, value: 2000 + round)
      let (process, _, _) = try work.start(Workplace.program, ["sync"], in: "anna")
      // Somewhere within the time that a sync takes on this machine.
      usleep(useconds_t(random.next(below: max(10_000, microseconds * 9 / 10))))
      if process.isRunning { killed += 1 }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let next = try work.kpi("sync", in: "anna")
      #expect(!next.output.contains("held"), "round \(round): \(next.output)")
      let text = try work.read("anna/" + Self.figures)
      #expect(
        text.contains("\(mine),\(2000 + round),") && text.contains("\(theirs),\(1000 + round),"), "round \(round)")
      #expect(try work.git("status", "--porcelain", in: "anna").isEmpty, "round \(round)")
      try expectSound(work, "hub.git")
      try work.kpi("sync", in: "ben")
    }
    #expect(killed >= 15, "only \(killed) of 30 syncs were still running when they were killed")
    #expect(
      try work.git("rev-parse", "HEAD", in: "anna") == work.git("rev-parse", "main", in: "hub.git"))
    try expectSound(work, "anna")
    for round in 0..<30 {
      let text = try work.read("ben/" + Self.figures)
      #expect(text.contains("2020-\(month(round)),") && text.contains("2021-\(month(round)),"))
    }
  }

  /// That git finds nothing missing. The hub publishes in the background, and `git fsck` may read a folder before and
  /// another after an object came: what is really missing is still missing at the next look.
  private func expectSound(_ work: Workplace, _ place: String) throws {
    for _ in 0..<20 {
      if try work.isSound(place) { return }
      usleep(250_000)
    }
    try work.git("fsck", "--no-dangling", "--no-progress", in: place)
  }

  private func month(_ round: Int) -> String {
    let number = round % 12 + 1
    return number < 10 ? "0\(number)" : "\(number)"
  }

  /// Puts a row where it belongs; a period that is there gets the new value.
  private func edit(_ work: Workplace, _ person: String, period: String, value: Int) throws {
    let path = person + "/" + Self.figures
    var lines = try work.read(path).split(separator: "\n").map(String.init)
    lines.removeAll { $0.hasPrefix(period + ",") }
    let rows = (lines.dropFirst() + ["\(period),\(value),,"]).sorted()
    try work.write(([lines[0]] + rows).joined(separator: "\n") + "\n", to: path)
  }
}

/// Random numbers that are the same on every run.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(below limit: UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return (word ^ (word >> 31)) % limit
  }
}
