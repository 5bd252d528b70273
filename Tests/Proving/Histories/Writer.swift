import Chance

/// Makes up histories.
struct Writer {
  var dice: Dice
  let kinds: Kinds
  private var spots: [(inout Writer) -> Edit] = []
  private var entered = 0
  /// Whether few values are entered again and again.
  private let isRepetitive: Bool
  private let weights: [Int]
  private var people: [Person] = []
  private let signatureSeed: UInt64

  /// How many of a hundred acts are edits, settlements, syncs, syncs without answer, late syncs, pushes, relays, pulls,
  /// resets, restores and writing into proposals.
  private static let bands: [[Int]] = [
    [44, 9, 24, 2, 3, 3, 6, 4, 2, 2, 1], [44, 9, 24, 2, 3, 3, 6, 4, 2, 2, 1], [33, 28, 26, 2, 3, 2, 3, 1, 1, 0, 1],
    [38, 6, 17, 3, 3, 2, 22, 6, 1, 1, 1], [56, 4, 26, 3, 3, 2, 2, 1, 1, 1, 1],
  ]

  init(_ dice: Dice, kinds: Kinds) {
    var dice = dice
    var others = dice
    signatureSeed = others.next() ^ 0x5167
    isRepetitive = dice.chance(0.35)
    weights = dice.pick(Self.bands)
    self.dice = dice
    self.kinds = kinds
  }

  mutating func script() -> Script {
    people = (0..<dice.pick([2, 2, 3, 3, 3, 4, 4, 5, 6])).map { _ in person() }
    spots = (0..<dice.pick([1, 1, 2, 2, 3, 5])).map { _ in spot() }
    let acts = (0..<(6 + dice.below(24))).compactMap { _ in act() }
    return signing(Script(people: people, acts: acts))
  }

  /// The script with some people signing, and maybe keys that are taken away. It rolls dice of its own.
  private func signing(_ script: Script) -> Script {
    var (dice, script) = (Dice(signatureSeed), script)
    guard kinds.contains(.signatures), dice.chance(0.4) else { return script }
    script.signers = Set(people.indices.filter { _ in dice.chance(0.6) })
    for _ in 0..<dice.pick([0, 0, 1, 2]) {
      let edit = Edit.value("people.yaml", ["people", dice.pick(people).rawValue, "keys"], nil)
      let clone = people.firstIndex(of: .adam) ?? dice.below(people.count)
      script.acts.insert(.edit(clone, [edit], claims: nil), at: dice.below(script.acts.count + 1))
    }
    return script
  }

  private mutating func person() -> Person {
    dice.pick([.ana, .ana, .dora, .otto, .otto, .ben, .eva, .gil, .cleo, .cleo, .adam])
  }

  // MARK: Acts

  private mutating func act() -> Act? {
    let clone = dice.below(people.count)
    var roll = dice.below(weights.reduce(0, +))
    let kind = weights.firstIndex { weight in
      roll -= weight
      return roll < 0
    }
    switch kind {
    case 0: return edit(clone)
    case 1:
      guard kinds.contains(.settlements) else { return edit(clone) }
      return .settle(clone, nth: dice.below(5), dice.pick(Act.Settling.allCases), value: "s\(number())")
    case 2: return .sync(clone)
    case 3: return .syncWithoutAnswer(clone)
    case 4: return .lateSync(clone, after: dice.below(people.count))
    case 5: return .push(clone)
    case 6: return kinds.contains(.relays) ? .relay(clone, from: dice.below(people.count), picking()) : edit(clone)
    case 7: return kinds.contains(.pulls) ? .pull(clone, picking()) : edit(clone)
    case 8: return kinds.contains(.restores) ? .reset(clone, by: 1 + dice.below(2)) : .sync(clone)
    case 9: return kinds.contains(.restores) ? .restore(clone, by: 1 + dice.below(3)) : .sync(clone)
    default: return kinds.contains(.forgeries) ? .tamper(clone, nth: dice.below(3)) : edit(clone)
    }
  }

  private mutating func picking() -> Act.Picking { dice.pick(Act.Picking.allCases) }

