import Git
import Testing

@Suite("Comparing trees one after another") struct RecentTreesTests {
  /// Paths in folders two deep, changed at random from tree to tree.
  @Test("What is remembered changes nothing in what is found, and folders that do not count are not entered")
  func sameAsFresh() throws {
    let objects = try ObjectDatabase.inMemory()
    var (tree, trees): (ObjectID?, [ObjectID]) = (nil, [])
    for step in 0..<12 {
      var changes: [(String, TreeEntry?)] = []
      for (place, folder) in ["actuals", "kpis", "reviews"].enumerated() where (step + place) % 2 == 0 {
        let blob = try objects.writeBlob(Array("\(step)".utf8))
        changes.append(("departments/d\(step % 3)/\(folder)/f\(step % 2)", TreeEntry(id: blob)))
      }
      if step % 4 == 3 { changes.append(("departments/d\(step % 3)/kpis/f0", nil)) }
      if step == 5 { changes.append(("top", TreeEntry(id: try objects.writeBlob([1])))) }
      let next = try TreeWriter.write(
        base: tree, changes: Dictionary(changes, uniquingKeysWith: { $1 }), to: objects)
      (tree, trees) = (next, trees + [next])
    }
    for limit in [0, 1, 12] {
      let recent = RecentTrees(objects, limit: limit)
      for (old, new) in zip([nil] + trees.map(Optional.some), trees).reversed() {
        let found = try TreeDiff.between(old, new, in: "departments", remembering: recent) { depth, name in
          depth != 1 || name.elementsEqual("actuals".utf8)
        }
        let expected = try TreeDiff.between(old, new, under: "departments", in: objects)
          .filter { $0.path.contains("/actuals/") }
        #expect(found == expected)
      }
    }
  }
}
