/// So many at once and no more; the others wait in line, and the line is bounded too.
actor Slots {
  private var free: Int
  private let longest: Int
  private var line: [(number: Int, waiter: CheckedContinuation<Bool, Never>)] = []
  private var next = 0

  init(_ count: Int, waiting longest: Int) {
    free = count
    self.longest = longest
  }

  /// Takes a slot.
  /// - Returns: false where the line is too long, it took too long, or nobody waits any more
  func take(patience: Duration) async -> Bool {
    if free > 0 {
      free -= 1
      return true
    }
    guard line.count < longest, !Task.isCancelled else { return false }
    next += 1
    let number = next
    let timer = Task {
      try? await Task.sleep(for: patience)
      self.sendHome(number)
    }
    defer { timer.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { line.append((number, $0)) }
    } onCancel: {
      timer.cancel()
    }
  }

  /// Gives a slot back; the first in line gets it.
  func giveBack() {
    if line.isEmpty { free += 1 } else { line.removeFirst().waiter.resume(returning: true) }
  }

  private func sendHome(_ number: Int) {
    guard let index = line.firstIndex(where: { $0.number == number }) else { return }
    line.remove(at: index).waiter.resume(returning: false)
  }
}
