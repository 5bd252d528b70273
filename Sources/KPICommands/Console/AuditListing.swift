import Consolidation
import Git
import History
import LedgerFiles
import LedgerModel

/// An audit in its formats.
enum AuditListing {
  static var listing: Listing<AuditEntry> {
    Listing(
      fields: [
        .init("at") { TimeText.utc($0.at.seconds) },
        .init("by") { $0.by.description },
        .init("verified", text: { $0.isVerified ? "true" : "false" }, json: { $1.bool($0.isVerified) }),
        .init("kpi") { $0.kpi?.description },
        .init("key") { $0.key.text },
        .init("from", text: { $0.from.map(ValueText.full) ?? "" }, json: { $1.value($0.from) }),
        .init("to", text: { $0.to.map(ValueText.full) ?? "" }, json: { $1.value($0.to) }),
        .init("commit") { $0.commit.description },
        .init("sync") { $0.sync?.description },
        .init("message") { $0.message },
        .init("file") { $0.file },
        .init("held", text: { $0.isHeld ? "true" : "false" }, json: { $1.bool($0.isHeld) }),
        .init("proposal") { $0.settlement?.proposal },
        .init("outcome") { $0.settlement?.outcome.rawValue },
        .init("proposed_by") { $0.settlement?.proposedBy.description },
        .init("settled_by") { $0.settlement?.settledBy?.description },
        .init("settled_at") { $0.settlement?.settledAt.map { TimeText.utc($0.seconds) } },
        .init("settled_in") { $0.settlement?.settledIn?.description },
      ], columns: [])
  }

  static func table(ofOne isOne: Bool, _ lines: [AuditLine]) -> Listing<AuditLine> {
    var columns: [Listing<AuditLine>.Column] = [
      .init("when") { TimeText.moment($0.entry.at.seconds) },
      .init("who", wraps: true) { $0.entry.who },
      .init("what", wraps: true) { what($0, ofOne: isOne) },
      .init("change", wraps: true) { $0.change },
      .init("why", wraps: true) { $0.entry.why },
    ]
    if lines.contains(where: { $0.entry.settlement != nil }) {
      columns.insert(.init("held", wraps: true) { SettlementText.line($0.entry) }, at: 4)
    }
    if lines.contains(where: { $0.entry.sync == nil }) {
      columns.append(.init("") { $0.entry.sync == nil ? "not sent yet" : "" })
    }
    return Listing<AuditLine>(fields: [], columns: columns)
  }

  private static func what(_ line: AuditLine, ofOne isOne: Bool) -> String {
    let isWhole = line.gathered != nil || line.entry.key == .file
    if isOne { return isWhole ? kind(of: line.entry.file) : line.entry.key.text }
    let name = FileNames.text([line.entry.file])
    return isWhole ? name : "\(line.entry.kpi?.description ?? name) \(line.entry.key.text)"
  }

  private static func kind(of file: String) -> String {
    switch LedgerPath(file) {
    case .definition: "definition"
    case .actuals: "actuals"
    default: file
    }
  }
}
