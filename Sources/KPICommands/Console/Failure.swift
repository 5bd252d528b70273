import ArgumentParser
import Git
import LedgerFiles
import LedgerModel
import Syncing

/// A command that cannot go on: what is wrong, what to do about it, and the exit status.
struct Failure: Error {
  let message: String
  let hint: String?
  let status: ExitStatus

  init(_ message: String, hint: String? = nil, status: ExitStatus = .usage) {
    self.message = message
    self.hint = hint
    self.status = status
  }

  /// The one place where an error becomes text, hint and exit status.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let fault as CloneFault: self.init(fault)
    case let error as GitError: self.init(error)
    default:
      self.init(
        "Something went wrong that should not: \(error)",
        hint: "Nothing you entered is lost. Please report this with the command you ran.", status: .defect)
    }
  }

  private init(_ fault: CloneFault) {
    switch fault {
    case .noLedger(let folder):
      self.init(
        "There is no ledger in \(folder).",
        hint: "Go to a ledger's folder, make one with 'kpi init', or get one with 'kpi clone ADDRESS'.")
    case .isHub(let path):
      self.init(
        "\(path) is a hub, which nobody works in.", hint: "Get a copy to work in: kpi clone \(path)")
    case .otherBranch(let branch):
      let name = branch.map { $0.hasPrefix("refs/heads/") ? String($0.dropFirst(11)) : $0 } ?? "no branch"
      self.init(
        "This folder shows '\(name)' and not the ledger itself.", hint: "Go back to it with: git switch main")
    case .noIdentity:
      self.init(
        "The ledger does not know who you are.",
        hint: "Say it once: git config --global user.name 'Your Name'; git config --global user.email you@example.com")
    case .noHub:
      self.init(
        "This ledger has no hub to sync with.",
        hint: "Name one: git remote add origin ADDRESS. A new one is made with 'kpi hub init'.")
    case .busy:
      self.init("Another kpi is changing this ledger right now.", hint: "Wait until it is done and try again.")
    case .unrelated:
      self.init(
        "This ledger and the hub's have nothing in common; they were begun separately. Nothing was changed.",
        hint: "Get the hub's with 'kpi clone' and bring your figures over with 'kpi import' or 'kpi record'.")
    case .shallow:
      self.init(
        "This copy was made without its history, so changes cannot be merged. Nothing was changed.",
        hint: "Get the history once, while online: git fetch --unshallow")
    case .partial:
      self.init(
        "This copy was made without the contents of older files, so changes cannot be merged. Nothing was changed.",
        hint:
          "Get them once, while online: git fetch --refetch --no-filter && git config --unset remote.origin.promisor")
    case .unfinished(let what): self.init(what)
    case .otherWorkTree(let folder):
      self.init(
        "The ledger is open twice: \(folder) shows it too, and would be left behind. Nothing was changed.",
        hint: "Send what was edited there first; then close it: git worktree remove \(folder)")
    case .hubWithoutLedger(let address):
      self.init(
        "The hub at \(RemoteAddress.withoutPassword(address)) has no branch 'main', where a ledger lives. Nothing was changed; what you entered is here.",
        hint:
          "Is the address right? See it with: git remote get-url origin. If the branch has another name there, have "
          + "it renamed to main.", status: .refused)
    }
  }

  private init(_ unfinished: Unfinished) {
    let (what, command) =
      switch unfinished {
      case .merge: ("A merge", "git merge")
      case .revert: ("A revert", "git revert")
      case .cherryPick: ("A cherry-pick", "git cherry-pick")
      case .rebase: ("A rebase", "git rebase")
      case .patches: ("Applying patches", "git am")
      case .bisect: ("A search through the history", "git bisect")
      }
    let end = unfinished == .bisect ? "git bisect reset" : "\(command) --abort"
    self.init(
      "\(what) was begun here with git and not finished. Nothing was changed.",
      hint: "Give it up with '\(end)', which keeps what is committed, and run 'kpi sync': it merges without conflicts. "
        + "Or finish it with '\(unfinished == .bisect ? end : command + " --continue")'.")
  }

  private init(_ error: GitError) {
    switch error.code {
    case .locked:
      self.init(
        "The ledger is locked by another program: \(error.message).",
        hint: "Wait until it is done. If no other program works here, remove the lock file named above.")
    case .owner:
      self.init(
        "This folder belongs to another user: \(error.message).",
        hint: "If you trust it: git config --global --add safe.directory FOLDER")
    case .signing:
      self.init(
        "This could not be signed, so it was not saved: \(error.message).",
        hint:
          "git is configured to sign what you commit. Name your key (git config user.signingkey ~/.ssh/id_ed25519.pub) and "
          + "unlock it (ssh-add), or do without in this copy: git config commit.gpgsign false")
    case .program where error.message.contains("ssh-keygen"):
      self.init(
        "A signature cannot be verified here: \(error.message).",
        hint:
          "Install OpenSSH's programs (on Debian: apt install openssh-client) and say it again; nothing was changed.")
    case .corrupt, .notFound:
      self.init(
        "Part of the ledger's history cannot be read: \(error.message).",
        hint: "What you entered is still in the files. Get a fresh copy with 'kpi clone' beside this one.",
        status: .defect)
    case _ where error.message.contains(Self.fullDisk):
      self.init("The disk is full: \(error.message).", hint: Self.makeRoom)
    case _
    where ["cannot write in", "Read-only file system", "Permission denied"].contains { error.message.contains($0) }:
      self.init(
        "The ledger's folder cannot be written in: \(error.message).",
        hint: "Nothing was changed. Is it yours to write in, and the disk not read-only?")
    case .generic where error.message.contains("unsupported extension"):
      self.init(
        "This copy has a setting of git that kpi cannot read: \(error.message).",
        hint: "Nothing was changed. Take that setting back, or get a fresh copy with 'kpi clone' beside this one.")
    default:
      self.init("The ledger could not be read or written: \(error.message).", status: .defect)
    }
  }

  /// What systems say where there is no room left.
  static let fullDisk = "No space left on device"
  static let makeRoom = "Make room and say it again; what was saved before is kept."

  /// What somebody entered, or a failure that says why it cannot be taken.
  static func ofEntry<Value>(_ body: () throws(EntryFault) -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      throw Failure(error.message, hint: error.hint)
    }
  }

  /// Prints what is wrong and ends the process. Errors of ArgumentParser (help, usage) keep their own text and status.
  static func end(with error: any Error) -> Never {
    if error is ExitCode || error is CleanExit || error is ValidationError {
      KPICommand.exit(withError: error)
    }
    if !(error is Failure || error is CloneFault || error is GitError), isUsage(error) {
      KPICommand.exit(withError: error)
    }
    let failure = Failure(error)
    Console.note(Style.strong("Error: ") + failure.message)
    if let hint = failure.hint { Console.note(hint) }
    KPICommand.exit(withError: failure.status.code)
  }

  /// Whether ArgumentParser made the error while reading the command line.
  private static func isUsage(_ error: any Error) -> Bool {
    KPICommand.exitCode(for: error) != .failure
  }
}
