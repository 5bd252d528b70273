import Calculation
import LedgerFiles
import LedgerModel
import Testing

struct LedgerReaderTests {
  private func ledger(_ name: String) throws -> Ledger {
    let files = try Fixture(kind: "valid", name: name).files()
    return LedgerReader.read(files.map { (path: $0.key, bytes: $0.value) }).ledger
  }

  private let id: KPIID
  private let newOrders: KPIID

  init() throws {
    id = try #require(KPIID("sales/win-rate"))
    newOrders = try #require(KPIID("sales/new-orders"))
  }

  @Test func aWholeLedger() throws {
    let files = try Fixture.base.files()
    let (ledger, findings) = LedgerReader.read(files.map { (path: $0.key, bytes: $0.value) })
    #expect(findings == [])
    #expect(ledger.settings.company == "Northwind Tools" && ledger.settings.currency == "EUR")
    #expect(ledger.settings.units["percent"] == LedgerSettings.Unit(symbol: "%", decimals: 1))
    #expect(ledger.goals["grow-revenue"]?.parent == "grow" && ledger.goals["grow-revenue"]?.weight == 2)
    #expect(ledger.people.roles["head-of-sales"]?.deputy == "tom-berg")
    #expect(ledger.departments["emea"]?.parent == "sales")
    #expect(ledger.definitions.count == 3 && ledger.actuals.count == 2)
  }

