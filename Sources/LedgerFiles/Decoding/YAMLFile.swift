import Calculation
import LedgerModel

/// Reads the YAML files of a ledger, each by its place.
enum YAMLFile {
  /// What the file means; nil where it is no YAML file of the layout, or cannot be read. Findings are in `reading`.
  static func content(_ reading: FileReading, at place: LedgerPath) -> DecodedFile.Content? {
    switch place {
    case .settings: SettingsDecoder.decode(reading).map { .settings($0) }
    case .people: PeopleDecoder.decode(reading).map { .people($0) }
    case .goals: GoalsDecoder.decode(reading).map { .goals($0) }
    case .department(let id): DepartmentDecoder.decode(reading, id: id).map { .department($0) }
    case .definition(let id): DefinitionDecoder.decode(reading, id: id).map { .definition($0) }
    case .action(let department, let id):
      ActionDecoder.decode(reading, department: department, id: id).map { .action($0) }
    case .review(let department, let text):
      period(text, reading).flatMap { MinutesDecoder.decode(reading, department: department, period: $0) }
        .map { .minutes($0) }
    case .proposal(let file, let id): ProposalDecoder.decode(reading, file: file, id: id).map { .proposal($0) }
    case .close(let scope, let text):
      period(text, reading).flatMap { CloseDecoder.decode(reading, scope: scope, period: $0) }.map { .close($0) }
    case .rates, .actuals, .other: nil
    }
  }

  /// The period that a file is named after.
  private static func period(_ text: String, _ reading: FileReading) -> Period? {
    if let period = Period(text) { return period }
    reading.add(.error, "bad-period", at: .start, "The file's name: \(Value.badPeriod(text))")
    return nil
  }
}
