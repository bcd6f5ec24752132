-- The ledger. `dispatches`, `readings`, `claims` and what hangs on them, and `decisions` are only ever
-- added to; `origins`, `incidents`, `holdings` and `findings` are derived and can be rebuilt.
-- Days are ISO text; `n` columns are this file's own numbers and mean nothing outside it.
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS dispatches (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  published TEXT NOT NULL,
  known TEXT NOT NULL,
  precision TEXT NOT NULL,
  title TEXT, url TEXT, publisher TEXT,
  sources TEXT NOT NULL,
  language TEXT NOT NULL,
  hash TEXT NOT NULL,
  sketch BLOB NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS dispatches_known ON dispatches (known);
DROP INDEX IF EXISTS dispatches_hash;
CREATE INDEX IF NOT EXISTS dispatches_printing ON dispatches (hash, known);

CREATE TABLE IF NOT EXISTS readings (
  n INTEGER PRIMARY KEY,
  dispatch INTEGER NOT NULL REFERENCES dispatches (n),
  reader TEXT NOT NULL,
  passages TEXT NOT NULL,
  sentences TEXT NOT NULL,
  places TEXT NOT NULL,
  UNIQUE (dispatch, reader)
) STRICT;

CREATE TABLE IF NOT EXISTS places (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL, kind TEXT NOT NULL, precision TEXT NOT NULL,
  lat REAL NOT NULL, lon REAL NOT NULL,
  country TEXT, admin1 TEXT, admin1_name TEXT,
  population INTEGER NOT NULL, capital_of TEXT, source TEXT NOT NULL,
  n INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS places_country ON places (country, id);
CREATE INDEX IF NOT EXISTS places_name ON places (name COLLATE NOCASE);
CREATE VIRTUAL TABLE IF NOT EXISTS places_at USING rtree (n, south, north, west, east);

CREATE TABLE IF NOT EXISTS claims (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  reading INTEGER NOT NULL REFERENCES readings (n),
  dispatch INTEGER NOT NULL REFERENCES dispatches (n),
  known TEXT NOT NULL,
  kind TEXT NOT NULL,
  family TEXT NOT NULL,
  standing TEXT NOT NULL,
  when_first TEXT, when_last TEXT,
  current INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS claims_id ON claims (id, reading);
CREATE INDEX IF NOT EXISTS claims_dispatch ON claims (dispatch);
CREATE INDEX IF NOT EXISTS claims_known ON claims (known, n) WHERE current = 1;
CREATE INDEX IF NOT EXISTS claims_kind ON claims (kind, known, n) WHERE current = 1;

-- Where a claim belongs: a place's id, or `~…` for a place without one and for a claim without a place.
CREATE TABLE IF NOT EXISTS claim_units (
  unit TEXT NOT NULL, claim INTEGER NOT NULL REFERENCES claims (n), country TEXT,
  PRIMARY KEY (unit, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS claim_units_country ON claim_units (country, claim);
CREATE INDEX IF NOT EXISTS claim_units_claim ON claim_units (claim, unit);

CREATE TABLE IF NOT EXISTS claim_parties (
  side TEXT NOT NULL, claim INTEGER NOT NULL REFERENCES claims (n), actor TEXT NOT NULL,
  PRIMARY KEY (side, claim, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS claim_parties_actor ON claim_parties (actor, claim);

CREATE VIRTUAL TABLE IF NOT EXISTS claims_text USING fts5 (
  sentence, content = '', tokenize = 'unicode61 remove_diacritics 2'
);

-- Words of dispatches. A ledger from before gets them here, once.
CREATE VIRTUAL TABLE IF NOT EXISTS dispatches_text USING fts5 (
  title, text, content = 'dispatches', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO dispatches_text (dispatches_text, rank) VALUES ('hashsize', 16777216);
INSERT INTO dispatches_text (dispatches_text) VALUES ('rebuild');

CREATE TABLE IF NOT EXISTS decisions (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  author TEXT NOT NULL,
  made TEXT NOT NULL,
  reason TEXT NOT NULL,
  changes TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS decisions_subject ON decisions (subject);

-- Where copies are looked for. Days are ordinals here, to be counted with.
DROP TABLE IF EXISTS bands;
CREATE TABLE IF NOT EXISTS bands_by_day (
  band INTEGER NOT NULL, day INTEGER NOT NULL, dispatch INTEGER NOT NULL, PRIMARY KEY (band, day, dispatch)
) STRICT, WITHOUT ROWID;

-- Units and dispatches whose derived rows are behind; what a killed process leaves here is derived at the next start.
CREATE TABLE IF NOT EXISTS stale (unit TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Derived from here on.
CREATE TABLE IF NOT EXISTS origins (
  dispatch TEXT PRIMARY KEY, parent TEXT NOT NULL, reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS origins_parent ON origins (parent);

CREATE TABLE IF NOT EXISTS incidents (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL, unit TEXT NOT NULL, place TEXT, when_first TEXT, when_last TEXT, known TEXT NOT NULL,
  reason TEXT NOT NULL, origins TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS incidents_unit ON incidents (unit, when_first);
CREATE INDEX IF NOT EXISTS incidents_known ON incidents (known);
CREATE TABLE IF NOT EXISTS incident_claims (
  incident TEXT NOT NULL, claim TEXT NOT NULL, PRIMARY KEY (incident, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS incident_claims_claim ON incident_claims (claim);

-- One row holds from `known_from` to the day before `known_to`: the answer to any pair of days is a look-up.
CREATE TABLE IF NOT EXISTS holdings (
  place TEXT NOT NULL,
  known_from TEXT NOT NULL,
  known_to TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  state TEXT NOT NULL,
  holder TEXT,
  margin INTEGER NOT NULL,
  seen TEXT NOT NULL,
  claims_for TEXT NOT NULL,
  claims_against TEXT NOT NULL,
  country TEXT,
  PRIMARY KEY (place, known_from, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS holdings_now ON holdings (country, valid_to, valid_from) WHERE known_to = '9999-12-31';
CREATE INDEX IF NOT EXISTS holdings_life ON holdings (place, valid_from) WHERE known_to = '9999-12-31';
DROP INDEX IF EXISTS holdings_then;
CREATE INDEX IF NOT EXISTS holdings_known ON holdings (country, known_to, known_from, valid_from, valid_to, place);

CREATE TABLE IF NOT EXISTS findings (
  n INTEGER PRIMARY KEY,
  audit TEXT NOT NULL, verdict TEXT NOT NULL, known TEXT, dispatch TEXT, body TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS findings_known ON findings (known);
CREATE INDEX IF NOT EXISTS findings_dispatch ON findings (dispatch);
