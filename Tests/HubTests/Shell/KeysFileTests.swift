import Foundation
import Testing

@testable import Hub

@Suite("The file of ssh's keys")
final class KeysFileTests {
  private let folder = NSTemporaryDirectory() + "kpi-keys-" + UUID().uuidString
  private var path: String { folder + "/authorized_keys" }
  private var file: KeysFile { KeysFile(path: path, hub: "/srv/ledger.git") }

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func text() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test("Lines of others stay where they are, those of the hub are replaced, and only its owner reads it")
  func foreign() throws {
    try Data("ssh-rsa AAAA admin\n\n# mine".utf8).write(to: URL(fileURLWithPath: path))
    try file.write { ["one", "two"] }
    try KeysFile(path: path, hub: "/srv/other.git").write { ["other"] }
    #expect(try file.write { ["three"] })
    let lines = try text().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.filter { !$0.hasPrefix("# kpi hub") } == ["ssh-rsa AAAA admin", "", "# mine", "three", "other", ""])
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try !file.write { ["three"] })
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == [
        "authorized_keys", "authorized_keys.lock",
      ])
  }

  @Test("Where the marks were changed by hand, or the lines cannot be made, the file stays as it is")
  func untouched() throws {
    try file.write { ["one"] }
    let whole = try text()
    struct Broken: Error {}
    #expect(throws: Broken.self) { try file.write { throw Broken() } }
    #expect(try text() == whole)
    let cut = whole.split(separator: "\n").dropLast().joined(separator: "\n") + "\n"
    try Data(cut.utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: HubFault.self) { try file.write { ["two"] } }
    #expect(try text() == cut)
  }
}
