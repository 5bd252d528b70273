import Foundation
import Testing

/// Pushes by an administrator, with plain git, of what would leave nobody to administrate: bo is the deputy.
@Suite struct AdministratorTests {
  static let attacks: [(old: String, new: String)] = [
    ("  administrator: {holder: ana, deputy: bo}\n", ""),
    ("administrator:", "administrators:"),
    ("administrator: {holder: ana, deputy: bo}", "administrator: {holder: ghost}"),
    ("people:\n", "people: [\n"),
    ("roles:\n", "offices:\n"),
    ("[ana@example.com]}\n  bo: {name: Bo Lind, emails: [bo@example.com]}", "[]}\n  bo: {name: Bo Lind}"),
    (
      "administrator: {holder: ana, deputy: bo}",
      "administrator: {holder: ana, next: {holder: cy, from: 2026-01-01}}\n  former: {holder: ana}"
    ),
  ]

  @Test func aLedgerIsNeverLeftWithoutAnAdministrator() throws {
    let stage = try HubStage()
    _ = try stage.clone("bo")
    let people = try #require(SampleFiles.all["people.yaml"])
    for (old, new) in Self.attacks {
      var text = people.replacingOccurrences(of: old, with: new)
      if new.contains("next:") {
        text = text.replacingOccurrences(of: "[cy@example.com]", with: "[{address: cy@example.com, until: 2026-12-31}]")
      }
      try #require(text != people)
      try stage.commit(["people.yaml": text], in: "bo")
      let result = try stage.run("git", ["push", "-q", "origin", "main"], in: "bo")
      #expect(result.status != 0 && result.errors.contains("people.yaml"), "\(new): \(result.errors)")
      try stage.git("reset", "-q", "--hard", "origin/main", in: "bo")
    }
    try stage.commit(["people.yaml": nil as String?], in: "bo")
    let removed = try stage.run("git", ["push", "-q", "origin", "main"], in: "bo")
    #expect(removed.status != 0 && removed.errors.contains("people.yaml"), "\(removed.errors)")
    #expect(try stage.git("show", "main:people.yaml", in: "hub.git") + "\n" == people)
  }
}
