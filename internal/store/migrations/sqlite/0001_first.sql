-- +goose Up

-- Ids are UUIDv7 made by Mend, times are nanoseconds since 1970 in UTC. A sealed
-- column takes nothing but an envelope of package seal (first byte 01, at least one
-- padded bucket): plain text is refused here, whatever the code above forgets.
-- In each table with sealed columns, key_id names the key, and id and key_id stand
-- first: a row is read from left to right, and opening needs both.

CREATE TABLE keys (
    id          TEXT PRIMARY KEY,
    parent      TEXT REFERENCES keys (id) ON DELETE CASCADE, -- NULL: wrapped by the master key
    kind        TEXT NOT NULL CHECK (kind IN ('index', 'practice', 'couple', 'person', 'process')),
    wrapped     BLOB NOT NULL CHECK (typeof(wrapped) = 'blob' AND substr(wrapped, 1, 1) = x'01' AND length(wrapped) >= 64),
    created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX keys_parent ON keys (parent);

-- What was erased, by id alone, to be erased again after a backup is restored.
CREATE TABLE erasures (
    id    TEXT PRIMARY KEY,
    kind  TEXT NOT NULL CHECK (kind IN ('couple', 'partner')),
    at    INTEGER NOT NULL
) STRICT;

CREATE TABLE practices (
    id          TEXT PRIMARY KEY,
    key_id      TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    name BLOB NOT NULL CHECK (typeof(name) = 'blob' AND substr(name, 1, 1) = x'01' AND length(name) >= 290),
    policy BLOB NOT NULL CHECK (typeof(policy) = 'blob' AND substr(policy, 1, 1) = x'01' AND length(policy) >= 290),
    help BLOB NOT NULL CHECK (typeof(help) = 'blob' AND substr(help, 1, 1) = x'01' AND length(help) >= 290),
    leave_to BLOB NOT NULL CHECK (typeof(leave_to) = 'blob' AND substr(leave_to, 1, 1) = x'01' AND length(leave_to) >= 290)
) STRICT;

CREATE TABLE counselors (
    id             TEXT PRIMARY KEY,
    key_id         TEXT NOT NULL,
    practice       TEXT NOT NULL REFERENCES practices (id),
    email_mark BLOB NOT NULL CHECK (length(email_mark) = 32) UNIQUE,
    password_hash  TEXT NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
    created_at     INTEGER NOT NULL,
    name BLOB NOT NULL CHECK (typeof(name) = 'blob' AND substr(name, 1, 1) = x'01' AND length(name) >= 290),
    email BLOB NOT NULL CHECK (typeof(email) = 'blob' AND substr(email, 1, 1) = x'01' AND length(email) >= 290)
) STRICT;

CREATE TABLE couples (
    id           TEXT PRIMARY KEY,
    key_id       TEXT NOT NULL,
    counselor    TEXT NOT NULL REFERENCES counselors (id),
    process_key  TEXT NOT NULL, -- of the counselor's process notes about this couple
    created_at   INTEGER NOT NULL,
    label BLOB NOT NULL CHECK (typeof(label) = 'blob' AND substr(label, 1, 1) = x'01' AND length(label) >= 290)
) STRICT;
CREATE INDEX couples_counselor ON couples (counselor, id);

-- A partner's id is also the id of the key of their private words.
CREATE TABLE partners (
    id         TEXT PRIMARY KEY,
    key_id     TEXT NOT NULL,
    couple     TEXT NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    seat       TEXT NOT NULL CHECK (seat IN ('one', 'two')),
    erased_at  INTEGER,
    name BLOB NOT NULL CHECK (typeof(name) = 'blob' AND substr(name, 1, 1) = x'01' AND length(name) >= 290),
    pronouns BLOB NOT NULL CHECK (typeof(pronouns) = 'blob' AND substr(pronouns, 1, 1) = x'01' AND length(pronouns) >= 290),
    UNIQUE (couple, seat)
) STRICT;

CREATE TABLE suitability_statements (
    id         TEXT PRIMARY KEY,
    key_id     TEXT NOT NULL,
    couple     TEXT NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    statement  TEXT NOT NULL CHECK (statement IN ('seen_apart', 'override')),
    at         INTEGER NOT NULL,
    reason BLOB NOT NULL CHECK (typeof(reason) = 'blob' AND substr(reason, 1, 1) = x'01' AND length(reason) >= 290)
) STRICT;
CREATE INDEX suitability_statements_couple ON suitability_statements (couple, id);

CREATE TABLE sessions (
    id          TEXT PRIMARY KEY,
    key_id      TEXT NOT NULL,
    couple      TEXT NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    counselor   TEXT NOT NULL REFERENCES counselors (id),
    state       TEXT NOT NULL CHECK (state IN ('planned', 'open', 'live', 'ended')),
    created_at  INTEGER NOT NULL,
    starts_at   INTEGER,
    opened_at   INTEGER,
    started_at  INTEGER,
    ended_at    INTEGER,
    agenda BLOB NOT NULL CHECK (typeof(agenda) = 'blob' AND substr(agenda, 1, 1) = x'01' AND length(agenda) >= 290)
) STRICT;
CREATE INDEX sessions_counselor ON sessions (counselor, id);
CREATE INDEX sessions_couple ON sessions (couple, id);

CREATE TABLE links (
    id            TEXT PRIMARY KEY,
    session       TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seat          TEXT NOT NULL CHECK (seat IN ('one', 'two')),
    token_hash BLOB NOT NULL CHECK (length(token_hash) = 32) UNIQUE,
    code_mark BLOB CHECK (length(code_mark) = 32) UNIQUE, -- gone once the link is claimed or revoked
    code_ends_at  INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    claimed_at    INTEGER,
    revoked_at    INTEGER
) STRICT;
CREATE INDEX links_session ON links (session, seat);

CREATE TABLE sign_ins (
    id          TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL CHECK (length(token_hash) = 32) UNIQUE,
    kind        TEXT NOT NULL CHECK (kind IN ('counselor', 'seat')),
    counselor   TEXT REFERENCES counselors (id) ON DELETE CASCADE,
    session     TEXT REFERENCES sessions (id) ON DELETE CASCADE,
    seat        TEXT CHECK (seat IN ('one', 'two')),
    link        TEXT REFERENCES links (id) ON DELETE CASCADE,
    created_at  INTEGER NOT NULL,
    seen_at     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    revoked_at  INTEGER,
    CHECK ((kind = 'counselor' AND counselor IS NOT NULL AND session IS NULL AND seat IS NULL AND link IS NULL)
        OR (kind = 'seat' AND counselor IS NULL AND session IS NOT NULL AND seat IS NOT NULL AND link IS NOT NULL))
) STRICT;
CREATE INDEX sign_ins_session ON sign_ins (session, seat);
CREATE INDEX sign_ins_counselor ON sign_ins (counselor);
CREATE INDEX sign_ins_link ON sign_ins (link);

-- The log. It decides the order of everything, and only ever grows.
CREATE TABLE events (
    session  TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seq      INTEGER NOT NULL CHECK (seq >= 1),
    command  TEXT NOT NULL CHECK (length(command) BETWEEN 1 AND 64),
    at       INTEGER NOT NULL,
    by       TEXT NOT NULL CHECK (by IN ('counselor', 'one', 'two')),
    type     TEXT NOT NULL,
    key_id   TEXT NOT NULL,
    payload BLOB NOT NULL CHECK (typeof(payload) = 'blob' AND substr(payload, 1, 1) = x'01' AND length(payload) >= 290),
    PRIMARY KEY (session, seq),
    UNIQUE (session, command)
) WITHOUT ROWID, STRICT;
-- +goose StatementBegin
CREATE TRIGGER events_kept BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER events_stay BEFORE DELETE ON events WHEN EXISTS (SELECT 1 FROM sessions WHERE id = OLD.session)
BEGIN SELECT RAISE(ABORT, 'the log is never cut'); END;
-- +goose StatementEnd

CREATE TABLE consents (
    id       TEXT PRIMARY KEY,
    session  TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seat     TEXT NOT NULL CHECK (seat IN ('one', 'two')),
    policy   INTEGER NOT NULL,
    at       INTEGER NOT NULL
) STRICT;
CREATE INDEX consents_session ON consents (session, id);

CREATE TABLE drafts (
    id        TEXT PRIMARY KEY,
    key_id    TEXT NOT NULL,
    session   TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seat      TEXT NOT NULL CHECK (seat IN ('one', 'two')),
    saved_at  INTEGER NOT NULL,
    words BLOB NOT NULL CHECK (typeof(words) = 'blob' AND substr(words, 1, 1) = x'01' AND length(words) >= 290),
    UNIQUE (session, seat)
) STRICT;

CREATE TABLE agreements (
    id            TEXT PRIMARY KEY,
    key_id        TEXT NOT NULL,
    couple        TEXT NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    session       TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    signed_at     INTEGER NOT NULL,
    withdrawn_by  TEXT CHECK (withdrawn_by IN ('one', 'two')),
    withdrawn_at  INTEGER,
    wording BLOB NOT NULL CHECK (typeof(wording) = 'blob' AND substr(wording, 1, 1) = x'01' AND length(wording) >= 290)
) STRICT;
CREATE INDEX agreements_couple ON agreements (couple, signed_at);

CREATE TABLE progress_notes (
    id         TEXT PRIMARY KEY,
    key_id     TEXT NOT NULL,
    session    TEXT NOT NULL UNIQUE REFERENCES sessions (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL CHECK (version >= 1),
    signed_at  INTEGER,
    signature BLOB NOT NULL CHECK (typeof(signature) = 'blob' AND substr(signature, 1, 1) = x'01' AND length(signature) >= 290)
) STRICT;

CREATE TABLE progress_note_versions (
    id        TEXT PRIMARY KEY,
    key_id    TEXT NOT NULL,
    note      TEXT NOT NULL REFERENCES progress_notes (id) ON DELETE CASCADE,
    version   INTEGER NOT NULL CHECK (version >= 1),
    format    TEXT NOT NULL CHECK (format IN ('soap', 'dap', 'birp', 'girp', 'free')),
    saved_at  INTEGER NOT NULL,
    sections BLOB NOT NULL CHECK (typeof(sections) = 'blob' AND substr(sections, 1, 1) = x'01' AND length(sections) >= 290),
    UNIQUE (note, version)
) STRICT;

CREATE TABLE progress_note_addenda (
    id      TEXT PRIMARY KEY,
    key_id  TEXT NOT NULL,
    note    TEXT NOT NULL REFERENCES progress_notes (id) ON DELETE CASCADE,
    at      INTEGER NOT NULL,
    words BLOB NOT NULL CHECK (typeof(words) = 'blob' AND substr(words, 1, 1) = x'01' AND length(words) >= 290)
) STRICT;
CREATE INDEX progress_note_addenda_note ON progress_note_addenda (note, id);

-- +goose StatementBegin
CREATE TRIGGER progress_notes_locked BEFORE UPDATE ON progress_notes WHEN OLD.signed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed note is locked'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER progress_note_versions_locked BEFORE INSERT ON progress_note_versions
WHEN (SELECT signed_at FROM progress_notes WHERE id = NEW.note) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed note is locked'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER progress_note_versions_kept BEFORE UPDATE ON progress_note_versions
BEGIN SELECT RAISE(ABORT, 'a version of a note is kept as it is'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER progress_note_addenda_kept BEFORE UPDATE ON progress_note_addenda
BEGIN SELECT RAISE(ABORT, 'an addendum is kept as it is'); END;
-- +goose StatementEnd

CREATE TABLE process_notes (
    id         TEXT PRIMARY KEY,
    key_id     TEXT NOT NULL,
    session    TEXT NOT NULL UNIQUE REFERENCES sessions (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL CHECK (version >= 1),
    signed_at  INTEGER,
    signature BLOB NOT NULL CHECK (typeof(signature) = 'blob' AND substr(signature, 1, 1) = x'01' AND length(signature) >= 290)
) STRICT;

CREATE TABLE process_note_versions (
    id        TEXT PRIMARY KEY,
    key_id    TEXT NOT NULL,
    note      TEXT NOT NULL REFERENCES process_notes (id) ON DELETE CASCADE,
    version   INTEGER NOT NULL CHECK (version >= 1),
    format    TEXT NOT NULL CHECK (format IN ('soap', 'dap', 'birp', 'girp', 'free')),
    saved_at  INTEGER NOT NULL,
    sections BLOB NOT NULL CHECK (typeof(sections) = 'blob' AND substr(sections, 1, 1) = x'01' AND length(sections) >= 290),
    UNIQUE (note, version)
) STRICT;

CREATE TABLE process_note_addenda (
    id      TEXT PRIMARY KEY,
    key_id  TEXT NOT NULL,
    note    TEXT NOT NULL REFERENCES process_notes (id) ON DELETE CASCADE,
    at      INTEGER NOT NULL,
    words BLOB NOT NULL CHECK (typeof(words) = 'blob' AND substr(words, 1, 1) = x'01' AND length(words) >= 290)
) STRICT;
CREATE INDEX process_note_addenda_note ON process_note_addenda (note, id);

-- +goose StatementBegin
CREATE TRIGGER process_notes_locked BEFORE UPDATE ON process_notes WHEN OLD.signed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed note is locked'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER process_note_versions_locked BEFORE INSERT ON process_note_versions
WHEN (SELECT signed_at FROM process_notes WHERE id = NEW.note) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed note is locked'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER process_note_versions_kept BEFORE UPDATE ON process_note_versions
BEGIN SELECT RAISE(ABORT, 'a version of a note is kept as it is'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER process_note_addenda_kept BEFORE UPDATE ON process_note_addenda
BEGIN SELECT RAISE(ABORT, 'an addendum is kept as it is'); END;
-- +goose StatementEnd

-- What a repeated create is answered with.
CREATE TABLE creates (
    counselor  TEXT NOT NULL REFERENCES counselors (id) ON DELETE CASCADE,
    key BLOB NOT NULL CHECK (length(key) = 32),
    body BLOB NOT NULL CHECK (length(body) = 32),
    made       TEXT NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (counselor, key)
) STRICT;
