/// Which way a KPI's figures have been going, judged by what is good for it.
public enum Trend: String, Hashable, Sendable, CaseIterable {
  case better
  /// Within the dead band: nothing to speak of.
  case steady
  case worse
}
