import Calculation
import LedgerModel

/// `departments/<dept>/actions/<id>.yaml` to an `Action`.
enum ActionDecoder {
  private static let known = KnownFields([
    "kpi", "period", "cause", "measure", "owner", "due", "expected_effect", "state", "note",
  ])

  /// The action as far as it can be read; nil where the file is none at all.
  static func decode(_ reading: FileReading, department: String, id: String) -> Action? {
    guard let fields = reading.root(of: "an action", known: known) else { return nil }
    var action = Action(department: department, id: id)
    action.state = fields.value("state")?.choice(Action.State.self) ?? .open
    let need: Severity? = action.state == .open ? .warning : nil
    action.kpi = fields.value("kpi", missing: .error, hint: "the KPI that deviates")?.kpiID()
    action.period = fields.value("period")?.period()
    action.cause = fields.value("cause")?.text()
    action.measure = fields.value("measure", missing: need, hint: "what is done")?.text()
    action.owner = fields.value("owner", missing: need, hint: "the role that does it")?.id(of: "a role")
    action.due = fields.value("due", missing: need, hint: "by when, as 2026-03-14")?.period()
    action.expectedEffect = fields.value("expected_effect")?.text()
    action.note = fields.value("note")?.text()
    return action
  }
}

/// `departments/<dept>/reviews/<period>.yaml` to `Minutes`.
enum MinutesDecoder {
  private static let known = KnownFields(["meaning", "decisions", "not_done"])

  /// The minutes as far as they can be read; nil where the file is none at all.
  static func decode(_ reading: FileReading, department: String, period: Period) -> Minutes? {
    guard let fields = reading.root(of: "the minutes of a review", known: known) else { return nil }
    return Minutes(
      department: department, period: period, meaning: fields.value("meaning")?.text(),
      decisions: fields.value("decisions")?.list { $0.text() } ?? [],
      notDone: fields.value("not_done")?.list { $0.text() } ?? [])
  }
}

/// `closes/<scope>/<period>.yaml` to a `Close`. The file may be empty: that it is there says it all.
enum CloseDecoder {
  private static let known = KnownFields(["note", "reason"])

  /// The close; nil where the file holds something else.
  static func decode(_ reading: FileReading, scope: String, period: Period) -> Close? {
    let isEmpty = reading.document.root.map { Value.isNull($0) } ?? true
    if isEmpty { return reading.hasUnreadableValue ? nil : Close(scope: scope, period: period) }
    guard let fields = reading.root(of: "a close", known: known) else { return nil }
    return Close(
      scope: scope, period: period, note: fields.value("note")?.text(), reason: fields.value("reason")?.text())
  }
}
