import Foundation
import Testing

/// The configuration of docs/hosting.md, in a real nginx.
@Suite("Behind nginx, as docs/hosting.md has it")
struct NginxTests {
  private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../docs/hosting.md").standardizedFileURL

  @Test("Clone, sync and pages go through TLS; the log has the client's address")
  func throughTheProxy() throws {
    let work = try Workplace()
    try SalesLedger.setUp(work, people: [])
    let served = try Served(work, "--behind-tls-proxy")
    let port = try freePort()
    try certificate(work)
    try work.write(try configuration(work, port: port, hub: served.port), to: "nginx.conf")
    try FileManager.default.createDirectory(atPath: work.folder + "/nginx", withIntermediateDirectories: true)
    let (nginx, _, _) = try work.start(
      "/usr/bin/env", ["nginx", "-p", work.folder + "/nginx", "-e", "errors", "-c", work.folder + "/nginx.conf"])
    defer {
      nginx.terminate()
      nginx.waitUntilExit()
    }
    let token = try served.token(of: "anna")
    let address = "https://anna:\(token)@localhost:\(port)/hub.git"
    let trust = "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.sslCAInfo GIT_CONFIG_VALUE_0=\(work.folder)/cert.pem"
    let clone = "\(trust) kpi clone \(address) anna --name Anna --email anna@example.org"
    let cloned = try work.shell("for n in 1 2 3 4 5 6 7 8; do \(clone) && exit; sleep 0.5; done; exit 1")
    try #require(cloned.status == 0, "\(cloned.errors)\((try? work.read("nginx/errors")) ?? "")")
    try work.git("config", "http.sslCAInfo", work.folder + "/cert.pem", in: "anna")
    try work.kpi("record", "sales/win-rate", "2026-01", "value=2100", in: "anna")
    try work.kpi("sync", in: "anna")
    #expect(try work.git("rev-parse", "HEAD", in: "anna") == work.git("rev-parse", "main", in: "hub.git"))
    // More than nginx keeps in memory, and more than its own limit would let through.
    try work.git("config", "core.compression", "0", in: "anna")
    _ = try work.shell("cd anna && head -c 8000000 /dev/urandom >big.bin && git add big.bin && git commit -qm big")
    let pushed = try work.shell("cd anna && git push origin main 2>&1").output
    #expect(try work.git("rev-parse", "HEAD", in: "anna") == work.git("rev-parse", "main", in: "hub.git"), "\(pushed)")
    // A refusal of a large push comes through, word for word.
    try work.git("config", "user.email", "ben@example.org", in: "anna")
    _ = try work.shell("cd anna && head -c 8000000 /dev/urandom >big.bin && git commit -qam big")
    let refused = try work.shell("cd anna && git push origin main 2>&1").output
    #expect(refused.contains("remote:") && refused.contains("pre-receive hook declined"), "\(refused)")
    #expect(try served.log.contains("\"address\": \"127.0.0.1\""))
  }

  /// The block of the page with names and paths filled in.
  private func configuration(_ work: Workplace, port: Int, hub: Int) throws -> String {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    var block = String(try #require(text.firstMatch(of: /```nginx\n([^`]*)```/), "there is no block for nginx").1)
    for (here, there) in [
      ("listen 443 ssl", "listen 127.0.0.1:\(port) ssl"), ("/etc/ssl/ledger.pem", work.folder + "/cert.pem"),
      ("/etc/ssl/ledger.key", work.folder + "/key.pem"), ("http://127.0.0.1:8080", "http://127.0.0.1:\(hub)"),
    ] {
      try #require(block.contains(here), "\(here)")
      block = block.replacingOccurrences(of: here, with: there)
    }
    let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \($0);" }
    return """
      daemon off;
      pid nginx.pid;
      error_log errors;
      events {}
      http {
      access_log off;
      \(folders.joined(separator: "\n"))
      \(block)
      }
      """
  }

  private func certificate(_ work: Workplace) throws {
    let made = try work.shell(
      """
      cd \(work.folder) && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
      -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem
      """)
    try #require(made.status == 0, "\(made.errors)")
  }

  private func freePort() throws -> Int {
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(file) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(file, $0, size) == 0 ? getsockname(file, $0, &size) : -1
      }
    }
    try #require(status == 0)
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