  private mutating func edit(_ clone: Int) -> Act {
    var edits: [Edit] = []
    for _ in 0..<dice.pick([1, 1, 1, 2, 3]) {
      let make = dice.chance(0.8) ? dice.pick(spots) : spot()
      edits.append(make(&self))
    }
    let claims = kinds.contains(.forgeries) && dice.chance(0.04) ? dice.pick(Person.allCases) : nil
    return .edit(clone, edits, claims: claims)
  }

  // MARK: Edits

  private mutating func number() -> Int {
    entered += 1
    return isRepetitive ? 10 + dice.below(2) : 10 + entered
  }

  private mutating func text(_ prefix: String, orNothing share: Double = 0.1) -> String? {
    dice.chance(share) ? nil : "\(prefix)\(number())"
  }

  private mutating func kpi() -> String {
    dice.pick([World.winRate, World.winRate, World.winRate, World.newOrders, World.pipeline, World.fresh])
  }

  /// A place where edits are made, with values that fit there.
  private mutating func spot() -> (inout Writer) -> Edit {
    var makers: [(Int, (inout Writer) -> ((inout Writer) -> Edit))] = []
    func may(_ kind: Kinds, _ weight: Int, _ make: @escaping (inout Writer) -> ((inout Writer) -> Edit)) {
      if kinds.contains(kind) { makers.append((weight, make)) }
    }
    may(.fields, 26) { $0.field() }
    may(.rows, 18) { $0.row() }
    may(.sets, 10) { $0.element() }
    may(.files, 8) { $0.file() }
    may(.others, 10) { $0.other() }
    may(.roles, 5) { _ in { $0.role() } }
    may(.closes, 7) { $0.close() }
    may(.moves, 6) { $0.move() }
    may(.columns, 5) { $0.column() }
    may(.forgeries, 2) { _ in { $0.forgery() } }
    may(.comments, 4) { $0.comment() }
    may(.breaks, 4) { _ in { $0.breaking() } }
    var roll = dice.below(makers.reduce(0) { $0 + $1.0 })
    for (weight, make) in makers {
      roll -= weight
      if roll < 0 { return make(&self) }
    }
    return { _ in .remove("nothing") }
  }

  private mutating func field() -> (inout Writer) -> Edit {
    let kpi = kpi()
    switch dice.below(12) {
    case 0, 1: return { .field(kpi, "name", "Name \($0.number())") }
    case 2: return { .field(kpi, "decision", $0.text("d")) }
    case 3: return { .field(kpi, "consequence", $0.text("c")) }
    case 4: return { .field(kpi, "owner", $0.dice.pick(["closer", "head-of-sales", "head-of-emea", "spare"])) }
    case 5: return { .field(kpi, "data_owner", $0.dice.pick(["sales-operations", "spare", "closer"])) }
    case 6: return { .field(kpi, "weight", "\($0.number())") }
    case 7: return { .field(kpi, "goal", $0.dice.pick(["grow", "save", "learn"])) }
    case 8: return { .field(kpi, "status", $0.dice.pick(["active", "retired", "draft"])) }
    case 9, 10:
      let period = dice.pick(["2026", "2026-Q1", "2026-03", "2026-01"])
      return { .target(kpi, period, $0.text("")) }
    default:
      guard kpi == World.winRate else { return { .field(kpi, "unit", $0.dice.pick(["percent", "pieces"])) } }
      return { .field(kpi, "formula", "won / decided * \($0.number())") }
    }
  }

  private mutating func row() -> (inout Writer) -> Edit {
    let kpi = kpi()
    let period = dice.pick(["2026-01", "2026-02", "2026-03", "2026-04"])
    if dice.chance(0.3) { return { .note(kpi, period, $0.text("n", orNothing: 0.2)) } }
    return { .row(kpi, period, $0.text("", orNothing: 0.15).map { "\($0)/\(60)" }) }
  }

