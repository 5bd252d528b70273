import Calculation
import Consolidation
import Foundation
import Testing

/// What the style sheet promises: contrast in both modes, and sheets of paper that can be read.
@Suite struct PageStyleTests {
  private func sheet() throws -> String {
    let page = ScorecardPage(try SampleLedger().scorecard("2026-03")).text()
    let start = try #require(page.range(of: "<style>")?.upperBound)
    let end = try #require(page.range(of: "</style>")?.lowerBound)
    return String(page[start..<end])
  }

  /// The colours of each `:root`: light, dark, paper.
  private func palettes() throws -> [[String: String]] {
    try sheet().components(separatedBy: ":root{").dropFirst().map { block in
      let pairs = block.prefix { $0 != "}" }.split(separator: ";").map { $0.split(separator: ":").map(String.init) }
      return Dictionary(pairs.filter { $0[0].hasPrefix("--") }.map { ($0[0], $0[1]) }) { $1 }
    }
  }

  /// WCAG 2: the sum of the linear channels, weighted by how bright they look.
  private func luminance(_ colour: String) throws -> Double {
    var digits = Array(colour.dropFirst())
    if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
    let channels = try [0, 2, 4].map { start -> Double in
      let value = Double(try #require(Int(String(digits[start...start + 1]), radix: 16))) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }

  private func contrast(_ one: String, _ other: String) throws -> Double {
    let (high, low) = (max(try luminance(one), try luminance(other)), min(try luminance(one), try luminance(other)))
    return (high + 0.05) / (low + 0.05)
  }

  @Test("Black on white has a contrast of 21, so that the sum is right")
  func knownContrast() throws {
    #expect(abs(try contrast("#000", "#ffffff") - 21) < 0.001)
    #expect(abs(try contrast("#777777", "#fff") - 4.48) < 0.01)
  }

  @Test("Every text colour has a contrast of 4.5 on paper and ground: light, dark and printed")
  func textContrast() throws {
    let palettes = try palettes()
    #expect(palettes.count == 3)
    for palette in palettes {
      for text in ["ink", "soft", "faint", "green", "amber", "red", "grey"] {
        for ground in ["paper", "ground"] {
          let ratio = try contrast(try #require(palette["--\(text)"]), try #require(palette["--\(ground)"]))
          #expect(ratio >= 4.5, "\(text) on \(ground): \(ratio)")
        }
      }
    }
  }

  @Test("The bar of the actual has a contrast of 3 on the ground it lies on")
  func barContrast() throws {
    for palette in try palettes() {
      for ground in ["track", "miss"] {
        #expect(try contrast(try #require(palette["--mark"]), try #require(palette["--\(ground)"])) >= 3, "\(ground)")
      }
    }
  }

  @Test("On A4 headers are repeated, no row or KPI is cut in two, and colours are the light ones")
  func paper() throws {
    let sheet = try sheet()
    #expect(sheet.contains("@page{size:A4 landscape;"))
    let print = try #require(sheet.range(of: "@media print{")?.upperBound)
    #expect(try #require(sheet.range(of: "prefers-color-scheme:dark")?.lowerBound) < print)
    let rules = sheet[print...]
    for rule in [
      ":root{color-scheme:light;", "thead{display:table-header-group}",
      "tr,li,.kpis tbody,footer p{break-inside:avoid}",
      ".notes{break-before:avoid}", ".top{display:block;break-inside:avoid;break-after:avoid}",
    ] { #expect(rules.contains(rule), "\(rule)") }
    #expect(!sheet.contains("@media screen and (max-width:1160px){\n@page"))
    #expect(sheet.components(separatedBy: "@media screen and (max-width:").count == 3, "paper has no cards")
  }
}
