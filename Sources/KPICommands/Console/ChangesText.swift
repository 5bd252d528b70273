import LedgerModel
import Merging
import Syncing

/// What becomes of somebody's changes: in force and sent, or held. Sync says it of what was done; status and check of
/// what would be, as far as the clone knows the hub.
struct ChangesText {
  let sent: [String]
  let held: [HeldChange]
  /// Where what is in force can be seen; nil where it is all to come.
  let ledger: LedgerClone?

  private var wouldBe: String { ledger == nil ? "would be " : "" }

  func printSent() {
    if !sent.isEmpty { Console.print("Your changes \(wouldBe)sent: \(FileNames.text(sent))") }
  }

  func printHeld() {
    guard !held.isEmpty else { return }
    Console.print(
      "\(held.count) \(held.count == 1 ? "change" : "changes") \(wouldBe)held, until somebody settles \(held.count == 1 ? "it" : "them"):"
    )
    for held in held.prefix(20) { Console.print("  " + HeldText.line(held, in: ledger)) }
    if held.count > 20 { Console.print("  and \(held.count - 20) more") }
  }
}

extension Finding {
  /// That a change would be held, beside the findings of the check.
  init(wouldBeHeld held: HeldChange) {
    self.init(
      .warning, rule: "would-be-held", file: held.file,
      "'kpi sync' would hold this until somebody settles it: \(HeldText.line(held)).")
  }
}
