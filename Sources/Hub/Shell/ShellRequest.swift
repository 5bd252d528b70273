/// What somebody asks of a hub over ssh: what `git` does there, and nothing else.
public struct ShellRequest: Hashable, Sendable {
  /// Getting, and sending.
  public enum Service: String, Hashable, Sendable {
    case upload = "upload-pack"
    case receive = "receive-pack"
  }

  public let service: Service
  /// The repository as it was asked for.
  public let path: String

  /// Reads a command as git's clients send it: `git-upload-pack '/srv/ledger.git'`; nil for anything else.
  public init?(_ command: some StringProtocol) {
    var words = Self.words(String(command)) ?? []
    if words.first == "git", words.count > 1 { words = ["git-" + words[1]] + words.dropFirst(2) }
    guard words.count == 2, words[0].hasPrefix("git-"), let service = Service(rawValue: String(words[0].dropFirst(4))),
      !words[1].isEmpty, !words[1].hasPrefix("-")
    else { return nil }
    self.service = service
    path = words[1]
  }

  /// Whether the repository that is asked for is a hub: by its path, or by the last part of it.
  public func isFor(_ hub: String) -> Bool {
    let (asked, known) = (Self.parts(path), Self.parts(hub))
    guard let last = known.last, !asked.contains("..") else { return false }
    return asked == known || asked == [last]
  }

  private static func parts(_ path: String) -> [String] {
    var parts = path.split(separator: "/").map(String.init).filter { $0 != "." }
    if parts.first == "~" { parts.removeFirst() }
    if let last = parts.last, last.hasSuffix(".git") { parts[parts.count - 1] = String(last.dropLast(4)) }
    return parts
  }

  /// The words of a command in which only blanks, single quotes and backslashes mean anything; nil where a quote is not
  /// closed, or something in it has a meaning for a shell.
  private static func words(_ command: String) -> [String]? {
    var (words, word, isQuoted): ([String], String?, Bool) = ([], nil, false)
    var rest = Substring(command)
    while let character = rest.popFirst() {
      switch character {
      case "'":
        isQuoted.toggle()
        word = word ?? ""
      case _ where isQuoted: word = (word ?? "") + String(character)
      case "\\":
        guard let next = rest.popFirst() else { return nil }
        word = (word ?? "") + String(next)
      case " ":
        if let word { words.append(word) }
        word = nil
      case _ where character.unicodeScalars.contains { forbidden.contains($0) || $0.value < 0x20 }: return nil
      default: word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return isQuoted ? nil : words
  }

  private static let forbidden = Set("\"$`;&|<>(){}*?[]!#".unicodeScalars)
}
