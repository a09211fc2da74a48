/// The tables of a desk in PostgreSQL, with what they refuse (see ``LedgerRow``), in a schema `planlint`.
enum PostgreSQLSchema {
  /// Goes up with each change of the tables, and has a step of ``steps`` for it.
  static let version = 1

  /// What makes each version of the one before it.
  static let steps = [first]

  /// Texts follow each other by their bytes, whatever language the server speaks.
  private static let text = #"text COLLATE "C""#

  /// Index entries have 2,704 bytes at most, and texts of applicants may be longer: those stand in an index by their digest.
  private static let first = """
    CREATE FUNCTION digest(words text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      AS $$ SELECT pg_catalog.sha256(pg_catalog.convert_to(words, 'UTF8')) $$;
    CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'an entry of the % is never changed or taken away', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
    END $$;

    -- Whoever writes a city holds its row.
    CREATE TABLE cities (city \(text) PRIMARY KEY);

    CREATE TABLE documents (
      city \(text) NOT NULL, digest \(text) NOT NULL, bytes bytea NOT NULL,
      PRIMARY KEY (city, digest)
    );

    CREATE TABLE numbers (
      city \(text) NOT NULL, kind \(text) NOT NULL, last bigint NOT NULL, PRIMARY KEY (city, kind)
    );

    CREATE TABLE records (
      city \(text) NOT NULL, kind \(text) NOT NULL, id \(text) NOT NULL, parent \(text) NOT NULL,
      name \(text), number bigint NOT NULL, version bigint NOT NULL CHECK (version > 0),
      body \(text) NOT NULL, PRIMARY KEY (city, kind, id)
    );
    CREATE UNIQUE INDEX records_by_name ON records (city, kind, parent, digest(name));
    CREATE INDEX records_named ON records USING hash (name);
    CREATE UNIQUE INDEX records_by_parent ON records (city, kind, parent, number);
    CREATE UNIQUE INDEX records_by_number ON records (city, kind, number);

    CREATE TABLE ledger (
      city \(text) NOT NULL, seq bigint NOT NULL CHECK (seq > 0),
      kind \(text) NOT NULL CHECK (kind IN ('opening', 'grant', 'void')),
      rule \(text), part \(text), scope \(text), take bigint NOT NULL, used bigint, most bigint,
      binds integer NOT NULL CHECK (binds IN (0, 1)),
      round \(text), filed \(text), of bigint, prev \(text) NOT NULL, hash \(text) NOT NULL,
      body \(text) NOT NULL,
      PRIMARY KEY (city, seq),
      UNIQUE (city, prev),
      UNIQUE (city, of),
      CHECK (kind = 'opening' OR take >= 0),
      CHECK ((kind = 'void') = (of IS NOT NULL)),
      CHECK (kind = 'opening' OR (round IS NOT NULL AND filed IS NOT NULL)),
      CONSTRAINT within_the_limit CHECK (
        kind <> 'grant' OR binds = 0 OR used IS NULL OR most IS NULL OR used + take <= most)
    );
    CREATE UNIQUE INDEX ledger_granted_once ON ledger (
      city, filed, coalesce(rule, ''), coalesce(part, ''), digest(coalesce(scope, '')))
      WHERE kind = 'grant';
    CREATE INDEX ledger_by_case ON ledger (city, filed);
    CREATE FUNCTION ledger_follows() RETURNS trigger LANGUAGE plpgsql
      SET search_path = planlint, pg_temp AS $$
    DECLARE last record;
    BEGIN
      SELECT seq, hash INTO last FROM ledger WHERE city = NEW.city ORDER BY seq DESC LIMIT 1;
      IF NEW.seq <> coalesce(last.seq, 0) + 1 THEN
        RAISE EXCEPTION 'an entry follows the last without a gap'
          USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      IF NEW.prev <> coalesce(last.hash, '\(LedgerRow.noHash)') THEN
        RAISE EXCEPTION 'an entry names the hash of the one before'
          USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      IF NEW.kind = 'void' AND NOT EXISTS (
        SELECT FROM ledger WHERE city = NEW.city AND seq = NEW.of AND kind = 'grant'
          AND filed = NEW.filed AND take = NEW.take)
      THEN
        RAISE EXCEPTION 'a void takes back a grant of the same case'
          USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER ledger_follows BEFORE INSERT ON ledger
      FOR EACH ROW EXECUTE FUNCTION ledger_follows();
    CREATE TRIGGER ledger_stays BEFORE UPDATE OR DELETE ON ledger
      FOR EACH ROW EXECUTE FUNCTION stays();
    CREATE TRIGGER ledger_remains BEFORE TRUNCATE ON ledger EXECUTE FUNCTION stays();

    CREATE TABLE figure_names (
      city \(text) NOT NULL, path \(text) NOT NULL, PRIMARY KEY (city, path)
    );
    CREATE TABLE figures (
      city \(text) NOT NULL, path \(text) NOT NULL, seq bigint NOT NULL, total bigint NOT NULL,
      PRIMARY KEY (city, path, seq)
    );

    CREATE TABLE audit (
      city \(text) NOT NULL, seq bigint NOT NULL CHECK (seq > 0), prev \(text) NOT NULL,
      hash \(text) NOT NULL, body \(text) NOT NULL,
      PRIMARY KEY (city, seq), UNIQUE (city, prev)
    );
    CREATE FUNCTION audit_follows() RETURNS trigger LANGUAGE plpgsql
      SET search_path = planlint, pg_temp AS $$
    BEGIN
      IF NEW.seq <> coalesce((SELECT max(seq) FROM audit WHERE city = NEW.city), 0) + 1 THEN
        RAISE EXCEPTION 'an entry follows the last without a gap'
          USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER audit_follows BEFORE INSERT ON audit
      FOR EACH ROW EXECUTE FUNCTION audit_follows();
    CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit
      FOR EACH ROW EXECUTE FUNCTION stays();
    CREATE TRIGGER audit_remains BEFORE TRUNCATE ON audit EXECUTE FUNCTION stays();

    CREATE TABLE answers (
      city \(text) NOT NULL, account \(text) NOT NULL, act \(text) NOT NULL, key \(text) NOT NULL,
      request \(text) NOT NULL, outcome \(text) NOT NULL, body \(text) NOT NULL, round \(text),
      at \(text) NOT NULL
    );
    CREATE UNIQUE INDEX answers_by_key ON answers (city, account, key, digest(act));
    CREATE INDEX answers_by_age ON answers (city, at) WHERE round IS NULL;

    """
    + ["documents", "numbers", "records", "ledger", "figure_names", "figures", "audit", "answers"]
    .map(shownByCity).joined()

