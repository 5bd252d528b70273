import Clibgit2

/// References: read, listed, and moved by compare-and-swap.
extension Repository {
  /// A reference by its full name, as it stands; nil when there is none.
  public func reference(_ name: String) throws(GitError) -> Reference? {
    guard let handle = try lookup(name) else { return nil }
    defer { git_reference_free(handle) }
    return Self.reference(handle)
  }

  /// The object that a name stands for, through names of names; nil when it stands for none, as `HEAD` on a branch
  /// without commits.
  public func target(of name: String) throws(GitError) -> ObjectID? {
    var oid = git_oid()
    let code = git_reference_name_to_id(&oid, handle, name)
    if code == GIT_ENOTFOUND.rawValue || code == GIT_EUNBORNBRANCH.rawValue { return nil }
    try check(code, "reference \(name)")
    return ObjectID(oid)
  }

  /// The full name of the branch that `HEAD` names, whether it has commits or not; nil when `HEAD` is detached.
  public func headBranch() throws(GitError) -> String? {
    guard case .symbolic(let name)? = try reference("HEAD")?.target else { return nil }
    return name
  }

  /// All references whose names start with a prefix, in the order of their names; `HEAD` is not among them.
  public func references(under prefix: String = "refs/") throws(GitError) -> [Reference] {
    var iterator: OpaquePointer?
    try check(git_reference_iterator_new(&iterator, handle), "references")
    defer { git_reference_iterator_free(iterator) }
    var found: [Reference] = []
    while true {
      var handle: OpaquePointer?
      let code = git_reference_next(&handle, iterator)
      if code == GIT_ITEROVER.rawValue { break }
      try check(code, "references")
      defer { git_reference_free(handle) }
      if let handle, let reference = Self.reference(handle), reference.name.hasPrefix(prefix) {
        found.append(reference)
      }
    }
    return found.sorted { $0.name < $1.name }
  }

  /// Moves a reference if it still is where it is expected, in one step as other processes see it.
  /// - Parameters:
  ///   - name: the full name
  ///   - new: where it goes; the object must be here
  ///   - old: where it must be; nil: it must not exist
  ///   - message: for the reflog; its author is ``setReflogAuthor(_:)``'s
  /// - Throws: `.modified` when it is elsewhere, `.exists` when it exists and must not, `.notFound` when it is gone,
  ///   `.locked` when another process holds it
  public func updateReference(_ name: String, to new: ObjectID, from old: ObjectID?, message: String) throws(GitError) {
    var (result, oid): (OpaquePointer?, git_oid) = (nil, new.oid)
    defer { git_reference_free(result) }
    guard let old else {
      try check(git_reference_create(&result, handle, name, &oid, 0, message), "reference \(name)")
      return
    }
    var expected = old.oid
    try check(git_reference_create_matching(&result, handle, name, &oid, 1, &expected, message), "reference \(name)")
  }

  /// Sets a reference wherever it was.
  public func setReference(_ name: String, to new: ObjectID, message: String) throws(GitError) {
    var (result, oid): (OpaquePointer?, git_oid) = (nil, new.oid)
    defer { git_reference_free(result) }
    try check(git_reference_create(&result, handle, name, &oid, 1, message), "reference \(name)")
  }

  /// Makes a name stand for another name, wherever it was: `HEAD` for a branch.
  public func setSymbolicReference(_ name: String, to target: String, message: String) throws(GitError) {
    var result: OpaquePointer?
    defer { git_reference_free(result) }
    try check(git_reference_symbolic_create(&result, handle, name, target, 1, message), "reference \(name)")
  }

  /// Deletes a reference if it still is where it is expected.
  /// - Parameter old: where it must be; nil: anywhere
  /// - Returns: whether there was one
  /// - Throws: `.modified` when it is elsewhere, `.locked` when another process holds it
  @discardableResult
  public func deleteReference(_ name: String, from old: ObjectID? = nil) throws(GitError) -> Bool {
    guard let found = try lookup(name) else { return false }
    defer { git_reference_free(found) }
    if let old, Self.reference(found)?.target != .object(old) {
      throw GitError(.modified, "reference \(name) is not at \(old)")
    }
    // libgit2 compares once more, under the lock, with what was looked up.
    try check(git_reference_delete(found), "reference \(name)")
    return true
  }

  /// The commit that a branch, a tag or the beginning of an id stands for, as `origin/main`; nil where there is none.
  public func commit(named name: String) throws(GitError) -> ObjectID? {
    var object: OpaquePointer?
    let status = git_revparse_single(&object, handle, name + "^{commit}")
    if status == GIT_ENOTFOUND.rawValue || status == GIT_EINVALIDSPEC.rawValue { return nil }
    try check(status, name)
    defer { git_object_free(object) }
    return git_object_id(object).map { ObjectID($0.pointee) }
  }

  private func lookup(_ name: String) throws(GitError) -> OpaquePointer? {
    var found: OpaquePointer?
    let code = git_reference_lookup(&found, handle, name)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    try check(code, "reference \(name)")
    return found
  }

  private static func reference(_ handle: OpaquePointer) -> Reference? {
    guard let text = git_reference_name(handle) else { return nil }
    let name = String(cString: text)
    if let oid = git_reference_target(handle) {
      return Reference(name: name, target: .object(ObjectID(oid.pointee)))
    }
    return git_reference_symbolic_target(handle).map { Reference(name: name, target: .symbolic(String(cString: $0))) }
  }
}
