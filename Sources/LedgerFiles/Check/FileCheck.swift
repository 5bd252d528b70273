import LedgerModel

/// The check of one file: its name and size, its content, and what it refers to.
struct FileCheck {
  /// Files that every ledger has, and what they hold.
  static let required = [
    "ledger.yaml": "the company, its currency and its calendar", "people.yaml": "people and roles",
    "goals.yaml": "the goals",
  ]

  let path: String
  let view: LedgerView
  /// Whether the file stood here before the change at hand, so that its name and place need no look.
  var isNameKnown = false

  func findings() -> [Finding] {
    guard view.source.contains(path) else { return missing() }
    let size = view.source.size(of: path)
    let layout = LayoutCheck(path: path, view: view, isNameKnown: isNameKnown)
      .findings(size: size, mode: view.source.mode(of: path))
    guard LedgerPath(path).isInLayout, !layout.contains(where: { $0.rule == "file-too-large" }),
      let bytes = view.source.bytes(at: path)
    else { return layout }
    return layout + content(bytes)
  }

  private func missing() -> [Finding] {
    guard let what = Self.required[path] else { return [] }
    return [
      Finding(
        .error, rule: "missing-file", file: path,
        "The ledger has no \(path), which holds \(what): put it back.")
    ]
  }

  private func content(_ bytes: [UInt8]) -> [Finding] {
    switch LedgerPath(path) {
    case .actuals(let id): return ActualsCheck(path: path, bytes: bytes, id: id, view: view).findings()
    case .rates(let from, let to):
      return CSVFile.rates(path: path, bytes: bytes, pair: "\(from)-\(to)").findings
    case let place:
      let reading = FileReading(file: path, bytes: bytes)
      let content = YAMLFile.content(reading, at: place)
      view.remember(content, at: path)
      if let content { check(content, reading) }
      return reading.findings
    }
  }

  private func check(_ content: DecodedFile.Content, _ reading: FileReading) {
    let references = References(reading: reading, view: view)
    switch content {
    case .settings(let settings): OrganisationCheck(references).check(settings)
    case .people(let people): OrganisationCheck(references).check(people)
    case .goals(let goals): OrganisationCheck(references).check(goals)
    case .department(let department): OrganisationCheck(references).check(department)
    case .definition(let definition):
      DefinitionCheck(definition, reading: reading, view: view).check()
      DefinitionReferenceCheck(definition, references).check()
    case .action(let action): WorkCheck(references).check(action)
    case .minutes(let minutes): references.owningDepartment(minutes.department)
    case .close(let close): WorkCheck(references).check(close)
    case .proposal, .actuals, .rates: break
    }
  }
}
