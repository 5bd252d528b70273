public import Logging

/// Writes a JSON object a line: `time`, `level`, `event`, then what the event has to say.
public struct ServingLog: LogHandler {
  public var logLevel = Logger.Level.info
  public var metadata: Logger.Metadata = [:]
  private let now: @Sendable () -> Int64
  private let write: @Sendable (String) -> Void

  /// - Parameters:
  ///   - now: milliseconds since 1970
  ///   - write: puts a line, its line feed included, where it belongs; called from many threads
  public init(now: @escaping @Sendable () -> Int64, write: @escaping @Sendable (String) -> Void) {
    self.now = now
    self.write = write
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var line = "{\"time\": \"\(UTC.text(now()))\", \"level\": \"\(event.level)\""
    line += ", \"event\": \(Self.quoted("\(event.message)"))"
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) { line += ", \(Self.quoted(key)): \(Self.json(value))" }
    write(line + "}\n")
  }

  private static func json(_ value: Logger.MetadataValue) -> String {
    switch value {
    case .string(let text): quoted(text)
    // Numbers come as what they are.
    case .stringConvertible(let number as Int): "\(number)"
    case .stringConvertible(let number as Bool): "\(number)"
    case .stringConvertible(let other): quoted("\(other)")
    case .array(let values): "[" + values.map(json).joined(separator: ", ") + "]"
    case .dictionary(let values):
      "{" + values.sorted { $0.key < $1.key }.map { "\(quoted($0.key)): \(json($0.value))" }.joined(separator: ", ")
        + "}"
    }
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 32 || (127..<160).contains(scalar.value):
        result += "\\u00" + Hexadecimal.text(of: [UInt8(scalar.value)])
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
