/// How a KPI or a goal stands.
public enum Status: String, Hashable, Sendable, CaseIterable {
  case green, amber, red
  /// No data, no target, or too little coverage.
  case grey
}
