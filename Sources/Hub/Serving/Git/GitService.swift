import HTTPTypes

/// One of the three requests of git's smart HTTP.
struct GitCall: Hashable {
  enum Service: String {
    case fetch = "git-upload-pack"
    case push = "git-receive-pack"
  }

  let service: Service
  /// Whether it asks what there is, and not yet for it.
  let isQuestion: Bool

  /// - Parameters:
  ///   - path: below the ledger's own, without a slash at its beginning
  ///   - query: as it stands in the address
  init?(_ method: HTTPRequest.Method, path: String, query: String?) {
    switch (method, path) {
    case (.get, "info/refs"):
      guard let query, query.hasPrefix("service="), let service = Service(rawValue: String(query.dropFirst(8))) else {
        return nil
      }
      self.service = service
      isQuestion = true
    case (.post, Service.fetch.rawValue), (.post, Service.push.rawValue):
      guard let service = Service(rawValue: path) else { return nil }
      self.service = service
      isQuestion = false
    default: return nil
    }
  }

  /// Whether it is the push itself.
  var isPush: Bool { service == .push && !isQuestion }

  /// What a request of this kind says that its body is.
  var contentType: String { "application/x-\(service.rawValue)-request" }
}
