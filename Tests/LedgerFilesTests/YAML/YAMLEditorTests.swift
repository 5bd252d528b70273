import Chance
import Calculation
import LedgerFiles
import Testing

/// Editing in place, on random documents in every layout.
struct YAMLEditorTests {
  private func document(_ text: String) -> YAMLDocument { YAMLDocument(parsing: Array(text.utf8)) }
  private func text(_ editor: YAMLEditor) -> String { String(decoding: editor.bytes, as: UTF8.self) }

  /// All paths of entries, and what stands at each: bytes for those that hold no others, and comments.
  private func leaves(_ node: YAMLNode?, _ bytes: [UInt8], _ path: [String] = []) -> [[String]: (YAMLEntry, String)] {
    var found: [[String]: (YAMLEntry, String)] = [:]
    for entry in node?.entries ?? [] {
      let here = path + [entry.key]
      found[here] = (entry, String(decoding: bytes[entry.extent], as: UTF8.self))
      found.merge(leaves(entry.value, bytes, here)) { one, _ in one }
    }
    return found
  }

  private func lines(_ entry: YAMLEntry?) -> [Substring] { entry?.commentText.split(separator: "\n").sorted() ?? [] }

  private func isRelated(_ one: [String], _ other: [String]) -> Bool {
    one.starts(with: other) || other.starts(with: one)
  }

  private func expected(_ value: YAMLValue?, _ path: ArraySlice<String>, _ new: YAMLValue?) -> YAMLValue? {
    guard let key = path.first else { return new }
    var pairs: [(key: String, value: YAMLValue)] = []
    if case .map(let found)? = value { pairs = found }
    let old = pairs.first { $0.key == key }?.value
    let inner = expected(old, path.dropFirst(), new)
    pairs.removeAll { $0.key == key }
    if let inner { pairs.append((key, inner)) }
    return .map(pairs)
  }

  @Test func generatedTextsAreReadAsTheyWereMeant() {
    for seed in 0..<600 {
      var generator = RandomYAML(seed: UInt64(seed))
      let value = generator.map(depth: 4)
      let text = generator.text(value)
      let document = document(text)
      #expect(document.findings.isEmpty, "\(seed): \(document.findings.first as Any)\n\(text)")
      #expect(document.root.map(YAMLValue.init) == value, "\(seed)\n\(text)")
    }
  }

  @Test func writingIsReadBackTwice() {
    for seed in 0..<600 {
      var generator = RandomYAML(seed: UInt64(seed))
      let value = generator.value(depth: 4)
      let text = YAMLWriter.text(value)
      let document = document(text)
      #expect(document.findings.isEmpty, "\(text)")
      #expect((document.root.map(YAMLValue.init) ?? .null) == value, "\(text)")
      #expect(YAMLWriter.text(document.root.map(YAMLValue.init) ?? .null) == text)
    }
  }

