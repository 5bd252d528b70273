import Foundation
import FuzzTargets
import Testing

/// What `make fuzz` found stays found: each input that once crashed, hung or was taken wrongly is tried again.
@Suite struct ReplayTests {
  struct Kept: Sendable, CustomStringConvertible {
    let target: FuzzTarget
    let file: String

    var description: String { "\(target)/\(file)" }

    static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "Fixtures")

    static let all: [Kept] = FuzzTarget.all.flatMap { target in
      let path = folder.appending(path: target.name).path
      let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      return files.sorted().map { Kept(target: target, file: $0) }
    }

    func bytes() throws -> [UInt8] {
      Array(try Data(contentsOf: Self.folder.appending(path: target.name).appending(path: file)))
    }
  }

  @Test("There are inputs to try again") func thereAreInputs() { #expect(!Kept.all.isEmpty) }

  @Test("An input that fuzzing found is taken as it should be", arguments: Kept.all)
  func kept(_ input: Kept) throws { #expect(input.target.fault(try input.bytes()) == nil) }

  @Test("Each target has seeds, and takes them without a fault", arguments: FuzzTarget.all)
  func seeds(_ target: FuzzTarget) {
    let seeds = target.seeds()
    #expect(!seeds.isEmpty)
    for seed in seeds.prefix(60) { #expect(target.fault(seed) == nil) }
  }
}
