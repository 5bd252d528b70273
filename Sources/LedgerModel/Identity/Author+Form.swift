/// Whether a name and a mail address can stand in a commit as they are written: git takes no line breaks and brackets,
/// and drops marks at either end.
extension Author {
  /// What is wrong with a name; nil where it can be used.
  public static func fault(ofName name: String) -> String? {
    if name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
      return "A name cannot have line breaks or control characters in it."
    }
    if name.contains(where: { "<>".contains($0) }) { return "A name cannot have < or > in it." }
    return name.contains { !isDropped($0) } ? nil : "\"\(name)\" is no name: it needs a letter or a digit."
  }

  /// What is wrong with a mail address; nil where it can be used.
  public static func fault(ofEmail email: String) -> String? {
    guard MailAddress.isValid(email), email.first.map(isDropped) == false, email.last.map(isDropped) == false else {
      return "\"\(email)\" is no mail address: write it alone, as ana@example.com."
    }
    return nil
  }

  private static func isDropped(_ character: Character) -> Bool {
    character.isWhitespace || ".,:;<>\"\\'".contains(character)
  }
}
