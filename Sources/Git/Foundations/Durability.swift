import Clibgit2

/// What is flushed to the disk before git goes on: the reading of `core.fsync`.
///
/// git 2.36 and newer do, by default (`core.fsync=committed,-loose-object`; traced with strace on git 2.39): packs,
/// their indexes and the commit graph are flushed; loose objects, references and the index are not, in `git commit`
/// as little as in `git push` to a folder. libgit2 without `ENABLE_FSYNC_GITDIR` flushes neither loose objects nor
/// references, and this layer writes no packs: the same safety at the same price. Where the configuration asks for
/// more, libgit2's one switch flushes loose objects, packs and references alike: never less than git would.
public struct Durability: Hashable, Sendable {
  /// Loose objects are flushed.
  public var looseObjects: Bool
  /// References are flushed.
  public var references: Bool

  /// git's default.
  public static let standard = Durability(looseObjects: false, references: false)

  /// Durability with the given parts flushed.
  public init(looseObjects: Bool, references: Bool) {
    self.looseObjects = looseObjects
    self.references = references
  }

  /// Reads the value of `core.fsync`, as "committed,-loose-object"; unknown components are ignored, as git does.
  ///
  /// `legacy` is `core.fsyncObjectFiles`, which git still heeds where `core.fsync` is not set.
  public init(coreFsync: String?, legacy: Bool = false) {
    self = .standard
    guard let coreFsync, !coreFsync.isEmpty else {
      looseObjects = legacy
      return
    }
    for part in coreFsync.split(whereSeparator: { $0 == "," || $0 == " " || $0 == "\t" }) {
      let negative = part.hasPrefix("-")
      switch negative ? part.dropFirst() : part {
      case "none": self = Durability(looseObjects: false, references: false)
      case "loose-object", "objects", "committed", "added": looseObjects = !negative
      case "reference": references = !negative
      case "all": self = Durability(looseObjects: !negative, references: !negative)
      default: break
      }
    }
  }

  /// Switches libgit2's flushing on if needed. It holds for the process and is never switched off again here, so that
  /// of several open repositories the most careful one decides.
  func demand() {
    if looseObjects || references { kpi_git_set_fsync(1) }
  }
}
