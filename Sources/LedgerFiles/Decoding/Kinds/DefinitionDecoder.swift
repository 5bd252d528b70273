import Calculation
import LedgerModel

/// `departments/<dept>/kpis/<kpi>.yaml` to a `Definition`.
struct DefinitionDecoder {
  static let known = KnownFields(
    [
      "name", "class", "goal", "priority", "weight", "owner", "data_owner", "decision", "consequence", "influence",
      "indicator", "leads_to",
    ] + CalculationDecoder.names + [
      "targets", "baseline", "thresholds", "review", "process", "affects", "escalation", "was", "status",
      "consolidates", "coverage",
    ])

  let id: KPIID
  let fields: Fields
  let status: LifecycleStatus
  let kind: KPIClass

  /// The definition, as far as it can be read; nil where a value of it cannot, so that nothing is computed from half
  /// of it.
  static func decode(_ reading: FileReading, id: KPIID) -> Definition? {
    guard let fields = reading.root(of: "a KPI's definition", known: known) else { return nil }
    let decoder = DefinitionDecoder(
      id: id, fields: fields,
      status: fields.value("status")?.choice(LifecycleStatus.self) ?? .active,
      kind: fields.value("class")?.choice(KPIClass.self) ?? .kpi)
    let definition = decoder.definition()
    return reading.hasUnreadableValue ? nil : definition
  }

  /// The fields that are right or wrong whatever the others say.
  static let independent: Set<String> = [
    "name", "priority", "weight", "decision", "consequence", "influence", "indicator", "thresholds", "process",
  ]

  /// Whether a text that is one independent field gives that field a value, a right one.
  static func isRight(alone bytes: [UInt8], id: KPIID) -> Bool {
    let reading = FileReading(file: id.definitionPath, bytes: bytes)
    guard let fields = reading.root(of: "a KPI's definition", known: known), fields.entries.count == 1,
      fields.members.allSatisfy({ !$0.value.isBlank })
    else { return false }
    // Of one that is retired no other field is missed.
    _ = DefinitionDecoder(id: id, fields: fields, status: .retired, kind: .context).definition()
    return !reading.findings.contains { $0.severity == .error }
  }

  /// How much it matters that a KPI lacks something: an error while it steers, a warning while it is a draft.
  var need: Severity? {
    switch (status, kind) {
    case (.active, .kpi): .error
    case (.draft, .kpi): .warning
    default: nil
    }
  }

  /// As `need`, for what even an observed metric must say.
  private var basicNeed: Severity? {
    status == .retired ? nil : status == .active && kind == .kpi ? .error : .warning
  }

  private var nameNeed: Severity { status == .active ? .error : .warning }

  private func definition() -> Definition {
    let name = fields.value("name", missing: nameNeed, hint: "what people call the KPI")?.text()
    let calculation = CalculationDecoder(
      fields: fields, unitNeed: basicNeed, directionNeed: need, periodNeed: basicNeed, startNeed: nil)
    var definition = Definition(id: id, name: name ?? id.kpi, calculation: calculation.calculation())
    definition.kind = kind
    definition.status = status
    readPurpose(&definition)
    definition.earlier = earlier()
    definition.targets = TargetsDecoder(fields: fields, need: need).targets()
    definition.baseline = fields.value("baseline")?.number()
    definition.thresholds = fields.value("thresholds")?.thresholds()
    readUse(&definition)
    definition.consolidates = ConsolidationDecoder.rule(fields)
    return definition
  }

  /// What the KPI is for, and who answers for it.
  private func readPurpose(_ definition: inout Definition) {
    definition.goal = fields.value("goal", missing: need, hint: "the id of a goal in goals.yaml")?.id(of: "a goal")
    definition.priority = fields.value("priority")?.integer(in: 1...99)
    definition.weight = fields.value("weight")?.number(from: 0) ?? 1
    definition.owner =
      fields.value("owner", missing: need, hint: "the role that answers for it")?.id(of: "a role")
    definition.dataOwner = fields.value("data_owner")?.id(of: "a role")
    definition.decision =
      fields.value("decision", missing: need, hint: "what is decided with it")?.text()
    definition.consequence = fields.value("consequence")?.text()
    definition.influence = fields.value("influence")?.choice(Influence.self)
    definition.indicator = fields.value("indicator")?.choice(IndicatorKind.self)
    definition.leadsTo = fields.value("leads_to")?.list { $0.kpiID() } ?? []
  }

