import ArgumentParser
import Foundation
import Syncing

/// Where the ledger is: the folder that a command works in.
struct LedgerOption: ParsableArguments {
  @Option(
    name: .customLong("ledger"),
    help: ArgumentHelp("A ledger's folder. Without it, the one you are in.", valueName: "dir"), completion: .directory)
  var folder: String = "."

  /// The folder, by a path that says something when it is shown.
  var path: String { folder == "." ? FileManager.default.currentDirectoryPath : folder }

  /// Opens the clone that the folder is in.
  func open() throws -> LedgerClone { try LedgerClone(containing: path, environment: Console.environment) }
}
