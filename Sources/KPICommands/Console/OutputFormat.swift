import ArgumentParser
import Calculation
import Consolidation
import LedgerFiles

/// The formats of every command that lists something.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json, csv
}

/// The option `--format` of commands that list something.
struct FormatOption: ParsableArguments {
  @Option(help: "How to print it: table, json or csv.")
  var format: OutputFormat = .table
}

/// A list of things in the formats of `OutputFormat`.
struct Listing<Item> {
  /// What of each item a table shows.
  struct Column {
    let column: TextTable.Column
    let text: (Item) -> String

    init(_ title: String, isRight: Bool = false, wraps: Bool = false, _ text: @escaping (Item) -> String) {
      column = TextTable.Column(title, isRight: isRight, wraps: wraps)
      self.text = text
    }
  }

  /// A field of the JSON objects and a column of the CSV.
  struct Field {
    let name: String
    let text: (Item) -> String
    let json: (Item, inout JSONWriter) -> Void

    /// A text; nil is null in JSON and blank in CSV.
    init(_ name: String, _ text: @escaping (Item) -> String?) {
      self.name = name
      self.text = { text($0) ?? "" }
      json = { $1.string(text($0)) }
    }

    /// Something that has forms of its own.
    init(_ name: String, text: @escaping (Item) -> String, json: @escaping (Item, inout JSONWriter) -> Void) {
      self.name = name
      self.text = text
      self.json = json
    }
  }

  let fields: [Field]
  let columns: [Column]

  func text(_ items: [Item], as format: OutputFormat) -> String {
    switch format {
    case .table: table(items)
    case .json: json(items)
    case .csv: csv(items)
    }
  }

  private func table(_ items: [Item]) -> String {
    var table = TextTable(columns.map(\.column))
    for item in items { table.add(columns.map { $0.text(item) }) }
    return table.lines(width: Console.width).map { $0 + "\n" }.joined()
  }

  private func json(_ items: [Item]) -> String {
    var json = JSONWriter()
    json.array { json in
      for item in items {
        json.object(inline: true) { json in
          for field in fields {
            json.key(field.name)
            field.json(item, &json)
          }
        }
      }
    }
    json.endLine()
    return json.text
  }

  private func csv(_ items: [Item]) -> String {
    var bytes: [UInt8] = []
    CSVWriter.write(fields.map(\.name), to: &bytes)
    for item in items { CSVWriter.write(fields.map { Self.cell($0.text(item)) }, to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What a spreadsheet shows and does not run: numbers stay numbers.
  private static func cell(_ text: String) -> String {
    Quantity(text) == nil ? SpreadsheetText.inert(text) : text
  }
}
