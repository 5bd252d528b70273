import ArgumentParser
import Consolidation
import LedgerFiles
import LedgerModel
import LedgerStore
import Merging
import Syncing

/// `kpi proposals`
struct ProposalsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proposals",
    abstract: "What was entered and is not in force: what is proposed, what stands, by whom and why.",
    discussion: """
      A change is held where no rule could decide between two people. It waits until somebody settles it.

      Examples:
        kpi proposals
        kpi proposals --format json
        kpi settle 3f2a91 --accept -m "Agreed in the Monday call"
      """)

  @OptionGroup var ledger: LedgerOption
  @OptionGroup var form: FormatOption

  func run() throws {
    let desk = LedgerDesk(clone: try ledger.open())
    let waiting = try WaitingProposal.all(in: desk)
    if waiting.isEmpty && form.format == .table {
      Console.print("Nothing is held.")
      return
    }
    Console.print(Self.listing.text(waiting, as: form.format), terminator: "")
    if form.format == .table {
      Console.print("Settle one: kpi settle \(waiting[0].shortID) --accept (or --reject, or --value V) -m 'Why'")
    }
  }

  private static var listing: Listing<WaitingProposal> {
    Listing(
      fields: [
        .init("id") { $0.proposal.id },
        .init("file") { $0.proposal.file },
        .init("key") { $0.change.key },
        .init("proposed", text: { $0.change.proposed ?? "" }) { ValueText.write($0.proposed, to: &$1) },
        .init("instead_of", text: { $0.change.insteadOf ?? "" }) {
          ValueText.write(WaitingProposal.value($0.change.insteadOf), to: &$1)
        },
        .init("in_force", text: { ValueText.short($0.inForce) }) { ValueText.write($0.inForce, to: &$1) },
        .init("by") { $0.proposal.by }, .init("at") { $0.proposal.at }, .init("commit") { $0.proposal.commit },
        .init("because") { $0.proposal.because.rawValue }, .init("reason") { $0.proposal.reason },
      ],
      columns: [
        .init("id") { $0.shortID },
        .init("what") { FileNames.text([$0.proposal.file]) },
        .init("key") { $0.change.key },
        .init("proposed", wraps: true) { $0.isWholeFile ? "the whole file" : ValueText.short($0.proposed) },
        .init("in force", wraps: true) { $0.isWholeFile ? "the file as it is" : ValueText.short($0.inForce) },
        .init("by") { String($0.proposal.by.prefix { $0 != "<" }) },
        .init("why", wraps: true) { $0.proposal.reason },
      ])
  }
}

/// A held change beside what is in force now.
struct WaitingProposal {
  let path: String
  let proposal: Proposal
  let change: Proposal.Change
  /// What the key has now; nil is nothing.
  let inForce: YAMLValue?

  var proposed: YAMLValue? { Self.value(change.proposed) }
  var isWholeFile: Bool { Key(change.key) == .content }
  var shortID: String { String(proposal.id.prefix(8)) }

  static func value(_ text: String?) -> YAMLValue? {
    text.flatMap { YAMLDocument(parsing: Array($0.utf8)).root.map { YAMLValue($0) } }
  }

  /// All that is held, oldest first.
  static func all(in desk: LedgerDesk) throws -> [WaitingProposal] {
    let source = FolderSource(desk.clone.folder)
    return paths(in: source).flatMap { path -> [WaitingProposal] in
      guard case .proposal(_, let id) = LedgerPath(path), let bytes = source.bytes(at: path),
        let proposal = ProposalText.read(bytes, id: id)
      else { return [] }
      return proposal.changes.map { change in
        WaitingProposal(path: path, proposal: proposal, change: change, inForce: inForce(change, proposal.file, source))
      }
    }.sorted { ($0.proposal.at, $0.proposal.id, $0.change.key) < ($1.proposal.at, $1.proposal.id, $1.change.key) }
  }

  /// How many proposals are of a department's files, or of the company's.
  static func count(in source: FolderSource, scope: String) -> Int {
    paths(in: source).filter { scope == "company" || $0.hasPrefix("proposals/departments/\(scope)/") }.count
  }

  private static func paths(in source: FolderSource) -> [String] {
    var folders = ["proposals"]
    var paths: [String] = []
    while let folder = folders.popLast() {
      for name in source.names(in: folder) {
        if name.hasSuffix("/") {
          folders.append("\(folder)/\(name.dropLast())")
        } else {
          paths.append("\(folder)/\(name)")
        }
      }
    }
    return paths.sorted()
  }

  /// The value in force; of the calculation, the fields that the proposal names.
  private static func inForce(_ change: Proposal.Change, _ file: String, _ source: FolderSource) -> YAMLValue? {
    guard let bytes = source.bytes(at: file) else { return nil }
    if Key(change.key) == .content { return .string(String(decoding: bytes, as: UTF8.self)) }
    guard let value = KeyComparison.value(Key(change.key), path: file, in: bytes) else { return nil }
    guard Key(change.key) == .calculation, case .map(let fields)? = Self.value(change.proposed) else { return value }
    return .map(fields.compactMap { field in value[field.key].map { (field.key, $0) } })
  }
}
