import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Does one thing to many items on all processors.
public enum Parallel {
  /// At most so many processors are used by what is called within.
  @TaskLocal public static var mostProcessors = 8

  /// The processors that are used: at least one.
  public static var processors: Int { max(1, min(mostProcessors, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// The results of a function for shares of the items, in no order. Each share is taken by one thread from a
  /// beginning of its own, as from a handle that threads may not share.
  /// - Throws: what one of the calls threw; the others end early.
  public static func map<Item: Sendable, Tools, Result: Sendable>(
    _ items: [Item], tools: @Sendable () throws -> Tools,
    _ body: @Sendable (Item, Tools, inout [Result]) throws -> Void
  ) throws -> [Result] {
    let share = Swift.max(1, Swift.min(64, items.count / (processors * 4)))
    let next = Atomic(0)
    let gathered = Mutex<(results: [Result], failure: (any Error)?)>(([], nil))
    DispatchQueue.concurrentPerform(iterations: items.count < 64 ? 1 : processors) { _ in
      var results: [Result] = []
      do {
        let tools = try tools()
        while true {
          let start = next.wrappingAdd(share, ordering: .relaxed).oldValue
          guard start < items.count else { break }
          for item in items[start..<Swift.min(start + share, items.count)] { try body(item, tools, &results) }
        }
      } catch {
        next.store(items.count, ordering: .relaxed)
        gathered.withLock { $0.failure = $0.failure ?? error }
      }
      gathered.withLock { if $0.results.isEmpty { $0.results = results } else { $0.results += results } }
    }
    return try gathered.withLock { gathered in
      if let failure = gathered.failure { throw failure }
      return gathered.results
    }
  }

  /// Does one thing on a thread of its own while another is done here.
  /// - Parameter here: may ask whether the other goes on
  /// - Throws: what one of them threw, when both have ended
  public static func beside<Aside: Sendable, Here>(
    _ aside: @escaping @Sendable () throws -> Aside, _ here: (_ isGoingOn: () -> Bool) throws -> Here
  ) throws -> (aside: Aside, here: Here) {
    let (ending, ended) = (Ending<Aside>(), DispatchGroup())
    DispatchQueue.global().async(group: ended) {
      let result = Result { try aside() }
      ending.result.withLock { $0 = result }
    }
    let done = Result { try here { ending.result.withLock { $0 == nil } } }
    ended.wait()
    guard let result = ending.result.withLock({ $0 }) else { throw CancellationError() }
    return (try result.get(), try done.get())
  }

  /// How something ended that was done aside.
  private final class Ending<Aside: Sendable>: Sendable {
    let result = Mutex<Result<Aside, any Error>?>(nil)
  }
}
