-- +goose Up

-- A third kind of thing that is erased by itself: the key of process notes, once they
-- were kept for as long as the practice says.
CREATE TABLE erasures_kept (
    id    TEXT PRIMARY KEY,
    kind  TEXT NOT NULL CHECK (kind IN ('couple', 'partner', 'process')),
    at    INTEGER NOT NULL
) STRICT;
INSERT INTO erasures_kept SELECT id, kind, at FROM erasures;
DROP TABLE erasures;
ALTER TABLE erasures_kept RENAME TO erasures;

-- For how many years after a couple's last session what is kept; 0: until it is deleted.
-- since is when the practice last said so.
CREATE TABLE keeping_terms (
    practice        TEXT PRIMARY KEY REFERENCES practices (id) ON DELETE CASCADE,
    progress_years  INTEGER NOT NULL CHECK (progress_years BETWEEN 0 AND 100),
    process_years   INTEGER NOT NULL CHECK (process_years BETWEEN 0 AND 100),
    since           INTEGER NOT NULL,
    CHECK (progress_years = 0 OR process_years BETWEEN 1 AND progress_years)
) STRICT;
-- A house that was there before learns of the clocks now: what is due at once by the
-- usual terms is shown for as long as anything else before it may go.
INSERT INTO keeping_terms SELECT id, 7, 1, CAST(strftime('%s', 'now') AS INTEGER) * 1000000000 FROM practices;

-- What must not be deleted, whoever asks. One hold a couple at a time; lifted ones stay.
CREATE TABLE holds (
    id         TEXT PRIMARY KEY,
    key_id     TEXT NOT NULL,
    couple     TEXT NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    counselor  TEXT NOT NULL REFERENCES counselors (id),
    at         INTEGER NOT NULL,
    lifted_by  TEXT REFERENCES counselors (id),
    lifted_at  INTEGER,
    reason BLOB NOT NULL CHECK (typeof(reason) = 'blob' AND substr(reason, 1, 1) = x'01' AND length(reason) >= 290),
    CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
) STRICT;
CREATE INDEX holds_couple ON holds (couple, id);
CREATE UNIQUE INDEX holds_standing ON holds (couple) WHERE lifted_at IS NULL;

-- What each partner was called when a session was opened. It stands beside the log,
-- under that person's own key, so that it goes when they are erased.
CREATE TABLE session_names (
    id       TEXT PRIMARY KEY,
    key_id   TEXT NOT NULL,
    session  TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seat     TEXT NOT NULL CHECK (seat IN ('one', 'two')),
    name BLOB NOT NULL CHECK (typeof(name) = 'blob' AND substr(name, 1, 1) = x'01' AND length(name) >= 290),
    UNIQUE (session, seat)
) STRICT;

-- A session that was held before Mend, of which the day alone was brought in.
ALTER TABLE sessions ADD COLUMN imported INTEGER NOT NULL DEFAULT 0 CHECK (imported = 0 OR state = 'ended');
