import Chance
import LedgerFiles

extension Edit {
  /// Does what is done to files as a whole.
  func applyToWhole(_ pages: inout Pages, _ shelf: Shelf) -> Bool {
    switch self {
    case .remove(let path): return pages.removeValue(forKey: path) != nil
    case .removeDefinition(let kpi):
      guard let path = definition(kpi, pages) else { return false }
      return pages.removeValue(forKey: path) != nil
    case .removeActuals(let kpi):
      guard let path = actuals(kpi, pages) else { return false }
      return pages.removeValue(forKey: path) != nil
    case .make(let id, let isDraft):
      return make(World.definition(id), World.made(id, isDraft: isDraft), &pages, shelf)
    case .makeActuals(let kpi):
      guard let path = definition(kpi, pages), let id = World.id(of: path) else { return false }
      let text = World.texts[World.actuals(kpi)] ?? "period,value\n2026-01,3\n"
      return make(World.actuals(id), text, &pages, shelf)
    case .close(let scope, let period):
      return make("closes/\(scope)/\(period).yaml", "note: final\n", &pages, shelf)
    case .reopen(let scope, let period): return pages.removeValue(forKey: "closes/\(scope)/\(period).yaml") != nil
    case .move(let kpi, let id): return move(kpi, id, &pages, shelf)
    case .garble(let path):
      guard let page = pages[path] else { return false }
      pages[path] = shelf.page(Array("<<<<<<< mine\n".utf8) + page.bytes)
      return true
    case .forge(let path, let key, let value, let by):
      let text = """
        file: \(path)
        key: \(key)
        proposed: \(value)
        instead_of: null
        by: \(by.author)
        at: 2026-03-02T10:11:00Z
        commit: \(String(repeating: "ab", count: 20))
        because: changed-on-both-sides
        reason: forged

        """
      return make("proposals/\(path)/\(value.hashed).yaml", text, &pages, shelf)
    default: return false
    }
  }

  private func make(_ path: String, _ text: String, _ pages: inout Pages, _ shelf: Shelf) -> Bool {
    guard pages[path] == nil else { return false }
    pages[path] = shelf.page(Array(text.utf8))
    return true
  }

  private func move(_ kpi: String, _ id: String, _ pages: inout Pages, _ shelf: Shelf) -> Bool {
    guard let from = definition(kpi, pages), let former = World.id(of: from), former != id,
      pages[World.definition(id)] == nil
    else { return false }
    let isNamed = yaml(from, &pages, shelf) { editor in
      editor.removeItem(["was"], value: .string(id))
      editor.insertItem(["was"], value: .string(former))
    }
    guard isNamed else { return false }
    pages[World.definition(id)] = pages.removeValue(forKey: from)
    if let figures = pages.removeValue(forKey: World.actuals(former)) { pages[World.actuals(id)] = figures }
    return true
  }
}

extension String {
  /// 20 hexadecimal digits, always the same for a text.
  fileprivate var hashed: String {
    var dice = Dice(utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 })
    return (0..<20).map { _ in String("0123456789abcdef"[dice.below(16)]) }.joined()
  }

  fileprivate subscript(_ place: Int) -> Character { self[index(startIndex, offsetBy: place)] }
}