  /// Row security of a table: a transaction sees and writes the cities that `planlint.city` has, none where it has none.
  private static func shownByCity(_ table: String) -> String {
    let cities = "(SELECT CAST(nullif(current_setting('planlint.city', true), '') AS text[]))"
    return """
      ALTER TABLE \(table) ENABLE ROW LEVEL SECURITY;
      ALTER TABLE \(table) FORCE ROW LEVEL SECURITY;
      CREATE POLICY by_city ON \(table)
        USING (city = ANY (\(cities)::text[])) WITH CHECK (city = ANY (\(cities)::text[]));

      """
  }

  /// What the role that serves needs of each table, and no more.
  private static let grants = [
    ("version", "SELECT"), ("cities", "SELECT, INSERT, UPDATE"), ("documents", "SELECT, INSERT"),
    ("numbers", "SELECT, INSERT, UPDATE"), ("records", "SELECT, INSERT, UPDATE, DELETE"),
    ("ledger", "SELECT, INSERT"), ("figure_names", "SELECT, INSERT"),
    ("figures", "SELECT, INSERT, UPDATE"), ("audit", "SELECT, INSERT"),
    ("answers", "SELECT, INSERT, DELETE"),
  ]

  /// Statements that give a role what it needs, after whatever it had before is taken from it.
  static func grants(to role: String) -> String {
    ([
      "REVOKE ALL ON ALL TABLES IN SCHEMA planlint FROM \(role)",
      "GRANT USAGE ON SCHEMA planlint TO \(role)",
    ]
      + grants.map { "GRANT \($0.1) ON \($0.0) TO \(role)" }).joined(separator: ";\n")
  }
}
