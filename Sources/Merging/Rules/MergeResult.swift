import LedgerFiles
import LedgerModel
import Policy

/// Runs a merge and turns what it decided into files: merged texts, and proposals for what is held.
final class MergeResult {
  private var frame: MergeFrame
  private let history: any LedgerHistory
  private let check: any MergeCheck
  private var run: MergeRun { frame.run }
  private var result = MergeOutcome()
  private var ended: Set<String> = []
  /// By path, which of the run's files stood or is to stand there.
  private var outputs: [String: Int] = [:]
  /// By file, the keys that M9 gave back: a row may bring a column back, and is then held with it.
  private var givenBack: [Int: Set<Key>] = [:]

  init(frame: MergeFrame, history: any LedgerHistory, check: any MergeCheck) {
    self.frame = frame
    self.history = history
    self.check = check
  }

  func outcome() throws -> MergeOutcome {
    try run.run()
    try writeFiles()
    if run.parts.contains(.validates) {
      var blame = Blame(check: check, hub: frame.hub)
      while let broken = try blame.broken(by: result.files) {
        guard try hold(broken, &blame) else { break }
        while try run.holdOvertakenCloses() {}
        try writeFiles()
      }
    }
    noteInForce()
    try endProposals()
    result.held = try held()
    if !run.parts.contains(.onlyMergesPropose) { result.files.merge(frame.forged) { $1 } }
    for (path, bytes) in ProposalText.files(for: result.held) {
      result.files[path] = .bytes(bytes)
    }
    return result
  }

  // MARK: Texts

  private func writeFiles() throws {
    outputs = [:]
    result.files = frame.taken
    run.holdWhatIsInTheWay()
    // Those that come to stand where another file was are written last.
    for index in run.files.indices.sorted(by: { run.files[$0].hub != nil && run.files[$1].hub == nil }) {
      let file = run.files[index]
      guard file.exists || file.hub != nil else { continue }
      outputs[file.path] = index
      if file.removedBy != nil {
        result.files[file.path] = .removed
        continue
      }
      guard let bytes = try text(index) else { continue }
      let path = run.outputPath(index)
      outputs[path] = index
      if path != file.path && file.hub != nil { result.files[file.path] = .removed }
      if path != file.path || bytes != file.hub?.bytes { result.files[path] = .bytes(bytes) }
    }
    for (old, new) in run.movedAlong {
      guard let content = try history.content(of: old, in: frame.hub), result.files[new] == nil else { continue }
      if result.files[old] == nil { result.files[old] = .removed }
      result.files[new] = .content(content)
    }
  }

  // MARK: M9

  /// Holds what breaks a rule: the keys concerned, at last the whole file.
  /// - Returns: whether anything was given back to the hub.
  private func hold(_ broken: BrokenRules, _ blame: inout Blame) throws -> Bool {
    var isChanged = false
    for (path, lines) in broken.lines.sorted(by: { $0.key < $1.key }) {
      guard let index = try line(at: path) else { continue }
      if try hold(index, path, lines, &blame) { isChanged = true }
    }
    // A file that has no more to give back is like one that nobody touched.
    let elsewhere = broken.elsewhere.union(broken.lines.keys)
    if isChanged || elsewhere.isEmpty { return isChanged }
    // What an untouched file refers to has gone: the one change without which it has not.
    for path in result.files.keys.sorted() where Blame.mayBeReferredTo(path) {
      guard try blame.mends(elsewhere, in: result.files, without: path), let index = try line(at: path) else {
        continue
      }
      return try holdConcerned(index, path, &blame, elsewhere) || run.holdAll(index, because: .doesNotValidate)
    }
    for path in result.files.keys.sorted() where Blame.mayBeReferredTo(path) {
      if let index = try line(at: path), run.holdAll(index, because: .doesNotValidate) { isChanged = true }
    }
    return isChanged
  }

  private func line(at path: String) throws -> Int? { try outputs[path] ?? frame.takeApart(path) }

  private func hold(_ index: Int, _ path: String, _ lines: Set<Int>, _ blame: inout Blame) throws -> Bool {
    let file = run.files[index]
    let named = try keys(of: file, onLines: lines, of: path).filter { file.put[$0] != nil && isFirst($0, index) }
    if !named.isEmpty {
      try giveBack(named, index)
      return true
    }
    return try holdConcerned(index, path, &blame, [path]) || run.holdAll(index, because: .doesNotValidate)
  }

  private func keys(of file: FileLine, onLines lines: Set<Int>, of path: String) throws -> [Key] {
    guard case .bytes(let bytes)? = result.files[path],
      let document = (file.hub ?? file.touches.lazy.compactMap(\.after).first)?.read(bytes)
    else { return [] }
    return document.keys(onLines: lines)
  }

