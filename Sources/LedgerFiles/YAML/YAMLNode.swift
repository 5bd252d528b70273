/// How a mapping or a list is written: by indentation, or in brackets.
public enum YAMLStyle: String, Hashable, Sendable {
  case block
  case flow
}

/// A value in a YAML text, with the place where it stands.
public struct YAMLNode: Sendable {
  /// What a node is: a scalar, a mapping or a list.
  public enum Kind: Sendable {
    case scalar(YAMLScalar)
    case mapping([YAMLEntry], YAMLStyle)
    case sequence([YAMLItem], YAMLStyle)
  }

  public let kind: Kind
  /// The bytes of the node itself, without comments around it. Empty for a value that is left out (`key:`). A literal
  /// or folded text ends behind its last line's break; a block mapping or list ends where its last entry's extent ends.
  public let range: Range<Int>

  /// The scalar, or nil for a mapping or list.
  public var scalar: YAMLScalar? {
    if case .scalar(let scalar) = kind { scalar } else { nil }
  }

  /// The entries of a mapping, or nil for anything else.
  public var entries: [YAMLEntry]? {
    if case .mapping(let entries, _) = kind { entries } else { nil }
  }

  /// The items of a list, or nil for anything else.
  public var items: [YAMLItem]? {
    if case .sequence(let items, _) = kind { items } else { nil }
  }

  /// The style of a mapping or list, or nil for a scalar.
  public var style: YAMLStyle? {
    switch kind {
    case .scalar: nil
    case .mapping(_, let style), .sequence(_, let style): style
    }
  }

  /// The first entry of that key in a mapping; nil where there is none, or the node is no mapping.
  public func entry(_ key: String) -> YAMLEntry? {
    entries?.first { $0.key == key }
  }
}

/// A scalar as it is written and as it is read.
public struct YAMLScalar: Hashable, Sendable {
  /// How a scalar is written.
  public enum Style: String, Hashable, Sendable {
    case plain
    case single
    case double
    case literal
    case folded
  }

  /// The content: quotes and escapes undone, lines folded.
  public let text: String
  public let style: Style

  public init(text: String, style: Style) {
    self.text = text
    self.style = style
  }
}

/// One `key: value` of a mapping.
public struct YAMLEntry: Sendable {
  public let key: String
  /// The bytes of the key, quotes included.
  public let keyRange: Range<Int>
  public let value: YAMLNode
  /// All that goes along when the entry moves. In a block mapping: from the first comment line directly above (no
  /// blank line between) to the end of the value's last line, with the comment behind it and deeper indented comment
  /// lines that follow; in a flow mapping: from the key to the value's end.
  public let extent: Range<Int>
  /// The comments that belong to the entry, above and behind it, and within a scalar or list value: without `#`,
  /// trimmed, one a line; empty where there is none.
  public let commentText: String
  /// As `extent`, but in a flow mapping with the comments and the comma that belong to the entry.
  let outer: Range<Int>
}

/// One element of a list.
public struct YAMLItem: Sendable {
  public let value: YAMLNode
  /// As an entry's: in a block list with comments and the whole line, in a flow list the value alone.
  public let extent: Range<Int>
  /// The comments that belong to the item; as an entry's.
  public let commentText: String
  let outer: Range<Int>
}
