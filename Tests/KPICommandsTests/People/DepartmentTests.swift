import Testing

@Suite("kpi department") struct DepartmentTests {
  private let work: Workplace

  init() throws {
    work = try Workplace()
    try SalesLedger.setUp(work, people: ["office", "dora"])
  }

  private func department(_ id: String) throws -> String {
    try work.read("office/departments/\(id)/department.yaml")
  }

  @Test("A department begins with its head's role and the holder, in one commit; its head then defines KPIs there")
  func add() throws {
    let added = try work.kpi(
      "department", "add", "supply", "--name", "Supply: all", "--parent", "sales", "--holder", "dora", "--member",
      "ben",
      in: "office")
    #expect(added.output.contains("head-of-supply (Dora) is a new role."))
    #expect(try department("supply") == "name: \"Supply: all\"\nparent: sales\nhead: head-of-supply\nmembers: [ben]\n")
    #expect(try work.read("office/people.yaml").contains("  head-of-supply: {holder: dora}\n"))
    let table = try work.kpi("department", in: "office").output.split(separator: "\n").map(String.init)
    #expect(table[1].hasPrefix("sales") && table[1].contains("head-of-sales (Anna, Ben)") && table[1].hasSuffix(" 1"))
    #expect(table[2].hasPrefix("\u{A0}\u{A0}supply") && table[2].contains("head-of-supply (Dora)"))
    let csv = try work.kpi("department", "list", "--format", "csv", in: "office").output
    #expect(csv.contains("supply,Supply: all,sales,head-of-supply,dora,ben,0\n"))
    try work.sync("office", "dora")
    try work.kpi("define", "supply/stock", "--name", "Stock", "--unit", "count", "--status", "draft", in: "dora")
    #expect(try !work.kpi("sync", in: "dora").output.contains("held"))
  }

  @Test("Name, parent, head and members change in place, the head's role is handed over")
  func change() throws {
    let text = "# Ours\nname: Sales   # since 2020\nhead: head-of-sales\nmembers: [dora]\n"
    try work.write(text, to: "office/departments/sales/department.yaml")
    try work.kpi("sync", in: "office")
    try work.kpi("department", "add", "group", "--name", "Group", in: "office")
    try work.kpi("department", "change", "sales", "--name", "Selling", "--parent", "group", in: "office")
    #expect(
      try department("sales")
        == "# Ours\nname: Selling   # since 2020\nparent: group\nhead: head-of-sales\nmembers: [dora]\n")
    try work.kpi("department", "members", "sales", "--add", "ben", "--remove", "dora", in: "office")
    #expect(try department("sales").contains("members: [ben]"))
    #expect(try work.kpi("department", "members", "sales", in: "office").output == "ben  Ben\n")
    try work.kpi("department", "change", "sales", "--parent", "", "--head", "", in: "office")
    #expect(try !department("sales").contains("head") && !department("sales").contains("parent"))
    try work.kpi("department", "change", "sales", "--head", "head-of-sales", in: "office")
    try work.kpi("department", "hand-over", "sales", "--to", "dora", "--from", "2999-01-01", in: "office")
    #expect(try work.read("office/people.yaml").contains("next: {holder: dora, from: 2999-01-01}"))
    #expect(try work.kpi("check", in: "office").status == 0)
  }

  @Test("What cannot be is refused with a reason, and nothing is written")
  func refused() throws {
    try work.kpi("department", "add", "emea", "--name", "EMEA", "--parent", "sales", in: "office")
    let before = try work.read("office/people.yaml")
    let attempts: [(arguments: [String], words: String)] = [
      (["add", "EMEA 2", "--name", "EMEA"], "as: emea-2"),
      (["add", "company", "--name", "Company"], "cannot be called company"),
      (["add", "sales", "--name", "Sales"], "There is a department sales already"),
      (["add", "us", "--name", "US", "--parent", "salse"], "Did you mean \"sales\"?"),
      (["add", "us", "--name", "US", "--head", "head-of-sale"], "Did you mean \"head-of-sales\"?"),
      (["add", "us", "--name", "US", "--holder", "dorra"], "Did you mean \"dora\"?"),
      (["add", "us", "--name", "US", "--head", "controller", "--holder", "dora"], "controller is held by Office"),
      (["change", "sales", "--parent", "emea"], "in a circle"),
      (["change", "sales", "--parent", "sales"], "cannot lie below itself"),
      (["members", "sales", "--add", "anne"], "Did you mean \"anna\"?"),
      (["members", "sales", "--remove", "ben"], "ben is no member of sales"),
      (["hand-over", "emea", "--to", "dora"], "emea has no role that heads it"),
    ]
    for (arguments, words) in attempts {
      let ended = try work.kpi(["department"] + arguments, in: "office", expecting: [1, 64])
      #expect(ended.errors.contains(words), "\(arguments): \(ended.errors)")
    }
    #expect(try work.read("office/people.yaml") == before)
    #expect(try work.git("status", "--porcelain", in: "office").isEmpty)
  }
}
