import Glibc

/// Takes the bytes of a commit object apart. Knows where things are, and makes texts only of what is asked for.
struct CommitHeader {
  let tree: ObjectID
  let parents: [ObjectID]
  private let bytes: UnsafeRawBufferPointer
  /// The other fields, with the lines that continue them: where each starts and ends (behind its line break).
  private let fields: [Range<Int>]
  private let messageStart: Int

  /// Nil when it is no commit.
  init?(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    var (tree, parents, fields, offset): (ObjectID?, [ObjectID], [Range<Int>], Int) = (nil, [], [], 0)
    while offset < bytes.count, bytes[offset] != 10 {
      let end = Self.endOfLine(bytes, offset)
      if tree == nil {
        guard let id = Self.id(bytes, "tree ", offset..<end) else { return nil }
        tree = id
      } else if fields.isEmpty, let id = Self.id(bytes, "parent ", offset..<end) {
        parents.append(id)
      } else if bytes[offset] == UInt8(ascii: " "), let field = fields.popLast() {
        fields.append(field.lowerBound..<end)
      } else {
        fields.append(offset..<end)
      }
      offset = end
    }
    guard let tree else { return nil }
    self.tree = tree
    self.parents = parents
    self.fields = fields
    messageStart = min(offset + 1, bytes.count)
  }

  /// The committer's time in seconds; 0 when it cannot be read.
  var time: Int64 {
    guard let field = fields.first(where: { name(of: $0) == "committer" }) else { return 0 }
    return Signature(parsing: value(of: field)).time.seconds
  }

  func commit(_ id: ObjectID) -> Commit {
    let texts = fields.map { Commit.Field(name: name(of: $0), value: value(of: $0)) }
    let person = { (name: String) in Signature(parsing: texts.first { $0.name == name }?.value ?? "") }
    return Commit(
      id: id, tree: tree, parents: parents, author: person("author"), committer: person("committer"),
      message: String(decoding: bytes[messageStart...], as: UTF8.self),
      fields: texts.filter { $0.name != "author" && $0.name != "committer" })
  }

  /// The commit without its `gpgsig` field; nil when there is none.
  var withoutSignature: [UInt8]? {
    guard let field = fields.first(where: { name(of: $0) == "gpgsig" }) else { return nil }
    return [UInt8](bytes[..<field.lowerBound]) + [UInt8](bytes[field.upperBound...])
  }

  private func name(of field: Range<Int>) -> String {
    String(decoding: bytes[field].prefix { $0 != UInt8(ascii: " ") && $0 != 10 }, as: UTF8.self)
  }

  private func value(of field: Range<Int>) -> String {
    var value = bytes[field].drop { $0 != UInt8(ascii: " ") && $0 != 10 }.dropFirst()
    if value.last == 10 { value = value.dropLast() }
    guard value.contains(10) else { return String(decoding: value, as: UTF8.self) }
    return String(decoding: value, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated().map { $0 > 0 ? $1.dropFirst() : $1 }.joined(separator: "\n")
  }

  private static func endOfLine(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
    guard let base = bytes.baseAddress, let found = memchr(base + start, 10, bytes.count - start)
    else { return bytes.count }
    return UnsafeRawPointer(found) - base + 1
  }

  private static func id(_ bytes: UnsafeRawBufferPointer, _ label: StaticString, _ line: Range<Int>) -> ObjectID? {
    let length = label.utf8CodeUnitCount
    guard line.count >= length, let base = bytes.baseAddress,
      memcmp(base + line.lowerBound, label.utf8Start, length) == 0
    else { return nil }
    var digits = bytes[(line.lowerBound + length)..<line.upperBound]
    if digits.last == 10 { digits = digits.dropLast() }
    return ObjectID(hex: UnsafeRawBufferPointer(rebasing: digits))
  }
}
