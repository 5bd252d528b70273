import Git

/// A commit of a played history, as the record knows it.
final class Node {
  let number: Int
  let id: ObjectID
  /// The id in full, as proposals name it.
  let name: String
  let tree: ObjectID
  let parents: [Node]
  let author: Person
  /// Who made it, whoever it says it is by.
  let bringer: Person
  /// Whose key signed it.
  let signer: Person?
  let pages: Pages
  let isSync: Bool
  /// Itself and what it descends from.
  let ancestors: Numbers
  /// Filled in when it is asked for.
  var changes: [Change]?
  var ended: [Paper]?

  init(
    number: Int, id: ObjectID, tree: ObjectID, parents: [Node], author: Person, bringer: Person,
    signer: Person? = nil, pages: Pages, isSync: Bool
  ) {
    self.number = number
    self.id = id
    name = id.description
    self.tree = tree
    self.parents = parents
    self.author = author
    self.bringer = bringer
    self.signer = signer
    self.pages = pages
    self.isSync = isSync
    var ancestors = Numbers()
    for parent in parents { ancestors.formUnion(parent.ancestors) }
    ancestors.insert(number)
    self.ancestors = ancestors
  }

  var short: String { "c\(number)" }

  func descends(from other: Node) -> Bool { ancestors.contains(other.number) }
}

/// A set of small numbers.
struct Numbers {
  private var words: [UInt64] = []

  mutating func insert(_ number: Int) {
    while words.count <= number / 64 { words.append(0) }
    words[number / 64] |= 1 << UInt64(number % 64)
  }

  func contains(_ number: Int) -> Bool {
    number / 64 < words.count && words[number / 64] & 1 << UInt64(number % 64) != 0
  }

  mutating func formUnion(_ other: Numbers) {
    while words.count < other.words.count { words.append(0) }
    for (place, word) in other.words.enumerated() { words[place] |= word }
  }
}
