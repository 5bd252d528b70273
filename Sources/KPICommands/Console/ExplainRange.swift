import Calculation
import Git
import LedgerModel
import Syncing

/// The two ends that `kpi explain` compares: two versions of the ledger, or two periods of one.
enum ExplainRange {
  case versions(from: LedgerVersion, to: LedgerVersion)
  case periods(from: Period, to: Period)

  /// Reads `FROM..TO`; `FROM..` goes to the newest version.
  /// - Throws: `Failure` where it is no range, its ends are of different sorts, or the later comes first
  init(_ text: String, in clone: LedgerClone) throws {
    guard let (first, last) = Self.ends(of: text), !first.isEmpty else {
      throw Failure(
        "'\(text)' is no range.",
        hint: "Write it as 2026-03-01..2026-03-31 (two days), 2026-02..2026-03 (two periods), or with ids from "
          + "'kpi audit'.")
    }
    switch (Self.period(first, clone), last.isEmpty ? nil : Self.period(last, clone)) {
    case (let from?, let to?): self = try Self.periods(from, to, clone)
    case (nil, nil):
      let to = try last.isEmpty ? LedgerVersion.newest(of: clone) : .named(last, in: clone)
      self = .versions(from: try .named(first, in: clone), to: to)
    default:
      throw Failure(
        "'\(text)' has a period at one end and not at the other.",
        hint: "A day stands for the ledger as it was when the day ended; months and longer are periods. Compare two of "
          + "one sort.")
    }
  }

  /// Whether a text is meant as a range.
  static func isRange(_ text: String) -> Bool { ends(of: text) != nil }

  private static func ends(of text: String) -> (String, String)? {
    let characters = Array(text)
    guard let place = characters.indices.dropLast().first(where: { characters[$0] == "." && characters[$0 + 1] == "." })
    else { return nil }
    return (String(characters[..<place]), String(characters[(place + 2)...]))
  }

  /// A period longer than a day; nil for days and ids.
  private static func period(_ text: String, _ clone: LedgerClone) -> Period? {
    guard let period = Period(text), period.kind != .day, text.contains("-") || !clone.knows(text) else { return nil }
    return period
  }

  private static func periods(_ from: Period, _ to: Period, _ clone: LedgerClone) throws -> ExplainRange {
    guard from.kind == to.kind else {
      throw Failure(
        "\(from) is a \(from.kind.rawValue) and \(to) a \(to.kind.rawValue).", hint: "Compare two periods of one kind.")
    }
    guard from <= to else {
      throw Failure("\(to) is before \(from).", hint: "Say it the other way round: \(to)..\(from)")
    }
    return .periods(from: from, to: to)
  }
}

extension ExplainRange {
  /// Why the first version is not on the main line before the other.
  static func failure(_ from: LedgerVersion, _ to: LedgerVersion, in objects: ObjectDatabase) throws -> Failure {
    let (first, last) = (from.commit.id, to.commit.id)
    let walk = RevWalk(objects)
    let (one, other) = (first.abbreviated(), last.abbreviated())
    if try walk.isAncestor(last, of: first) {
      return Failure("\(other) is before \(one).", hint: "Say it the other way round: \(other)..\(one)")
    }
    guard try walk.isAncestor(first, of: last) else {
      return Failure(
        "\(one) is not part of what led to \(other).", hint: "Take two versions of the main line, or two days.")
    }
    let sync = try Self.sync(of: first, on: try walk.firstParents(from: last), walk)
    return Failure(
      "\(one) came to the main line with a sync, and was no version of the ledger by itself.",
      hint: "Take the sync that brought it: \(sync.abbreviated())")
  }

  /// The first commit of a main line, newest first, that has another in it.
  private static func sync(of commit: ObjectID, on line: [ObjectID], _ walk: RevWalk) throws -> ObjectID {
    var (low, high) = (0, line.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if try walk.isAncestor(commit, of: line[middle]) { low = middle } else { high = middle - 1 }
    }
    return line[low]
  }
}
