/// The faults of things that YAML knows and a ledger does not, or that people mistype. Each notes the fault and gives
/// nil, so that it can stand where a node or key was expected.
extension YAMLParser {
  mutating func unexpectedItem<Result>() -> Result? {
    fault("unexpected-list-item", at: pos, "A list item cannot stand here. Begin the list on a line of its own.")
    return nil
  }

  mutating func complexKey<Result>() -> Result? {
    fault("complex-key", at: pos, "Only a single line of text can be a key.")
    return nil
  }

  mutating func unexpectedColon<Result>() -> Result? {
    skipBlanks()
    fault(
      "unexpected-colon", at: pos,
      "The value holds a colon followed by a space. Put the value into quotes, or the inner key on a line of its own.")
    return nil
  }

  mutating func conflictMarker<Result>() -> Result? {
    fault(ConflictMarker.rule, at: pos, ConflictMarker.message)
    return nil
  }

  mutating func missingColon<Result>(_ start: Int) -> Result? {
    fault("missing-colon", at: start, "A key and a colon are expected here, as in `owner: coo`.")
    return nil
  }

  mutating func missingKey<Result>() -> Result? {
    fault("missing-key", at: pos, "There is a colon without a key before it.")
    return nil
  }

  /// The character at `pos` cannot begin a value.
  mutating func refusedIndicator<Result>() -> Result? {
    switch at(pos) {
    case 0x26: fault("anchor", at: pos, "Anchors (&name) are not used in a ledger. Put text with & into quotes.")
    case 0x2A: fault("alias", at: pos, "Aliases (*name) are not used in a ledger. Put text with * into quotes.")
    case 0x21: fault("tag", at: pos, "Tags (!name) are not used in a ledger. Put text with ! into quotes.")
    case 0x5D, 0x7D: fault("unexpected-text", at: pos, "There is a closing bracket without an opening one.")
    case 0x2D: fault("unexpected-list-item", at: pos, "A dash item cannot stand inside brackets.")
    case 0x2C: fault("unexpected-text", at: pos, "There is a comma without a value before it.")
    case 0x3A: return missingKey()
    default:
      fault("reserved-character", at: pos, "A value cannot begin with this character. Put the value into quotes.")
    }
    return nil
  }
}
