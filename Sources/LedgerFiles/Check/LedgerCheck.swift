public import LedgerModel

/// Everything that can be wrong with a ledger, within its files and across them.
///
///     let view = LedgerView(source)
///     LedgerCheck.findings(for: ["departments/sales/kpis/win-rate.yaml"], in: view)
///
/// Only the files named are checked; others are read as far as these refer to them.
public enum LedgerCheck {
  /// The files that every ledger has, in order.
  public static var requiredFiles: [String] { FileCheck.required.keys.sorted() }

  /// What is wrong with some files, in the order of file, line and column. Of a file that is not there, only that it
  /// should be is said.
  /// - Parameter known: files that stood there before the change at hand, so that their names and places need no look
  public static func findings(
    for paths: some Sequence<String>, in view: LedgerView, known: Set<String> = []
  ) -> [Finding] {
    sorted(Set(paths).flatMap { FileCheck(path: $0, view: view, isNameKnown: known.contains($0)).findings() })
  }

  /// What is wrong with a whole ledger.
  public static func findings(in view: LedgerView) -> [Finding] {
    findings(for: view.source.allPaths() + FileCheck.required.keys, in: view)
  }

  /// What a change makes wrong that was not wrong before it, in the changed files and in those that refer to them.
  ///
  /// A finding counts as known when the file had one of the same rule and message before, on whatever line. Files
  /// that did not change are looked at only where an id, a unit or a role that others may name has gone, or a
  /// calculation has changed.
  public static func findings(
    changing paths: some Sequence<String>, from before: LedgerView, to after: LedgerView
  ) -> [Finding] {
    let changed = Set(paths)
    let concerned = changed.union(Dependents(of: changed, before: before, after: after).paths)
    let found = findings(for: concerned, in: after)
    guard !found.isEmpty else { return [] }
    let files = Set(found.map(\.file))
    return found.subtracting(findings(for: files, in: before))
  }

  /// As `findings(changing:from:to:)`, errors only, on all processors: warnings cost nothing here.
  ///
  /// Each thread takes views of its own of the ledger before and after the change.
  public static func errors(
    changing paths: some Sequence<String>, from before: @Sendable () throws -> LedgerView,
    to after: @Sendable () throws -> LedgerView
  ) throws -> [Finding] {
    let changed = Set(paths)
    let mayShorten = changed.allSatisfy { ChangedFile.isDepartmental($0) }
    let checked = try Parallel.map(Array(changed), tools: { (before: try before(), after: try after()) }) {
      path, views, checked in
      checked.append(ChangedFile(path, before: views.before, after: views.after, mayShorten: mayShorten))
    }
    let (before, after) = (try before(), try after())
    let quiet = Set(checked.filter(\.mattersToNobody).map(\.path))
    let dependents = Dependents(
      of: changed, before: before, after: after, isKnownNotToMatter: quiet,
      isKnownByFields: Set(checked.filter(\.isCheckedByFields).map(\.path))
    ).paths
    let found = checked.flatMap(\.errors) + findings(for: dependents, in: after).filter { $0.severity == .error }
    guard !found.isEmpty else { return [] }
    return sorted(found).subtracting(findings(for: Set(found.map(\.file)), in: before))
  }

  static func sorted(_ findings: [Finding]) -> [Finding] {
    findings.sorted { ($0.file, $0.position, $0.rule) < ($1.file, $1.position, $1.rule) }
  }
}

extension [Finding] {
  /// The findings without as many of the same severity, rule, file and message as the others have.
  ///
  /// Lines and columns do not count: an old finding stays old when lines are put in above it.
  public func subtracting(_ others: [Finding]) -> [Finding] {
    func bare(_ finding: Finding) -> Finding {
      Finding(finding.severity, rule: finding.rule, file: finding.file, finding.message)
    }
    var known: [Finding: Int] = [:]
    for finding in others { known[bare(finding), default: 0] += 1 }
    return filter { finding in
      let key = bare(finding)
      guard let count = known[key], count > 0 else { return true }
      known[key] = count - 1
      return false
    }
  }
}
