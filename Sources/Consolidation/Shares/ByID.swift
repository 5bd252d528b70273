/// Values by id, in the order of the ids: read from a store and gone through in order without any hashing.
package struct ByID<Value> {
  package private(set) var ids: [String] = []
  package private(set) var values: [Value] = []

  /// Nothing.
  package init() {}

  /// What a dictionary has.
  package init(_ values: [String: Value]) {
    for (id, value) in values.sorted(by: { $0.key < $1.key }) { self[id] = value }
  }

  package subscript(id: String) -> Value? {
    get {
      let place = place(of: id)
      return place < ids.count && ids[place] == id ? values[place] : nil
    }
    set {
      let place = place(of: id)
      let isThere = place < ids.count && ids[place] == id
      switch (isThere, newValue) {
      case (true, let value?): values[place] = value
      case (true, nil):
        ids.remove(at: place)
        values.remove(at: place)
      case (false, let value?):
        ids.insert(id, at: place)
        values.insert(value, at: place)
      case (false, nil): break
      }
    }
  }

  /// Where an id is, or would be. Most come in order.
  private func place(of id: String) -> Int {
    guard let last = ids.last, last >= id else { return ids.count }
    if last == id { return ids.count - 1 }
    var (low, high) = (0, ids.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if ids[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension ByID: Sendable where Value: Sendable {}
extension ByID: Equatable where Value: Equatable {}
extension ByID: Hashable where Value: Hashable {}

extension ByID {
  /// Writes the ids with their values.
  package func write(to stored: inout StoredWriter, _ write: (inout StoredWriter, Value) -> Void) {
    stored.int(ids.count)
    for (id, value) in zip(ids, values) {
      stored.string(id)
      write(&stored, value)
    }
  }

  /// Reads what `write` wrote; ids out of order are a fault.
  package init(
    from stored: inout StoredReader, _ read: (inout StoredReader) throws(StoredFault) -> Value
  ) throws(StoredFault) {
    let count = try stored.count()
    ids.reserveCapacity(count)
    values.reserveCapacity(count)
    for _ in 0..<count {
      let id = try stored.string()
      if let last = ids.last, last >= id { throw StoredFault() }
      ids.append(id)
      values.append(try read(&stored))
    }
  }
}
