import LedgerModel
import Testing

@testable import LedgerFiles

@Suite("What a person says of a definition")
struct DefinitionEntryTests {
  private static let old = "# ours\nname: 'Win rate'\nunit: percent   # of orders\nperiod: month\nstatus: draft\n"

  private func applied(_ change: (inout DefinitionEntry) throws -> Void) throws -> String {
    var entry = DefinitionEntry()
    try change(&entry)
    let id = try #require(KPIID("sales/win-rate"))
    return String(decoding: entry.applied(to: Array(Self.old.utf8), id: id), as: UTF8.self)
  }

  @Test("New fields go where they usually stand; everything else stays byte for byte")
  func order() throws {
    let text = try applied { entry in
      try entry.setTarget("2026=25")
      try entry.setInput("won:last")
      entry.set(["goal"], to: "grow")
    }
    let fields = text.split(separator: "\n").compactMap { $0.first == " " ? nil : $0.split(separator: ":").first }
    #expect(fields == ["# ours", "name", "goal", "unit", "inputs", "period", "targets", "status"], "\(text)")
    #expect(text.contains("# ours\nname: 'Win rate'\n") && text.contains("unit: percent   # of orders\n"))
    #expect(text.contains("2026: 25") && text.contains("aggregate: last"))
  }

  @Test("A nested field that has no parent yet brings it along")
  func nested() throws {
    let text = try applied { try $0.setField("process.standard.days=5") }
    let document = YAMLDocument(parsing: Array(text.utf8))
    #expect(document.findings.isEmpty)
    #expect(document.node(at: ["process", "standard", "days"])?.scalar?.text == "5", "\(text)")
  }

  @Test("Nothing behind the sign clears the field")
  func cleared() throws {
    #expect(!(try applied { try $0.setField("unit=") }.contains("percent")))
  }

  @Test("What names no field, period or way to add up is refused")
  func refused() {
    var entry = DefinitionEntry()
    #expect(throws: EntryFault.self) { try entry.setTarget("soon=25") }
    #expect(throws: EntryFault.self) { try entry.setTarget("25") }
    #expect(throws: EntryFault.self) { try entry.setInput(":sum") }
    #expect(throws: EntryFault.self) { try entry.setInput("won:total") }
    #expect(throws: EntryFault.self) { try entry.setField("=5") }
    #expect(entry.isEmpty)
  }
}
