import ArgumentParser
import Consolidation
import Git
import Hub
import LedgerModel

/// How `kpi hub check` prints findings.
enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json, csv
  /// Annotations of GitHub Actions.
  case github

  func text(_ refusals: [Refusal]) -> String {
    switch self {
    case .table: refusals.map { $0.line + "\n" }.joined()
    case .json: Self.listing.text(refusals, as: .json)
    case .csv: Self.listing.text(refusals, as: .csv)
    case .github: refusals.map { Self.annotation($0) + "\n" }.joined()
    }
  }

  private static var listing: Listing<Refusal> {
    Listing(
      fields: [
        .init("severity") { _ in "error" }, .init("rule") { $0.rule }, .init("file") { $0.file },
        .init("key") { $0.key },
        .init("line", text: { $0.position.map { "\($0.line)" } ?? "" }, json: { $1.number($0.position?.line) }),
        .init("column", text: { $0.position.map { "\($0.column)" } ?? "" }, json: { $1.number($0.position?.column) }),
        .init("message") { $0.message },
      ], columns: [])
  }

  /// `::error file=…,line=…,title=…::message`, with what has a meaning there escaped.
  private static func annotation(_ refusal: Refusal) -> String {
    var fields: [String] = []
    if let file = refusal.file { fields.append("file=\(escaped(file, isField: true))") }
    if let position = refusal.position { fields.append("line=\(position.line),col=\(position.column)") }
    fields.append("title=\(escaped(refusal.rule, isField: true))")
    let message = (refusal.key.map { "\($0): " } ?? "") + refusal.message
    return "::error \(fields.joined(separator: ","))::\(escaped(message, isField: false))"
  }

  private static func escaped(_ text: String, isField: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isField: result += "%3A"
      case "," where isField: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// `kpi hub check --range OLD..NEW`: what came in between two states, in any clone with its whole history, as a job of a
/// git server does that runs no hooks of ours.
struct HubRangeCheck {
  let path: String
  let old: String
  let new: String
  /// The branch that moved.
  let branch: String

  /// Reads `OLD..NEW`.
  init(_ range: String, branch: String, in path: String) throws {
    let parts = range.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].isEmpty, !parts[2].isEmpty, let dots = range.firstRange(of: "..") else {
      throw Failure("'\(range)' is no range: it is written OLD..NEW, the state before and the state after.")
    }
    old = String(range[..<dots.lowerBound])
    new = String(range[dots.upperBound...])
    self.path = path
    self.branch = branch.hasPrefix("refs/") ? branch : "refs/heads/" + branch
  }

  func verdict() throws -> Verdict {
    let real = try LedgerHub(at: path)
    guard !real.repository.isShallow else { throw HubFault.shallow }
    guard let tip = try real.repository.commit(named: new) else {
      throw Failure("There is no '\(new)' here.", hint: "Is the job's copy of the state that was pushed?")
    }
    // A server says zeros for a branch that is new.
    let isNew = old.isEmpty || old.allSatisfy { $0 == "0" }
    guard let start = try isNew ? nil : real.repository.commit(named: old) else {
      return try isNew ? judge(real, from: nil, to: tip) : Verdict([.unknownBefore(old)])
    }
    return try judge(real, from: start, to: tip)
  }

  private func judge(_ real: LedgerHub, from old: ObjectID?, to new: ObjectID) throws -> Verdict {
    try HubPaths.withScratchFolder { scratch in
      let hub = try LedgerHub(path, objectDirectory: scratch, alternates: [real.repository.commonPath + "objects"])
      return try Gate(hub.repository.objects, now: Ambient.now.seconds).verdict(on: [
        RefUpdate(branch, from: old, to: new)
      ])
    }
  }
}
