import Foundation
import Git
import LedgerModel
import Testing

/// What somebody does without being asked: cy is a member of sales, eve is nobody.
@Suite struct AuthorityAttacks {
  typealias Files = SampleFiles
  static let people = Files.all["people.yaml"] ?? ""
  static let ledger = Files.all["ledger.yaml"] ?? ""

  static let changes: [(what: String, path: String, text: String?, who: String)] = [
    ("a definition", Files.winRate, Files.definition(target: "99"), "head-of-sales"),
    ("a calculation", Files.winRate, Files.definition(unit: "EUR"), "head-of-sales"),
    (
      "an owner", Files.winRate,
      Files.definition().replacingOccurrences(of: "owner: head", with: "data_owner: controller\nowner: head"),
      "head-of-sales"
    ),
    (
      "a weight", Files.winRate,
      Files.definition().replacingOccurrences(of: "goal: grow", with: "goal: grow\nweight: 9"), "controller"
    ),
    ("a KPI's removal", Files.winRate, nil, "head-of-sales"),
    ("a goal", "goals.yaml", "goals:\n  grow: {name: Shrink, owner: controller}\n", "controller"),
    ("a rate", "rates/EUR-USD.csv", "period,average,closing\n2026-01,1,1\n", "controller"),
    ("a close", "closes/company/2026-01.yaml", "note: done\n", "controller"),
    (
      "a role for oneself", "people.yaml", people.replacingOccurrences(of: "deputy: bo", with: "deputy: cy"),
      "administrator"
    ),
    (
      "an address of another's", "people.yaml",
      people.replacingOccurrences(of: "[ana@example.com]", with: "[ana@example.com, cy@example.org]"), "administrator"
    ),
    ("rights for oneself", "ledger.yaml", ledger + "authority:\n  targets: [member]\n", "administrator"),
    (
      "a department", "departments/sales/department.yaml", "name: Sales\nhead: controller\nmembers: [cy]\n",
      "administrator"
    ),
    ("everything else", "README.md", "hello\n", "administrator"),
    ("minutes", "departments/sales/reviews/2026-01.yaml", "meaning: fine\n", "head-of-sales"),
  ]

  @Test(arguments: changes.indices) func ofAMember(place: Int) throws {
    let (what, path, text, who) = Self.changes[place]
    let target = try Target()
    let before = try target.stage.state()
    let commit = try target.change([path: text], by: .cy)
    let result = try target.push("\(commit):refs/heads/main")
    #expect(result.rules.contains("no-authority"), "\(what): \(result.errors)")
    #expect(
      result.errors.contains("Cy Ott may not change this") && result.errors.contains(who), "\(what): \(result.errors)")
    #expect(try target.stage.state() == before, "\(what)")
    // By the rules it comes in as a proposal, and nothing of it is in force.
    let merge = try target.merge(target.first, commit, by: .cy)
    let files = try target.objects.files(in: target.objects.commit(merge).tree).map(\.path)
    #expect(files.contains { $0.hasPrefix("proposals/") }, "\(what)")
    let forced = try target.merge(target.first, commit, by: .cy, with: [path: text])
    try target.refuses(forced, by: ["merge-does-not-recompute"])
  }

  @Test func ofNobody() throws {
    let target = try Target()
    for (path, text) in [
      (Files.actuals, "period,value,status,note\n2026-01,1,,\n"),
      ("departments/sales/kpis/mine.yaml", "name: Mine\nstatus: draft\n"),
      ("departments/eve/department.yaml", "name: Eve\n"),
    ] {
      let result = try target.push("\(target.change([path: text], by: .eve)):refs/heads/main")
      #expect(result.rules.contains("no-authority"), "\(path): \(result.errors)")
    }
  }

  /// A name on a commit gives nothing: without a signature it speaks for its committer.
  @Test func inAnothersName() throws {
    let target = try Target()
    let rate = [Files.winRate: Files.definition(target: "99") as String?]
    let forged = try target.change(rate, by: .ana, committer: .cy)
    try target.refuses(forged, by: ["no-authority"], saying: "Cy Ott may not change this")
    let merge = try target.commit(
      target.objects.commit(forged).tree, on: [target.first, forged], by: .cy, message: "Sync\n\nMerge-Rules: 1\n")
    try target.refuses(merge, by: ["merge-does-not-recompute"])
    let similar = Author(name: "Ana Ruiz", email: "ana@examp\u{200C}le.com")
    try target.refuses(target.change(rate, by: similar), by: ["no-authority"])
    let capital = Author(name: "Ana Ruiz", email: "ana@example.com.evil.example")
    try target.refuses(target.change(rate, by: capital), by: ["no-authority"])
  }

  /// A role that one commit brings counts from the next one on, and the first does not come in.
  @Test func aRoleForOneselfAndItsUseInOnePush() throws {
    let target = try Target()
    let self1 = try target.change(
      ["people.yaml": Self.people.replacingOccurrences(of: "deputy: bo", with: "deputy: cy")], by: .cy)
    let use = try target.change([Files.winRate: Files.definition(target: "99")], on: self1, by: .cy)
    try target.refuses(use, by: ["no-authority"], saying: "people.yaml, roles.administrator.deputy")
    let asSync = try target.commit(
      target.objects.commit(use).tree, on: [target.first, use], by: .cy, message: "Sync\n\nMerge-Rules: 1\n")
    try target.refuses(asSync, by: ["merge-does-not-recompute"])
  }

  /// A ledger without roles lets everybody do everything; nobody may bring it there.
  @Test(arguments: [nil, "people: {}\nroles: {}\n", "people: [\n", ""] as [String?])
  func takingTheRolesAway(people: String?) throws {
    let target = try Target()
    for who in [Author.cy, .bo, .ana] {
      let result = try target.push("\(target.change(["people.yaml": people], by: who)):refs/heads/main")
      #expect(result.status != 0 && !result.rules.isEmpty, "\(who): \(result.errors)")
    }
  }

  /// Whoever says that a KPI is another one takes over its past, its proposals and its figures.
  @Test func hijackingByWas() throws {
    let target = try Target()
    let draft = Files.definition(name: "Mine").replacingOccurrences(
      of: "status: active", with: "was: [sales/win-rate]\nstatus: draft")
    for files in [
      ["departments/sales/kpis/mine.yaml": draft],
      ["departments/sales/kpis/mine.yaml": draft, Files.winRate: nil],
      [
        Files.orders: Files.definition(name: "New orders", unit: "EUR") + "was: [sales/win-rate]\n", Files.winRate: nil,
      ],
    ] as [[String: String?]] {
      let commit = try target.change(files, by: .cy)
      let result = try target.push("\(commit):refs/heads/main")
      #expect(result.rules.contains("no-authority"), "\(result.errors)")
      let merge = try target.merge(target.first, commit, by: .cy)
      #expect(try target.objects.entry(at: Files.winRate, in: target.objects.commit(merge).tree) != nil)
      #expect(
        try target.objects.entry(at: Files.winRate, in: target.objects.commit(merge).tree)
          == target.objects.entry(at: Files.winRate, in: target.objects.commit(target.first).tree))
    }
  }
}
