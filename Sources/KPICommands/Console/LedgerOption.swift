import ArgumentParser
import Syncing

/// Where the ledger is: the folder that a command works in.
struct LedgerOption: ParsableArguments {
  @Option(
    name: .customLong("ledger"),
    help: ArgumentHelp("A ledger's folder. Without it, the one you are in.", valueName: "dir"), completion: .directory)
  var folder: String = "."

  /// Opens the clone that the folder is in.
  func open() throws -> LedgerClone { try LedgerClone(containing: folder) }
}
