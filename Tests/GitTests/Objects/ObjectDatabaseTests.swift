import Git
import Testing

@Suite struct ObjectDatabaseTests {
  @Test func blobsAreThoseOfGit() throws {
    let git = try RealGit()
    let repository = try git.repository()
    let id = try repository.objects.writeBlob(Array("period,value\n2026-01,12\n".utf8))
    #expect(try git("hash-object", "--stdin", input: "period,value\n2026-01,12\n") == id.description)
    #expect(try git("cat-file", "blob", id.description) == "period,value\n2026-01,12")
    #expect(try repository.objects.blobSize(id) == 24)
    #expect(try repository.objects.blob(id) == Array("period,value\n2026-01,12\n".utf8))
    #expect(try repository.objects.withBlob(id) { $0.count } == 24)
    #expect(try ObjectDatabase.blobID(of: Array("period,value\n2026-01,12\n".utf8)) == id)
    #expect(try repository.objects.writeBlob([]).description == git("hash-object", "--stdin", input: ""))
  }

  @Test func findsWhatAnotherProcessHasWritten() throws {
    let git = try RealGit()
    let repository = try git.repository()
    let id = try #require(ObjectID(try git("hash-object", "-w", "--stdin", input: "late")))
    #expect(repository.objects.contains(id))
    #expect(try repository.objects.id(startingWith: id.abbreviated()) == id)
  }

  @Test func namesWhatIsMissing() throws {
    let git = try RealGit()
    let repository = try git.repository()
    let error = #expect(throws: GitError.self) { try repository.objects.blob(.zero) }
    #expect(error?.code == .notFound)
    #expect(error?.message.contains("0000000") == true)
    let blob = try repository.objects.writeBlob([1])
    #expect(throws: GitError.self) { try repository.objects.tree(blob) }
  }

  @Test func isReadByManyThreads() async throws {
    let git = try RealGit()
    let repository = try git.repository()
    let ids = try (0..<200).map { try repository.objects.writeBlob(Array("blob \($0)".utf8)) }
    let objects = repository.objects
    let sizes = try await withThrowingTaskGroup(of: Int.self) { group in
      for part in 0..<8 {
        group.addTask { try stride(from: part, to: 200, by: 8).reduce(0) { try $0 + objects.blob(ids[$1]).count } }
      }
      return try await group.reduce(0, +)
    }
    #expect(sizes == (0..<200).reduce(0) { $0 + "blob \($1)".utf8.count })
  }
}
