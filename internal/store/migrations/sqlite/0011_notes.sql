-- +goose Up

-- The words of a note in one stretch of writing. Each second of typing is flushed to
-- the disk here, and only what a stretch leaves behind becomes a version, which is
-- then kept as it is: a history of every second would tell nobody anything. A note has
-- at most one such row; id is the note's own, and version the one that readers are told.
CREATE TABLE progress_note_drafts (
    id        TEXT PRIMARY KEY REFERENCES progress_notes (id) ON DELETE CASCADE,
    key_id    TEXT NOT NULL,
    version   INTEGER NOT NULL CHECK (version >= 1),
    writer BLOB NOT NULL CHECK (length(writer) = 32), -- of the window it is typed in: a hash, for its name is the client's own text
    since     INTEGER NOT NULL, -- when the stretch began
    format    TEXT NOT NULL CHECK (format IN ('soap', 'dap', 'birp', 'girp', 'free')),
    saved_at  INTEGER NOT NULL,
    sections BLOB NOT NULL CHECK (typeof(sections) = 'blob' AND substr(sections, 1, 1) = x'01' AND length(sections) >= 290)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER progress_note_drafts_locked BEFORE INSERT ON progress_note_drafts
WHEN (SELECT signed_at FROM progress_notes WHERE id = NEW.id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed note is locked'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER progress_note_drafts_kept BEFORE UPDATE ON progress_note_drafts
WHEN (SELECT signed_at FROM progress_notes WHERE id = NEW.id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed note is locked'); END;
-- +goose StatementEnd

CREATE TABLE process_note_drafts (
    id        TEXT PRIMARY KEY REFERENCES process_notes (id) ON DELETE CASCADE,
    key_id    TEXT NOT NULL,
    version   INTEGER NOT NULL CHECK (version >= 1),
    writer BLOB NOT NULL CHECK (length(writer) = 32),
    since     INTEGER NOT NULL,
    format    TEXT NOT NULL CHECK (format IN ('soap', 'dap', 'birp', 'girp', 'free')),
    saved_at  INTEGER NOT NULL,
    sections BLOB NOT NULL CHECK (typeof(sections) = 'blob' AND substr(sections, 1, 1) = x'01' AND length(sections) >= 290)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER process_note_drafts_locked BEFORE INSERT ON process_note_drafts
WHEN (SELECT signed_at FROM process_notes WHERE id = NEW.id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed note is locked'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER process_note_drafts_kept BEFORE UPDATE ON process_note_drafts
WHEN (SELECT signed_at FROM process_notes WHERE id = NEW.id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed note is locked'); END;
-- +goose StatementEnd
