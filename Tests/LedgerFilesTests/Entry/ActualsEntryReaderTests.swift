import LedgerModel
import Testing

@testable import LedgerFiles

@Suite("What a person enters for a KPI's periods")
struct ActualsEntryReaderTests {
  private static let rate =
    "name: Win rate\nunit: percent\ndirection: higher\nperiod: month\ninputs: {won: {aggregate: sum}, decided: {aggregate: sum}}\n"
    + "formula: won / decided * 100\nstatus: draft\n"
  private static let orders = "name: Orders\nunit: count\ndirection: higher\nperiod: month\nstatus: draft\n"

  private func rows(_ texts: String..., of yaml: String = orders) throws -> String {
    let decoded = LedgerReader.decode(path: "departments/sales/kpis/x.yaml", bytes: Array(yaml.utf8))
    guard case .definition(let definition)? = decoded.content else { throw EntryFault("no definition", hint: "") }
    var bytes: [UInt8]?
    for entry in try ActualsEntryReader(definition).entries(texts, common: ActualsEntry(definition: definition)) {
      bytes = try entry.applied(to: bytes)?.bytes
    }
    return String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n").dropFirst().joined(separator: "|")
  }

  @Test("Named inputs of one period, in any order")
  func named() throws {
    #expect(try rows("2026-03", "decided=40", "won=12", of: Self.rate) == "2026-03,12,40,,")
  }

  @Test("A single input needs no name, for one period or for several")
  func single() throws {
    #expect(try rows("2026-03", "1250.50") == "2026-03,1250.5,,")
    #expect(try rows("2026-04=14", "2026-03=12") == "2026-03,12,,|2026-04,14,,")
  }

  @Test(
    "What does not say which value of which period it is, is refused with what to write",
    arguments: [
      (["2026-03", "12"], rate, "'12' is no value"), (["2026-03=12"], rate, "more than one value a period"),
      (["2026-03=12", "2026-03=13"], orders, "2026-03 is given twice"),
      (["2026-03=12", "14"], orders, "'14' does not go with '2026-03=12'"),
      (["2026-Q1=12"], orders, "recorded by the month"), (["2026-03=plenty"], orders, "no number"),
      (["soon"], orders, "'soon' is no period"), (["2026-03"], orders, "No value is given"),
    ])
  func refused(_ texts: [String], _ yaml: String, _ reason: String) throws {
    let decoded = LedgerReader.decode(path: "departments/sales/kpis/x.yaml", bytes: Array(yaml.utf8))
    guard case .definition(let definition)? = decoded.content else { throw EntryFault("no definition", hint: "") }
    let fault = #expect(throws: EntryFault.self) {
      try ActualsEntryReader(definition).entries(texts, common: ActualsEntry(definition: definition))
    }
    #expect(fault?.message.contains(reason) == true, "\(String(describing: fault))")
  }
}
