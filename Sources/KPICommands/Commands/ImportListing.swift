import Calculation
import Consolidation
import LedgerFiles
import LedgerModel

/// The steps of an import, one a row of the table and period, in the formats of `OutputFormat`.
enum ImportListing {
  static func text(_ steps: [ImportStep], as format: OutputFormat) -> String {
    format == .table ? steps.map { ImportText.line($0) + "\n" }.joined() : listing.text(steps, as: format)
  }

  private static var listing: Listing<ImportStep> {
    Listing(
      fields: [
        .init("line", text: { "\($0.line)" }, json: { $1.number(Int?.some($0.line)) }),
        .init("kpi") { $0.id?.description },
        .init("period") { $0.period?.description },
        .init("dimensions") { $0.dimensions.isEmpty ? nil : $0.dimensions.joined(separator: ", ") },
        .init("does") { ImportText.what($0) },
      ], columns: [])
  }
}
