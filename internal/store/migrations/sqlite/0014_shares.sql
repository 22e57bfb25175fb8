-- +goose Up

-- A page that a counselor shared of a session that is over: what was chosen, not what it
-- says, which is read from the log each time. Nothing here tells whether it was opened.
CREATE TABLE shares (
    id          TEXT PRIMARY KEY,
    key_id      TEXT NOT NULL,
    session     TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    counselor   TEXT NOT NULL REFERENCES counselors (id),
    reader      TEXT NOT NULL CHECK (reader IN ('one', 'two', 'both')),
    token_hash BLOB NOT NULL CHECK (length(token_hash) = 32) UNIQUE,
    made_at     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    revoked_at  INTEGER,
    chosen BLOB NOT NULL CHECK (typeof(chosen) = 'blob' AND substr(chosen, 1, 1) = x'01' AND length(chosen) >= 290)
) STRICT;
CREATE INDEX shares_session ON shares (session, id);

-- What may go to somebody outside, once both partners have said so.
CREATE TABLE releases (
    id            TEXT PRIMARY KEY,
    key_id        TEXT NOT NULL,
    couple        TEXT NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    counselor     TEXT NOT NULL REFERENCES counselors (id),
    made_at       INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    withdrawn_at  INTEGER,
    asked BLOB NOT NULL CHECK (typeof(asked) = 'blob' AND substr(asked, 1, 1) = x'01' AND length(asked) >= 290)
) STRICT;
CREATE INDEX releases_couple ON releases (couple, id);

CREATE TABLE release_links (
    id          TEXT PRIMARY KEY,
    release     TEXT NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    seat        TEXT NOT NULL CHECK (seat IN ('one', 'two')),
    token_hash BLOB NOT NULL CHECK (length(token_hash) = 32) UNIQUE,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    revoked_at  INTEGER
) STRICT;
CREATE INDEX release_links_release ON release_links (release, seat);

-- Every word that was given; the latest of each partner counts.
CREATE TABLE release_answers (
    id       TEXT PRIMARY KEY,
    release  TEXT NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    seat     TEXT NOT NULL CHECK (seat IN ('one', 'two')),
    answer   TEXT NOT NULL CHECK (answer IN ('agree', 'decline')),
    at       INTEGER NOT NULL
) STRICT;
CREATE INDEX release_answers_release ON release_answers (release, id);

CREATE TABLE release_overrides (
    id         TEXT PRIMARY KEY,
    key_id     TEXT NOT NULL,
    release    TEXT NOT NULL UNIQUE REFERENCES releases (id) ON DELETE CASCADE,
    counselor  TEXT NOT NULL REFERENCES counselors (id),
    ground     TEXT NOT NULL CHECK (ground IN ('court_order', 'law', 'danger', 'cannot')),
    at         INTEGER NOT NULL,
    words BLOB NOT NULL CHECK (typeof(words) = 'blob' AND substr(words, 1, 1) = x'01' AND length(words) >= 290)
) STRICT;

CREATE TABLE release_exports (
    id         TEXT PRIMARY KEY,
    release    TEXT NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    counselor  TEXT NOT NULL REFERENCES counselors (id),
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX release_exports_release ON release_exports (release, id);
