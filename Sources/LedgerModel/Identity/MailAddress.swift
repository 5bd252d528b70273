/// The form of a mail address in a ledger: one `@` between two texts, without blanks, control characters or any of
/// `<>,;"`.
public enum MailAddress {
  public static func isValid(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
      && !text.unicodeScalars.contains { $0.properties.isWhitespace || $0.value < 0x20 || $0.value == 0x7F }
      && !text.contains { "<>,;\"".contains($0) }
  }
}
