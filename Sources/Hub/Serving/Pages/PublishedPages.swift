import Git
import HTTPTypes

/// The published scorecard over http: the files of the branch `scorecard`, as they are.
struct PublishedPages {
  let reader: HubReader
  let isOpen: Bool

  /// Sends the file that an address stands for; says so where nothing is published yet.
  func send(_ file: PublishedPath, _ fields: HTTPFields, to reply: Reply) async throws {
    let found = try await reader.published(file.path)
    guard let (id, bytes) = found.file else {
      guard file.isFront, !found.isPublished else {
        return try await reply.send(.notFound, PlainText.fields, PlainText.bytes("There is no such page."))
      }
      return try await reply.send(.serviceUnavailable, Self.waiting, PlainText.bytes(Self.nothingYet))
    }
    let tag = "\"\(id)\""
    var answer: HTTPFields = [
      .contentType: file.mediaType, .eTag: tag, .cacheControl: isOpen ? "no-cache" : "private, no-cache",
    ]
    if Self.matches(fields[.ifNoneMatch], tag) {
      answer[.contentType] = nil
      return try await reply.send(.notModified, answer, [])
    }
    let isHTML = file.mediaType.hasPrefix("text/html")
    answer[.contentSecurityPolicy] = PagePolicy.policy(for: bytes, isHTML: isHTML)
    try await reply.send(.ok, answer, bytes)
  }

  private static let nothingYet = """
    No scorecard is published yet. The hub publishes one by itself, a moment after the first sync.
    """

  private static var waiting: HTTPFields {
    var fields = PlainText.fields
    fields[.retryAfter] = "10"
    return fields
  }

  /// Whether one of the tags that somebody has is this one; a proxy may have called it weak.
  private static func matches(_ tags: String?, _ tag: String) -> Bool {
    (tags ?? "").split(separator: ",").contains { text in
      let text = text.drop { $0 == " " }
      let end = text.lastIndex { $0 != " " }.map { text.index(after: $0) } ?? text.startIndex
      let bare = text[..<end]
      return bare == "*" || (bare.hasPrefix("W/") ? bare.dropFirst(2) : bare[...]) == tag
    }
  }
}

/// An answer in plain words: nothing in it can be taken for markup.
enum PlainText {
  static var fields: HTTPFields { [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"] }

  static func bytes(_ text: String) -> [UInt8] { Array((text + "\n").utf8) }
}
