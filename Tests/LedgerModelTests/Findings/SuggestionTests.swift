import LedgerModel
import Testing

struct SuggestionTests {
  private let fields = ["name", "owner", "data_owner", "thresholds", "period", "formula"]

  @Test(
    "the nearest known word",
    arguments: [
      ("ownr", "owner"), ("onwer", "owner"), ("Data-Owner", "data_owner"), ("dataowner", "data_owner"),
      ("treshold", "thresholds"), ("fromula", "formula"), ("Name", "name"), ("periods", "period"),
    ])
  func near(_ typed: String, _ meant: String) {
    #expect(Suggestion.nearest(to: typed, in: fields) == meant)
    #expect(Suggestion.sentence(for: typed, in: fields) == " Did you mean \"\(meant)\"?")
  }

  @Test(
    "nothing is suggested where nothing is near",
    arguments: ["", "currency", "x", String(repeating: "a", count: 10_000)])
  func far(_ typed: String) {
    #expect(Suggestion.nearest(to: typed, in: fields) == nil)
    #expect(Suggestion.sentence(for: typed, in: fields) == "")
  }
}
