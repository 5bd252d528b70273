import Chance
import LedgerFiles
import LedgerModel

@testable import Merging

extension Company {
  /// Does one thing that people do.
  /// - Returns: what was done.
  mutating func editAtRandom(_ files: inout Files) -> String {
    let kpis = files.keys.filter { $0.contains("/kpis/") }.sorted()
    guard !kpis.isEmpty, let kpi = LedgerPath(dice.pick(kpis)).kpi else { return create(&files) }
    switch dice.below(24) {
    case 0...3: return setTarget(kpi, &files)
    case 4, 5: return setLine("decision: ", "Decide \(value())", kpi.definitionPath, &files)
    case 6: return setLine("formula: ", "won / decided * \(value())", kpi.definitionPath, &files)
    case 7:
      return setLine("owner: ", dice.pick(["closer", "sales-operations", "head-of-sales"]), kpi.definitionPath, &files)
    case 8...11: return setRow(kpi, &files)
    case 12: return removeRow(kpi, &files)
    case 13, 14: return move(kpi, &files)
    case 15: return remove(kpi, &files)
    case 16: return create(&files)
    case 17: return close(&files)
    case 18, 19, 20: return settle(&files)
    case 21: return setPeople(&files)
    case 22: return setGoals(&files)
    default:
      return setLine(
        "members: ", "[\(dice.pick(["otto", "ben", "eva, ben", "otto, ben, eva"]))]",
        "departments/sales/department.yaml", &files)
    }
  }

  private func setLine(_ start: String, _ value: String, _ path: String, _ files: inout Files) -> String {
    guard let text = files[path] else { return "nothing" }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let index = lines.firstIndex(where: { $0.hasPrefix(start) }) else { return "nothing" }
    lines[index] = start + value
    files[path] = lines.joined(separator: "\n")
    return "\(path): \(start)\(value)"
  }

  private mutating func setTarget(_ kpi: KPIID, _ files: inout Files) -> String {
    let period = dice.pick(["2026", "2026-03", "2026-04"])
    let path = kpi.definitionPath
    guard var text = files[path] else { return "nothing" }
    if !text.contains("\n  \(period): ") { text = text.replacing("targets:\n", with: "targets:\n  \(period): 1\n") }
    files[path] = text
    return setLine("  \(period): ", value(), path, &files)
  }