  /// Holds the one key of a file without whose change some files are in order again, where there is one.
  private func holdConcerned(_ index: Int, _ path: String, _ blame: inout Blame, _ files: Set<String>) throws -> Bool {
    let file = run.files[index]
    guard file.put.count > 1, file.put.count <= Blame.mostTried else { return false }
    for key in file.put.keys.sorted() where isFirst(key, index) {
      guard case .text(let bytes?) = Splice.write(file.without(key)) else { continue }
      var others = result.files
      others[path] = .bytes(bytes)
      guard try blame.isInOrder(files, in: others) else { continue }
      try giveBack([key], index)
      return true
    }
    return false
  }

  private func giveBack(_ keys: [Key], _ index: Int) throws {
    givenBack[index, default: []].formUnion(keys)
    for key in keys { run.hold(index, key, because: .doesNotValidate) }
    try run.settleStructure(index)
  }

  private func isFirst(_ key: Key, _ index: Int) -> Bool { givenBack[index]?.contains(key) != true }

  private func noteInForce() {
    for index in run.files.indices {
      let file = run.files[index]
      let path = run.outputPath(index)
      guard result.files[path] != nil else { continue }
      for (key, put) in file.put.sorted(by: { $0.key < $1.key }) {
        result.inForce.append(
          MergeOutcome.InForce(file: path, key: key, enteredIn: frame.line.commits[put.commit].id))
      }
    }
  }

  /// The merged text. What does not go into the hub's text beside the rest is held: nothing is lost in writing.
  private func text(_ index: Int) throws -> [UInt8]? {
    let file = run.files[index]
    for _ in 0..<8 {
      switch Splice.write(file) {
      case .text(let bytes): return bytes
      case .unfit(let keys):
        for key in keys { run.hold(index, key, because: .changedOnBothSides) }
        try run.settleStructure(index)
      }
    }
    for key in file.put.keys.sorted() { run.hold(index, key, because: .changedOnBothSides) }
    return file.hub?.bytes
  }

  // MARK: Proposals

  /// Ends the proposals that were settled or withdrawn with effect, and those whose value came into force.
  private func endProposals() throws {
    var papers: [String: Settlements.Paper] = [:]
    for (paper, commit) in frame.settled where try isSettled(paper, by: commit) { papers[paper.path] = paper }
    for file in run.files where run.parts.contains(.overtakenIsDropped) {
      for paper in try frame.settlements.waiting(for: file.names) where isOvertaken(paper, in: file) {
        papers[paper.path] = paper
      }
    }
    for path in papers.keys.sorted() {
      result.files[path] = .removed
      result.ended.append(path)
      ended.insert(path)
    }
  }

  private func isSettled(_ paper: Settlements.Paper, by place: Int) throws -> Bool {
    let commit = frame.line.commits[place]
    return try paper.values.allSatisfy { key, proposed in
      let own = run.isProposer(commit.author, of: paper)
      let index = run.files.firstIndex { $0.names.contains(paper.proposal.file) }
      let change = index.flatMap { index in
        run.files[index].touches.first { $0.commit == place && Self.unit(of: key, in: $0) != nil }
      }
      let subject =
        if let index, let change {
          run.files[index].subject(key, change)
        } else {
          Self.subject(key, proposed, of: index.map { run.files[$0].path } ?? paper.proposal.file)
        }
      guard
        own || run.authority.maySettle(subject, author: commit.author)
          || !run.parts.contains(.unauthorisedSettlementIsVoid)
      else { return false }
      guard let index, let change, let unit = Self.unit(of: key, in: change), run.parts.contains(.settlementIsUnit)
      else { return true }
      let file = run.files[index]
      let inForce = try run.remaining(index, unit).contains { later in
        try frame.line.descends(later.commit, from: place) && run.isAuthorised(index, unit, later.commit)
          && file.isInForce(unit, of: later)
      }
      return try inForce || run.isReopened(index, after: place)
        || (own && unit == key && !Self.isProposed(key, proposed, by: paper, change.value(key)))
    }
  }

  /// The key under which a commit changed another: of a file that cannot be read the whole; nil where it did not.
  private static func unit(of key: Key, in touch: FileLine.Touch) -> Key? {
    [key, .content].first(where: touch.keySet.contains)
  }

  /// What a proposal is about, where the commit that settles it changes nothing of it.
  private static func subject(_ key: Key, _ proposed: YAMLValue?, of path: String) -> Subject {
    var fields = path.hasSuffix(".yaml") ? [key.field].compactMap(\.self) : []
    if key == .calculation {
      if case .map(let some)? = proposed { fields = some.map(\.key) } else { fields = Shape.calculationFields }
    }
    return Subject(file: path, key: key.text, fields: fields)
  }

  /// Whether a proposal's every value came into force with this merge.
  private func isOvertaken(_ paper: Settlements.Paper, in file: FileLine) -> Bool {
    paper.values.allSatisfy { key, proposed in
      let value = file.value(key)
      return Self.isProposed(key, proposed, by: paper, value) && !Self.isProposed(key, proposed, file.hubValue(key))
    }
  }

