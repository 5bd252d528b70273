/// What somebody makes of two versions of the files without the rules: `git merge`, by lines or by taking a side.
struct HandMerge {
  let base: Pages
  let ours: Pages
  let theirs: Pages
  let picking: Act.Picking
  let shelf: Shelf

  init(base: Pages, ours: Pages, theirs: Pages, _ picking: Act.Picking, _ shelf: Shelf) {
    (self.base, self.ours, self.theirs) = (base, ours, theirs)
    (self.picking, self.shelf) = (picking, shelf)
  }

  func pages() -> Pages {
    var pages: Pages = [:]
    for path in Set(ours.keys).union(theirs.keys) {
      let (old, one, two) = (base[path], ours[path], theirs[path])
      if one === old {
        pages[path] = two
      } else if two === old {
        pages[path] = one
      } else {
        pages[path] = both(old, one, two)
      }
    }
    return pages
  }

  private func both(_ old: Page?, _ one: Page?, _ two: Page?) -> Page? {
    switch picking {
    case .ours: return one
    case .theirs: return two
    case .lines:
      guard let old, let one, let two else { return one }
      return lines(old, one, two) ?? one
    }
  }

  /// Line by line where neither side added or removed one; nil where both changed a line.
  private func lines(_ old: Page, _ one: Page, _ two: Page) -> Page? {
    let (before, ours, theirs) = (Self.split(old), Self.split(one), Self.split(two))
    guard before.count == ours.count, before.count == theirs.count else { return nil }
    var merged: [Substring] = []
    for place in before.indices {
      if ours[place] == before[place] {
        merged.append(theirs[place])
      } else if theirs[place] == before[place] || theirs[place] == ours[place] {
        merged.append(ours[place])
      } else {
        return nil
      }
    }
    return shelf.page(Array(merged.joined(separator: "\n").utf8))
  }

  private static func split(_ page: Page) -> [Substring] {
    page.text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
