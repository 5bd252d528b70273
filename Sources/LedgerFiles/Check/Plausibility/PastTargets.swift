import Calculation
import LedgerModel

/// A KPI's targets against what they were before.
struct PastTargets {
  private let definition: Definition
  private let bytes: [UInt8]
  /// Read where something is found.
  private lazy var reading = FileReading(file: definition.id.definitionPath, bytes: bytes)

  init(_ definition: Definition, _ bytes: [UInt8]) {
    self.definition = definition
    self.bytes = bytes
  }

  mutating func findings(_ versions: () throws -> EarlierVersion?) throws -> [Finding] {
    var found: [Finding] = []
    let values = definition.targets.compactMapValues(\.value)
    var zeros = Set(values.filter(\.value.isZero).keys)
    var isNewest = true
    while isNewest && !values.isEmpty || !zeros.isEmpty, let version = try versions() {
      defer { isNewest = false }
      guard let before = version.before else { break }
      guard Self.differ(before, version.after), let old = targets(before), let new = targets(version.after) else {
        continue
      }
      for period in zeros.sorted() where new[period] == .value(0) && old[period] != .value(0) {
        zeros.remove(period)
        if old[period] == nil, !Self.plansZeros(old, like: period), !reading.hasRemark(onTargetOf: period) {
          found.append(finding(period, "blank-to-zero", try Self.blank(version)))
        }
      }
      guard isNewest else { continue }
      for (period, now) in values.sorted(by: { $0.key < $1.key }) where new[period] == .value(now) {
        guard let then = old[period]?.value, let power = PowerOfTen(of: now, against: then),
          !reading.hasRemark(onTargetOf: period)
        else { continue }
        found.append(finding(period, "target-power-of-ten", try Self.slip(now, then, power, version)))
      }
    }
    return found
  }

  /// Whether two versions may have other targets, by their text.
  private static func differ(_ old: [UInt8], _ new: [UInt8]) -> Bool {
    guard let before = TopLevelFields(old), let after = TopLevelFields(new), let fields = after.changed(from: before)
    else { return true }
    return fields.contains("targets")
  }

  private func targets(_ bytes: [UInt8]) -> [Period: Target]? {
    guard case .definition(let past)? = LedgerReader.decode(path: definition.id.definitionPath, bytes: bytes).content
    else { return nil }
    return past.targets
  }

  /// Whether 0 was planned for other periods already, so that one more is no surprise.
  private static func plansZeros(_ targets: [Period: Target], like period: Period) -> Bool {
    targets.contains { $0.key.kind == period.kind && $0.value == .value(0) }
  }

  private static func blank(_ version: EarlierVersion) throws -> String {
    "is 0, and there was none before \(try version.change()). Where nothing is planned, take it out; where 0 is, say so "
      + "in a comment at it."
  }

  private static func slip(
    _ now: Quantity, _ then: Quantity, _ power: PowerOfTen, _ version: EarlierVersion
  ) throws -> String {
    "is \(now), \(power.words) the \(then) that it was before \(try version.change()). One of the two is wrong: correct "
      + "it, or say in a comment at it that it is right."
  }

  private mutating func finding(_ period: Period, _ rule: String, _ text: String) -> Finding {
    Finding(
      .warning, rule: rule, file: reading.file, at: reading.targetPosition(of: period),
      "The target of \(period) \(text)")
  }
}

extension FileReading {
  /// A target's period as the file spells it.
  func targetName(of period: Period) -> String {
    let entries = document.node(at: ["targets"])?.entries ?? []
    return entries.first { Period($0.key) == period }?.key ?? period.description
  }

  /// Where a target stands.
  func targetPosition(of period: Period) -> Position {
    document.position(at: nameOffset(of: ["targets", targetName(of: period)]))
  }

  /// Whether a comment at a target, or at all of them, says something of it.
  func hasRemark(onTargetOf period: Period) -> Bool {
    [["targets", targetName(of: period)], ["targets"]].contains { document.entry(at: $0)?.commentText.isEmpty == false }
  }
}