  private mutating func setRow(_ kpi: KPIID, _ files: inout Files) -> String {
    let path = kpi.actualsPath
    var lines = (files[path] ?? "period,won,decided,status,note\n").split(separator: "\n").map(String.init)
    let period = "2026-0\(1 + dice.below(5))"
    let index = lines.firstIndex { $0.hasPrefix(period) }
    var cells =
      index.map { lines[$0].split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      ?? [period, "1", "40", "", ""]
    guard cells.count == 5 else { return "nothing" }
    if index == nil || dice.chance(0.7) { cells[1] = value() }
    if dice.chance(0.3) { cells[4] = "note \(value())" }
    if let index { lines[index] = cells.joined(separator: ",") } else { lines.append(cells.joined(separator: ",")) }
    lines = [lines[0]] + lines.dropFirst().sorted()
    files[path] = lines.joined(separator: "\n") + "\n"
    return "\(path): \(cells.joined(separator: ","))"
  }

  private mutating func removeRow(_ kpi: KPIID, _ files: inout Files) -> String {
    let path = kpi.actualsPath
    guard var lines = files[path]?.split(separator: "\n").map(String.init), lines.count > 1 else { return "nothing" }
    let gone = lines.remove(at: 1 + dice.below(lines.count - 1))
    files[path] = lines.joined(separator: "\n") + "\n"
    return "\(path): without \(gone)"
  }

  private mutating func name() -> KPIID {
    let department = dice.pick(["sales", "sales", "emea"])
    return KPIID("\(department)/\(dice.pick(["win-rate", "hit-rate", "calls", "quota"]))")!
  }

  private mutating func move(_ kpi: KPIID, _ files: inout Files) -> String {
    let to = name()
    guard files[to.definitionPath] == nil, files[to.actualsPath] == nil, let text = files[kpi.definitionPath],
      let was = text.split(separator: "\n").first(where: { $0.hasPrefix("was: [") })
    else { return "nothing" }
    var ids = was.dropFirst(6).dropLast().split(separator: ", ").map(String.init)
    ids.removeAll { $0 == to.description }
    if !ids.contains(kpi.description) { ids.append(kpi.description) }
    files[to.definitionPath] = text.replacing(was, with: "was: [\(ids.joined(separator: ", "))]")
    files[to.actualsPath] = files[kpi.actualsPath]
    files[kpi.definitionPath] = nil
    files[kpi.actualsPath] = nil
    return "moves \(kpi) to \(to)"
  }

  private func remove(_ kpi: KPIID, _ files: inout Files) -> String {
    files[kpi.definitionPath] = nil
    files[kpi.actualsPath] = nil
    return "removes \(kpi)"
  }

  private mutating func create(_ files: inout Files) -> String {
    let id = name()
    guard files[id.definitionPath] == nil else { return "nothing" }
    files[id.definitionPath] = Books.file(Books.definition).replacing("Shift capacity", with: "Decide \(value())")
    if dice.chance(0.5) { files[id.actualsPath] = "period,won,decided,status,note\n2026-01,\(value()),40,,\n" }
    return "creates \(id)"
  }

  private mutating func close(_ files: inout Files) -> String {
    let path = "closes/\(dice.pick(["company", "sales"]))/2026-0\(1 + dice.below(3)).yaml"
    if files[path] != nil {
      files[path] = nil
      return "opens \(path)"
    }
    files[path] = "note: final \(value())\n"
    return "closes \(path)"
  }

  private mutating func settle(_ files: inout Files) -> String {
    let papers = files.keys.filter { $0.hasPrefix("proposals/") }.sorted()
    guard !papers.isEmpty else { return "nothing" }
    let path = dice.pick(papers)
    let proposal = ProposalText.read(Array((files[path] ?? "").utf8), id: "x")
    files[path] = nil
    guard let proposal, let change = proposal.changes.first, dice.chance(0.6) else { return "rejects \(path)" }
    let target = LedgerPath(proposal.file).kpi.map { [$0.definitionPath, $0.actualsPath] } ?? []
    guard target.contains(proposal.file), files[proposal.file] != nil else { return "deletes \(path)" }
    if change.key.hasPrefix("targets."), let text = change.proposed {
      let period = change.key.dropFirst("targets.".count)
      return "accepts \(path) " + setLine("  \(period): ", text.replacing("\n", with: ""), proposal.file, &files)
    }
    if change.key == "decision", let text = change.proposed {
      return "accepts \(path) " + setLine("decision: ", text.replacing("\n", with: ""), proposal.file, &files)
    }
    return "deletes \(path)"
  }

  private mutating func setPeople(_ files: inout Files) -> String {
    let role = dice.pick(["head-of-sales", "head-of-emea", "closer", "sales-operations", "controller"])
    let person = dice.pick(["ana", "otto", "ben", "eva", "gil", "cleo"])
    return setLine("  \(role): ", "{holder: \(person)}", "people.yaml", &files)
  }

  private mutating func setGoals(_ files: inout Files) -> String {
    guard let text = files["goals.yaml"] else { return "nothing" }
    switch dice.below(3) {
    case 0:
      files["goals.yaml"] = "goals:\n  grow: {name: Grow \(value())}\n"
      return "goals.yaml without save"
    case 1:
      files["goals.yaml"] = text + "  more\(dice.below(3)): {name: More \(value())}\n"
      return "goals.yaml with one more"
    default: return setLine("  save: ", "{name: Save \(value())}", "goals.yaml", &files)
    }
  }
}
