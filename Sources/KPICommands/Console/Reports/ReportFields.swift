import Calculation
import Consolidation
import History
import LedgerFiles
import LedgerModel

extension Listing.Field {
  /// A field of something that the item has.
  init<Part>(_ field: Listing<Part>.Field, of part: @escaping (Item) -> Part) {
    self.init(field.name, text: { field.text(part($0)) }, json: { field.json(part($0), &$1) })
  }

  /// A number; nil is null in JSON and blank in CSV.
  init(_ name: String, number: @escaping (Item) -> Quantity?) {
    self.init(name, text: { number($0)?.description ?? "" }, json: { $1.number(number($0)) })
  }

  /// A value of the ledger's files; nil is null in JSON and blank in CSV.
  init(_ name: String, value: @escaping (Item) -> YAMLValue?) {
    self.init(name, text: { value($0).map(ValueText.full) ?? "" }, json: { $1.value(value($0)) })
  }

  /// Yes or no.
  init(_ name: String, flag: @escaping (Item) -> Bool) {
    self.init(name, text: { flag($0) ? "true" : "false" }, json: { $1.bool(flag($0)) })
  }

  /// What an audit says of a change, but for the key and its values, which each report has in its own words.
  static func change(_ change: @escaping (Item) -> AuditEntry) -> [Self] {
    let own: Set = ["kpi", "key", "from", "to", "file", "held"]
    return AuditListing.listing.fields.filter { !own.contains($0.name) }.map { Self($0, of: change) }
  }
}

/// What tables of reports have in common.
enum ReportText {
  /// `12 restated values`, `1 restated value`.
  static func count(_ count: Int, _ one: String, _ several: String) -> String {
    "\(count) \(count == 1 ? one : several)"
  }

  /// Who entered a change, and who had proposed it where it had been held.
  static func who(_ change: AuditEntry) -> String {
    change.who + (change.settlement.map { ", proposed by \($0.proposedBy.name)" } ?? "")
  }

  /// A column that says which changes have not been sent, where there are any.
  static func unsent<Item>(_ items: [Item], _ change: @escaping (Item) -> AuditEntry) -> [Listing<Item>.Column] {
    guard items.contains(where: { change($0).sync == nil }) else { return [] }
    return [.init("") { change($0).sync == nil ? "not sent yet" : "" }]
  }
}
