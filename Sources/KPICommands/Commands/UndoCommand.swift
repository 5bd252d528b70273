import ArgumentParser
import LedgerFiles
import LedgerModel
import Merging
import Syncing

/// `kpi undo`
struct UndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Put back what you last changed, in a new commit.",
    discussion: """
      Your newest change that is not undone yet goes back to what was there before it, whether it has been sent or \
      not; again, and the one before it goes back. What somebody else has changed since stays as it is, and is named.

      Examples:
        kpi undo --dry-run
        kpi undo -m "Recorded for the wrong month"
      """)

  @OptionGroup var ledger: LedgerOption
  @Option(name: [.short, .long], help: "Why, as 'kpi audit' will show it.") var message: String?
  @OptionGroup var consent: ConsentOption

  func run() throws {
    let desk = LedgerDesk(clone: try ledger.open())
    guard let undo = try Undo.last(in: desk.clone) else {
      Console.print("There is nothing of yours to undo.")
      return
    }
    let first = undo.commit.message.split(separator: "\n").first.map(String.init) ?? ""
    Console.print("Your last change, of \(TimeText.date(undo.commit.authoredAt)): \(first)")
    for (file, key) in undo.restored.prefix(20) {
      Console.print("  \(FileNames.text([file])), \(Self.words(key)): \(change(key, file, undo, desk))")
    }
    if undo.restored.count > 20 { Console.print("  and \(undo.restored.count - 20) more") }
    for (file, key) in undo.overtaken.prefix(20) {
      Console.print("  \(FileNames.text([file])), \(Self.words(key)): stays, it was changed again since")
    }
    if !undo.settled.isEmpty {
      Console.print("  What it settled stays settled; enter the value that you want instead.")
    }
    guard !undo.restored.isEmpty else {
      throw Failure(
        "Nothing of it is left to undo.", hint: "Enter what you want: kpi record, kpi define", status: .findings)
    }
    guard try consent.isGiven("Undo it? [y/N]") else { return }
    try desk.save(undo.files, message: undo.message(reason: message))
    Console.print("Undone here; 'kpi sync' sends it.")
  }

  private static func words(_ key: Key) -> String { key == .file ? "the file" : key == .place ? "its id" : key.text }

  private func change(_ key: Key, _ file: String, _ undo: Undo, _ desk: LedgerDesk) -> String {
    if key == .place { return "goes back to \(FileNames.text([file]))" }
    let old = undo.files[file] ?? nil
    if key == .file || key == .content { return old == nil ? "goes" : "comes back" }
    let was = desk.bytes(file).flatMap { KeyComparison.value(key, path: file, in: $0) }
    let becomes = old.flatMap { KeyComparison.value(key, path: file, in: $0) }
    if key.row == nil, key.text.contains(" has ") {
      return "\(ValueText.short(was, of: key)) -> \(ValueText.short(becomes, of: key))"
    }
    return ValueText.change(from: was, to: becomes, arrow: "->")
  }
}
