import Calculation
import LedgerModel

/// What a definition names elsewhere: goal, roles, units, other KPIs.
struct DefinitionReferenceCheck {
  private let definition: Definition
  private let references: References
  private var view: LedgerView { references.view }

  init(_ definition: Definition, _ references: References) {
    self.definition = definition
    self.references = references
  }

  func check() {
    references.owningDepartment(definition.id.department)
    references.goal(definition.goal, at: ["goal"])
    references.role(definition.owner, at: ["owner"])
    references.role(definition.dataOwner, at: ["data_owner"])
    references.roles(["escalation"])
    references.unit(definition.calculation.unit, at: ["unit"])
    checkEarlierUnits()
    checkOtherKPIs()
    checkSources()
    checkFormula()
    checkCycle()
    checkFormerIDs()
  }

  private func checkEarlierUnits() {
    guard !definition.earlier.isEmpty else { return }
    for index in definition.earlier.indices {
      let place = ["earlier", String(index), "unit"]
      references.unit(references.reading.document.node(at: place)?.scalar?.text, at: place)
    }
  }

  private func checkOtherKPIs() {
    for (text, place) in references.elements(["leads_to"]) { references.kpi(KPIID(text), at: place) }
    for (index, effect) in definition.affects.enumerated() {
      references.kpi(effect.kpi, at: ["affects", String(index), "kpi"])
    }
  }

  private func checkFormula() {
    for kpi in definition.calculation.formula.kpis { references.kpi(KPIID(kpi), at: ["formula"]) }
  }

  // MARK: Consolidation

  private func checkSources() {
    guard let rule = definition.consolidates else { return }
    let isList = references.reading.document.node(at: ["consolidates", "from"])?.items != nil
    for (index, source) in rule.sources.enumerated() {
      let place = ["consolidates", "from"] + (isList ? [String(index)] : [])
      switch source {
      case .kpi(let id):
        references.kpi(id, at: place)
        check(id, rule.method, at: place)
      case .everyDepartment(let name):
        let others = matches(name, besides: definition.id)
        if others.isEmpty {
          references.reading.add(
            .warning, "no-sources", at: references.reading.offset(of: place),
            "No department has a KPI \"\(name)\" yet, so that there is nothing to add up.")
        }
        for id in others { check(id, rule.method, at: place) }
      }
    }
  }

  /// Whether a source can be rolled up into this KPI.
  private func check(_ id: KPIID, _ method: ConsolidationRule.Method, at place: [String]) {
    guard id != definition.id, let source = view.definition(id).value else { return }
    let own = definition.calculation
    if let unit = own.unit, let other = source.calculation.unit, !agree(unit, other) {
      references.report(
        "unit-mismatch", at: place,
        "\(id) is measured in \(other), but this KPI in \(unit): their figures cannot be rolled up."
      )
    }
    let calendar = view.settings.value?.calendar ?? FiscalCalendar()
    if let fault = calendar.nesting(of: source.calculation.period, in: own.period).fault {
      references.report("period-mismatch", at: place, "\(id) cannot be rolled up: \(fault).")
    }
    let needed: [String] =
      switch method {
      case .inputs: own.inputs.map(\.name)
      case .weighted(let input): [input]
      default: []
      }
    checkFilter(id, source)
    checkTranslation(id, source, method, at: place)
    var names = source.calculation.inputs.map(\.name)
    if case .weighted(let weight)? = source.consolidates?.method, !names.contains(weight) { names.append(weight) }
    for name in needed where !names.contains(name) {
      references.report(
        "unknown-input", at: place, "\(id) has no input \"\(name)\" (it has \(names.joined(separator: ", "))).")
    }
  }

  /// Rows can be filtered only by a dimension that they have, and only where there are rows.
  private func checkFilter(_ id: KPIID, _ source: Definition) {
    let known = source.consolidates == nil ? source.calculation.dimensions : []
    for name in (definition.consolidates?.filter ?? [:]).keys.sorted() where !known.contains(name) {
      let has = known.isEmpty ? "none" : known.joined(separator: ", ")
      references.report(
        "unknown-dimension", at: ["consolidates", "where", name],
        "\(id) has no dimension \"\(name)\" to filter by (it has \(has)).")
    }
  }

  /// The inputs of a ratio are not all money, so that there is no translating them one by one.
  private func checkTranslation(
    _ id: KPIID, _ source: Definition, _ method: ConsolidationRule.Method, at place: [String]
  ) {
    guard case .inputs = method, let unit = definition.calculation.unit, let other = source.calculation.unit,
      unit != other, agree(unit, other), !source.calculation.isProportional
    else { return }
    references.report(
      "unit-mismatch", at: place,
      "\(id) is a ratio in \(other), whose inputs cannot be translated into \(unit) one by one: write \"by: weighted:…\" "
        + "with the input that is its denominator.")
  }

  /// One unit, or two currencies: these are translated.
  private func agree(_ one: String, _ other: String) -> Bool {
    one == other || (Currency.isCode(one) && Currency.isCode(other))
  }

  private func checkCycle() {
    guard !sources(of: definition).isEmpty else { return }
    let way = Cycles.ofKPI(definition.id) { id in
      id == definition.id ? sources(of: definition) : view.definition(id).value.map(sources) ?? []
    }
    guard let way else { return }
    let place = definition.consolidates == nil ? ["formula"] : ["consolidates", "from"]
    references.report(
      "kpi-cycle", at: place,
      "The KPI is made of itself: \(way.map(\.description).joined(separator: " → ")). Take one of these steps out.")
  }

  /// The KPIs that a KPI's figure is made of.
  private func sources(of definition: Definition) -> [KPIID] {
    let named = definition.calculation.formula.kpis.compactMap { KPIID($0) }
    return named
      + (definition.consolidates?.sources ?? []).flatMap { source in
        switch source {
        case .kpi(let id): [id]
        case .everyDepartment(let name): matches(name, besides: definition.id)
        }
      }
  }

  /// What `"*/name"` stands for: what consolidates itself is no department's own, and drafts do not count.
  private func matches(_ name: String, besides own: KPIID) -> [KPIID] {
    view.definitions(named: name).filter { id in
      guard id != own else { return false }
      guard let other = view.definition(id).value else { return true }
      return other.consolidates == nil && other.status == .active
    }
  }

  // MARK: Former ids

  /// An id that a KPI had is free only while nobody else has it, or claims to have had it.
  private func checkFormerIDs() {
    for (text, place) in references.elements(["was"]) {
      guard let id = KPIID(text) else { continue }
      if id == definition.id {
        references.report("id-in-use", at: place, "\"\(id)\" is the KPI's present id: take it out of \"was\".")
      } else if view.hasDefinition(id) {
        references.report(
          "id-in-use", at: place, "\"\(id)\" is another KPI now, so that it cannot be what this one was before.")
      } else if let other = view.claimant(of: id, besides: definition.id) {
        references.report(
          "id-claimed-twice", at: place,
          "\"\(id)\" is among the former ids of \(other) too: only one KPI can have been it.")
      }
    }
  }
}