  @Test func transplantsBringValueAndCommentsAndLeaveTheRest() {
    var rewritten = 0
    var total = 0
    for seed in 0..<800 {
      var one = RandomYAML(seed: UInt64(seed * 2 + 1))
      var two = RandomYAML(seed: UInt64(seed * 2 + 2))
      let ours = document(one.text(one.map(depth: 3)))
      let theirs = document(two.text(two.map(depth: 3)))
      for path in leaves(theirs.root, theirs.bytes).keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        guard let entry = theirs.entry(at: path) else { continue }
        var editor = YAMLEditor(ours)
        editor.transplant(path, from: theirs)
        total += 1
        let label: Comment =
          "\(seed) \(path)\n\(text(YAMLEditor(ours)))\n<- \(text(YAMLEditor(theirs)))\n=> \(text(editor))"
        let after = document(text(editor))
        #expect(after.findings.isEmpty, label)
        #expect(
          after.root.map(YAMLValue.init) == expected(ours.root.map(YAMLValue.init), path[...], YAMLValue(entry.value)),
          label)
        #expect(lines(after.entry(at: path)) == lines(entry), label)
        rewritten += checkOthers(ours, after, path, label)
      }
    }
    #expect(rewritten == 0, "\(rewritten) of \(total) rewritten")
  }

  @Test func removalsLeaveTheRest() {
    var rewritten = 0
    var total = 0
    for seed in 0..<800 {
      var one = RandomYAML(seed: UInt64(seed))
      let ours = document(one.text(one.map(depth: 4, least: 1)))
      for path in leaves(ours.root, ours.bytes).keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        var editor = YAMLEditor(ours)
        editor.remove(path)
        total += 1
        let label: Comment = "\(seed) \(path)\n\(text(YAMLEditor(ours)))\n=> \(text(editor))"
        let after = document(text(editor))
        #expect(after.findings.isEmpty, label)
        #expect(after.node(at: path) == nil, label)
        #expect(after.root.map(YAMLValue.init) == expected(ours.root.map(YAMLValue.init), path[...], nil), label)
        rewritten += checkOthers(ours, after, path, label)
      }
    }
    #expect(rewritten == 0, "\(rewritten) of \(total) rewritten")
  }

  @Test func settingLeavesTheRest() {
    var rewritten = 0
    var total = 0
    for seed in 0..<800 {
      var one = RandomYAML(seed: UInt64(seed))
      let ours = document(one.text(one.map(depth: 3)))
      let before = leaves(ours.root, ours.bytes)
      var paths = Array(before.keys.sorted { $0.lexicographicallyPrecedes($1) }.prefix(6))
      paths.append(["new"])
      paths.append((paths.first ?? []) + ["new", "deep"])
      for path in paths {
        let value = one.value(depth: 2)
        var editor = YAMLEditor(ours)
        editor.set(path, to: value)
        total += 1
        let label: Comment = "\(seed) \(path) \(value)\n\(text(YAMLEditor(ours)))\n=> \(text(editor))"
        let after = document(text(editor))
        #expect(after.findings.isEmpty, label)
        #expect(after.root.map(YAMLValue.init) == expected(ours.root.map(YAMLValue.init), path[...], value), label)
        rewritten += checkOthers(ours, after, path, label)
      }
    }
    #expect(rewritten == 0, "\(rewritten) of \(total) rewritten")
  }

  /// Entries beside the path keep value and comment; gives 1 where one of them lost its bytes.
  private func checkOthers(_ before: YAMLDocument, _ after: YAMLDocument, _ path: [String], _ label: Comment) -> Int {
    let old = leaves(before.root, before.bytes)
    let new = leaves(after.root, after.bytes)
    var changed = 0
    for (place, (entry, text)) in old where !isRelated(place, path) {
      guard let (found, now) = new[place] else { continue }
      #expect(found.commentText == entry.commentText, label)
      let trim = { (text: String) in text.drop { $0 == " " || $0 == "\n" }.trimmingSuffix { $0 == "\n" || $0 == " " } }
      if trim(now) != trim(text) { changed = 1 }
    }
    return changed
  }

  @Test func editingFaultyTextsNeverMakesThemWorse() {
    var random = Dice(5)
    let alphabet = Array(":-#[]{},\"'|>&*!? \n\t\rab1".utf8)
    for seed in 0..<800 {
      var one = RandomYAML(seed: UInt64(seed))
      var two = RandomYAML(seed: UInt64(seed + 1))
      let ours = YAMLDocument(parsing: random.mutated(Array(one.text(one.map(depth: 3)).utf8), with: alphabet))
      let theirs = YAMLDocument(parsing: random.mutated(Array(two.text(two.map(depth: 3)).utf8), with: alphabet))
      var editor = YAMLEditor(ours)
      for path in leaves(theirs.root, theirs.bytes).keys.prefix(3) { editor.transplant(path, from: theirs) }
      for path in leaves(ours.root, ours.bytes).keys.prefix(2) { editor.remove(path) }
      editor.set(["new", "deep"], to: one.value(depth: 2))
      editor.insertItem(["list"], value: .number(1))
      editor.removeItem(["list"], at: 0)
      #expect(editor.document.findings.count <= ours.findings.count, "\(text(YAMLEditor(ours)))\n=> \(text(editor))")
    }
  }

  @Test func itemsComeAndGo() {
    for seed in 0..<600 {
      var one = RandomYAML(seed: UInt64(seed))
      let list = YAMLValue.list((0..<Int.random(in: 1...4, using: &one.random)).map { _ in one.value(depth: 1) })
      let ours = document(one.text(.map([("b", one.scalar()), ("list", list), ("owner", one.scalar())])))
      guard case .list(var items) = list else { continue }
      let added = one.value(depth: 1)
      let index = Int.random(in: 0...items.count, using: &one.random)
      var editor = YAMLEditor(ours)
      editor.insertItem(["list"], value: added, at: index)
      items.insert(added, at: index)
      let label: Comment = "\(seed)\n\(text(YAMLEditor(ours)))\n=> \(text(editor))"
      #expect(document(text(editor)).node(at: ["list"]).map(YAMLValue.init) == .list(items), label)
      editor.removeItem(["list"], at: index)
      #expect(document(text(editor)).root.map(YAMLValue.init) == ours.root.map(YAMLValue.init), label)
      if let last = items.last, let first = items.firstIndex(of: last) {
        editor = YAMLEditor(ours)
        editor.removeItem(["list"], value: last)
        var rest = items
        rest.remove(at: index)
        if let place = rest.firstIndex(of: last) { rest.remove(at: place) }
        #expect(document(text(editor)).node(at: ["list"]).map(YAMLValue.init) == .list(rest), "\(first) \(label)")
      }
    }
  }
}

extension Substring {
  fileprivate func trimmingSuffix(_ isBlank: (Character) -> Bool) -> String {
    var text = self
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(text)
  }
}
