public import Calculation
public import LedgerModel

/// What in a ledger's files does not fit a day: figures of periods that had not begun by then, and roles that nobody held
/// whom the ledger could have known. Warnings of `kpi check --as-of`, no rule that anything is refused by.
public enum DayPlausibility {
  /// What does not fit in a file of actuals or in `people.yaml`; nothing of any other file.
  public static func findings(for path: String, in view: LedgerView, on day: Day) -> [Finding] {
    switch LedgerPath(path) {
    case .actuals(let id): early(in: path, of: id, view, day).map { [$0] } ?? []
    case .people: unheld(in: path, view, day)
    default: []
    }
  }

  /// Figures of periods that had not begun.
  private static func early(in path: String, of id: KPIID, _ view: LedgerView, _ day: Day) -> Finding? {
    guard let definition = view.definition(id).value, let bytes = view.source.bytes(at: path) else { return nil }
    let calendar = view.settings.value?.calendar ?? FiscalCalendar()
    let decoder = ActualsDecoder(definition)
    let actuals = decoder.decode(bytes, file: path).actuals
    let rows = actuals.periods.indices.filter { row in
      calendar.days(of: actuals.periods[row]).lowerBound > day && actuals.statuses[row] != .missing
        && actuals.inputs.contains { $0.values[row] != nil }
    }
    guard let first = rows.first, let last = rows.last else { return nil }
    let (from, to) = (actuals.periods[first], actuals.periods[last])
    let what = from == to ? "\(from) has a figure, and" : "\(from) to \(to) have figures, and"
    return Finding(
      .warning, rule: "not-begun", file: path,
      at: RowPlaces(bytes, decoder: decoder).position(of: actuals, row: first),
      "\(what) had not begun on \(day): what is to come is a target, and no actual.")
  }

  /// Roles whose holder and deputy the ledger did not know by a mail address of then.
  private static func unheld(in path: String, _ view: LedgerView, _ day: Day) -> [Finding] {
    guard let people = view.people.value, let bytes = view.source.bytes(at: path) else { return [] }
    let reading = FileReading(file: path, bytes: bytes)
    for (id, role) in people.roles.sorted(by: { $0.key < $1.key }) {
      let holders = role.holders(on: day).compactMap { people.people[$0] }
      guard let first = holders.first, !holders.contains(where: { isKnown($0, on: day) }) else { continue }
      reading.add(
        .warning, "no-address-then", at: reading.offset(of: ["roles", id]),
        "On \(day) the role \"\(id)\" is held by \(first.name), of whom no mail address is valid then: nobody could enter "
          + "anything for it. Give them one, or hand the role over.")
    }
    return reading.findings
  }

  private static func isKnown(_ person: Person, on day: Day) -> Bool {
    person.emails.contains { $0.isValid(on: day) }
  }
}
