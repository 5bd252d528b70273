/// The tables of the index, which docs/history-index.md documents for whoever asks them with tools of their own.
enum IndexSchema {
  static let plan = KeptFile.Plan(name: "history.sqlite", format: 2, schema: tables, synchronous: "NORMAL")

  private static let tables = """
    CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, UNIQUE (email, name));
    CREATE TABLE keys (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
    CREATE TABLE files (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, department TEXT, kpi TEXT);
    CREATE INDEX files_by_kpi ON files (kpi) WHERE kpi IS NOT NULL;
    CREATE TABLE commits (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, author INTEGER NOT NULL,
      committer INTEGER NOT NULL, claimed_at INTEGER NOT NULL, claimed_offset INTEGER NOT NULL, message TEXT NOT NULL);
    CREATE TABLE syncs (number INTEGER PRIMARY KEY, commit_id INTEGER NOT NULL UNIQUE, committed_at INTEGER NOT NULL,
      first_change INTEGER NOT NULL);
    CREATE TABLE changes (id INTEGER PRIMARY KEY, sync INTEGER NOT NULL, commit_id INTEGER NOT NULL,
      file INTEGER NOT NULL, key INTEGER NOT NULL, from_value TEXT, to_value TEXT, flags INTEGER NOT NULL);
    CREATE INDEX changes_by_file ON changes (file);
    CREATE TABLE settlements (change INTEGER PRIMARY KEY, outcome TEXT NOT NULL, proposal TEXT NOT NULL,
      proposed_by INTEGER NOT NULL, proposed_in BLOB NOT NULL);
    CREATE VIEW audit AS SELECT changes.id, syncs.number AS sync, lower(hex(brought.hash)) AS sync_commit,
      syncs.committed_at AS synced_at, sender.name AS sent_by, sender.email AS sent_by_email,
      lower(hex(entered.hash)) AS "commit", author.name AS "by", author.email AS by_email,
      entered.claimed_at AS claimed_at, files.path AS file, files.kind, files.department, files.kpi, keys.text AS key,
      changes.from_value AS "from", changes.to_value AS "to", changes.flags & 1 AS verified,
      changes.flags >> 1 & 1 AS new_file, entered.message,
      held.proposal, ifnull(held.outcome = 'waiting', 0) AS held, ifnull(ended.outcome, held.outcome) AS outcome,
      proposer.name AS proposed_by, proposer.email AS proposed_by_email, lower(hex(held.proposed_in)) AS proposed_in,
      settler.name AS settled_by, settler.email AS settled_by_email, settling.claimed_at AS settled_at,
      lower(hex(settling.hash)) AS settled_in
    FROM changes JOIN syncs ON syncs.number = changes.sync JOIN commits AS brought ON brought.id = syncs.commit_id
      JOIN people AS sender ON sender.id = brought.committer JOIN commits AS entered ON entered.id = changes.commit_id
      JOIN people AS author ON author.id = entered.author JOIN files ON files.id = changes.file
      JOIN keys ON keys.id = changes.key LEFT JOIN settlements AS held ON held.change = changes.id
      LEFT JOIN people AS proposer ON proposer.id = held.proposed_by
      LEFT JOIN settlements AS ended ON ended.change = CASE held.outcome
        WHEN 'waiting' THEN (SELECT min(later.change) FROM changes AS other JOIN settlements AS later
          ON later.change = other.id WHERE other.file = changes.file AND other.key = changes.key
          AND other.id > changes.id AND later.outcome <> 'waiting')
        ELSE held.change END
      LEFT JOIN changes AS settled ON settled.id = ended.change
      LEFT JOIN commits AS settling ON settling.id = settled.commit_id
      LEFT JOIN people AS settler ON settler.id = settling.author;
    """
}
