import Testing

@testable import Hub

@Suite("What may be asked of a hub over ssh")
struct ShellRequestTests {
  @Test(
    "What git's clients ask",
    arguments: [
      ("git-upload-pack '/srv/ledger.git'", ShellRequest.Service.upload, "/srv/ledger.git"),
      ("git upload-pack /srv/ledger.git", .upload, "/srv/ledger.git"),
      ("git-receive-pack 'it'\\''s here.git'", .receive, "it's here.git"),
      ("git-receive-pack 'a'\\!'b'", .receive, "a!b"), ("git receive-pack '~/ledger.git'", .receive, "~/ledger.git"),
    ])
  func asked(command: String, service: ShellRequest.Service, path: String) throws {
    let request = try #require(ShellRequest(command))
    #expect(request.service == service && request.path == path)
  }

  @Test(
    "Everything else is nothing",
    arguments: [
      "", "ls", "sh", "git", "git status", "git-upload-archive '/srv/ledger.git'", "git-upload-pack", "upload-pack x",
      "git-upload-pack 'a' 'b'", "git-upload-pack --help", "git-upload-pack '-x'", "git-upload-pack ''",
      "git-upload-pack 'a", "git-upload-pack 'a'; id", "git-upload-pack $(id)", "git-upload-pack `id`",
      "git-upload-pack \"a\"", "git-upload-pack 'a'\nid", "git-upload-pack a|b", "git-upload-pack a\\",
      "git -c x=y upload-pack a",
      "git-receive-pack 'a' && id", "scp -t .", "/usr/lib/sftp-server",
    ])
  func nothing(command: String) { #expect(ShellRequest(command) == nil) }

  @Test("A hub goes by its path or its name, and no other is meant by it")
  func hubs() throws {
    func isFor(_ path: String) throws -> Bool {
      try #require(ShellRequest("git-upload-pack '\(path)'")).isFor("/srv/kpi/ledger.git")
    }
    for path in [
      "/srv/kpi/ledger.git", "/srv/kpi/ledger", "srv/kpi/ledger.git/", "ledger.git", "/ledger", "~/ledger.git",
      "./ledger",
    ] {
      #expect(try isFor(path), "\(path)")
    }
    for path in [
      "/srv/kpi", "/", ".", "..", "/srv/kpi/x/../ledger.git", "other.git", "/kpi/ledger.git", "ledger.git/x",
    ] {
      #expect(try !isFor(path), "\(path)")
    }
  }
}