  private mutating func element() -> (inout Writer) -> Edit {
    let kpi = kpi()
    switch dice.below(3) {
    case 0:
      let person = dice.pick(["otto", "ben", "eva", "gil"])
      let department = dice.pick(["sales", "sales", "emea"])
      return { .member(department, person, $0.dice.chance(0.5)) }
    case 1:
      let id = dice.pick([World.newOrders, World.pipeline])
      return { .affected(kpi, id, $0.text("a", orNothing: 0.25)) }
    default:
      let id = dice.pick([World.newOrders, World.pipeline, World.winRate])
      return { .element(kpi, id, $0.dice.chance(0.5)) }
    }
  }

  private mutating func file() -> (inout Writer) -> Edit {
    let kpi = kpi()
    switch dice.below(6) {
    case 0: return { _ in .removeActuals(kpi) }
    case 1: return { _ in .removeDefinition(kpi) }
    case 2: return { _ in .makeActuals(kpi) }
    default:
      let id = dice.pick([World.fresh, World.fresh, World.fresh, kpi])
      return { .make(id, isDraft: $0.dice.chance(0.5)) }
    }
  }

  private mutating func other() -> (inout Writer) -> Edit {
    switch dice.below(6) {
    case 0: return { .value("goals.yaml", ["goals", "grow", "name"], "Goal \($0.number())") }
    case 1: return { .value("goals.yaml", ["goals", "save", "weight"], "\($0.number())") }
    case 2: return { .value("departments/sales/department.yaml", ["name"], "Sales \($0.number())") }
    case 3: return { .value(World.plan, ["title"], $0.text("Plan ", orNothing: 0.2)) }
    case 4: return { .value(World.plan, ["steps", $0.dice.pick(["one", "two"])], $0.text("step ", orNothing: 0.2)) }
    default: return { .cell($0.dice.pick(["a", "b", "c", "d"]), $0.text("", orNothing: 0.2)) }
    }
  }

  private mutating func role() -> Edit {
    let role = dice.pick(["head-of-sales", "closer", "sales-operations", "controller", "spare", "head-of-emea"])
    return .value("people.yaml", ["roles", role, "holder"], dice.pick(Person.allCases).rawValue)
  }

  private mutating func close() -> (inout Writer) -> Edit {
    let (scope, period) = (dice.pick(["company", "sales", "sales"]), dice.pick(["2026-01", "2026-02", "2026-Q1"]))
    return { $0.dice.chance(0.7) ? .close(scope, period) : .reopen(scope, period) }
  }

  private mutating func move() -> (inout Writer) -> Edit {
    let kpi = kpi()
    return { .move(kpi, to: $0.dice.pick(World.ids[kpi, default: [kpi]])) }
  }

  private mutating func column() -> (inout Writer) -> Edit {
    switch dice.below(6) {
    case 0: return { _ in .addColumn }
    case 1: return { _ in .renameColumn }
    case 2: return { $0.dice.chance(0.5) ? .addColumn : .removeColumn }
    case 3: return { _ in .renameInput(World.winRate) }
    case 4:
      return { $0.dice.chance(0.6) ? .addInput(World.winRate, "\($0.number())") : .removeInput(World.winRate, "lost") }
    default: return { .addInput(World.winRate, "\($0.number())") }
    }
  }

  private mutating func forgery() -> Edit {
    let value = "\(number())"
    return .forge(World.definition(World.winRate), key: "weight", value: value, by: dice.pick(Person.allCases))
  }

  private mutating func comment() -> (inout Writer) -> Edit {
    let (kpi, field) = (kpi(), dice.pick(["name", "decision", "owner"]))
    return { .comment(kpi, field, $0.text("note ", orNothing: 0.2)) }
  }

  /// What the check finds fault with, in one file or across two.
  private mutating func breaking() -> Edit {
    switch dice.below(8) {
    case 0: return .value("goals.yaml", ["goals", dice.pick(["learn", "save", "grow"])], nil)
    case 1: return .value("people.yaml", ["roles", dice.pick(["spare", "closer"])], nil)
    case 2: return .field(kpi(), "owner", "nobody")
    case 3: return .field(kpi(), "goal", "none")
    case 4: return .garble(dice.pick([World.definition(World.winRate), "goals.yaml", World.plan, World.table]))
    case 5: return .field(kpi(), "period", "fortnight")
    case 6: return .row(kpi(), "2026-05", "many/none")
    default: return .removeInput(World.winRate, "won")
    }
  }
}
