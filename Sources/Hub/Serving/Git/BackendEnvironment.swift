import HTTPTypes

/// What `git http-backend`, and with it the hub's hooks, see of a request: nothing but what is named here, each value one of
/// a few that are known beforehand or the server's own. Nobody who connects can set anything else.
struct BackendEnvironment {
  /// The hub's folder, without a slash at its end.
  let hub: String
  /// The server's own environment.
  let own: [String: String]

  /// Of the server's own, what programs need to run at all and to find the user's configuration.
  private static let inherited = [
    "PATH", "HOME", "XDG_CONFIG_HOME", "USER", "LOGNAME", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_EXEC_PATH",
  ]

  /// Settings that must not depend on anybody's configuration.
  private var settings: [(String, String)] {
    [
      ("http.receivepack", "true"), ("http.uploadpack", "true"), ("http.getanyfile", "false"),
      ("receive.advertisePushOptions", "false"), ("core.hooksPath", hub + "/hooks"),
    ]
  }

  func variables(for call: GitCall, _ fields: HTTPFields, person: String, address: String) -> [String: String] {
    var variables = own.filter { Self.inherited.contains($0.key) }
    variables["LC_ALL"] = "C.UTF-8"
    variables["GIT_PROJECT_ROOT"] = hub
    variables["GIT_HTTP_EXPORT_ALL"] = "1"
    variables["REQUEST_METHOD"] = call.isQuestion ? "GET" : "POST"
    variables["PATH_INFO"] = call.isQuestion ? "/info/refs" : "/\(call.service.rawValue)"
    variables["QUERY_STRING"] = call.isQuestion ? "service=\(call.service.rawValue)" : ""
    variables["REMOTE_USER"] = person
    variables["REMOTE_ADDR"] = address
    variables["KPI_PUSHER"] = person
    if !call.isQuestion { variables["CONTENT_TYPE"] = call.contentType }
    if Self.isCompressed(fields) { variables["HTTP_CONTENT_ENCODING"] = "gzip" }
    if let wish = fields[.gitProtocol], ["version=0", "version=1", "version=2"].contains(wish) {
      variables["GIT_PROTOCOL"] = wish
    }
    variables["GIT_CONFIG_COUNT"] = "\(settings.count)"
    for (number, setting) in settings.enumerated() {
      variables["GIT_CONFIG_KEY_\(number)"] = setting.0
      variables["GIT_CONFIG_VALUE_\(number)"] = setting.1
    }
    return variables
  }

  static func isCompressed(_ fields: HTTPFields) -> Bool {
    ["gzip", "x-gzip"].contains(fields[.contentEncoding]?.lowercased())
  }
}
