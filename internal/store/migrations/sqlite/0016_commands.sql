-- +goose Up

-- A command is in a session's log once. Ids of commands begin with the time at which they
-- were made: sorted by them, what is new stands together at the end, where it was sorted
-- by session each record had another page of this index written, and half of what it cost
-- to bring one in went there. SQLite changes no constraint but by making the table anew.
CREATE TABLE events_by_command (
    session  TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seq      INTEGER NOT NULL CHECK (seq >= 1),
    command  TEXT NOT NULL CHECK (length(command) BETWEEN 1 AND 64),
    at       INTEGER NOT NULL,
    by       TEXT NOT NULL CHECK (by IN ('counselor', 'one', 'two')),
    type     TEXT NOT NULL,
    key_id   TEXT NOT NULL,
    payload BLOB NOT NULL CHECK (typeof(payload) = 'blob' AND substr(payload, 1, 1) = x'01' AND length(payload) >= 290),
    PRIMARY KEY (session, seq),
    UNIQUE (command, session)
) WITHOUT ROWID, STRICT;
INSERT INTO events_by_command (session, seq, command, at, by, type, key_id, payload)
SELECT session, seq, command, at, by, type, key_id, payload FROM events ORDER BY session, seq;
DROP TABLE events;
ALTER TABLE events_by_command RENAME TO events;
-- +goose StatementBegin
CREATE TRIGGER events_kept BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER events_stay BEFORE DELETE ON events WHEN EXISTS (SELECT 1 FROM sessions WHERE id = OLD.session)
BEGIN SELECT RAISE(ABORT, 'the log is never cut'); END;
-- +goose StatementEnd
