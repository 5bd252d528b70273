/// A blob: the content of a file, and nothing else.
extension ObjectDatabase {
  /// A blob's bytes.
  /// - Throws: `.notFound`; `.corrupt` when the object is no blob
  public func blob(_ id: ObjectID) throws -> [UInt8] {
    try withBytes(of: id, .blob) { [UInt8]($0) }
  }

  /// Calls the closure with a blob's bytes without copying them; they are only there meanwhile.
  /// - Throws: `.notFound`; `.corrupt` when the object is no blob
  @inline(__always)
  public func withBlob<Result>(_ id: ObjectID, _ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
    try withBytes(of: id, .blob, body)
  }

  /// A blob's size in bytes, without reading it.
  /// - Throws: `.notFound`; `.corrupt` when the object is no blob
  public func blobSize(_ id: ObjectID) throws(GitError) -> Int {
    let header = try header(of: id)
    guard header.kind == .blob else { throw GitError(.corrupt, "object \(id) is no blob") }
    return header.size
  }

  /// Stores the content of a file.
  /// - Returns: the blob's id
  @discardableResult
  public func writeBlob(_ bytes: [UInt8]) throws(GitError) -> ObjectID {
    let id: Result<ObjectID, GitError> = bytes.withUnsafeBytes { buffer in
      Result { () throws(GitError) in try write(.blob, buffer) }
    }
    return try id.get()
  }

  /// The id that a file of this content has, without storing it.
  public static func blobID(of bytes: [UInt8]) throws(GitError) -> ObjectID {
    let id: Result<ObjectID, GitError> = bytes.withUnsafeBytes { buffer in
      Result { () throws(GitError) in try Self.id(of: .blob, buffer) }
    }
    return try id.get()
  }
}
