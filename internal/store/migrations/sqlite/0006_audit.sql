-- +goose Up

-- Who did what to what, and when: ids and kinds, never a word. Each row's mark is keyed
-- and takes in the mark of the row before, so that none can be changed, taken out or put
-- in without the chain telling. Rows outlive what they speak of.
CREATE TABLE deeds (
    id        TEXT PRIMARY KEY,
    practice  TEXT NOT NULL REFERENCES practices (id),
    seq       INTEGER NOT NULL CHECK (seq >= 1),
    at        INTEGER NOT NULL,
    actor     TEXT NOT NULL,
    action    TEXT NOT NULL,
    object    TEXT NOT NULL,
    mark BLOB NOT NULL CHECK (length(mark) = 32),
    UNIQUE (practice, seq)
) STRICT;
CREATE INDEX deeds_practice ON deeds (practice, id);
-- +goose StatementBegin
CREATE TRIGGER deeds_kept BEFORE UPDATE ON deeds
BEGIN SELECT RAISE(ABORT, 'what was done is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deeds_stay BEFORE DELETE ON deeds
BEGIN SELECT RAISE(ABORT, 'what was done is never taken back'); END;
-- +goose StatementEnd
