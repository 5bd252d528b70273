import LedgerModel
import Testing

@testable import LedgerFiles

/// Settling a proposal puts its value into the file, and leaves the rest as it stands.
@Suite struct KeyEditTests {
  private let path = "departments/sales/kpis/win-rate.yaml"

  private func setting(_ key: String, _ value: YAMLValue?, comment: String? = nil, in text: String) -> String? {
    KeyEdit.setting(Key(key), to: value, comment: comment, in: Array(text.utf8), path: path)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("A value comes with the comment that was proposed beside it")
  func comment() {
    let text = "name: Win rate  # as the board calls it\nclass: kpi\n"
    #expect(
      setting("name", .string("Hit rate"), comment: "as we call it", in: text)
        == "# as we call it\nname: Hit rate\nclass: kpi\n")
    #expect(setting("name", .string("Hit rate"), comment: "", in: text) == "name: Hit rate\nclass: kpi\n")
  }

  @Test("Where no comment was proposed, the one in the file stays")
  func noComment() {
    #expect(
      setting("name", .string("Hit rate"), in: "name: Win rate  # as the board calls it\n")
        == "name: Hit rate  # as the board calls it\n")
  }

  @Test("Of the calculation only the fields that were proposed change")
  func calculation() {
    let text = "name: Win rate\nunit: percent\nformula: a / b  # sums\n"
    #expect(
      setting("calculation", .map([("formula", .string("a / c"))]), in: text)
        == "name: Win rate\nunit: percent\nformula: a / c  # sums\n")
  }

  @Test("An entry of a list takes the place of the one that is about the same KPI")
  func entry() {
    let text = "affects:\n  - {kpi: a/b, when: x}\n  - {kpi: c/d, when: y}\n  - {kpi: e/f, when: z}\n"
    let entry = YAMLValue.map([("kpi", .string("c/d")), ("when", .string("w"))])
    let result = setting("affects.c/d", entry, in: text)
    #expect(
      result.flatMap { YAMLKeys(Array($0.utf8), shape: .of(LedgerPath(path))) }?.value(Key("affects.c/d"))?.meaning
        == entry, "\(result ?? "")")
    #expect(
      result?.contains("  - {kpi: a/b, when: x}\n") == true && result?.contains("  - {kpi: e/f, when: z}\n") == true)
  }
}