  @Test func aDefinition() throws {
    let definition = try #require(try ledger("definition-of-the-design").definitions[id])
    #expect(definition.name == "Win rate" && definition.kind == .kpi && definition.status == .active)
    #expect(definition.weight == 2 && definition.baseline == 18 && definition.priority == 1)
    #expect(definition.calculation.inputs.map(\.name) == ["won", "decided"])
    #expect(definition.calculation.inputs.first?.source == "CRM")
    #expect(definition.calculation.formula.text == "won / decided * 100")
    #expect(definition.calculation.direction == .higher && definition.calculation.unit == "percent")
    #expect(definition.calculation.effectiveFrom == Period("2026-01"))
    #expect(definition.calculation.bounds == KPICalculation.Bounds(min: 0, max: 100))
    let (year, quarter) = (try #require(Period("2026")), try #require(Period("2026-Q3")))
    #expect(definition.targets == [year: .value(25), quarter: .value(27)])
    #expect(definition.review == Definition.Review(cadence: .week, venue: "Monday pipeline call"))
    #expect(definition.affects.first?.when == "achievement > 115")
    #expect(definition.process["standard"] == "Answered within 5 working days")
    #expect(definition.escalation == ["head-of-sales", "controller"])
    #expect(definition.influence == .direct && definition.indicator == .leading)
  }

  @Test func defaultsOfASimpleKPI() throws {
    let definition = try #require(try ledger("base").definitions[newOrders])
    #expect(definition.calculation.inputs == [KPICalculation.Input(name: "value", aggregate: .sum)])
    #expect(definition.calculation.formula == .value)
    #expect(definition.calculation.missing == .gap && definition.calculation.profile == .calendar)
    #expect(definition.weight == 1 && definition.thresholds == nil)
  }

  @Test func aSingleInputIsTheFigureAndASnapshotTakesItsLast() throws {
    let text = "name: Stock\nunit: EUR\nclass: metric\nperiod: month\nprofile: snapshot\ninputs: {on_hand: }\n"
    let file = LedgerReader.decode(path: id.definitionPath, bytes: Array(text.utf8))
    guard case .definition(let definition) = file.content else {
      Issue.record("no definition")
      return
    }
    #expect(file.findings == [])
    #expect(definition.calculation.inputs == [KPICalculation.Input(name: "on_hand", aggregate: .last)])
    #expect(definition.calculation.formula.text == "on_hand")
  }

  @Test func earlierCalculationsNewestFirst() throws {
    let text = """
      name: Win rate
      class: metric
      unit: percent
      period: month
      effective_from: 2026
      earlier:
        - {unit: percent, period: month, effective_from: 2020}
        - {unit: percent, period: month, effective_from: 2024-07}

      """
    let file = LedgerReader.decode(path: id.definitionPath, bytes: Array(text.utf8))
    guard case .definition(let definition) = file.content else {
      Issue.record("no definition")
      return
    }
    #expect(definition.earlier.map(\.effectiveFrom) == [Period("2024-07"), Period("2020")])
  }

  @Test("a definition with a value that cannot be read is none at all")
  func noHalfDefinitions() throws {
    for name in ["formula-unclosed-bracket", "value-direction", "duplicate-key", "number-bounds-swapped"] {
      let files = try Fixture(kind: "invalid", name: name).files()
      let (ledger, findings) = LedgerReader.read(files.map { (path: $0.key, bytes: $0.value) })
      #expect(ledger.definitions[id] == nil && !findings.isEmpty)
    }
    let files = try Fixture(kind: "invalid", name: "unknown-field").files()
    let ledger = LedgerReader.read(files.map { (path: $0.key, bytes: $0.value) }).ledger
    #expect(ledger.definitions[id] != nil, "one field too many leaves the others readable")
  }

  @Test func otherFiles() throws {
    let work = try ledger("action-review-close")
    #expect(work.actions.first?.kpi == id && work.actions.first?.due == Period("2026-06-30"))
    #expect(work.minutes.first?.decisions == ["Move one person to the east"])
    #expect(work.closes.map(\.scope) == ["company", "sales"])
    let rates = try ledger("rates").rates["USD-EUR"]
    let (january, february) = (try #require(Period("2026-01")), try #require(Period("2026-02")))
    #expect(rates?.byPeriod[january] == .init(average: Quantity("0.91"), closing: Quantity("0.905")))
    #expect(rates?.byPeriod[february]?.average == Quantity("0.92") && rates?.byPeriod[february]?.closing == nil)
  }

  @Test func settingsInFull() throws {
    let settings = try ledger("settings-in-full").settings
    #expect(settings.calendar.startMonth == 4 && settings.calendar.pattern == .p445)
    #expect(settings.calendar.workingDays.count == 6 && settings.calendar.holidays.count == 2)
    #expect(settings.limits.coverage == 75 && settings.limits.paceBehind == -3 && settings.scoreCap == 120)
    #expect(settings.limits.trend == Quantity("1.5"))
    #expect(settings.thresholds == Thresholds(green: 95, amber: 80))
    #expect(settings.authority["targets"] == ["controller", "head-of-sales"])
    #expect(settings.units.keys.sorted() == ["days", "percent", "pieces"])
  }

  @Test func peopleInFull() throws {
    let person = try #require(try ledger("people-in-full").people.people["ana-ruiz"])
    #expect(person.emails.map(\.text) == ["ana.ruiz@example.com", "ana@old.example.com"])
    #expect(person.emails.last?.until == Period("2024"))
    #expect(person.keys.count == 2 && person.keys.last?.until == Period("2026-06"))
  }

  @Test func proposals() throws {
    let one = try #require(try ledger("proposal").proposals.first)
    #expect(one.id == "9f3a" && one.because == .changedOnBothSides && one.commit == "3f2a90c1")
    #expect(one.changes.map(\.key) == ["owner"])
    let removal = try #require(try ledger("proposal-of-a-removal").proposals.first)
    #expect(removal.changes.first?.proposed == nil && removal.changes.first?.insteadOf != nil)
    let many = try #require(try ledger("proposal-of-many").proposals.first)
    #expect(many.changes.map(\.key) == ["owner", "calculation", "targets.2026"])
    let text = try #require(many.changes[1].proposed)
    #expect(YAMLDocument(parsing: Array(text.utf8)).root.map { YAMLValue($0) } == .map([("formula", .string("won"))]))
  }

  @Test("files are read in any order, and in parallel")
  func parallel() async throws {
    let files = try Fixture(kind: "valid", name: "proposal-of-many").files()
    let whole = LedgerReader.read(files.sorted { $0.key < $1.key }.map { (path: $0.key, bytes: $0.value) }).ledger
    let decoded = await withTaskGroup(of: DecodedFile.self) { group in
      for (path, bytes) in files { group.addTask { LedgerReader.decode(path: path, bytes: bytes) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    let together = LedgerReader.ledger(of: decoded)
    #expect(together.definitions == whole.definitions && together.proposals == whole.proposals)
    #expect(together.people == whole.people && together.goals == whole.goals)
  }
}
