import Calculation
public import LedgerFiles
public import LedgerModel

/// What of a ledger is to be read.
public enum LedgerPart: Hashable, Sendable {
  case kpi(KPIID)
  /// KPIs with what their figures rest on and nothing else: no people, departments or proposals.
  case figures([KPIID])
}

extension LedgerTree {
  /// Reads a part of a ledger with all that its figures depend on: settings, goals, people, rates, departments, the
  /// KPIs that it is made of, and what is held for them.
  ///
  /// The figures of the part are those that the whole ledger would give. Files are opened as they are met, so that the
  /// cost follows the part and not the size of the ledger.
  public init(_ part: LedgerPart, from source: any LedgerSource) {
    var reading = PartReading(source: source)
    switch part {
    case .kpi(let id):
      reading.readFrame()
      reading.add(id)
    case .figures(let ids):
      reading.readFrameOfFigures()
      for id in ids { reading.add(id) }
    }
    reading.readAll()
    self.init(reading.decoded)
  }
}

/// Reads KPIs and what they are made of, breadth first.
private struct PartReading {
  let source: any LedgerSource
  private(set) var decoded: [DecodedFile] = []
  private var waiting: [KPIID] = []
  private var met: Set<KPIID> = []
  private var wantsProposals = false

  init(source: any LedgerSource) { self.source = source }

  /// What any figure may depend on.
  mutating func readFrame() {
    readFrameOfFigures()
    wantsProposals = true
    read("people.yaml")
    for id in departments { read("departments/\(id)/department.yaml") }
  }

  mutating func readFrameOfFigures() {
    for path in ["ledger.yaml", "goals.yaml"] { read(path) }
    for name in source.names(in: "rates").sorted() { read("rates/" + name) }
  }

  mutating func add(_ id: KPIID) {
    if met.insert(id).inserted { waiting.append(id) }
  }

  mutating func readAll() {
    while let id = waiting.popLast() {
      var definition: Definition?
      if case .definition(let found)? = read(id.definitionPath) { definition = found }
      read(id.actualsPath, definition)
      for old in wantsProposals ? [id] + (definition?.was ?? []) : [] { readProposals(of: old) }
      if let definition { for needed in sources(of: definition) { add(needed) } }
    }
  }

  private func sources(of definition: Definition) -> [KPIID] {
    var sources: [KPIID] = []
    for source in definition.consolidates?.sources ?? [] {
      switch source {
      case .kpi(let id): sources.append(id)
      case .everyDepartment(let kpi):
        sources += departments.compactMap { KPIID(department: $0, kpi: kpi) }
          .filter { self.source.contains($0.definitionPath) }
      }
    }
    for calculation in [definition.calculation] + definition.earlier {
      sources += calculation.formula.kpis.compactMap { KPIID($0) }
    }
    return sources
  }

  private mutating func readProposals(of id: KPIID) {
    for file in [id.definitionPath, id.actualsPath] {
      let folder = "proposals/" + file
      for name in source.names(in: folder).sorted() where !name.hasSuffix("/") { read(folder + "/" + name) }
    }
  }

  private var departments: [String] {
    source.names(in: "departments").filter { $0.hasSuffix("/") }.map { String($0.dropLast()) }.sorted()
  }

  @discardableResult
  private mutating func read(_ path: String, _ definition: Definition? = nil) -> DecodedFile.Content? {
    guard let bytes = source.bytes(at: path) else { return nil }
    let file = LedgerReader.decode(path: path, bytes: bytes, definition: definition)
    decoded.append(file)
    return file.content
  }
}
