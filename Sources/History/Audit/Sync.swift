import Git
import LedgerFiles
import LedgerModel

extension StepAudit {
  /// The commit of the main line that brought something, and who had entered what. For one thread.
  final class Sync {
    let commit: Commit
    private let sender: Author
    private let isSent: Bool
    private let proof: AuthorProof
    private var origins: [ObjectID: Origin] = [:]

    /// Of a commit in which something was entered, what each of its entries says.
    private struct Origin {
      let at: GitTime
      let by: Author
      let isVerified: Bool
      let message: String
    }

    init(_ commit: Commit, isSent: Bool, proof: @escaping AuthorProof) {
      self.commit = commit
      self.isSent = isSent
      self.proof = proof
      sender = commit.committer.person
    }

    func entry(
      _ file: FileStep, _ key: Key, from: YAMLValue?, to: YAMLValue?, enteredIn commit: Commit, isNewFile: Bool = false
    ) throws -> AuditEntry {
      let origin = try origin(commit)
      return AuditEntry(
        at: origin.at, by: origin.by, isVerified: origin.isVerified, broughtBy: sender, file: file.path, kpi: file.kpi,
        key: key, from: from, to: to, commit: commit.id, sync: isSent ? self.commit.id : nil, message: origin.message,
        isNewFile: isNewFile)
    }

    private func origin(_ commit: Commit) throws -> Origin {
      if let known = origins[commit.id] { return known }
      let author = commit.author.person
      let origin = Origin(
        at: commit.author.time, by: author,
        isVerified: try author.isSame(as: sender) || proof(commit.id, self.commit.id),
        message: commit.message.trimmedLines)
      origins[commit.id] = origin
      return origin
    }
  }
}

extension Signature {
  /// Who it is, without the time.
  var person: Author { Author(name: name, email: email) }
}
