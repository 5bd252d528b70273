import Calculation

extension ImportMap {
  /// The map of a table whose columns are named as in a ledger, for an import without a mapping file.
  ///
  /// `kpi` holds ids, as `sales/win-rate`, or names beside a column `department`; `period`, or `year` with `month`,
  /// `quarter`, `half` or `week`; `target`, `status`, `note` and fields of a definition; `value` or `actual` and any
  /// other name that can be one is an input. Columns named after a period, as `2026-03`, hold values of it.
  public init(guessedFor table: ImportTable) {
    self.init(file: table.file)
    var parts: [String: Word] = [:]
    for (index, column) in table.columns.enumerated() where !column.isEmpty {
      let word = Word(text: column, position: table.position(ofColumn: index))
      let name = Self.plain(column)
      switch name {
      case "department": department = word
      case "kpi", "id", "kpi_id": kpi = kpi ?? word
      case "period": period = .one(word)
      case "year", "month", "quarter", "half", "week": parts[name] = word
      case "target": target = word
      case "status": status = word
      case "note": note = word
      case "value", "actual": inputs.append(("value", word))
      case _ where Self.columnFields.contains(name): fields.append((name, word))
      default:
        if let period = PeriodFormat(evidence: [column]).read(column).value {
          wide.append(WideColumns(pattern: word, input: "value", period: period))
        } else {
          inputs.append((name, word))
        }
      }
    }
    if case .none = period, let year = parts["year"] {
      let kind = [PeriodKind.month, .quarter, .half, .week].first { parts[$0.rawValue] != nil }
      period = .parts(year: year, kind: kind ?? .year, index: kind.flatMap { parts[$0.rawValue] })
    }
  }

  /// A column's name in small letters, with underscores for blanks and hyphens.
  private static func plain(_ text: String) -> String {
    String(text.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
  }
}
