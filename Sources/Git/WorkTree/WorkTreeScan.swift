import Dispatch
import Glibc
import Synchronization

/// Walks the folders of a work tree beside the index and notes what does not look as the index has it.
///
/// Each folder is opened once; its files are asked for relative to it, and what the index does not know is found in
/// the same pass. Subfolders are handed to all processors.
struct WorkTreeScan {
  /// What was noticed about one path. Nothing is opened or hashed here.
  enum Notice: Sendable {
    /// The file of an entry is gone, or a folder stands in its place.
    case absent(Int)
    /// The file of an entry looks different, or may have changed without looking different.
    case doubtful(Int, FileStamp)
    /// Something that the index does not know; a folder's path ends in `/`.
    case unknown([UInt8])
    /// A file or folder that is there and cannot be looked at: it must not be taken for removed.
    case unreadable([UInt8])
  }

  private let view: IndexFile.View
  private let root: String

  /// Everything that looks different, in no order.
  static func notices(_ view: IndexFile.View, root: String) throws(GitError) -> [Notice] {
    let scan = WorkTreeScan(view: view, root: root)
    let descriptor = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileSystem.error("open", root) }
    var (folder, jobs) = (Folder(scan), [Job(path: [], range: view.entries.indices)])
    // Breadth first until there is enough to share out.
    var next = 0
    while next < jobs.count, jobs.count - next < 64 {
      let job = jobs[next]
      next += 1
      folder.visit(job, root: descriptor) { jobs.append($0) }
    }
    let rest = jobs[next...]
    let results = Mutex(folder.notices)
    let claimed = Atomic(rest.startIndex)
    DispatchQueue.concurrentPerform(iterations: rest.isEmpty ? 0 : processors) { _ in
      var folder = Folder(scan)
      while true {
        let index = claimed.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < rest.endIndex else { break }
        folder.descend(rest[index], root: descriptor)
      }
      let found = folder.notices
      results.withLock { $0 += found }
    }
    close(descriptor)
    return results.withLock { $0 }
  }

  private static var processors: Int { max(1, min(8, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// A folder to look at, its path ending in `/` (empty for the root), and the index's entries in it.
  private struct Job: Sendable {
    let path: [UInt8]
    let range: Range<Int>
  }

  /// One thread's way through the folders.
  private struct Folder {
    private let view: IndexFile.View
    private var known = NameSet()
    private var subfolders: [Job] = []
    private(set) var notices: [Notice] = []

    init(_ scan: WorkTreeScan) { view = scan.view }

    /// Visits a folder and all below it.
    mutating func descend(_ job: Job, root: Int32) {
      var jobs = [job]
      while let job = jobs.popLast() { visit(job, root: root) { jobs.append($0) } }
    }

    /// Looks at one folder; its subfolders that the index knows are handed out.
    mutating func visit(_ job: Job, root: Int32, subfolder: (Job) -> Void) {
      let path = (job.path.isEmpty ? [UInt8(ascii: ".")] : job.path).map { CChar(bitPattern: $0) } + [0]
      let descriptor = openat(root, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0, let stream = fdopendir(descriptor) else {
        // A file or link in the folder's place is something that the index does not know.
        switch errno {
        case ENOTDIR, ELOOP: notices.append(.unknown(Array(job.path.dropLast())))
        case ENOENT: break
        default: return notices.append(.unreadable(job.path))
        }
        for index in job.range where !view.entries[index].isUnwatched { notices.append(.absent(index)) }
        return
      }
      defer { closedir(stream) }
      subfolders.removeAll(keepingCapacity: true)
      known.reset(capacity: job.range.count)
      lookAtEntries(job, descriptor)
      for folder in subfolders { subfolder(folder) }
      while let item = readdir(stream) { lookAtName(item, job) }
    }

    private mutating func lookAtEntries(_ job: Job, _ descriptor: Int32) {
      var index = job.range.lowerBound
      while index < job.range.upperBound {
        let entry = view.entries[index]
        let path = view.name(entry)
        let rest = UnsafeRawBufferPointer(rebasing: path[job.path.count...])
        if let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
          let end = endOfFolder(from: index, job, UnsafeRawBufferPointer(rebasing: path[...(job.path.count + slash)]))
          known.insert(UnsafeRawBufferPointer(rebasing: rest[..<slash]))
          subfolders.append(Job(path: [UInt8](path[...(job.path.count + slash)]), range: index..<end))
          index = end
        } else {
          known.insert(rest)
          lookAt(entry, index, rest, descriptor)
          index += 1
        }
      }
    }

    private func endOfFolder(from first: Int, _ job: Job, _ folder: UnsafeRawBufferPointer) -> Int {
      var (low, high) = (first + 1, job.range.upperBound)
      while low < high {
        let middle = (low + high) / 2
        if view.name(view.entries[middle]).starts(with: folder) { low = middle + 1 } else { high = middle }
      }
      return low
    }

    private mutating func lookAt(
      _ entry: IndexFile.Entry, _ index: Int, _ name: UnsafeRawBufferPointer, _ descriptor: Int32
    ) {
      // The index ends every path with a NUL.
      guard !entry.isUnwatched, let text = name.assumingMemoryBound(to: CChar.self).baseAddress else { return }
      var status = stat()
      guard fstatat(descriptor, text, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
        return notices.append(errno == ENOENT ? .absent(index) : .unreadable(Array(view.name(entry))))
      }
      let (now, then) = (FileStamp(status), view.stamp(entry))
      if now.mode == nil {
        // A folder in the place of a file; a submodule's folder is git's to look at.
        guard then.fileSystemMode != FileMode.commit.rawValue else { return }
        notices.append(.absent(index))
        if now.isFolder { notices.append(.unknown(view.name(entry) + [UInt8(ascii: "/")])) }
      } else if entry.stage != 0 || entry.isIntent || !now.agrees(with: then) || view.isRacy(then)
        || now.mode?.rawValue != then.fileSystemMode
      {
        notices.append(.doubtful(index, now))
      }
    }

    private mutating func lookAtName(_ item: UnsafeMutablePointer<dirent>, _ job: Job) {
      let kind = Int32(item.pointee.d_type)
      withUnsafePointer(to: &item.pointee.d_name) { pointer in
        let start = UnsafeRawPointer(pointer)
        let name = UnsafeRawBufferPointer(start: start, count: strlen(start.assumingMemoryBound(to: CChar.self)))
        guard !known.contains(name), !isSpecial(name, job) else { return }
        var path = job.path + name
        if kind == Int32(DT_DIR) { path.append(UInt8(ascii: "/")) }
        notices.append(.unknown(path))
      }
    }

    private func isSpecial(_ name: UnsafeRawBufferPointer, _ job: Job) -> Bool {
      guard name.first == UInt8(ascii: ".") else { return false }
      return name.count == 1 || name.count == 2 && name[1] == UInt8(ascii: ".") || name.elementsEqual(".git".utf8)
    }
  }
}
