/// Whether a commit is written as git writes it, so that every program reads the same in it.
///
/// Programs differ in what they make of a commit with two authors, of a name with a line break in it, or of a time
/// beyond all calendars; none of that is in a commit that passes. `git fsck --strict` finds part of it.
public enum CommitForm {
  /// Seconds since 1970 that a commit's times stay below: the year 10000.
  static let endOfTime: Int64 = 253_402_300_800
  private static let digitsOfTime = 12

  /// What is wrong, as the end of a sentence about the commit; nil where nothing is.
  static func fault(_ bytes: UnsafeRawBufferPointer) -> String? {
    if bytes.contains(0) { return "has a NUL character in it" }
    if String(validating: bytes, as: UTF8.self) == nil { return "is not written in UTF-8" }
    var fields = Fields()
    var offset = 0
    while offset < bytes.count, bytes[offset] != 10 {
      let line = UnsafeRawBufferPointer(rebasing: bytes[offset...].prefix { $0 != 10 })
      guard offset + line.count < bytes.count else { return "ends in the middle" }
      if let fault = fields.next(line) { return fault }
      offset += line.count + 1
    }
    guard offset < bytes.count, fields.areComplete else { return "lacks its author, its time or its files" }
    return nil
  }

  /// The header's fields, one after another in the order that git gives them.
  private struct Fields {
    private enum Place { case start, parents, author, others }
    private var place = Place.start
    private var met: Set<String> = []

    var areComplete: Bool { place == .others }

    mutating func next(_ line: UnsafeRawBufferPointer) -> String? {
      let name = String(decoding: line.prefix { $0 != 32 }, as: UTF8.self)
      let value = UnsafeRawBufferPointer(rebasing: line.dropFirst(name.utf8.count + 1))
      switch (place, name) {
      case (.start, "tree"): place = .parents
      case (.parents, "parent"): return ObjectID(hex: value) == nil ? "names no state that it goes on from" : nil
      case (.parents, "author"):
        place = .author
        return CommitForm.personFault(value, "author")
      case (.author, "committer"):
        place = .others
        return CommitForm.personFault(value, "committer")
      case (.others, ""): return met.isEmpty ? "has fields in an order that git does not know" : nil
      case (.others, "tree"), (.others, "parent"), (.others, "author"), (.others, "committer"):
        return "names its \(name) twice"
      case (.others, "encoding"):
        let text = String(decoding: value, as: UTF8.self).lowercased()
        guard text == "utf-8" || text == "utf8" else { return "says that it is not written in UTF-8" }
        return met.insert(name).inserted ? nil : "names its \(name) twice"
      case (.others, _): return met.insert(name).inserted || name == "mergetag" ? nil : "has two fields '\(name)'"
      default: return "has fields in an order that git does not know"
      }
      return nil
    }
  }

  /// A person's line: `Name <address> seconds +0000`.
  private static func personFault(_ line: UnsafeRawBufferPointer, _ what: String) -> String? {
    let text = String(decoding: line, as: UTF8.self)
    let parts = text.split(separator: "<", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].hasSuffix(" "), parts[0].contains(where: { $0 != " " }) else {
      return "has no readable \(what)"
    }
    let rest = parts[1].split(separator: ">", omittingEmptySubsequences: false)
    guard rest.count == 2, isTime(rest[1]) else { return "has no readable \(what) or time" }
    guard !text.unicodeScalars.contains(where: isUnfitForNames) else {
      return "has a \(what) with invisible characters in the name"
    }
    return nil
  }

  /// ` 1772446260 +0100`
  private static func isTime(_ text: Substring) -> Bool {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].isEmpty, parts[1].utf8.count <= digitsOfTime,
      parts[1].utf8.allSatisfy({ (48...57).contains($0) }), let seconds = Int64(parts[1]), seconds < endOfTime
    else { return false }
    let zone = parts[2].utf8
    return zone.count == 5 && (zone.first == 43 || zone.first == 45)
      && zone.dropFirst().allSatisfy { (48...57).contains($0) }
  }

  /// Control characters, and those that reorder or hide what stands beside them, so that one name looks like another.
  static func isUnfitForNames(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    default: false
    }
  }
}

extension ObjectDatabase {
  /// What is wrong with how a commit is written, as the end of a sentence about it; nil where nothing is.
  public func formFault(ofCommit id: ObjectID) throws -> String? {
    try withBytes(of: id, .commit) { CommitForm.fault($0) }
  }
}
