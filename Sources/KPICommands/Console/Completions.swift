import ArgumentParser
import LedgerFiles
import LedgerModel
import LedgerStore
import Syncing

/// What a shell offers while a command is being typed: names out of the ledger that one is in. Without a ledger, nothing.
extension CompletionKind {
  /// Ids of KPIs.
  static var kpi: CompletionKind {
    .custom { _, _, _ in
      guard let clone = try? LedgerClone(containing: ".") else { return [] }
      return KPIName.all(in: FolderSource(clone.folder))
    }
  }

  /// Ids of KPIs, and departments.
  static var kpiOrDepartment: CompletionKind {
    .custom { _, _, _ in
      guard let clone = try? LedgerClone(containing: ".") else { return [] }
      let source = FolderSource(clone.folder)
      return LedgerView(source).departments + KPIName.all(in: source)
    }
  }

  /// Ids of people.
  static var person: CompletionKind { names { $0.people.value?.people.keys.sorted() } }
  /// Ids of roles.
  static var role: CompletionKind { names { $0.people.value?.roles.keys.sorted() } }
  /// Ids of goals.
  static var goal: CompletionKind { names { $0.goals.value?.keys.sorted() } }
  /// Ids of departments.
  static var department: CompletionKind { names(\.departments) }

  private static func names(_ list: @escaping @Sendable (LedgerView) -> [String]?) -> CompletionKind {
    .custom { _, _, _ in
      guard let clone = try? LedgerClone(containing: ".") else { return [] }
      return list(LedgerView(FolderSource(clone.folder))) ?? []
    }
  }

  /// Ids of what is held, as short as `kpi proposals` shows them.
  static var proposal: CompletionKind {
    .custom { _, _, _ in
      guard let clone = try? LedgerClone(containing: ".") else { return [] }
      let waiting = try? WaitingProposals(LedgerDesk(clone: clone))
      return Set(waiting?.all.map(\.shortID) ?? []).sorted()
    }
  }
}
