import Git
import Testing

@Suite struct ObjectIDTests {
  @Test func readsAndPrintsHexadecimal() throws {
    let text = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    let id = try #require(ObjectID(text))
    #expect(id.description == text)
    #expect(id == .emptyTree)
    #expect(ObjectID(text.uppercased()) == id)
    #expect(ObjectID(bytes: id.bytes) == id)
    #expect(id.abbreviated() == "4b825dc6")
  }

  @Test(arguments: [
    "", "4b825dc6", "4b825dc642cb6eb9a060e54bf8d69288fbee490g", "4b825dc642cb6eb9a060e54bf8d69288fbee49040",
  ])
  func refusesWhatIsNoID(_ text: String) { #expect(ObjectID(text) == nil) }

  @Test func ordersAsItsTextDoes() throws {
    let texts = (0..<50).map { index in
      String((0..<40).map { "0123456789abcdef".randomElement() ?? Character("\($0 + index)") })
    }
    let ids = try texts.map { try #require(ObjectID($0)) }
    #expect(ids.sorted().map(\.description) == texts.sorted())
  }
}
