import ArgumentParser

/// The exit statuses that scripts may rely on; `docs/exit-statuses.md`.
enum ExitStatus: Int32 {
  case done = 0
  /// There are findings, or something is held.
  case findings = 1
  /// The hub could not be reached; everything is kept and waits.
  case offline = 3
  /// The hub would not take it.
  case refused = 4
  case usage = 64
  /// A defect of ours.
  case defect = 70

  var code: ExitCode { ExitCode(rawValue) }
}
