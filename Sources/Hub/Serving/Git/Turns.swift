/// Lets those who sync push one after another, so that nobody's merge is made in vain.
///
/// A merge is worth something on the tip alone that it was made on. Whoever says at the fetch that a push will follow
/// (`kpi sync` does) gets a turn: from the fetch until the push, or until a time-out, other pushes wait. Turns are timing
/// and nothing else: whoever pushes without one waits until nobody has one, and is judged by git and the gate as ever.
actor Turns {
  /// Who has a turn, or waits for one: a sync of a person, by a name that it chose.
  struct Ticket: Hashable {
    let person: String
    let name: String
    /// Races that this sync has lost.
    let losses: Int

    static func == (one: Ticket, other: Ticket) -> Bool { one.person == other.person && one.name == other.name }

    func hash(into hasher: inout Hasher) {
      hasher.combine(person)
      hasher.combine(name)
    }
  }

  private struct Waiter {
    let number: Int
    let ticket: Ticket?
    let continuation: CheckedContinuation<Bool, Never>
  }

  private let span: Duration
  private let patience: Duration
  private let longest: Int
  /// Who has the turn: a ticket, or somebody who pushes without one.
  private var holder: (number: Int, ticket: Ticket?)?
  private var line: [Waiter] = []
  private var next = 0
  /// The losses with which a sync last had a turn, or waited for one.
  private var had: [Ticket: Int] = [:]

  init(span: Duration, patience: Duration, longest: Int) {
    self.span = span
    self.patience = patience
    self.longest = longest
  }

  /// Before the fetch of somebody who will push: waits for the turn and begins it. A fetch has several requests; only the
  /// first one waits, and each try of a sync has one turn.
  func begin(_ ticket: Ticket) async {
    guard had[ticket] != ticket.losses else { return }
    if had.count > 10_000 { had = [:] }
    had[ticket] = ticket.losses
    guard holder?.ticket != ticket, await wait(for: ticket), let number = holder?.number else { return }
    let span = span * Double(1 + min(ticket.losses, 6))
    Task {
      try? await Task.sleep(for: span)
      self.expire(number)
    }
  }

  /// Before a push: waits until nobody else has a turn, or somebody else's push has landed, after which it will be told
  /// to fetch again.
  /// - Returns: what ``end(_:landed:)`` wants back
  func push(_ ticket: Ticket?) async -> Int? {
    if let ticket, holder?.ticket == ticket {
      // From now on it lasts until the push has ended.
      next += 1
      holder = (next, ticket)
      return next
    }
    return await wait(for: nil) ? holder?.number : nil
  }

  /// After a push.
  func end(_ number: Int?, landed: Bool) {
    if landed {
      let late = line.filter { $0.ticket == nil }
      line.removeAll { $0.ticket == nil }
      for waiter in late { waiter.continuation.resume(returning: false) }
    }
    if let number { expire(number) }
  }

  /// - Returns: whether the turn is had
  private func wait(for ticket: Ticket?) async -> Bool {
    next += 1
    let number = next
    guard holder != nil else {
      holder = (number, ticket)
      return true
    }
    guard line.count < longest else { return false }
    let patience = patience
    // Who hangs up is not waited for.
    let timer = Task {
      try? await Task.sleep(for: patience)
      self.sendHome(number)
    }
    defer { timer.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { line.append(Waiter(number: number, ticket: ticket, continuation: $0)) }
    } onCancel: {
      timer.cancel()
    }
  }

  private func expire(_ number: Int) {
    guard holder?.number == number else { return }
    holder = nil
    guard !line.isEmpty else { return }
    let first = line.removeFirst()
    holder = (first.number, first.ticket)
    first.continuation.resume(returning: true)
  }

  private func sendHome(_ number: Int) {
    guard let index = line.firstIndex(where: { $0.number == number }) else { return }
    line.remove(at: index).continuation.resume(returning: false)
  }
}
