import LedgerModel

/// Finding files by a word in their text, without reading what they mean.
extension LedgerView {
  /// Another definition that names an id among its former ones.
  func claimant(of id: KPIID, besides own: KPIID) -> KPIID? {
    for path in definitionPaths() where path != own.definitionPath {
      guard case .definition(let other) = LedgerPath(path), mentions(id.description, in: path),
        definition(other).value?.was.contains(id) == true
      else { continue }
      return other
    }
    return nil
  }

  /// The paths of all definitions, in order.
  func definitionPaths() -> [String] {
    departments.flatMap { department in
      source.names(in: "departments/\(department)/kpis").sorted().map { "departments/\(department)/kpis/\($0)" }
    }
  }

  /// Whether a word stands in a file's text.
  func mentions(_ word: String, in path: String) -> Bool {
    source.bytes(at: path).map { TextSearch.contains(Array(word.utf8), in: $0) } ?? false
  }
}

/// Plain search in bytes.
public enum TextSearch {
  /// Whether a word stands anywhere in a text.
  public static func contains(_ word: [UInt8], in text: [UInt8]) -> Bool {
    guard let first = word.first, word.count <= text.count else { return word.isEmpty }
    return text.withUnsafeBufferPointer { text in
      word.withUnsafeBufferPointer { word in
        for start in 0...(text.count - word.count) where text[start] == first {
          var length = 1
          while length < word.count, text[start + length] == word[length] { length += 1 }
          if length == word.count { return true }
        }
        return false
      }
    }
  }
}
