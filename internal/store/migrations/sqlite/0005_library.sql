-- +goose Up

-- What a counselor has starred, and when a couple last began what. An exercise's name
-- may be its author's own words, and what a couple works on tells much of them: so it
-- stands here as a keyed mark, and in words in the log alone.
CREATE TABLE favourites (
    counselor  TEXT NOT NULL REFERENCES counselors (id) ON DELETE CASCADE,
    mark BLOB NOT NULL CHECK (length(mark) = 32),
    PRIMARY KEY (counselor, mark)
) STRICT;

CREATE TABLE exercise_uses (
    couple   TEXT NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    mark BLOB NOT NULL CHECK (length(mark) = 32),
    last_at  INTEGER NOT NULL,
    PRIMARY KEY (couple, mark)
) STRICT;

-- How long a session is meant to be.
ALTER TABLE sessions ADD COLUMN minutes INTEGER NOT NULL DEFAULT 50 CHECK (minutes BETWEEN 10 AND 480);
