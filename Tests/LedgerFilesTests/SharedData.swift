import Foundation

/// The real data beside the project, which is not part of it: tests that read it skip, and say so, where it is missing.
enum SharedData {
  /// `../shared/data` from the project's root.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data")
}
