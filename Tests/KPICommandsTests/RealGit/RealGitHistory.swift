import Foundation
import Testing

/// One random history: each step is a line of shell, so that what was played can be played again by hand.
struct RealGitHistory {
  static let people = ["anna", "ben", "dora", "office"]

  /// What is changed: a row, a target, or the decision.
  enum Key: Hashable, CaseIterable {
    case january, february, target2020, target2021, decision

    var name: String {
      switch self {
      case .january: "2026-01"
      case .february: "2026-02"
      case .target2020: "2020"
      case .target2021: "2021"
      case .decision: "decision"
      }
    }

    /// The values that it has in lines of the two files.
    func values(in lines: String) -> [String] {
      let start =
        switch self {
        case .january, .february: "\n\(name),"
        case .target2020, .target2021: "\(name): "
        case .decision: "\ndecision: Plan "
        }
      return lines.components(separatedBy: start).dropFirst().map { String($0.prefix { $0.isNumber }) }
    }
  }

  /// A value that somebody typed; no two are the same.
  struct Entry: CustomStringConvertible {
    let person: String
    let key: Key
    let value: Int
    let step: Int

    var description: String { "\(person)'s \(key.name) = \(value)" }
  }

  /// What was met.
  struct Tally: CustomStringConvertible {
    var (entered, replaced, held, settled, killed) = (0, 0, 0, 0, 0)

    static func += (left: inout Tally, right: Tally) {
      left.entered += right.entered
      left.replaced += right.replaced
      left.held += right.held
      left.settled += right.settled
      left.killed += right.killed
    }

    var description: String {
      "\(entered) values entered, \(replaced) replaced later, \(held) held, \(settled) settlements, \(killed) kills"
    }
  }

  let work: Workplace
  let seed: UInt64
  let people: [String]
  private(set) var entries: [Entry] = []
  /// By person and key, the last step in which it was overwritten in the work tree by something that enters nothing.
  private(set) var overwritten: [String: [Key: Int]] = [:]
  private(set) var tally = Tally()
  private(set) var faults: [String] = []
  private var script: [String] = []
  private var random: SplitMix

  static let (rate, figures) = ("departments/sales/kpis/win-rate.yaml", "departments/sales/actuals/win-rate.csv")

  /// What the lines of the script use.
  private static let functions = """
    F=\(figures); D=\(rate)
    row() { (cd $1; { head -1 $F; { sed 1d $F | grep -v "^$2,"; echo "$2,$3,,"; } | sort; } >.git/r; cp .git/r $F); }
    unrow() { sed -i "/^$2,/d" $1/$F; }
    target() { sed -i "s/$2: [0-9]*/$2: $3/" $1/$D; }
    plan() { sed -i "s/^decision: .*/decision: Plan $2/" $1/$D; }
    by() { (cd $1; shift; "$@"); }
    killed() { (cd $1; exec kpi sync) & p=$!; $2 $1 $3; kill -9 $p && echo KILLED; wait $p; true; }
    after() { sleep $2; }
    writing() { i=0; while [ $i -lt 60000 ] && [ ! -e $1/.git/kpi/journal ]; do i=$((i + 1)); done; }
    pull() { (cd $1; git commit -qam "before a pull"; git pull -q --no-rebase --no-edit -X $3 ../$2 main || git merge --abort; true); }
    settle() { (cd $1; [ -n "$4" ] && kpi sync; id=$(kpi proposals --format json | sed -n 's/.*"id" *: *"\\([0-9a-f]*\\)".*/\\1/p' | sed -n $2p)
      [ -n "$id" ] && kpi settle $id --$3 -m "Settled"; true); }
    """

  init(seed: UInt64, from template: String) throws {
    self.seed = seed
    work = try Workplace()
    random = SplitMix(seed: seed)
    people = Array(Self.people.prefix(2 + Int(random.next(below: 3))))
    for name in people + ["hub.git"] {
      try FileManager.default.copyItem(atPath: template + "/" + name, toPath: work.folder + "/" + name)
    }
  }

  /// What was played, to be pasted into an empty folder's shell.
  var commands: String {
    """
    # Again: KPI_SEED=\(seed) KPI_REAL_HISTORIES=1. By hand, in an empty folder:
    export GIT_CONFIG_GLOBAL=/dev/null
    \(SalesLedger.commands(people: Self.people))
    for p in \(Self.people.joined(separator: " ")); do git -C $p remote set-url origin ../hub.git; done
    \(Self.functions)
    \(script.joined(separator: "\n"))
    """
  }

