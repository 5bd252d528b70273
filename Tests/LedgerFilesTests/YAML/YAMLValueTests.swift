import Calculation
import LedgerFiles
import Testing

struct YAMLValueTests {
  private func value(_ text: String) -> YAMLValue? {
    YAMLDocument(parsing: Array("a: \(text)\n".utf8)).node(at: ["a"]).map(YAMLValue.init)
  }

  @Test func readsScalarsByTheCoreSchema() throws {
    let quarter = try #require(Quantity("0.5"))
    let expected: [(String, YAMLValue)] = [
      ("no", .string("no")), ("yes", .string("yes")), ("010", .number(10)), ("0o17", .number(15)),
      ("0x1F", .number(31)),
      (".5", .number(quarter)), ("1e3", .number(1000)), ("1E+05", .number(100_000)), ("+3", .number(3)),
      ("5.", .number(5)),
      ("-0", .number(0)), ("null", .null), ("~", .null), ("", .null), ("Null", .null), ("nULL", .string("nULL")),
      ("true", .bool(true)), ("True", .bool(true)), ("TRUE", .bool(true)), ("tRue", .string("tRue")),
      ("false", .bool(false)),
      (".inf", .float(".inf")), ("-.Inf", .float("-.inf")), (".NaN", .float(".nan")), ("1e99", .float("1e99")),
      ("2026-01", .string("2026-01")), ("\"25\"", .string("25")), ("'x'", .string("x")), ("-", .string("-")),
      (".", .string(".")),
      ("1_000", .string("1_000")), ("0o8", .string("0o8")), ("0x", .string("0x")), ("1e", .string("1e")),
      ("12:30", .string("12:30")),
    ]
    for (text, meaning) in expected where text != "-" { #expect(value(text) == meaning, "\(text)") }
  }

  @Test func comparesByMeaning() {
    let one = YAMLDocument(parsing: Array("{a: 25, b: [x, 'y'], c: }".utf8))
    let other = YAMLDocument(parsing: Array("# note\nc: ~\nb:\r\n- \"x\"\r\n- y\r\na: 25.0 # behind\r\n".utf8))
    #expect(one.root.map(YAMLValue.init) == other.root.map(YAMLValue.init))
    #expect(one.root.map(YAMLValue.init)?.hashValue == other.root.map(YAMLValue.init)?.hashValue)
    #expect(value("[a, b]") != value("[b, a]"))
    #expect(value("\"25\"") != value("25"))
  }

  @Test func commentsBelongToTheirKeys() throws {
    let text = """
      # about the file

      # about a
      # and more
      a: 1 # behind a
           # still a
      b: # behind b
        # about c
        c: 2
        # about b's end

      # about list
      list:
        # about x
        - x
        - y # behind y
      flow: {d: 1, # behind d
        # about e
        e: 2} # behind flow

      """
    let document = YAMLDocument(parsing: Array(text.utf8))
    func comment(_ path: String...) -> String? { document.entry(at: path)?.commentText }
    #expect(comment("a") == "about a\nand more\nbehind a\nstill a")
    #expect(comment("b") == "behind b")
    #expect(comment("b", "c") == "about c")
    #expect(comment("list") == "about list\nabout x\nbehind y")
    #expect(document.node(at: ["list"])?.items?.map(\.commentText) == ["about x", "behind y"])
    #expect(comment("flow") == "behind flow")
    #expect(comment("flow", "d") == "behind d")
    #expect(comment("flow", "e") == "about e")
    let extent = try #require(document.entry(at: ["a"])?.extent)
    #expect(String(decoding: document.bytes[extent], as: UTF8.self).hasPrefix("# about a\n"))
    let last = try #require(document.entry(at: ["b"])?.extent)
    #expect(String(decoding: document.bytes[last], as: UTF8.self).hasSuffix("# about b's end\n"))
  }

  @Test func writesWhatADefinitionNeeds() throws {
    let document = YAMLDocument(parsing: Array(YAMLExamples.definition.utf8))
    #expect(document.findings.isEmpty)
    let value = try #require(document.root.map(YAMLValue.init))
    let text = YAMLWriter.text(value)
    #expect(text.contains("targets: {2026: 25, 2026-Q3: 27}\n"))
    #expect(text.contains("leads_to: [sales/new-orders]\n"))
    #expect(text.contains("inputs:\n  won: {source: CRM, aggregate: sum}\n"))
    #expect(text.contains("formula: won / decided * 100\n"))
    #expect(text.contains("affects:\n  - {kpi: supply/inventory-turnover, when: achievement > 115"))
    #expect(
      YAMLWriter.text(.map([("from", .string("*/win-rate")), ("n", .string("010"))]))
        == "from: \"*/win-rate\"\nn: \"010\"\n")
  }
}
