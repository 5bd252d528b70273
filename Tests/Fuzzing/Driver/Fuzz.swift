import Foundation
import FuzzTargets

// libFuzzer's loop, which comes with the compiler, calls these two: `FUZZ_TARGET` says which target it feeds. With
// `FUZZ_SEEDS` the inputs to begin with are written to that folder, and no more is done; with `FUZZ_SLOW` inputs of
// 100 kB are tried, and those that take over a second are written there.

private let target = FuzzTarget.all.first { $0.name == ProcessInfo.processInfo.environment["FUZZ_TARGET"] }

@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutableRawPointer, _ arguments: UnsafeMutableRawPointer) -> CInt {
  guard let target else {
    print(FuzzTarget.all.map(\.name).joined(separator: " "))
    exit(0)
  }
  let environment = ProcessInfo.processInfo.environment
  do {
    if let prefix = environment["FUZZ_SLOW"] { try tryLarge(target, foundAt: prefix) }
    guard let folder = environment["FUZZ_SEEDS"] else { return 0 }
    try writeSeeds(of: target, to: folder)
    exit(0)
  } catch {
    print("\(error)")
    exit(1)
  }
}

private func tryLarge(_ target: FuzzTarget, foundAt prefix: String) throws -> Never {
  var slowest = Duration.zero
  let inputs = target.largeInputs()
  for (number, input) in inputs.enumerated() {
    let file = URL(filePath: "\(prefix)large-\(number)")
    try Data(input).write(to: file)
    var fault: String?
    let time = ContinuousClock().measure { fault = target.fault(input) }
    slowest = max(slowest, time)
    if let fault { print("\(target) \(number): \(fault)") }
    if fault == nil && time < .seconds(1) { try FileManager.default.removeItem(at: file) }
  }
  print("\(target): \(inputs.count) inputs of 100 kB, the slowest took \(slowest)")
  exit(0)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  if let fault = target?.fault(Array(UnsafeBufferPointer(start: data, count: size))) { fatalError(fault) }
  return 0
}

/// A file for each seed, and beside the folder the target's words as libFuzzer reads them.
private func writeSeeds(of target: FuzzTarget, to folder: String) throws {
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  for (number, seed) in target.seeds().enumerated() {
    try Data(seed).write(to: URL(filePath: "\(folder)/seed-\(number)"))
  }
  let words = target.words.map { word in
    "\"" + word.utf8.map { "\\x" + String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "\""
  }
  try Data(words.joined(separator: "\n").utf8).write(to: URL(filePath: folder + ".words"))
}
