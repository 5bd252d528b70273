import Foundation
import Testing

/// `docs/security.md` names each attack's test, and each test of an attack is on the page.
@Suite struct SecurityPageTests {
  private let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  @Test func thePageAndTheTestsNameTheSame() throws {
    let page = try String(
      contentsOf: folder.appendingPathComponent("../../../docs/security.md").standardized, encoding: .utf8)
    let listed = page.split(separator: "\n").filter { $0.hasPrefix("|") && $0.contains("Attacks.") }
      .flatMap { $0.split(separator: "|").last?.split(separator: ",") ?? [] }
    let onPage = Set(
      listed.compactMap { name in
        name.split(whereSeparator: { !($0.isLetter || $0.isNumber) }).last.map(String.init)
      })
    var inTests: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix("Attacks.swift") {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      let parts = text.components(separatedBy: "@Test")
      for part in parts.dropFirst() {
        guard let start = part.range(of: "func ")?.upperBound else { continue }
        inTests.insert(String(part[start...].prefix { $0 != "(" }))
      }
    }
    // Those that show what comes in all the same.
    let allowed: Set = ["theRightOneComesIn", "whoMaySettlesIt"]
    #expect(onPage == inTests.subtracting(allowed))
  }
}
