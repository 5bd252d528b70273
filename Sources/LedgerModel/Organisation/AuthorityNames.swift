/// The kinds of files that `authority:` of `ledger.yaml` may name, besides fields of definitions.
public enum AuthorityKind: String, Hashable, Sendable, CaseIterable {
  case settings, people, departments, definitions, actuals, actions, reviews, goals, rates, closes
}

/// The words that stand for whoever has that part in the file at hand, where `authority:` names roles.
public enum AuthorityWord: String, Hashable, Sendable, CaseIterable {
  case owner, head, member
  case dataOwner = "data_owner"
}
