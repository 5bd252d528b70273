import Consolidation
import History
import LedgerFiles
import LedgerModel
import Merging

/// What a merge held, as JSON for scripts.
enum HeldJSON {
  /// - Parameter naming: whether to say of which file each is.
  static func text(_ held: [HeldChange], naming: Bool = false) -> String {
    var json = JSONWriter()
    json.array { json in
      for change in held {
        json.object(inline: true) { json in
          if naming {
            json.key("file")
            json.string(change.file)
          }
          json.key("key")
          json.string(change.key.text)
          json.key("proposed")
          json.value(change.proposed?.meaning)
          json.key("instead_of")
          json.value(change.insteadOf?.meaning)
          json.key("because")
          json.string(change.because.rawValue)
        }
      }
    }
    return json.text
  }
}
