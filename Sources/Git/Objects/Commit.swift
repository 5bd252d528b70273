/// A commit: a tree, where it came from, who made it and why.
public struct Commit: Hashable, Sendable {
  /// The commit's own id.
  public let id: ObjectID
  /// The id of its tree.
  public let tree: ObjectID
  /// None for a root commit; two or more for a merge.
  public let parents: [ObjectID]
  /// Who wrote the change, as they claim.
  public let author: Signature
  /// Who made the commit; the time is history's.
  public let committer: Signature
  /// As stored, with the line break at its end.
  public let message: String
  /// The other header fields in order, as `encoding` and `gpgsig`; the lines of a field joined by line breaks.
  public let fields: [Field]

  /// A header field besides tree, parents, author and committer.
  public struct Field: Hashable, Sendable {
    /// As `gpgsig`.
    public let name: String
    /// Its lines, without the blank that continues a field.
    public let value: String
  }

  /// The signature as it stands in the commit, PGP, X.509 or SSH; nil when it is not signed.
  public var signature: String? { fields.first { $0.name == "gpgsig" }?.value }

  /// The message's first line.
  public var subject: String {
    String(message.drop { $0.isNewline }.prefix { !$0.isNewline })
  }
}

extension ObjectDatabase {
  /// A commit.
  /// - Throws: `.notFound`; `.corrupt` when the object is no commit or cannot be read
  public func commit(_ id: ObjectID) throws -> Commit {
    try withBytes(of: id, .commit) { bytes in
      guard let header = CommitHeader(bytes) else { throw GitError(.corrupt, "commit \(id) cannot be read") }
      return header.commit(id)
    }
  }

  /// What a commit's signature covers: its bytes without the signature's field; nil when it is not signed.
  public func signedBytes(ofCommit id: ObjectID) throws -> [UInt8]? {
    try withBytes(of: id, .commit) { bytes in CommitHeader(bytes)?.withoutSignature }
  }

  /// Writes a commit. No reference moves.
  /// - Parameters:
  ///   - tree: must be here, as must the parents
  ///   - message: a line break is added at its end where there is none
  ///   - signing: makes the signature of its bytes; nil leaves it unsigned
  /// - Returns: the commit's id; unsigned, the same for the same arguments, everywhere
  /// - Throws: `.notFound` for a tree or parent that is not here; `.invalid` for a signature without a name or a
  ///   message with a NUL; `.signing` where it cannot be signed
  public func writeCommit(
    tree: ObjectID, parents: [ObjectID], author: Signature, committer: Signature, message: String,
    signing: ((_ bytes: [UInt8]) throws -> String)? = nil
  ) throws -> ObjectID {
    guard !message.utf8.contains(0) else { throw GitError(.invalid, "a commit's message cannot hold a NUL") }
    for (id, kind) in [(tree, ObjectKind.tree)] + parents.map({ ($0, .commit) }) {
      let found = id == .emptyTree ? .tree : try header(of: id).kind
      guard found == kind else { throw GitError(.invalid, "\(id) is no \(kind)") }
    }
    if tree == .emptyTree { try write(.tree, UnsafeRawBufferPointer(start: nil, count: 0)) }
    var text = "tree \(tree)\n"
    for parent in parents { text += "parent \(parent)\n" }
    text += "author \(try author.gitText())\ncommitter \(try committer.gitText())\n"
    let end = "\n" + message + (message.utf8.reversed().starts(with: [10]) ? "" : "\n")
    if let signature = try signing?(Array((text + end).utf8)) {
      let lines = signature.split(separator: "\n", omittingEmptySubsequences: true)
      text += "gpgsig " + lines.joined(separator: "\n ") + "\n"
    }
    text += end
    return try text.withUTF8 { try write(.commit, UnsafeRawBufferPointer($0)) }
  }
}
