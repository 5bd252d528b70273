import Calculation
import LedgerModel

/// `ledger.yaml` to `LedgerSettings`.
struct SettingsDecoder {
  static let known = KnownFields([
    "company", "currency", "units", "calendar", "limits", "score_cap", "thresholds", "authority", "merge_rules",
    "require_signatures",
  ])

  /// The settings as far as they can be read, with the defaults for the rest; nil where the file is none at all.
  static func decode(_ reading: FileReading) -> LedgerSettings? {
    guard let fields = reading.root(of: "the ledger's settings", known: known) else { return nil }
    let company = fields.value("company", missing: .error, hint: "the company's name")?.text()
    let currency = fields.value("currency", missing: .error, hint: "the company's currency, as EUR")?.currency()
    var settings = LedgerSettings(company: company ?? "", currency: currency ?? Currency.none)
    settings.units = units(fields)
    settings.calendar = CalendarDecoder.calendar(fields)
    settings.limits = limits(fields)
    settings.scoreCap = fields.value("score_cap")?.number(in: 100...1000) ?? 100
    settings.thresholds = fields.value("thresholds")?.thresholds() ?? .standard
    settings.authority = authority(fields)
    settings.mergeRules = mergeRules(fields)
    settings.requireSignatures = fields.value("require_signatures")?.bool() ?? false
    return settings
  }

  private static func units(_ fields: Fields) -> [String: LedgerSettings.Unit] {
    var units: [String: LedgerSettings.Unit] = [:]
    for (entry, value) in fields.value("units")?.group()?.members ?? [] {
      guard Slug.isValid(entry.key) else {
        fields.reading.add(
          .error, "bad-id", at: entry.keyRange.lowerBound, Value.badID(entry.key, of: "a unit"))
        continue
      }
      units[entry.key] = LedgerSettings.Unit()
      guard !value.isBlank, let fields = value.fields(KnownFields(["symbol", "decimals"])) else { continue }
      units[entry.key] = LedgerSettings.Unit(
        symbol: fields.value("symbol")?.text(), decimals: fields.value("decimals")?.integer(in: 0...12))
    }
    return units
  }

  private static func limits(_ fields: Fields) -> LedgerSettings.Limits {
    var limits = LedgerSettings.Limits()
    let known = KnownFields(["coverage", "pace_ahead", "pace_behind", "trend"])
    guard let fields = fields.value("limits")?.fields(known) else { return limits }
    limits.coverage = fields.value("coverage")?.number(in: 0...100) ?? limits.coverage
    limits.paceAhead = fields.value("pace_ahead")?.number(in: 0...100) ?? limits.paceAhead
    limits.paceBehind = fields.value("pace_behind")?.number(in: -100...0) ?? limits.paceBehind
    limits.trend = fields.value("trend")?.number(in: 0...100) ?? limits.trend
    return limits
  }

  private static func authority(_ fields: Fields) -> [String: [String]] {
    var authority: [String: [String]] = [:]
    let group = fields.value("authority")?.group()
    group?.reportUnknown(overridable)
    for (entry, value) in group?.members ?? [] where !value.isBlank && overridable.contains(entry.key) {
      authority[entry.key] = value.list(authorised)
    }
    return authority
  }

  /// What `authority` may name: fields of definitions and kinds of files.
  private static let overridable = KnownFields(
    DefinitionDecoder.known.names + AuthorityKind.allCases.map(\.rawValue))

  /// A role, or a word for whoever has that part in the file at hand.
  private static func authorised(_ value: Value) -> String? {
    if case .scalar(let scalar) = value.node.kind, AuthorityWord(rawValue: scalar.text) != nil { return scalar.text }
    return value.id(of: "a role")
  }

  private static func mergeRules(_ fields: Fields) -> Int {
    guard let value = fields.value("merge_rules"), let rules = value.integer(in: 1...1_000_000) else { return 1 }
    if rules != 1 {
      value.report(
        "unknown-value", "This program knows the merge rules 1 only; the ledger asks for \(rules): install a newer kpi."
      )
    }
    return rules
  }
}
