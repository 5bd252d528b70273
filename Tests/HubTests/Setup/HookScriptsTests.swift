import Foundation
import Hub
import Testing

@Suite struct HookScriptsTests {
  /// `hooks/` of the repository and what the program carries are one text.
  @Test(arguments: ["pre-receive", "post-receive"])
  func isTheTextInTheRepository(name: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../hooks")
    let file = try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
    #expect(HookScripts.all[name] == file)
    #expect(try FileManager.default.contentsOfDirectory(atPath: root.path).sorted() == HookScripts.all.keys.sorted())
  }
}