  private mutating func pick(_ count: Int) -> Int { Int(random.next(below: UInt64(count))) }

  /// Runs a line; whatever it answers, it is no defect of the program, and a sync is never stuck.
  @discardableResult
  mutating func run(_ line: String) throws -> String {
    script.append(line)
    let ended = try work.shell(Self.functions + "\n" + line)
    let text = ended.output + ended.errors
    // A row that was taken out as it came is asked about, and stays uncommitted until somebody answers.
    let isStuck = line.contains("kpi sync") && ended.status != 0 && !text.contains("would put back")
    if ended.status == 70 || text.contains("that should not") || isStuck {
      faults.append("'\(line)' ended with \(ended.status): \(text)")
    }
    return text
  }

  mutating func play() throws {
    for step in 0..<(7 + pick(3)) { try play(step) }
    for person in people { try run("by \(person) kpi sync") }
    // Now there is something to settle, while others go on.
    for step in 10..<(13 + pick(3)) {
      if pick(5) < 2 { try settle(people[pick(people.count)], step) } else { try play(step) }
    }
  }

  private mutating func settle(_ who: String, _ step: Int) throws {
    let how = ["accept", "reject"][pick(2)] + (pick(3) > 0 ? " informed" : "")
    let said = try run("settle \(who) \(1 + pick(4) / 3) \(how)")
    guard said.contains("sends the decision") else { return }
    tally.settled += 1
    // What the same person had typed and not committed gives way to it, and is named.
    for key in Key.allCases { overwritten[who, default: [:]][key] = step }
  }

  private mutating func play(_ step: Int) throws {
    let who = people[pick(people.count)]
    let value = 100_000 + 10 * step + pick(10)
    let (row, goal) = ([Key.january, .february][pick(2)], [Key.target2020, .target2021][pick(2)])
    let (period, year) = (row.name, goal.name)
    switch pick(100) {
    case ..<12: try enter(who, row, value, step, "by \(who) kpi record sales/win-rate \(period) value=\(value)")
    case ..<24:
      try enter(
        who, goal, value, step, "by \(who) kpi define sales/win-rate --target \(year)=\(value) -m 'Because \(value)'")
    case ..<34: try enter(who, row, value, step, "row \(who) \(period) \(value)")
    case ..<42: try enter(who, goal, value, step, "target \(who) \(year) \(value)")
    case ..<48: try enter(who, .decision, value, step, "plan \(who) \(value)")
    case ..<52:
      overwritten[who, default: [:]][row] = step
      try run("unrow \(who) \(period)")
    case ..<58: try run("by \(who) git commit -qam 'By hand'")
    case ..<64:
      let from = (people.filter { $0 != who } + ["hub.git"])[pick(people.count)]
      try run("pull \(who) \(from) \(["ours", "theirs"][pick(2)])")
    case ..<70: try settle(who, step)
    case ..<73:
      for key in Key.allCases { overwritten[who, default: [:]][key] = step }
      try run("by \(who) kpi undo")
    case ..<86:
      let when = pick(3) == 0 ? "writing" : "after 0.\(String(1005 + pick(120)).dropFirst())"
      let said = try run("killed \(who) \(when)")
      if said.contains("KILLED") { tally.killed += 1 }
    default: try run("by \(who) kpi sync")
    }
  }

  private mutating func enter(_ who: String, _ key: Key, _ value: Int, _ step: Int, _ line: String) throws {
    entries.append(Entry(person: who, key: key, value: value, step: step))
    try run(line)
  }

  /// Syncs everybody until a whole round brings nothing new, and looks at what has become of it all.
  mutating func judge() throws {
    let answer = ["put-back", "keep-newer"][pick(2)]
    var before = ""
    for round in 0... {
      let now = try work.git("rev-parse", "main", in: "hub.git")
      if now == before { break }
      before = now
      guard round < 8 else {
        faults.append("after \(round) rounds of syncs there is still something new")
        break
      }
      for person in people { try run("by \(person) kpi sync --older \(answer)") }
    }
    faults += try RealGitPlaces(work: work, people: people).faults()
    let line = try RealGitMainLine(work)
    faults += line.faults(entries)
    for entry in entries where !line.isCommitted(entry) {
      let isOverwritten =
        entries.contains { $0.person == entry.person && $0.key == entry.key && $0.step > entry.step }
        || (overwritten[entry.person]?[entry.key] ?? -1) > entry.step
      if !isOverwritten { faults.append("\(entry) was never committed") }
    }
    tally.entered = entries.count
    tally.replaced = line.replaced(entries)
    tally.held = line.states.last?.held.count ?? 0
  }
}
