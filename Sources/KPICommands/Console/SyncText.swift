import History
import LedgerFiles
import LedgerModel
import Merging
import Syncing

/// What a sync did, in the words of somebody who knows KPIs and not git.
struct SyncText {
  let report: SyncReport
  let ledger: LedgerClone
  let isRehearsal: Bool

  static func status(of report: SyncReport) -> ExitStatus {
    switch report.end {
    case .offline: .offline
    case .refused, .unsigned, .denied: .refused
    case .done, .nothingToDo, .rehearsed:
      report.leftOut.isEmpty && report.putsBack.isEmpty && report.outsideLimits.isEmpty ? .done : .findings
    }
  }

  func print() {
    if report.finishedInterrupted { Console.note("An earlier sync was interrupted; its last step is now finished.") }
    printLeftOut()
    if report.givenBack > 0 {
      let syncs = report.givenBack == 1 ? "1 sync" : "\(report.givenBack) syncs"
      Console.print(
        "The hub had lost \(syncs) that it had confirmed before, as after an older backup. "
          + (isRehearsal ? "They would go there again from this copy." : "It has them again from this copy."))
    }
    if isArrived {
      BroughtText.print(report.brought)
      printExchange()
      printHeld()
      EarlierText.printMet(report.earlierDefinition)
    }
    printEnd()
  }

  /// Whether the hub has what this sync made, or would have it: otherwise nothing of it is true.
  private var isArrived: Bool {
    switch report.end {
    case .done, .nothingToDo, .rehearsed: true
    case .offline, .refused, .unsigned, .denied: false
    }
  }

  private var changes: ChangesText {
    ChangesText(sent: report.sent, held: report.held, ledger: isRehearsal ? nil : ledger)
  }

  private func printLeftOut() {
    for (file, findings) in report.leftOut.sorted(by: { $0.key < $1.key }) {
      Console.print("Not sent, because it fails the check: \(file)")
      for finding in findings {
        Console.print("  line \(finding.position.line), column \(finding.position.column): \(finding.message)")
      }
    }
    if !report.putsBack.isEmpty {
      for (file, values) in Dictionary(grouping: report.putsBack, by: \.file).sorted(by: { $0.key < $1.key }) {
        Console.print("Not sent, because it would put back what somebody else has replaced: \(file)")
        for value in values.prefix(20) {
          let (new, old) = (HeldText.text(value.new), HeldText.text(value.old))
          Console.print("  \(value.key): \(new) is in force, your file has \(old)")
        }
      }
      Console.print("Say which you mean: kpi sync --older keep-newer, or kpi sync --older put-back")
    }
    for finding in report.outsideLimits {
      Console.print("Not sent, because a ledger does not take such files: \(finding.file). \(finding.message)")
    }
    if !report.notOfTheLedger.isEmpty {
      let names = report.notOfTheLedger.prefix(5).joined(separator: ", ")
      let more = report.notOfTheLedger.count > 5 ? " and \(report.notOfTheLedger.count - 5) more" : ""
      Console.note("Left alone, as they are no files of the ledger: \(names)\(more)")
    }
  }

  private func printExchange() {
    changes.printSent()
    let received = report.received.filter { !$0.hasPrefix("proposals/") && !report.sent.contains($0) }
    if !received.isEmpty { Console.print("From others: \(FileNames.text(received))") }
    for file in report.keptEdited {
      Console.print("\(file) is being edited here; others' changes in it are merged when you sync your edit.")
    }
    let settled = report.settled.count
    if settled > 0 { Console.print("\(settled) \(settled == 1 ? "proposal is" : "proposals are") settled.") }
    UndecidedText.print(report.undecided.count, foretold: isRehearsal)
    ImpactText(report.wouldChange, in: ledger, limits: .asked).print()
  }

  private func printHeld() {
    guard !report.held.isEmpty else { return }
    changes.printHeld()
    if !isRehearsal { Console.print("Nothing is lost. See them with 'kpi proposals', decide with 'kpi settle'.") }
  }

  private func printEnd() {
    switch report.end {
    case .nothingToDo:
      if report.leftOut.isEmpty && report.putsBack.isEmpty { Console.print("Everything is up to date.") }
    case .done: Console.print("Done.")
    case .unsigned(let need):
      Console.print(SignatureNeedText.text(need))
      Console.print("Nothing is lost: your changes stay here. Then run 'kpi sync' again.")
    case .rehearsed:
      let isNothing = [report.sent, report.received, report.settled, report.undecided].allSatisfy(\.isEmpty)
      Console.print(
        isNothing && report.held.isEmpty && report.givenBack == 0
          ? "Nothing was changed, and 'kpi sync' would change nothing."
          : "Nothing was changed; this is what 'kpi sync' would do.")
    case .offline(let reason):
      Console.print("The hub cannot be reached: \(reason)")
      if let waiting = report.waiting {
        Console.print("\(WaitingText.text(waiting)). Nothing is lost; run 'kpi sync' again when you are online.")
      }
    case .denied(let reason, let lines):
      let denial = DenialText(address: (try? ledger.hubAddress()) ?? nil, reason: reason, lines: lines)
      Console.print(denial.message)
      Console.print(denial.hint)
      if let waiting = report.waiting { Console.print("\(WaitingText.text(waiting)). Nothing is lost.") }
    case .refused(let reasons):
      Console.print("The hub would not take your changes:")
      for reason in reasons { Console.print("  " + reason) }
      Console.print("Nothing is lost: your changes stay here. Mend what it names and run 'kpi sync' again.")
    }
  }
}

