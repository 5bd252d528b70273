import Git
import LedgerModel
import Syncing

/// The confirmation of a row that was recorded under an earlier definition.
enum RowConfirmation {
  /// What it adds to the row's note, as `confirmed 2026-04-02`.
  /// - Throws: `Failure` where somebody else answers for the data.
  static func text(for id: KPIID, in desk: LedgerDesk) throws -> String {
    let newest = try LedgerVersion.newest(of: desk.clone)
    let earlier = try EarlierDefinition(at: newest.commit.id, in: desk.clone.repository.objects)
    guard try earlier.mayConfirm(id, desk.clone.author()) else {
      throw Failure(
        "The values of \(id) are confirmed by \(earlier.whoConfirms(id) ?? "whoever may record them").",
        hint: "If you know better values, record them.")
    }
    return "confirmed \(LedgerDay.today(in: newest.settings(in: desk.clone).calendar))"
  }
}
