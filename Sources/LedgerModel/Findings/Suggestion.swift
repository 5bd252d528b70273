/// "Did you mean …?": the nearest of the known words to a mistyped one.
public enum Suggestion {
  /// The candidate that a reader most likely meant, or nil where none is near.
  ///
  /// Case, blanks, hyphens and underscores do not count (`Data-Owner` means `data_owner`); otherwise at most a third of
  /// the characters may be missing, added, wrong or swapped with their neighbour. Among equally near ones the first in
  /// alphabetical order is taken. Texts over 60 bytes have no suggestion.
  public static func nearest(to text: some StringProtocol, in candidates: some Sequence<String>) -> String? {
    let wanted = bare(text)
    guard !wanted.isEmpty, wanted.count <= 60 else { return nil }
    var best: (distance: Int, word: String)?
    for candidate in candidates {
      let word = bare(candidate)
      let limit = Swift.max(1, Swift.max(wanted.count, word.count) / 3)
      guard abs(word.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, word)
      guard distance <= limit else { continue }
      if let best, (best.distance, best.word) <= (distance, candidate) { continue }
      best = (distance, candidate)
    }
    return best?.word
  }

  /// ` Did you mean "x"?` with a leading blank, or nothing: to be put behind a message.
  public static func sentence(for text: some StringProtocol, in candidates: some Sequence<String>) -> String {
    nearest(to: text, in: candidates).map { " Did you mean \"\($0)\"?" } ?? ""
  }

  private static func bare(_ text: some StringProtocol) -> [Character] {
    text.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
  }

  /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
  private static func distance(_ one: [Character], _ other: [Character]) -> Int {
    guard !one.isEmpty, !other.isEmpty else { return Swift.max(one.count, other.count) }
    var beforeLast = [Int](repeating: 0, count: other.count + 1)
    var last = Array(0...other.count)
    for i in 1...one.count {
      var row = [i] + [Int](repeating: 0, count: other.count)
      for j in 1...other.count {
        let same = one[i - 1] == other[j - 1]
        row[j] = Swift.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
        if i > 1, j > 1, one[i - 1] == other[j - 2], one[i - 2] == other[j - 1] {
          row[j] = Swift.min(row[j], beforeLast[j - 2] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[other.count]
  }
}
