import Foundation
import Testing

@Suite("kpi goal") struct GoalTests {
  private let work: Workplace

  init() throws {
    work = try Workplace()
    try SalesLedger.setUp(work, people: ["office", "dora"])
  }

  private func goals() throws -> String { try work.read("office/goals.yaml") }

  @Test("Goals are added, changed, moved and listed as a tree with the KPIs that serve them")
  func tree() throws {
    try work.write("# What we want\ngoals:\n  grow: {name: Grow}   # since 2020\n", to: "office/goals.yaml")
    try work.kpi("goal", "add", "prosper", "--name", "Prosper", in: "office")
    try work.kpi(
      "goal", "add", "save", "--name", "Save", "--parent", "prosper", "--weight", "0.5", "--owner", "controller",
      "--status", "worst-of", in: "office")
    try work.kpi("goal", "move", "grow", "--under", "prosper", in: "office")
    try work.kpi("goal", "change", "grow", "--weight", "3", "-m", "Plan", in: "office")
    #expect(
      try goals().hasPrefix("# What we want\ngoals:\n  grow: {name: Grow, parent: prosper, weight: 3}   # since 2020\n")
    )
    let table = try work.kpi("goal", in: "office").output.split(separator: "\n").map(String.init)
    #expect(
      table.map { $0.prefix { $0 != "\u{20}" } } == ["Goal", "prosper", "\u{A0}\u{A0}grow", "\u{A0}\u{A0}save"],
      "\(table)")
    #expect(table[2].hasSuffix(" 1") && table[3].contains("controller (Office)"))
    let csv = try work.kpi("goal", "list", "--format", "csv", in: "office").output
    #expect(csv.contains("save,Save,prosper,0.5,controller,worst-of,0\n"))
    try work.kpi("goal", "change", "save", "--owner", "", "--status", "", "--weight", "", in: "office")
    #expect(try goals().contains("save: {name: Save, parent: prosper}"))
    try work.kpi("goal", "move", "grow", "--top", in: "office")
    #expect(try goals().contains("grow: {name: Grow, weight: 3}"))
    #expect(try work.kpi("check", in: "office").status == 0)
    #expect(try work.kpi("sync", in: "office").output.contains("Your changes sent: the goals"))
  }

  @Test("A goal that KPIs serve goes only when another one gets them, with the goals below it, in one commit")
  func remove() throws {
    try work.kpi("goal", "add", "save", "--name", "Save", in: "office")
    try work.kpi("goal", "add", "win", "--name", "Win", "--parent", "grow", in: "office")
    let kept = try work.kpi("goal", "remove", "grow", "--yes", in: "office", expecting: [64])
    #expect(kept.errors.contains("grow still has 1 KPI (sales/win-rate), and 1 goal below it (win)."))
    try work.kpi("goal", "remove", "grow", "--move-to", "save", "--yes", in: "office")
    #expect(try goals() == "goals:\n  save: {name: Save}\n  win: {name: Win, parent: save}\n")
    #expect(try work.read("office/departments/sales/kpis/win-rate.yaml").contains("goal: save"))
    #expect(try work.git("log", "-1", "--name-only", "--format=", in: "office").split(separator: "\n").count == 2)
    try work.kpi("undo", "--yes", in: "office")
    #expect(try work.read("office/departments/sales/kpis/win-rate.yaml").contains("goal: grow"))
    // To a goal below itself: that one takes its place.
    try work.kpi("goal", "remove", "grow", "--move-to", "win", "--yes", in: "office")
    #expect(try goals().contains("win: {name: Win}"))
  }

  @Test("What cannot be is refused with a reason, and nothing is written")
  func refused() throws {
    try work.kpi("goal", "add", "win", "--name", "Win", "--parent", "grow", in: "office")
    let before = try goals()
    let attempts: [(arguments: [String], words: String)] = [
      (["add", "Grow It", "--name", "Grow"], "as: grow-it"),
      (["add", "grow", "--name", "Grow"], "There is a goal grow already"),
      (["add", "save", "--name", "Save", "--parent", "growe"], "Did you mean \"grow\"?"),
      (["add", "save", "--name", "Save", "--owner", "controler"], "Did you mean \"controller\"?"),
      (["add", "save", "--name", " "], "A name is needed"),
      (["change", "grow", "--weight", "much"], "'much' is no weight"),
      (["change", "grow", "--weight=-1"], "no weight"),
      (["change", "grow", "--status", "best"], "weighted or worst-of"),
      (["move", "grow", "--under", "win"], "grow → win → grow lie above each other in a circle"),
      (["move", "grow", "--under", "grow"], "in a circle"),
      (["remove", "grow", "--move-to", "grow"], "cannot hand its KPIs over to itself"),
      (["remove", "gorw"], "Did you mean \"grow\"?"),
    ]
    for (arguments, words) in attempts {
      let ended = try work.kpi(["goal"] + arguments, in: "office", expecting: [1, 64])
      #expect(ended.errors.contains(words), "\(arguments): \(ended.errors)")
    }
    #expect(try goals() == before)
  }

  @Test("Who is no controller is told who is")
  func foretold() throws {
    let changed = try work.kpi("goal", "change", "grow", "--weight", "9", in: "dora").output
    #expect(changed.contains("Once it is accepted: grow is changed.") && changed.contains("needs controller (Office)"))
  }
}
