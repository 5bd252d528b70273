import LedgerModel

extension Rearrangement {
  mutating func move(_ from: KPIID, to: KPIID) throws(EntryFault) {
    guard let bytes = source.bytes(at: from.definitionPath) else { throw .missing(from, in: source) }
    guard !source.contains(to.definitionPath), !source.contains(to.actualsPath) else {
      throw EntryFault("\(to) is taken by another KPI.", hint: "Move or remove that one first, or choose another id.")
    }
    put(Self.saying(from, became: to, in: bytes), at: to.definitionPath, insteadOf: from.definitionPath)
    if let actuals = source.bytes(at: from.actualsPath) {
      put(actuals, at: to.actualsPath, insteadOf: from.actualsPath)
    }
    moved.append((from, to))
  }

  /// The files of a folder that have no place yet.
  mutating func moveFolder(_ folder: String, to target: String) {
    for path in Self.paths(below: folder, in: source) where places[path] == nil {
      guard let bytes = source.bytes(at: path) else { continue }
      put(bytes, at: target + path.dropFirst(folder.count), insteadOf: path)
    }
  }

  private mutating func put(_ bytes: [UInt8], at path: String, insteadOf old: String) {
    places[old] = path
    changes[old] = .some(nil)
    changes[path] = bytes
  }

  /// The definition with the old id among its former ones, and without the new one, should it be going back.
  private static func saying(_ from: KPIID, became to: KPIID, in bytes: [UInt8]) -> [UInt8] {
    var editor = YAMLEditor(YAMLDocument(parsing: bytes))
    editor.removeItem(["was"], value: .string(to.description))
    if let items = editor.document.node(at: ["was"])?.items, !items.isEmpty {
      editor.insertItem(["was"], value: .string(from.description))
    } else {
      editor.set(["was"], to: .list([.string(from.description)]))
    }
    return editor.bytes
  }

  /// Puts the new ids into every file that names the old ones, and finds who adds up KPIs by their name.
  mutating func rename() {
    let old = moved.map(\.from)
    for path in Self.yamlFiles(in: source) {
      guard let original = source.bytes(at: path) else { continue }
      findSums(path, original)
      guard Self.mayName(old, in: original) else { continue }
      let target = places[path] ?? path
      var bytes = (changes[target] ?? nil) ?? original
      var isChanged = false
      for (from, to) in moved {
        guard let renamed = KPIMentions.replacing(from, with: to, in: bytes, path: path) else { continue }
        bytes = renamed
        isChanged = true
      }
      guard isChanged else { continue }
      changes[target] = bytes
      if target == path { mentions.insert(path) }
    }
  }

  private mutating func findSums(_ path: String, _ bytes: [UInt8]) {
    guard case .definition(let id) = LedgerPath(path) else { return }
    for (from, to) in moved where from.kpi != to.kpi {
      if KPIMentions.addsUp(from.kpi, in: bytes) { left.insert(id) }
      if KPIMentions.addsUp(to.kpi, in: bytes) { joined.insert(id) }
    }
  }

  mutating func renameParent(_ from: String, to: String) {
    for path in otherDepartments(below: from) {
      guard let bytes = source.bytes(at: path) else { continue }
      var editor = YAMLEditor(YAMLDocument(parsing: bytes))
      editor.set(["parent"], to: .string(to))
      changes[path] = editor.bytes
      mentions.insert(path)
    }
  }
}
