/// Spreads two colours from commits to their ancestors, the newest first, and again where a colour arrives late.
struct Painting {
  struct Colours: OptionSet {
    let rawValue: UInt8
    static let left = Colours(rawValue: 1)
    static let right = Colours(rawValue: 2)
    static let both: Colours = [.left, .right]
  }

  private struct Entry {
    let time: Int64
    let id: ObjectID
  }

  private let walk: RevWalk
  private var painted: [ObjectID: Colours] = [:]
  private var waiting: Set<ObjectID> = []
  private var heap = Heap<Entry> { ($0.time, $1.id) > ($1.time, $0.id) }
  private var counts: [UInt8: Int] = [:]
  /// Where a colour met the other one that did not come from a commit of both: among them are the merge bases.
  private(set) var meetings: Set<ObjectID> = []

  init(walk: RevWalk) { self.walk = walk }

  /// How many commits wait that have this colour alone (or these both).
  func queued(_ colours: Colours) -> Int { counts[colours.rawValue] ?? 0 }

  func colours(of id: ObjectID) -> Colours { painted[id] ?? [] }

  /// The time of the commit that comes next; nil when none waits.
  var newestQueued: Int64? { heap.first?.time }

  mutating func add(_ id: ObjectID, _ colours: Colours) throws {
    let old = painted[id] ?? []
    let new = old.union(colours)
    if colours == .both { meetings.remove(id) }
    guard new != old else { return }
    if new == .both, colours != .both { meetings.insert(id) }
    painted[id] = new
    if waiting.insert(id).inserted {
      heap.push(Entry(time: try walk.node(id).time, id: id))
    } else {
      counts[old.rawValue, default: 0] -= 1
    }
    counts[new.rawValue, default: 0] += 1
  }

  /// Takes the newest waiting commit and hands its colours to its parents; nil when none waits.
  mutating func step() throws -> ObjectID? {
    guard let id = heap.pop()?.id else { return nil }
    let colours = self.colours(of: id)
    waiting.remove(id)
    counts[colours.rawValue, default: 0] -= 1
    for parent in try walk.node(id).parents { try add(parent, colours) }
    return id
  }
}
