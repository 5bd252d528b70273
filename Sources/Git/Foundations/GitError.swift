import Clibgit2

/// What git could not do: libgit2's code and class with its message, or a fault that this layer found itself.
///
/// Callers match on the code:
///
/// ```swift
/// do {
///   try repository.updateReference("refs/heads/main", to: new, from: old, message: "sync")
/// } catch let error as GitError where error.code == .modified {
///   // somebody else was faster
/// }
/// ```
public struct GitError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure, as libgit2 numbers them; negative. Numbers below -1000 are this layer's own.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// libgit2's number, or this layer's own.
    public let rawValue: Int32

    /// The code of a number that libgit2 returned.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// No code of its own; the message says it.
    public static let generic = Code(rawValue: -1)
    /// An object, a reference, a path or a configuration value that is not there.
    public static let notFound = Code(rawValue: -3)
    /// Something of that name is there already.
    public static let exists = Code(rawValue: -4)
    /// A short id or name that fits several.
    public static let ambiguous = Code(rawValue: -5)
    /// The operation needs a work tree.
    public static let bareRepository = Code(rawValue: -8)
    /// `HEAD` names a branch without commits.
    public static let unbornBranch = Code(rawValue: -9)
    /// A name that git does not allow.
    public static let invalidName = Code(rawValue: -12)
    /// A lock file of another process, or one that a killed process left.
    public static let locked = Code(rawValue: -14)
    /// A reference did not have the expected value: a race was lost.
    public static let modified = Code(rawValue: -15)
    /// Input that the operation does not accept.
    public static let invalid = Code(rawValue: -21)
    /// The repository belongs to another user; git's `safe.directory` applies.
    public static let owner = Code(rawValue: -36)
    /// An object whose content is not what its kind demands.
    public static let corrupt = Code(rawValue: -1001)
    /// The operating system refused; the message names the call and the reason.
    public static let system = Code(rawValue: -1002)
    /// The `git` program could not be started, was stopped, or ended with a status of its own.
    public static let program = Code(rawValue: -1003)
    /// A commit could not be signed; nothing was written.
    public static let signing = Code(rawValue: -1004)
  }

  /// What kind of failure it is.
  public let code: Code
  /// libgit2's class (`git_error_t`): which part of git failed; 0 for this layer's own errors.
  public let errorClass: Int32
  /// One sentence without a full stop, for people who know git.
  public let message: String

  /// An error that this layer found itself.
  public init(_ code: Code, _ message: String) {
    self.code = code
    errorClass = 0
    self.message = message
  }

  /// libgit2's error for a code it has just returned on this thread. Reads the message and clears it.
  init(returned code: Int32, _ context: String) {
    self.code = Code(rawValue: code)
    if let last = git_error_last() {
      errorClass = last.pointee.klass
      let text = String(cString: last.pointee.message)
      message = context.isEmpty ? text : "\(context): \(text)"
      git_error_clear()
    } else {
      errorClass = 0
      message = context.isEmpty ? "libgit2 failed with code \(code)" : "\(context): code \(code)"
    }
  }

  /// The message.
  public var description: String { message }
}

/// Throws libgit2's error when a function has returned a negative code; gives the code back otherwise.
///
/// `context` says what was being done, as "branch refs/heads/main"; it is built only on failure.
@discardableResult
@inline(__always)
func check(_ code: Int32, _ context: @autoclosure () -> String = "") throws(GitError) -> Int32 {
  guard code < 0 else { return code }
  throw GitError(returned: code, context())
}
