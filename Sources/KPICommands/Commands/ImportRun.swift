import Foundation
import LedgerFiles
import LedgerModel

/// An import as a command does it: reads table and map, and prints what the plan says.
struct ImportRun {
  let plan: ImportPlan
  private let file: String

  /// - Throws: `Failure` where a file cannot be read.
  init(file: String, map: String?, onto source: any LedgerSource) throws {
    self.file = file
    var findings: [Finding] = []
    var mapping: ImportMap?
    if let map {
      (mapping, findings) = ImportMap.decode(try Self.bytes(of: map, atMost: 1 << 20), file: map)
    }
    guard map == nil || !findings.contains(where: { $0.severity == .error }) else {
      ImportText.print(findings)
      throw Failure("Nothing was imported: the mapping file has errors.", hint: nil, status: .findings)
    }
    let table = ImportTable(reading: try Self.bytes(of: file, atMost: 16 << 20), file: file)
    plan = ImportPlan(table, map: mapping, onto: source)
    ImportText.print(findings)
  }

  private static func bytes(of path: String, atMost limit: Int) throws -> [UInt8] {
    guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: limit + 1) else {
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      guard exists, !isFolder.boolValue else {
        throw Failure(isFolder.boolValue ? "\(path) is a folder, not a file." : "There is no file \(path).")
      }
      return []
    }
    guard data.count <= limit else {
      throw Failure(
        "\(path) is larger than the \(limit >> 20) MB that are read at a time.", hint: "Import it in parts.")
    }
    return [UInt8](data)
  }

  /// Prints what is done or would be.
  ///
  /// - Parameter rehearsal: how to list every step, where nothing is to be done; nil where it is.
  /// - Returns: whether nothing keeps the import from being done.
  func report(rehearsal: (([ImportStep]) -> String)?) -> Bool {
    ImportText.print(plan.findings)
    guard plan.canBeDone else {
      let errors = plan.findings.count { $0.severity == .error }
      Console.note("Nothing was imported: \(file) has \(errors) \(errors == 1 ? "error" : "errors").")
      return false
    }
    if let rehearsal {
      Console.print(rehearsal(plan.steps), terminator: "")
      Console.note(ImportText.summary(plan.summary, isRehearsal: true))
    } else {
      printChanges()
      Console.print(ImportText.summary(plan.summary, isRehearsal: false))
    }
    return true
  }

  /// The first line of a message that nobody wrote.
  var message: String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return "Import \(name)\n\n" + ImportText.summary(plan.summary, isRehearsal: false) + "\n"
  }

  /// What takes the place of something, of which the reader should know.
  private func printChanges(limit: Int = 100) {
    let steps = plan.steps.filter { $0.effects.contains(where: ImportText.isChange) }
    for step in steps.prefix(limit) { Console.print(ImportText.line(step)) }
    if steps.count > limit { Console.print("and \(steps.count - limit) more rows that change something") }
  }
}