  /// Whether a value is what a proposal proposes, with the comment where it proposes one.
  private static func isProposed(
    _ key: Key, _ proposed: YAMLValue?, by paper: Settlements.Paper, _ value: KeyValue?
  ) -> Bool {
    if let comment = paper.comment(of: key), comment != value?.comment { return false }
    return isProposed(key, proposed, value)
  }

  /// Whether a value is what a proposal proposes; of the calculation, it names just what differs.
  private static func isProposed(_ key: Key, _ proposed: YAMLValue?, _ value: KeyValue?) -> Bool {
    guard let proposed else { return value == nil }
    guard let value else { return false }
    guard key == .calculation, case .map(let some) = proposed, case .map(let all) = value.meaning else {
      return proposed == value.meaning
    }
    return some.allSatisfy { field in
      (all.first { $0.key == field.key }?.value ?? .null) == field.value
    }
  }

  // MARK: Held

  private func held() throws -> [HeldChange] {
    var held: [HeldChange] = []
    for (index, file) in run.files.enumerated() {
      for key in file.changedKeys + [.file] {
        let remaining = try run.remaining(index, key)
        for change in remaining where try isHeld(index, key, change, remaining) {
          held.append(heldChange(index, key, change))
        }
      }
    }
    for gone in run.displaced where !isAgainInForce(gone) {
      let file = run.files[gone.file]
      let isHeldAlready = held.contains {
        $0.file == file.path && $0.key == gone.key && $0.enteredIn?.id == gone.enteredIn.id
      }
      if isHeldAlready { continue }
      held.append(
        HeldChange(
          file: file.path, key: gone.key, proposed: gone.value.map(HeldValue.init),
          insteadOf: file.touches.first.flatMap { $0.forkValue(gone.key) }.map(HeldValue.init),
          enteredIn: gone.enteredIn, because: gone.because))
    }
    return held.sorted(by: Self.order)
  }

  private func isHeld(_ index: Int, _ key: Key, _ change: FileLine.Touch, _ remaining: [FileLine.Touch]) throws -> Bool
  {
    let file = run.files[index]
    if file.isInForce(key, of: change) { return false }
    if try run.isPutBack(index, key, change, among: remaining) || isLeftEmpty(index, key, change) { return false }
    guard run.parts.contains(.settlementIsUnit) else { return true }
    let settled = try frame.settlements.settled(by: frame.line.commits[change.commit], file: file.names, key: key)
    return !settled.contains { paper in
      run.isWaiting(paper, ended: ended)
        && paper.values.contains { $0.key == key && Self.isProposed(key, $0.proposed, by: paper, change.value(key)) }
    }
  }

  /// Whether an empty list or map is what the merged text has of it: the last that stood in it was taken away.
  private func isLeftEmpty(_ index: Int, _ key: Key, _ change: FileLine.Touch) -> Bool {
    guard let meaning = change.value(key)?.meaning, [.list([]), .map([])].contains(meaning),
      case .bytes(let bytes)? = result.files[run.outputPath(index)]
    else { return false }
    return change.after?.read(bytes)?.value(key)?.meaning == meaning
  }

  private func isAgainInForce(_ gone: MergeRun.Displaced) -> Bool {
    let file = run.files[gone.file]
    return file.value(gone.key) == gone.value
  }

  private func heldChange(_ index: Int, _ key: Key, _ change: FileLine.Touch) -> HeldChange {
    let slot = MergeRun.Slot(file: index, key: key, commit: change.commit)
    let proposed = key == .file && change.removesFile ? nil : change.value(key)
    let cause = run.causes[slot] ?? .changedOnBothSides
    let file = run.files[index]
    return HeldChange(
      file: name(of: index, change), key: key, proposed: proposed.map(HeldValue.init),
      insteadOf: change.seenValue(key).map(HeldValue.init), enteredIn: frame.line.commits[change.commit],
      because: cause, whoMay: cause == .noAuthority ? run.authority.whoMayChange(file.subject(key, change)) : [],
      commentInForce: file.value(key)?.comment)
  }

  /// The file that a proposal names: where one commit changed two KPIs that go by one name, each as it was then.
  private func name(of index: Int, _ change: FileLine.Touch) -> String {
    let file = run.files[index]
    let hasNamesake = run.files.indices.contains { other in
      other != index && run.files[other].path == file.path
        && run.files[other].touches.contains { $0.commit == change.commit }
    }
    return hasNamesake ? change.path : file.path
  }

  private static func order(_ one: HeldChange, _ other: HeldChange) -> Bool {
    if one.file != other.file { return one.file < other.file }
    if one.enteredIn?.id != other.enteredIn?.id, let first = one.enteredIn, let second = other.enteredIn {
      return first.id < second.id
    }
    return one.key < other.key
  }
}

extension MergeRun {
  /// Whether the hub has a proposal and keeps it.
  func isWaiting(_ paper: Settlements.Paper, ended: Set<String>) -> Bool {
    settlements.isAtHub(paper) && !ended.contains(paper.path)
  }
}
