-- +goose Up

-- Exercises that counselors wrote themselves. What one is called, its id included, is
-- its author's words: it is found again by a keyed mark. No record depends on a row
-- here, since a log carries the program that it ran.
CREATE TABLE exercises (
    id          TEXT PRIMARY KEY,
    key_id      TEXT NOT NULL,
    practice    TEXT NOT NULL REFERENCES practices (id),
    counselor   TEXT NOT NULL REFERENCES counselors (id),
    slug_mark BLOB NOT NULL CHECK (length(slug_mark) = 32),
    scope       TEXT NOT NULL CHECK (scope IN ('private', 'practice')),
    revision    INTEGER NOT NULL CHECK (revision >= 1),
    created_at  INTEGER NOT NULL,
    saved_at    INTEGER NOT NULL,
    source BLOB NOT NULL CHECK (typeof(source) = 'blob' AND substr(source, 1, 1) = x'01' AND length(source) >= 290),
    definition BLOB NOT NULL CHECK (typeof(definition) = 'blob' AND substr(definition, 1, 1) = x'01' AND length(definition) >= 290),
    UNIQUE (practice, slug_mark)
) STRICT;
CREATE INDEX exercises_counselor ON exercises (counselor, id);
