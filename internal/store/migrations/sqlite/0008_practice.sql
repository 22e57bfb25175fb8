-- +goose Up

-- A practice has owners and counselors. Whoever set it up owns it. A counselor who left
-- is deactivated: nothing of theirs is deleted, and they can be made active again.
ALTER TABLE counselors ADD COLUMN role TEXT NOT NULL DEFAULT 'counselor' CHECK (role IN ('owner', 'counselor'));
ALTER TABLE counselors ADD COLUMN deactivated_at INTEGER;
UPDATE counselors SET role = 'owner'
WHERE id = (SELECT min(first.id) FROM counselors first WHERE first.practice = counselors.practice);

-- A way into the practice for one more counselor.
CREATE TABLE invitations (
    id          TEXT PRIMARY KEY,
    key_id      TEXT NOT NULL,
    practice    TEXT NOT NULL REFERENCES practices (id),
    invited_by  TEXT NOT NULL REFERENCES counselors (id),
    token_hash BLOB NOT NULL CHECK (length(token_hash) = 32) UNIQUE,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    used_at     INTEGER,
    used_by     TEXT REFERENCES counselors (id),
    revoked_at  INTEGER,
    label BLOB NOT NULL CHECK (typeof(label) = 'blob' AND substr(label, 1, 1) = x'01' AND length(label) >= 290),
    email BLOB NOT NULL CHECK (typeof(email) = 'blob' AND substr(email, 1, 1) = x'01' AND length(email) >= 290)
) STRICT;
CREATE INDEX invitations_practice ON invitations (practice, id);

-- Who gave a couple to whom, and when.
CREATE TABLE hand_overs (
    id      TEXT PRIMARY KEY,
    key_id  TEXT NOT NULL,
    couple  TEXT NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    former  TEXT NOT NULL REFERENCES counselors (id),
    next    TEXT NOT NULL REFERENCES counselors (id),
    by      TEXT NOT NULL REFERENCES counselors (id),
    at      INTEGER NOT NULL,
    reason BLOB NOT NULL CHECK (typeof(reason) = 'blob' AND substr(reason, 1, 1) = x'01' AND length(reason) >= 290)
) STRICT;
CREATE INDEX hand_overs_couple ON hand_overs (couple, id);
CREATE INDEX hand_overs_former ON hand_overs (former, id);

-- A second counselor in one session, with a counselor's rights in it and nowhere else.
CREATE TABLE co_therapists (
    session    TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    counselor  TEXT NOT NULL REFERENCES counselors (id),
    added_at   INTEGER NOT NULL,
    PRIMARY KEY (session, counselor)
) STRICT;
CREATE INDEX co_therapists_counselor ON co_therapists (counselor, session);

-- Whose process notes about a couple another key than the couple's present
-- process_key seals: a former counselor's, a co-therapist's.
CREATE TABLE process_keys (
    couple     TEXT NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    counselor  TEXT NOT NULL REFERENCES counselors (id),
    key        TEXT NOT NULL,
    PRIMARY KEY (couple, counselor)
) STRICT;

-- A process note is one counselor's: with two in a session, or one after the other,
-- there is one of each. A constraint of the table changes, so the three tables are made
-- anew; the children first, so that nothing is deleted along with its parent.
CREATE TABLE process_notes_of (
    id         TEXT PRIMARY KEY,
    key_id     TEXT NOT NULL,
    session    TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    counselor  TEXT NOT NULL REFERENCES counselors (id),
    version    INTEGER NOT NULL CHECK (version >= 1),
    signed_at  INTEGER,
    signature BLOB NOT NULL CHECK (typeof(signature) = 'blob' AND substr(signature, 1, 1) = x'01' AND length(signature) >= 290),
    UNIQUE (session, counselor)
) STRICT;
CREATE TABLE process_note_versions_of (
    id        TEXT PRIMARY KEY,
    key_id    TEXT NOT NULL,
    note      TEXT NOT NULL REFERENCES process_notes_of (id) ON DELETE CASCADE,
    version   INTEGER NOT NULL CHECK (version >= 1),
    format    TEXT NOT NULL CHECK (format IN ('soap', 'dap', 'birp', 'girp', 'free')),
    saved_at  INTEGER NOT NULL,
    sections BLOB NOT NULL CHECK (typeof(sections) = 'blob' AND substr(sections, 1, 1) = x'01' AND length(sections) >= 290),
    UNIQUE (note, version)
) STRICT;
CREATE TABLE process_note_addenda_of (
    id      TEXT PRIMARY KEY,
    key_id  TEXT NOT NULL,
    note    TEXT NOT NULL REFERENCES process_notes_of (id) ON DELETE CASCADE,
    at      INTEGER NOT NULL,
    words BLOB NOT NULL CHECK (typeof(words) = 'blob' AND substr(words, 1, 1) = x'01' AND length(words) >= 290)
) STRICT;
INSERT INTO process_notes_of (id, key_id, session, counselor, version, signed_at, signature)
SELECT n.id, n.key_id, n.session, s.counselor, n.version, n.signed_at, n.signature
FROM process_notes n JOIN sessions s ON s.id = n.session;
INSERT INTO process_note_versions_of (id, key_id, note, version, format, saved_at, sections)
SELECT id, key_id, note, version, format, saved_at, sections FROM process_note_versions;
INSERT INTO process_note_addenda_of (id, key_id, note, at, words)
SELECT id, key_id, note, at, words FROM process_note_addenda;
DROP TABLE process_note_addenda;
DROP TABLE process_note_versions;
DROP TABLE process_notes;
ALTER TABLE process_notes_of RENAME TO process_notes;
ALTER TABLE process_note_versions_of RENAME TO process_note_versions;
ALTER TABLE process_note_addenda_of RENAME TO process_note_addenda;
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
