package import Calculation
package import LedgerModel

/// Writes values one behind the other, without names: for caches, which only the program that wrote them reads.
package struct StoredWriter {
  package private(set) var bytes: [UInt8] = []

  package init(reserving count: Int = 0) { bytes.reserveCapacity(count) }

  /// Seven bits a byte, the lowest first; small numbers of either sign are short.
  package mutating func int(_ value: Int) {
    var rest = UInt64(bitPattern: Int64(value) << 1 ^ Int64(value) >> 63)
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  package mutating func bool(_ value: Bool) { bytes.append(value ? 1 : 0) }

  package mutating func string(_ value: String) {
    var value = value
    value.withUTF8 { text in
      int(text.count)
      bytes.append(contentsOf: text)
    }
  }

  package mutating func quantity(_ value: Quantity) {
    let coefficient = value.coefficient
    int(value.exponent)
    if let small = Int64(exactly: coefficient), small.magnitude < UInt64.max >> 2 {
      bool(true)
      int(Int(small))
    } else {
      bool(false)
      withUnsafeBytes(of: coefficient.littleEndian) { bytes.append(contentsOf: $0) }
    }
  }

  package mutating func period(_ value: Period) {
    int(PeriodKind.allCases.firstIndex(of: value.kind) ?? 0)
    int(Int(value.ordinal))
  }

  package mutating func id(_ value: KPIID) {
    string(value.department)
    string(value.kpi)
  }

  package mutating func choice<Case: CaseIterable & Equatable>(_ value: Case) {
    int(Case.allCases.firstIndex(of: value).map { Case.allCases.distance(from: Case.allCases.startIndex, to: $0) } ?? 0)
  }

  package mutating func optional<Value>(_ value: Value?, _ write: (inout StoredWriter, Value) -> Void) {
    bool(value != nil)
    if let value { write(&self, value) }
  }

  package mutating func list<Value>(_ values: some Collection<Value>, _ write: (inout StoredWriter, Value) -> Void) {
    int(values.count)
    for value in values { write(&self, value) }
  }
}

/// Bytes that are not what a `StoredWriter` of this version wrote.
package struct StoredFault: Error {
  package init() {}
}

/// Reads what `StoredWriter` wrote; damaged bytes throw and never trap.
package struct StoredReader {
  private let bytes: UnsafeRawBufferPointer
  private var place = 0

  package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  package var isAtEnd: Bool { place == bytes.count }

  package mutating func int() throws(StoredFault) -> Int {
    var (value, shift) = (UInt64(0), UInt64(0))
    while true {
      guard place < bytes.count, shift < 64 else { throw StoredFault() }
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { break }
      shift += 7
    }
    return Int(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
  }

  package mutating func bool() throws(StoredFault) -> Bool {
    guard place < bytes.count, bytes[place] < 2 else { throw StoredFault() }
    place += 1
    return bytes[place - 1] == 1
  }

  package mutating func string() throws(StoredFault) -> String {
    let count = try int()
    guard count >= 0, count <= bytes.count - place else { throw StoredFault() }
    defer { place += count }
    return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[place..<place + count]), as: UTF8.self)
  }

  package mutating func quantity() throws(StoredFault) -> Quantity {
    let exponent = try int()
    guard abs(exponent) < 1000 else { throw StoredFault() }
    guard try !bool() else { return Quantity(coefficient: Int128(try int()), exponent: exponent) }
    guard bytes.count - place >= 16 else { throw StoredFault() }
    defer { place += 16 }
    let coefficient = bytes.loadUnaligned(fromByteOffset: place, as: Int128.self)
    return Quantity(coefficient: Int128(littleEndian: coefficient), exponent: exponent)
  }

  package mutating func period() throws(StoredFault) -> Period {
    let kind = try int()
    guard PeriodKind.allCases.indices.contains(kind) else { throw StoredFault() }
    return Period(PeriodKind.allCases[kind], ordinal: try int())
  }

  package mutating func id() throws(StoredFault) -> KPIID {
    guard let id = KPIID(department: try string(), kpi: try string()) else { throw StoredFault() }
    return id
  }

  package mutating func choice<Case: CaseIterable>(_ type: Case.Type) throws(StoredFault) -> Case {
    let place = try int()
    guard place >= 0, place < Case.allCases.count else { throw StoredFault() }
    return Case.allCases[Case.allCases.index(Case.allCases.startIndex, offsetBy: place)]
  }

  package mutating func optional<Value>(
    _ read: (inout StoredReader) throws(StoredFault) -> Value
  ) throws(StoredFault) -> Value? {
    try bool() ? try read(&self) : nil
  }

  /// How many values follow; each takes a byte at least, so a damaged count asks for no more room than there are bytes.
  package mutating func count() throws(StoredFault) -> Int {
    let count = try int()
    guard count >= 0, count <= bytes.count - place else { throw StoredFault() }
    return count
  }

  package mutating func list<Value>(
    _ read: (inout StoredReader) throws(StoredFault) -> Value
  ) throws(StoredFault) -> [Value] {
    let count = try count()
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try read(&self)) }
    return values
  }
}

/// A value that a cache keeps.
package protocol Stored {
  func write(to stored: inout StoredWriter)
  init(from stored: inout StoredReader) throws(StoredFault)
}

extension Stored {
  /// The value's bytes.
  package func stored() -> [UInt8] {
    var writer = StoredWriter(reserving: 1024)
    write(to: &writer)
    return writer.bytes
  }

  /// The value that these bytes are; throws where they are not the whole of one.
  package init(stored bytes: UnsafeRawBufferPointer) throws(StoredFault) {
    var reader = StoredReader(bytes)
    self = try Self(from: &reader)
    guard reader.isAtEnd else { throw StoredFault() }
  }
}
