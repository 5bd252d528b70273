import Foundation

/// The folder of a demo, and how commands are run in it: as a person would, each printed with what it says.
struct DemoStage {
  let folder: String
  private let program: String

  private static let mark = ".kpi-demo"

  /// Makes the folder empty. A folder that no demo made is not touched.
  init(folder: String) throws {
    let files = FileManager.default
    let path = URL(fileURLWithPath: folder).path
    if files.fileExists(atPath: path) {
      guard files.fileExists(atPath: path + "/" + Self.mark) else {
        throw Failure("\(folder) is there already, and no demo made it.", hint: "Name another folder: kpi demo NAME")
      }
      try Self.remove(path)
    }
    try files.createDirectory(atPath: path, withIntermediateDirectories: true)
    _ = files.createFile(atPath: path + "/" + Self.mark, contents: Data())
    self.folder = path
    program = Self.ownProgram
  }

  /// Takes an earlier demo away. Its hub may be publishing still, and make files while they are removed.
  private static func remove(_ path: String) throws {
    for _ in 0..<50 {
      if (try? FileManager.default.removeItem(atPath: path)) != nil { return }
      usleep(100_000)
    }
    try FileManager.default.removeItem(atPath: path)
  }

  private static var ownProgram: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }

  /// Runs `kpi` in one of the demo's folders and prints the command and what it said.
  /// - Throws: `Failure` where it ends with a status that is not expected.
  func kpi(_ arguments: [String], in place: String, expecting expected: Set<Int32> = [0, 1]) throws {
    Console.print(Style.strong("\(place)$") + " kpi " + arguments.map(Self.quoted).joined(separator: " "))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder + "/" + place)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines.dropLast() { Console.print("    " + line) }
    guard expected.contains(process.terminationStatus) else {
      throw Failure(
        "The demo stopped: 'kpi \(arguments.joined(separator: " "))' ended with status \(process.terminationStatus).",
        status: .defect)
    }
  }

  /// Copies a ledger's files into the demo's folder, some of them changed.
  func copyLedger(from source: String, to place: String, changing: [String: ([UInt8]) -> [UInt8]]) throws {
    let files = FileManager.default
    let copy = folder + "/" + place
    try files.copyItem(atPath: URL(fileURLWithPath: source).resolvingSymlinksInPath().path, toPath: copy)
    for (path, change) in changing {
      let file = URL(fileURLWithPath: copy + "/" + path)
      try Data(change([UInt8](Data(contentsOf: file)))).write(to: file)
    }
  }

  func say(_ text: String) { Console.print("\n" + Style.strong(text)) }

  private static func quoted(_ argument: String) -> String {
    argument.contains(where: { $0 == " " || $0 == ";" }) ? "'\(argument)'" : argument
  }
}
