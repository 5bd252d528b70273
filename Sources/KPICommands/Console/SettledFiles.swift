import LedgerFiles
import LedgerModel
import LedgerStore
import Syncing

/// The files that decisions about proposals change, one decision on top of the other.
struct SettledFiles {
  /// By path, the new bytes; nil deletes.
  private(set) var files: [String: [UInt8]?] = [:]
  private let desk: LedgerDesk
  /// The definitions that one of the decisions gives a name, and so may begin.
  private let named: Set<String>

  init(_ desk: LedgerDesk, deciding chosen: [WaitingProposal]) {
    self.desk = desk
    named = Set(chosen.filter { $0.change.key == "name" && $0.proposed != nil }.map(\.file))
  }

  /// Puts a value in force.
  /// - Parameter value: the outer nil leaves what is in force; the inner one removes it.
  /// - Throws: `Failure` where it cannot be put into the file by itself
  mutating func take(_ waiting: WaitingProposal, _ value: YAMLValue??) throws {
    guard let value else { return }
    let key = Key(waiting.change.key)
    if key == .place { return try move(waiting, to: value) }
    if key == .file && value == nil {
      files[waiting.file] = .some(nil)
      return
    }
    let current = files[waiting.file] ?? desk.bytes(waiting.file)
    files[waiting.file] = try changed(waiting, key, value, current)
  }

  private func changed(
    _ waiting: WaitingProposal, _ key: Key, _ value: YAMLValue?, _ bytes: [UInt8]?
  ) throws -> [UInt8]? {
    if key == .close { return value.map { $0 == .map([]) ? [] : Array(YAMLWriter.text($0).utf8) } }
    let definition = waiting.kpi.flatMap { try? desk.definition($0) }
    if bytes == nil, case .definition(let id) = LedgerPath(waiting.file), !named.contains(waiting.file) {
      throw Failure(
        "There is no KPI \(id) now, so a part of its definition cannot be put in force by itself.",
        hint: "Accept all that is held of it (kpi settle \(id) --accept) where its name is held too; "
          + "or bring it back first (whoever removed it: kpi undo); or reject the proposal.", status: .findings)
    }
    let begun = bytes ?? Self.beginning(waiting.file, definition)
    if let begun,
      let changed = KeyEdit.setting(
        key, to: value, comment: value == waiting.proposed ? waiting.change.comment : nil, in: begun,
        path: waiting.file, definition: definition)
    {
      return changed
    }
    throw Failure(
      "The held value of \(waiting.change.key) cannot be put into \(waiting.file) by itself.",
      hint: "Edit the file, and then reject the proposal with the reason that it is done.")
  }

  /// What a file begins with that nobody has yet.
  private static func beginning(_ path: String, _ definition: Definition?) -> [UInt8]? {
    guard path.hasSuffix(".csv") else { return [] }
    guard let calculation = definition?.calculation else { return nil }
    let columns = ["period"] + calculation.dimensions + calculation.inputs.map(\.name) + ["status", "note"]
    return Array((columns.joined(separator: ",") + "\n").utf8)
  }

  private mutating func move(_ waiting: WaitingProposal, to value: YAMLValue?) throws {
    guard case .string(let text)? = value, let from = waiting.kpi, let to = KPIID(text) else {
      throw Failure("'\(ValueText.short(value))' is no KPI's id.", hint: "Write it as sales/win-rate.")
    }
    let source = LedgerOverlay(over: FolderSource(desk.clone.folder), changes: files)
    let plan = try Failure.ofEntry { () throws(EntryFault) in try Rearrangement.moving(from, to: to, in: source) }
    files.merge(plan.changes) { $1 }
  }

  /// Deletes the files of proposals that are decided.
  mutating func remove(of decided: [WaitingProposal]) {
    for each in decided { files[each.path] = .some(nil) }
  }
}
