-- +goose Up

-- What is set for the time between two sessions. What it is and what became of it stand
-- in its own log; here only whose it is and whether it is over.
CREATE TABLE homework (
    id         TEXT PRIMARY KEY,
    couple     TEXT NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    counselor  TEXT NOT NULL REFERENCES counselors (id),
    made_at    INTEGER NOT NULL,
    closed_at  INTEGER,
    read_in    TEXT REFERENCES sessions (id) ON DELETE SET NULL,
    read_at    INTEGER
) STRICT;
CREATE INDEX homework_couple ON homework (couple, id);

CREATE TABLE homework_events (
    homework  TEXT NOT NULL REFERENCES homework (id) ON DELETE CASCADE,
    seq       INTEGER NOT NULL CHECK (seq >= 1),
    command   TEXT NOT NULL CHECK (length(command) BETWEEN 1 AND 64),
    at        INTEGER NOT NULL,
    by        TEXT NOT NULL CHECK (by IN ('counselor', 'one', 'two')),
    type      TEXT NOT NULL,
    key_id    TEXT NOT NULL,
    payload BLOB NOT NULL CHECK (typeof(payload) = 'blob' AND substr(payload, 1, 1) = x'01' AND length(payload) >= 290),
    PRIMARY KEY (homework, seq),
    UNIQUE (homework, by, command)
) WITHOUT ROWID, STRICT;
-- +goose StatementBegin
CREATE TRIGGER homework_events_kept BEFORE UPDATE ON homework_events
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER homework_events_stay BEFORE DELETE ON homework_events WHEN EXISTS (SELECT 1 FROM homework WHERE id = OLD.homework)
BEGIN SELECT RAISE(ABORT, 'the log is never cut'); END;
-- +goose StatementEnd

-- A partner comes back by the same link over several visits, until it ends; each visit
-- ends the one before.
CREATE TABLE homework_links (
    id          TEXT PRIMARY KEY,
    homework    TEXT NOT NULL REFERENCES homework (id) ON DELETE CASCADE,
    seat        TEXT NOT NULL CHECK (seat IN ('one', 'two')),
    token_hash BLOB NOT NULL CHECK (length(token_hash) = 32) UNIQUE,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    claimed_at  INTEGER,
    revoked_at  INTEGER
) STRICT;
CREATE INDEX homework_links_homework ON homework_links (homework, seat);

CREATE TABLE homework_visits (
    id          TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL CHECK (length(token_hash) = 32) UNIQUE,
    link        TEXT NOT NULL REFERENCES homework_links (id) ON DELETE CASCADE,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    revoked_at  INTEGER
) STRICT;
CREATE INDEX homework_visits_link ON homework_visits (link);

CREATE TABLE homework_drafts (
    id        TEXT PRIMARY KEY,
    key_id    TEXT NOT NULL,
    homework  TEXT NOT NULL REFERENCES homework (id) ON DELETE CASCADE,
    seat      TEXT NOT NULL CHECK (seat IN ('one', 'two')),
    step      INTEGER NOT NULL CHECK (step >= 0),
    saved_at  INTEGER NOT NULL,
    words BLOB NOT NULL CHECK (typeof(words) = 'blob' AND substr(words, 1, 1) = x'01' AND length(words) >= 290),
    UNIQUE (homework, seat, step)
) STRICT;
