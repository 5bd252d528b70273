import Glibc

/// A set of names that are only pointed to, used again for one folder after another.
struct NameSet {
  private var slots: [Int32] = []
  private var names: [UnsafeRawBufferPointer] = []
  private var mask = 0

  /// Forgets the old names and makes room for so many.
  mutating func reset(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    if slots.count < size {
      slots = [Int32](repeating: -1, count: size)
    } else {
      for index in 0..<size { slots[index] = -1 }
    }
    mask = size - 1
    names.removeAll(keepingCapacity: true)
  }

  mutating func insert(_ name: UnsafeRawBufferPointer) {
    let slot = slot(of: name)
    guard slots[slot] < 0 else { return }
    slots[slot] = Int32(truncatingIfNeeded: names.count)
    names.append(name)
  }

  func contains(_ name: UnsafeRawBufferPointer) -> Bool { slots[slot(of: name)] >= 0 }

  private func slot(of name: UnsafeRawBufferPointer) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    var slot = Int(truncatingIfNeeded: hash ^ (hash >> 29)) & mask
    while slots[slot] >= 0 {
      let other = names[Int(slots[slot])]
      if other.count == name.count, let left = other.baseAddress, let right = name.baseAddress,
        memcmp(left, right, name.count) == 0
      {
        return slot
      }
      slot = (slot + 1) & mask
    }
    return slot
  }
}