  /// How the KPI is worked with.
  private func readUse(_ definition: inout Definition) {
    definition.review = review()
    definition.process = process()
    definition.affects = fields.value("affects")?.list { Self.effect($0) } ?? []
    definition.escalation = fields.value("escalation")?.list { $0.id(of: "a role") } ?? []
    definition.was = fields.value("was")?.list { $0.kpiID() } ?? []
  }

  private static let knownEarlier = KnownFields(CalculationDecoder.names.filter { $0 != "earlier" })
  private static let knownProcess = KnownFields(["name", "step", "behaviour", "standard", "handoff"])

  private func earlier() -> [KPICalculation] {
    return fields.value("earlier")?.items()?.compactMap { item in
      guard let fields = item.fields(Self.knownEarlier) else { return nil }
      return CalculationDecoder(
        fields: fields, unitNeed: basicNeed, directionNeed: need, periodNeed: basicNeed, startNeed: .error
      ).calculation()
    }.sorted(by: Self.isNewer) ?? []
  }

  private static func isNewer(_ one: KPICalculation, _ other: KPICalculation) -> Bool {
    guard let start = one.effectiveFrom, let otherStart = other.effectiveFrom else { return false }
    return CalendarOrder.starts(otherStart, before: start)
  }

  private func review() -> Definition.Review? {
    let hint = "how often and where it is looked at, as {cadence: week}"
    guard let value = fields.value("review", missing: need, hint: hint),
      let fields = value.fields(KnownFields(["cadence", "venue"]))
    else { return nil }
    let cadence = fields.value("cadence", missing: .error, hint: "how often")?.choice(PeriodKind.self)
    let venue = fields.value("venue")?.text()
    return cadence.map { Definition.Review(cadence: $0, venue: venue) }
  }

  private func process() -> [String: String] {
    guard let fields = fields.value("process")?.fields(Self.knownProcess) else { return [:] }
    var process: [String: String] = [:]
    for name in Self.knownProcess.names { process[name] = fields.value(name)?.text() }
    return process
  }

  private static func effect(_ value: Value) -> Definition.Effect? {
    guard let fields = value.fields(KnownFields(["kpi", "when", "ask"])) else { return nil }
    let kpi = fields.value("kpi", missing: .error, hint: "the KPI that it affects")?.kpiID()
    let when = fields.value("when")?.text()
    let ask = fields.value("ask")?.text()
    return kpi.map { Definition.Effect(kpi: $0, when: when, ask: ask) }
  }
}

extension Value {
  /// A list whose elements are read alike; those that cannot be read are left out, with a finding, and an element that
  /// is there twice is warned of.
  func list<Element: Hashable>(_ read: (Value) -> Element?) -> [Element] {
    var seen: Set<Element> = []
    var list: [Element] = []
    for item in items() ?? [] {
      guard let element = read(item) else { continue }
      if seen.insert(element).inserted {
        list.append(element)
      } else {
        reading.add(
          .warning, "duplicate-value", at: item.node.range.lowerBound,
          "\"\(label)\" names this twice: take one of them out.")
      }
    }
    return list
  }

  /// `{green: 100, amber: 90}`
  func thresholds() -> Thresholds? {
    guard let fields = fields(KnownFields(["green", "amber"])) else { return nil }
    let green = fields.value("green", missing: .error, hint: "the score from which it is green")
    let amber = fields.value("amber", missing: .error, hint: "the score from which it is amber")
    guard let green = green?.number(), let low = amber?.number() else { return nil }
    if low > green {
      amber?.report(
        "thresholds-order", "Amber starts at \(low), above green at \(green): green should be the higher of the two.")
    }
    return Thresholds(green: green, amber: low)
  }
}
