/// Counts what happens within a minute, by a name: requests of a person, failures from an address.
actor Tally {
  private struct Count {
    var minute: Int64
    var number: Int
  }

  private var counts: [String: Count] = [:]

  /// Counts one more.
  /// - Parameter now: seconds since 1970
  /// - Returns: how many there were in this minute, this one included
  func count(_ name: String, at now: Int64) -> Int {
    let minute = now / 60
    if counts.count > 10_000 { counts = counts.filter { $0.value.minute == minute } }
    var count = counts[name] ?? Count(minute: minute, number: 0)
    if count.minute != minute { count = Count(minute: minute, number: 0) }
    count.number += 1
    counts[name] = count
    return count.number
  }
}
