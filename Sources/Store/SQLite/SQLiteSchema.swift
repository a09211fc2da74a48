/// The tables of a desk in SQLite, with what they refuse (see ``LedgerRow``).
enum SQLiteSchema {
  /// Goes up with each change of the tables, and has a step of ``steps`` for it.
  static let version = 1

  /// What makes each version of the one before it.
  static let steps = [first]

  private static let first = """
    CREATE TABLE documents (
      city TEXT NOT NULL, digest TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (city, digest)
    ) STRICT;

    CREATE TABLE numbers (
      city TEXT NOT NULL, kind TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (city, kind)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE records (
      city TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, parent TEXT NOT NULL, name TEXT,
      number INTEGER NOT NULL, version INTEGER NOT NULL CHECK (version > 0), body TEXT NOT NULL,
      PRIMARY KEY (city, kind, id),
      UNIQUE (city, kind, parent, name)
    ) STRICT;
    CREATE UNIQUE INDEX records_by_parent ON records (city, kind, parent, number);
    CREATE UNIQUE INDEX records_by_number ON records (city, kind, number);

    CREATE TABLE ledger (
      city TEXT NOT NULL, seq INTEGER NOT NULL CHECK (seq > 0),
      kind TEXT NOT NULL CHECK (kind IN ('opening', 'grant', 'void')),
      rule TEXT, part TEXT, scope TEXT, take INTEGER NOT NULL, used INTEGER, most INTEGER,
      binds INTEGER NOT NULL CHECK (binds IN (0, 1)),
      round TEXT, filed TEXT, of INTEGER, prev TEXT NOT NULL, hash TEXT NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY (city, seq),
      UNIQUE (city, prev),
      UNIQUE (city, of),
      CHECK (kind = 'opening' OR take >= 0),
      CHECK ((kind = 'void') = (of IS NOT NULL)),
      CHECK (kind = 'opening' OR (round IS NOT NULL AND filed IS NOT NULL)),
      CONSTRAINT within_the_limit
        CHECK (kind <> 'grant' OR NOT binds OR used IS NULL OR most IS NULL OR used + take <= most)
    ) STRICT;
    CREATE UNIQUE INDEX ledger_granted_once
      ON ledger (city, filed, ifnull(rule, ''), ifnull(part, ''), ifnull(scope, ''))
      WHERE kind = 'grant';
    CREATE INDEX ledger_by_case ON ledger (city, filed);
    CREATE TRIGGER ledger_follows BEFORE INSERT ON ledger BEGIN
      SELECT RAISE(ABORT, 'an entry follows the last without a gap')
        WHERE NEW.seq <> (SELECT ifnull(max(seq), 0) + 1 FROM ledger WHERE city = NEW.city);
      SELECT RAISE(ABORT, 'an entry names the hash of the one before')
        WHERE NEW.prev <> ifnull(
          (SELECT hash FROM ledger WHERE city = NEW.city AND seq = NEW.seq - 1),
          '\(LedgerRow.noHash)');
      SELECT RAISE(ABORT, 'a void takes back a grant of the same case')
        WHERE NEW.kind = 'void' AND NOT EXISTS (
          SELECT 1 FROM ledger WHERE city = NEW.city AND seq = NEW.of AND kind = 'grant'
            AND filed = NEW.filed AND take = NEW.take);
    END;
    CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger BEGIN
      SELECT RAISE(ABORT, 'an entry of the ledger is never changed');
    END;
    CREATE TRIGGER ledger_remains BEFORE DELETE ON ledger BEGIN
      SELECT RAISE(ABORT, 'an entry of the ledger is never taken away');
    END;

    CREATE TABLE figure_names (
      city TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (city, path)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE figures (
      city TEXT NOT NULL, path TEXT NOT NULL, seq INTEGER NOT NULL, total INTEGER NOT NULL,
      PRIMARY KEY (city, path, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE audit (
      city TEXT NOT NULL, seq INTEGER NOT NULL CHECK (seq > 0), prev TEXT NOT NULL,
      hash TEXT NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY (city, seq), UNIQUE (city, prev)
    ) STRICT;
    CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN
      SELECT RAISE(ABORT, 'an entry of the audit trail is never changed');
    END;
    CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN
      SELECT RAISE(ABORT, 'an entry of the audit trail is never taken away');
    END;

    CREATE TABLE answers (
      city TEXT NOT NULL, account TEXT NOT NULL, act TEXT NOT NULL, key TEXT NOT NULL,
      request TEXT NOT NULL, outcome TEXT NOT NULL, body TEXT NOT NULL, round TEXT,
      at TEXT NOT NULL, PRIMARY KEY (city, account, act, key)
    ) STRICT;
    CREATE INDEX answers_by_age ON answers (city, at) WHERE round IS NULL;
    """
}
