import Foundation
import Testing

/// Hart's twelve versions as twelve commits at their days of 2014: what `kpi audit --restatements` finds, against a count
/// over the versions that knows nothing of the project.
@Suite("Hart's versions as history", .enabled(if: RealData.isHere, RealData.missing))
struct HartHistoryTests {
  /// A figure or target that changed: as the report and the count both spell it.
  private struct Change: Hashable, CustomStringConvertible {
    let kind: String
    let subject: String
    let kpi: String
    let period: String
    let from: Double?
    let to: Double?

    var isOffByHundred: Bool { from.map { from in to.map { from == $0 * 100 } ?? false } ?? false }

    var description: String {
      func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "-" }
      return "\(kind) \(subject) \(kpi) \(period) \(text(from)) \(text(to))"
    }
  }

  private static func play(_ versions: [HartVersion]) throws -> Workplace {
    let work = try Workplace()
    try work.kpi("init", "hart", "--name", "Ana Ruiz", "--email", "ana@example.org", "--currency", "GBP")
    try work.date("2014-08-01T12:00:00Z", "Begin", since: nil)
    for (number, version) in versions.enumerated() {
      let before = try work.git("rev-parse", "HEAD", in: "hart").trimmingCharacters(in: .newlines)
      for ofYear in [false, true] {
        try work.write(version.map(ofYear: ofYear), to: "map.yaml")
        try work.kpi("import", version.path, "--map", "../map.yaml", in: "hart")
      }
      let minute = number < 10 ? "0\(number)" : "\(number)"
      try work.date("\(version.day)T12:\(minute):00Z", "Version \(number + 1)", since: before)
    }
    return work
  }

  /// By version, what it says otherwise than the versions before it. A blank of a quarter or the year before that becomes
  /// a figure is filled; a target that comes is none, as 2014 was running.
  private static func counted(_ versions: [HartVersion]) -> [[Change]] {
    var said: [HartVersion.Cell: Double] = [:]
    var known: Set<String> = []
    return versions.map { version in
      var changes: [Change] = []
      for (cell, now) in version.cells {
        let then = said[cell]
        said[cell] = now
        guard then != now, known.contains(cell.kpi), then != nil || !cell.isTarget else { continue }
        let subject = cell.isTarget ? "target" : "actual"
        let kind = then == nil ? "filled" : "restated"
        changes.append(
          Change(kind: kind, subject: subject, kpi: cell.kpi, period: cell.period, from: then, to: now))
      }
      known.formUnion(version.cells.keys.map(\.kpi))
      return changes
    }
  }

  private static func found(_ work: Workplace, count: Int) throws -> [[Change]] {
    let report: [[String: Any]] = try work.json("audit", "--restatements", in: "hart")
    var found = [[Change]](repeating: [], count: count)
    for line in report {
      let message = try #require(line["message"] as? String)
      let number = try #require(Int(message.drop { !$0.isNumber }))
      let kpi = (line["kpi"] as? String ?? "").split(separator: "/").last.map(String.init) ?? ""
      found[number - 1].append(
        Change(
          kind: line["kind"] as? String ?? "", subject: line["subject"] as? String ?? "", kpi: kpi,
          period: line["period"] as? String ?? "", from: line["from"] as? Double, to: line["to"] as? Double))
    }
    return found
  }

  /// The seventh version mends seven targets that the first had a hundred times too large. The last brings 45 figures of a
  /// new quarter, more than a quarter late, and 0 for two that the tenth and eleventh had taken away, and for three new ones.
  @Test(
    "What each version restates and fills in, and no more: 47 figures and 23 targets restated, 47 figures filled in")
  func versions() throws {
    let versions = try RealData.hart().map(HartVersion.init)
    let work = try Self.play(versions)
    let found = try Self.found(work, count: versions.count)
    let counted = Self.counted(versions)
    for number in versions.indices {
      #expect(
        Set(found[number]).symmetricDifference(counted[number]).map(\.description).sorted() == [],
        "version \(number + 1)")
      #expect(found[number].count == Set(found[number]).count)
    }
    func numbers(_ kind: String, _ subject: String, where counts: (Change) -> Bool = { _ in true }) -> [Int] {
      found.map { changes in changes.count { $0.kind == kind && $0.subject == subject && counts($0) } }
    }
    #expect(numbers("restated", "actual") == [0, 2, 6, 0, 0, 0, 32, 0, 0, 2, 2, 3])
    #expect(numbers("restated", "actual") { $0.period < "2014" } == [0, 1, 4, 0, 0, 0, 21, 0, 0, 2, 1, 1])
    #expect(numbers("restated", "actual") { $0.to == nil } == [0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0])
    #expect(numbers("restated", "target") == [0, 1, 0, 1, 0, 0, 9, 3, 0, 3, 0, 6])
    #expect(numbers("restated", "target", where: \.isOffByHundred) == [0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0])
    #expect(numbers("filled", "actual") == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 47])
    #expect(numbers("filled", "actual") { $0.to == 0 } == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5])
    #expect(numbers("filled", "actual") { $0.period == "2014-Q2" } == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 45])
  }
}

extension Workplace {
  /// Makes all commits since one a single one of that day; nil: the newest commit is of that day.
  fileprivate func date(_ moment: String, _ message: String, since: String?) throws {
    (environment["GIT_AUTHOR_DATE"], environment["GIT_COMMITTER_DATE"]) = (moment, moment)
    defer { (environment["GIT_AUTHOR_DATE"], environment["GIT_COMMITTER_DATE"]) = (nil, nil) }
    guard let since else {
      try git("commit", "-q", "--amend", "--allow-empty", "-m", message, in: "hart")
      return
    }
    try git("reset", "-q", "--soft", since, in: "hart")
    try git("commit", "-q", "--allow-empty", "-m", message, in: "hart")
  }
}
