public import LedgerModel

/// What a path is to hold: a content that is stored already, new bytes, or nothing.
public enum FileVersion: Hashable, Sendable {
  case content(ContentID)
  case bytes([UInt8])
  case removed
}