/// Decisions about proposals that come to nothing.
enum UndecidedText {
  static func print(_ count: Int, foretold: Bool) {
    guard count > 0 else { return }
    let (one, stay) = (count == 1, foretold ? "would stay" : count == 1 ? "stays" : "stay")
    Console.print(
      "\(count) \(one ? "proposal that you decided about" : "proposals that you decided about") \(stay) held: "
        + "the decision is not yours to take, or the value cannot come into force now. See 'kpi proposals'.")
  }
}

/// Whose commits are brought along.
enum BroughtText {
  static func print(_ brought: [BroughtCommits]) {
    for commits in brought.prefix(5) {
      let (name, one) = (commits.author.name, commits.count == 1)
      Console.print(
        one
          ? "1 change here names \(name) as its author; it counts as yours, as you bring it."
          : "\(commits.count) changes here name \(name) as their author; they count as yours, as you bring them.")
    }
  }
}

/// What waits for the hub, and since when.
enum WaitingText {
  static func text(_ waiting: SyncReport.Waiting) -> String {
    let count = waiting.commits == 1 ? "1 change waits" : "\(waiting.commits) changes wait"
    return "\(count) to be sent, since \(TimeText.date(waiting.since))"
  }
}

/// Files of a ledger by what they are about: `sales/win-rate (definition, actuals)`.
enum FileNames {
  static func text(_ paths: [String], limit: Int = 6) -> String {
    var parts: [(name: String, what: [String])] = []
    for path in paths {
      let (name, what) = describe(path)
      if let index = parts.firstIndex(where: { $0.name == name }) {
        if let what, !parts[index].what.contains(what) { parts[index].what.append(what) }
      } else {
        parts.append((name, what.map { [$0] } ?? []))
      }
    }
    let shown = parts.prefix(limit).map { part in
      part.what.isEmpty ? part.name : "\(part.name) (\(part.what.joined(separator: ", ")))"
    }
    return shown.joined(separator: ", ") + (parts.count > limit ? " and \(parts.count - limit) more" : "")
  }

  /// As `text`, where the key beside it says which of a KPI's files it is in.
  static func brief(_ path: String) -> String {
    LedgerPath(path).kpi.map(\.description) ?? text([path])
  }

  private static func describe(_ path: String) -> (name: String, what: String?) {
    switch LedgerPath(path) {
    case .definition(let id): (id.description, "definition")
    case .actuals(let id): (id.description, "actuals")
    case .goals: ("the goals", nil)
    case .people: ("people and roles", nil)
    case .settings: ("the ledger's settings", nil)
    case .rates(let from, let to): ("rates \(from) to \(to)", nil)
    case .department(let id): ("department \(id)", nil)
    case .close(let scope, let period): ("close of \(period) for \(scope)", nil)
    case .action(let department, let id): ("action \(department)/\(id)", nil)
    case .review(let department, let period): ("review \(department) \(period)", nil)
    case .proposal, .other: (path, nil)
    }
  }
}

extension KeyComparison {
  /// What a key has in a file that is there; of its place, the id that it has.
  static func inForce(_ key: Key, path: String, in bytes: [UInt8]) -> YAMLValue? {
    if key == .file { return .bool(true) }
    if key == .place { return LedgerPath(path).kpi.map { .string($0.description) } }
    return value(key, path: path, in: bytes)
  }
}

/// A held change as one line: whose value of what, what is in force instead, and why.
enum HeldText {
  /// - Parameter ledger: where what is in force can be seen; nil where it cannot yet.
  static func line(_ held: HeldChange, in ledger: LedgerClone? = nil) -> String {
    let who = held.enteredIn?.author.name ?? "somebody"
    guard held.key != .content else {
      return "\(FileNames.text([held.file])): the whole file as \(who) had it (\(reason(held)))"
    }
    let wish = held.proposed == nil ? "\(who) removed it" : "\(who) wants \(text(held.proposed, of: held.key))"
    let stands =
      ledger.map { "in force is \(inForce(held, $0))" }
      ?? "it was \(text(held.insteadOf, of: held.key)) when \(who) changed it"
    return "\(FileNames.text([held.file])), \(held.key): \(wish), \(stands) (\(reason(held)))"
  }

  private static func inForce(_ held: HeldChange, _ ledger: LedgerClone) -> String {
    let bytes = LedgerDesk(clone: ledger).bytes(held.file)
    return ValueText.short(bytes.flatMap { KeyComparison.inForce(held.key, path: held.file, in: $0) }, of: held.key)
  }

  private static func text(_ value: HeldValue?, of key: Key) -> String { ValueText.short(value?.meaning, of: key) }

  static func text(_ value: HeldValue?) -> String {
    guard let value else { return "nothing" }
    return ValueText.short(value.meaning)
  }

  static func reason(_ held: HeldChange) -> String {
    switch held.because {
    case .noAuthority:
      "needs " + (held.whoMay.isEmpty ? "somebody with authority" : held.whoMay.joined(separator: " or "))
    case .periodClosed: "the period is closed"
    case .alreadySettled: "it was settled meanwhile"
    case .removedButChanged: "one side removed it, the other changed it"
    case .changedOnBothSides: "both sides changed it"
    case .doesNotValidate: "together with others' changes it fails the check"
    }
  }
}
