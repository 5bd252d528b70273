/// The parts of DESIGN section 5's rules that a proof switches off one at a time, to show that each is needed. Outside
/// of proofs all are on.
package struct MergeParts: OptionSet, Sendable, Hashable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  private static func part(_ place: UInt32) -> MergeParts { MergeParts(rawValue: 1 << place) }

  /// M1 comes before the other rules.
  package static let authorityFirst = part(0)
  /// A change gives way only to a later one that its author may make.
  package static let authorisedGiveWay = part(1)
  /// An unauthorised change gives way only to one of the same author.
  package static let onePersonsLine = part(2)
  /// Unsent is what the hub has not, not all since the fork.
  package static let unsentOnly = part(3)
  /// A change's author has seen what is an ancestor of the change.
  package static let seenByAncestry = part(4)
  /// A file's removal is a change of all its keys.
  package static let removalIsAllKeys = part(5)
  /// A close takes effect only over the rows that it was made on.
  package static let closesSeeRows = part(6)
  /// A period that is closed in a commit's parent is closed for that commit.
  package static let closedInParent = part(7)
  /// A settlement stands or falls with the value that it sets.
  package static let settlementIsUnit = part(8)
  /// M4
  package static let settledStands = part(9)
  /// M2
  package static let settledOnce = part(10)
  /// A proposal whose value comes into force is dropped.
  package static let overtakenIsDropped = part(11)
  /// Only merges make proposals.
  package static let onlyMergesPropose = part(12)
  /// A deletion of a proposal without authority has no effect.
  package static let unauthorisedSettlementIsVoid = part(13)
  /// A change that only puts back what the hub had is dropped where the hub has a newer value.
  package static let putBackIsDropped = part(14)
  /// Nobody settles their own proposal.
  package static let fourEyes = part(15)
  /// M9
  package static let validates = part(16)
  /// Closed periods are closed.
  package static let closedIsClosed = part(17)

  /// A signature counts only with a key that the main line has of the commit's author.
  package static let keysOfAuthors = part(18)

  package static let all = MergeParts(rawValue: (1 << 19) - 1)

  /// Each part with its name.
  package static let named: [(name: String, part: MergeParts)] = [
    ("authorityFirst", .authorityFirst), ("authorisedGiveWay", .authorisedGiveWay),
    ("onePersonsLine", .onePersonsLine), ("unsentOnly", .unsentOnly), ("seenByAncestry", .seenByAncestry),
    ("removalIsAllKeys", .removalIsAllKeys), ("closesSeeRows", .closesSeeRows), ("closedInParent", .closedInParent),
    ("settlementIsUnit", .settlementIsUnit), ("settledStands", .settledStands), ("settledOnce", .settledOnce),
    ("overtakenIsDropped", .overtakenIsDropped), ("onlyMergesPropose", .onlyMergesPropose),
    ("unauthorisedSettlementIsVoid", .unauthorisedSettlementIsVoid), ("putBackIsDropped", .putBackIsDropped),
    ("fourEyes", .fourEyes), ("validates", .validates), ("closedIsClosed", .closedIsClosed),
    ("keysOfAuthors", .keysOfAuthors),
  ]
}
