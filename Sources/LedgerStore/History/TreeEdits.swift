public import Git
public import LedgerFiles

/// Writes the tree in which some files differ from those of a base tree.
public enum TreeEdits {
  /// The id of the tree; only the folders on the way to what differs are written.
  public static func write(
    _ files: [String: FileVersion], onto base: ObjectID, to objects: ObjectDatabase
  ) throws -> ObjectID {
    try TreeWriter.write(
      base: base,
      changes: files.mapValues { version in
        switch version {
        case .content(let id): TreeEntry(id: try ObjectID(id))
        case .bytes(let bytes): TreeEntry(id: try objects.writeBlob(bytes))
        case .removed: nil
        }
      }, to: objects)
  }
}
