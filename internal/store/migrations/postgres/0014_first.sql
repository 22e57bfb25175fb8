-- +goose Up

-- The schema that SQLite reaches by its migrations up to this number; from here on each
-- has both kinds. Ids are UUIDv7 made by Mend, times are nanoseconds since 1970 in UTC. A
-- sealed column takes nothing but an envelope of package seal (first byte 01, at least
-- one padded bucket): plain text is refused here, whatever the code above forgets.
-- In each table with sealed columns, key_id names the key, and id and key_id stand first:
-- a row is read from left to right, and opening needs both. Texts are compared byte by
-- byte, as SQLite does, whatever the database's own collation.

-- +goose StatementBegin
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
END $$;
-- +goose StatementEnd

-- What is locked once the row that it belongs to is: a table and the column that names
-- the row there.
-- +goose StatementBegin
CREATE FUNCTION refuse_where_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    signed BIGINT;
BEGIN
    EXECUTE format('SELECT signed_at FROM %I WHERE id = ($1).%I', TG_ARGV[1], TG_ARGV[2]) INTO signed USING NEW;
    IF signed IS NOT NULL THEN
        RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- A log loses nothing while what it tells of is there.
-- +goose StatementBegin
CREATE FUNCTION refuse_while_there() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    there BOOLEAN;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE id = ($1).%I)', TG_ARGV[1], TG_ARGV[2]) INTO there USING OLD;
    IF there THEN
        RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;
-- +goose StatementEnd

CREATE TABLE keys (
    id          TEXT COLLATE "C" PRIMARY KEY,
    parent      TEXT COLLATE "C" REFERENCES keys (id) ON DELETE CASCADE, -- NULL: wrapped by the master key
    kind        TEXT COLLATE "C" NOT NULL CHECK (kind IN ('index', 'practice', 'couple', 'person', 'process')),
    wrapped     BYTEA NOT NULL CHECK (substr(wrapped, 1, 1) = '\x01' AND length(wrapped) >= 64),
    created_at  BIGINT NOT NULL
);
CREATE INDEX keys_parent ON keys (parent);

CREATE TABLE practices (
    id          TEXT COLLATE "C" PRIMARY KEY,
    key_id      TEXT COLLATE "C" NOT NULL,
    created_at  BIGINT NOT NULL,
    name        BYTEA NOT NULL CHECK (substr(name, 1, 1) = '\x01' AND length(name) >= 290),
    policy      BYTEA NOT NULL CHECK (substr(policy, 1, 1) = '\x01' AND length(policy) >= 290),
    help        BYTEA NOT NULL CHECK (substr(help, 1, 1) = '\x01' AND length(help) >= 290),
    leave_to    BYTEA NOT NULL CHECK (substr(leave_to, 1, 1) = '\x01' AND length(leave_to) >= 290)
);

CREATE TABLE counselors (
    id              TEXT COLLATE "C" PRIMARY KEY,
    key_id          TEXT COLLATE "C" NOT NULL,
    practice        TEXT COLLATE "C" NOT NULL REFERENCES practices (id),
    email_mark      BYTEA NOT NULL CHECK (length(email_mark) = 32) UNIQUE,
    password_hash   TEXT COLLATE "C" NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
    created_at      BIGINT NOT NULL,
    name            BYTEA NOT NULL CHECK (substr(name, 1, 1) = '\x01' AND length(name) >= 290),
    email           BYTEA NOT NULL CHECK (substr(email, 1, 1) = '\x01' AND length(email) >= 290),
    language        TEXT COLLATE "C" NOT NULL DEFAULT 'en' CHECK (length(language) BETWEEN 2 AND 16),
    has_password    BOOLEAN NOT NULL DEFAULT true,
    role            TEXT COLLATE "C" NOT NULL DEFAULT 'counselor' CHECK (role IN ('owner', 'counselor')),
    deactivated_at  BIGINT
);

CREATE TABLE couples (
    id           TEXT COLLATE "C" PRIMARY KEY,
    key_id       TEXT COLLATE "C" NOT NULL,
    counselor    TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    process_key  TEXT COLLATE "C" NOT NULL, -- of the counselor's process notes about this couple
    created_at   BIGINT NOT NULL,
    label        BYTEA NOT NULL CHECK (substr(label, 1, 1) = '\x01' AND length(label) >= 290)
);
CREATE INDEX couples_counselor ON couples (counselor, id);

-- A partner's id is also the id of the key of their private words.
CREATE TABLE partners (
    id         TEXT COLLATE "C" PRIMARY KEY,
    key_id     TEXT COLLATE "C" NOT NULL,
    couple     TEXT COLLATE "C" NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    seat       TEXT COLLATE "C" NOT NULL CHECK (seat IN ('one', 'two')),
    erased_at  BIGINT,
    name       BYTEA NOT NULL CHECK (substr(name, 1, 1) = '\x01' AND length(name) >= 290),
    pronouns   BYTEA NOT NULL CHECK (substr(pronouns, 1, 1) = '\x01' AND length(pronouns) >= 290),
    UNIQUE (couple, seat)
);

CREATE TABLE suitability_statements (
    id         TEXT COLLATE "C" PRIMARY KEY,
    key_id     TEXT COLLATE "C" NOT NULL,
    couple     TEXT COLLATE "C" NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    statement  TEXT COLLATE "C" NOT NULL CHECK (statement IN ('seen_apart', 'override')),
    at         BIGINT NOT NULL,
    reason     BYTEA NOT NULL CHECK (substr(reason, 1, 1) = '\x01' AND length(reason) >= 290)
);
CREATE INDEX suitability_statements_couple ON suitability_statements (couple, id);

CREATE TABLE sessions (
    id          TEXT COLLATE "C" PRIMARY KEY,
    key_id      TEXT COLLATE "C" NOT NULL,
    couple      TEXT COLLATE "C" NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    counselor   TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    state       TEXT COLLATE "C" NOT NULL CHECK (state IN ('planned', 'open', 'live', 'ended')),
    created_at  BIGINT NOT NULL,
    starts_at   BIGINT,
    opened_at   BIGINT,
    started_at  BIGINT,
    ended_at    BIGINT,
    agenda      BYTEA NOT NULL CHECK (substr(agenda, 1, 1) = '\x01' AND length(agenda) >= 290),
    minutes     BIGINT NOT NULL DEFAULT 50 CHECK (minutes BETWEEN 10 AND 480),
    imported    BOOLEAN NOT NULL DEFAULT false CHECK (NOT imported OR state = 'ended')
);
CREATE INDEX sessions_counselor ON sessions (counselor, id);
CREATE INDEX sessions_couple ON sessions (couple, id);

CREATE TABLE links (
    id            TEXT COLLATE "C" PRIMARY KEY,
    session       TEXT COLLATE "C" NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seat          TEXT COLLATE "C" NOT NULL CHECK (seat IN ('one', 'two')),
    token_hash    BYTEA NOT NULL CHECK (length(token_hash) = 32) UNIQUE,
    code_mark     BYTEA CHECK (length(code_mark) = 32) UNIQUE, -- gone once the link is claimed or revoked
    code_ends_at  BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    claimed_at    BIGINT,
    revoked_at    BIGINT
);
CREATE INDEX links_session ON links (session, seat);

CREATE TABLE sign_ins (
    id          TEXT COLLATE "C" PRIMARY KEY,
    token_hash  BYTEA NOT NULL CHECK (length(token_hash) = 32) UNIQUE,
    kind        TEXT COLLATE "C" NOT NULL CHECK (kind IN ('counselor', 'seat')),
    counselor   TEXT COLLATE "C" REFERENCES counselors (id) ON DELETE CASCADE,
    session     TEXT COLLATE "C" REFERENCES sessions (id) ON DELETE CASCADE,
    seat        TEXT COLLATE "C" CHECK (seat IN ('one', 'two')),
    link        TEXT COLLATE "C" REFERENCES links (id) ON DELETE CASCADE,
    created_at  BIGINT NOT NULL,
    seen_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    revoked_at  BIGINT,
    proved_at   BIGINT NOT NULL DEFAULT 0,
    browser     TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (length(browser) <= 16),
    system      TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (length(system) <= 16),
    CHECK ((kind = 'counselor' AND counselor IS NOT NULL AND session IS NULL AND seat IS NULL AND link IS NULL) OR (kind = 'seat' AND counselor IS NULL AND session IS NOT NULL AND seat IS NOT NULL AND link IS NOT NULL))
);
CREATE INDEX sign_ins_session ON sign_ins (session, seat);
CREATE INDEX sign_ins_counselor ON sign_ins (counselor);
CREATE INDEX sign_ins_link ON sign_ins (link);

-- The log. It decides the order of everything, and only ever grows.
CREATE TABLE events (
    session  TEXT COLLATE "C" NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seq      BIGINT NOT NULL CHECK (seq >= 1),
    command  TEXT COLLATE "C" NOT NULL CHECK (length(command) BETWEEN 1 AND 64),
    at       BIGINT NOT NULL,
    by       TEXT COLLATE "C" NOT NULL CHECK (by IN ('counselor', 'one', 'two')),
    type     TEXT COLLATE "C" NOT NULL,
    key_id   TEXT COLLATE "C" NOT NULL,
    payload  BYTEA NOT NULL CHECK (substr(payload, 1, 1) = '\x01' AND length(payload) >= 290),
    PRIMARY KEY (session, seq),
    UNIQUE (session, command)
);
CREATE TRIGGER events_kept BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION refuse('the log is never changed');
CREATE TRIGGER events_stay BEFORE DELETE ON events FOR EACH ROW EXECUTE FUNCTION refuse_while_there('the log is never cut', 'sessions', 'session');

CREATE TABLE consents (
    id       TEXT COLLATE "C" PRIMARY KEY,
    session  TEXT COLLATE "C" NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seat     TEXT COLLATE "C" NOT NULL CHECK (seat IN ('one', 'two')),
    policy   BIGINT NOT NULL,
    at       BIGINT NOT NULL
);
CREATE INDEX consents_session ON consents (session, id);

CREATE TABLE drafts (
    id        TEXT COLLATE "C" PRIMARY KEY,
    key_id    TEXT COLLATE "C" NOT NULL,
    session   TEXT COLLATE "C" NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seat      TEXT COLLATE "C" NOT NULL CHECK (seat IN ('one', 'two')),
    saved_at  BIGINT NOT NULL,
    words     BYTEA NOT NULL CHECK (substr(words, 1, 1) = '\x01' AND length(words) >= 290),
    UNIQUE (session, seat)
);

CREATE TABLE agreements (
    id            TEXT COLLATE "C" PRIMARY KEY,
    key_id        TEXT COLLATE "C" NOT NULL,
    couple        TEXT COLLATE "C" NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    session       TEXT COLLATE "C" NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    signed_at     BIGINT NOT NULL,
    withdrawn_by  TEXT COLLATE "C" CHECK (withdrawn_by IN ('one', 'two')),
    withdrawn_at  BIGINT,
    wording       BYTEA NOT NULL CHECK (substr(wording, 1, 1) = '\x01' AND length(wording) >= 290)
);
CREATE INDEX agreements_couple ON agreements (couple, signed_at);

CREATE TABLE progress_notes (
    id         TEXT COLLATE "C" PRIMARY KEY,
    key_id     TEXT COLLATE "C" NOT NULL,
    session    TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES sessions (id) ON DELETE CASCADE,
    version    BIGINT NOT NULL CHECK (version >= 1),
    signed_at  BIGINT,
    signature  BYTEA NOT NULL CHECK (substr(signature, 1, 1) = '\x01' AND length(signature) >= 290)
);
CREATE TRIGGER progress_notes_locked BEFORE UPDATE ON progress_notes FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION refuse('a signed note is locked');

CREATE TABLE progress_note_versions (
    id        TEXT COLLATE "C" PRIMARY KEY,
    key_id    TEXT COLLATE "C" NOT NULL,
    note      TEXT COLLATE "C" NOT NULL REFERENCES progress_notes (id) ON DELETE CASCADE,
    version   BIGINT NOT NULL CHECK (version >= 1),
    format    TEXT COLLATE "C" NOT NULL CHECK (format IN ('soap', 'dap', 'birp', 'girp', 'free')),
    saved_at  BIGINT NOT NULL,
    sections  BYTEA NOT NULL CHECK (substr(sections, 1, 1) = '\x01' AND length(sections) >= 290),
    UNIQUE (note, version)
);
CREATE TRIGGER progress_note_versions_locked BEFORE INSERT ON progress_note_versions FOR EACH ROW EXECUTE FUNCTION refuse_where_signed('a signed note is locked', 'progress_notes', 'note');
CREATE TRIGGER progress_note_versions_kept BEFORE UPDATE ON progress_note_versions FOR EACH ROW EXECUTE FUNCTION refuse('a version of a note is kept as it is');

CREATE TABLE progress_note_addenda (
    id      TEXT COLLATE "C" PRIMARY KEY,
    key_id  TEXT COLLATE "C" NOT NULL,
    note    TEXT COLLATE "C" NOT NULL REFERENCES progress_notes (id) ON DELETE CASCADE,
    at      BIGINT NOT NULL,
    words   BYTEA NOT NULL CHECK (substr(words, 1, 1) = '\x01' AND length(words) >= 290)
);
CREATE INDEX progress_note_addenda_note ON progress_note_addenda (note, id);
CREATE TRIGGER progress_note_addenda_kept BEFORE UPDATE ON progress_note_addenda FOR EACH ROW EXECUTE FUNCTION refuse('an addendum is kept as it is');

-- What a repeated create is answered with.
CREATE TABLE creates (
    counselor  TEXT COLLATE "C" NOT NULL REFERENCES counselors (id) ON DELETE CASCADE,
    key        BYTEA NOT NULL CHECK (length(key) = 32),
    body       BYTEA NOT NULL CHECK (length(body) = 32),
    made       TEXT COLLATE "C" NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (counselor, key)
);

-- Exercises that counselors wrote themselves. What one is called, its id included, is
-- its author's words: it is found again by a keyed mark. No record depends on a row
-- here, since a log carries the program that it ran.
CREATE TABLE exercises (
    id          TEXT COLLATE "C" PRIMARY KEY,
    key_id      TEXT COLLATE "C" NOT NULL,
    practice    TEXT COLLATE "C" NOT NULL REFERENCES practices (id),
    counselor   TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    slug_mark   BYTEA NOT NULL CHECK (length(slug_mark) = 32),
    scope       TEXT COLLATE "C" NOT NULL CHECK (scope IN ('private', 'practice')),
    revision    BIGINT NOT NULL CHECK (revision >= 1),
    created_at  BIGINT NOT NULL,
    saved_at    BIGINT NOT NULL,
    source      BYTEA NOT NULL CHECK (substr(source, 1, 1) = '\x01' AND length(source) >= 290),
    definition  BYTEA NOT NULL CHECK (substr(definition, 1, 1) = '\x01' AND length(definition) >= 290),
    UNIQUE (practice, slug_mark)
);
CREATE INDEX exercises_counselor ON exercises (counselor, id);

-- What a counselor has starred, and when a couple last began what. An exercise's name
-- may be its author's own words, and what a couple works on tells much of them: so it
-- stands here as a keyed mark, and in words in the log alone.
CREATE TABLE favourites (
    counselor  TEXT COLLATE "C" NOT NULL REFERENCES counselors (id) ON DELETE CASCADE,
    mark       BYTEA NOT NULL CHECK (length(mark) = 32),
    PRIMARY KEY (counselor, mark)
);

CREATE TABLE exercise_uses (
    couple   TEXT COLLATE "C" NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    mark     BYTEA NOT NULL CHECK (length(mark) = 32),
    last_at  BIGINT NOT NULL,
    PRIMARY KEY (couple, mark)
);

-- Who did what to what, and when: ids and kinds, never a word. Each row's mark is keyed
-- and takes in the mark of the row before, so that none can be changed, taken out or put
-- in without the chain telling. Rows outlive what they speak of.
CREATE TABLE deeds (
    id        TEXT COLLATE "C" PRIMARY KEY,
    practice  TEXT COLLATE "C" NOT NULL REFERENCES practices (id),
    seq       BIGINT NOT NULL CHECK (seq >= 1),
    at        BIGINT NOT NULL,
    actor     TEXT COLLATE "C" NOT NULL,
    action    TEXT COLLATE "C" NOT NULL,
    object    TEXT COLLATE "C" NOT NULL,
    mark      BYTEA NOT NULL CHECK (length(mark) = 32),
    UNIQUE (practice, seq)
);
CREATE INDEX deeds_practice ON deeds (practice, id);
CREATE TRIGGER deeds_kept BEFORE UPDATE ON deeds FOR EACH ROW EXECUTE FUNCTION refuse('what was done is never changed');
CREATE TRIGGER deeds_stay BEFORE DELETE ON deeds FOR EACH ROW EXECUTE FUNCTION refuse('what was done is never taken back');

CREATE TABLE passkeys (
    id               TEXT COLLATE "C" PRIMARY KEY,
    key_id           TEXT COLLATE "C" NOT NULL,
    counselor        TEXT COLLATE "C" NOT NULL REFERENCES counselors (id) ON DELETE CASCADE,
    credential_hash  BYTEA NOT NULL CHECK (length(credential_hash) = 32) UNIQUE,
    created_at       BIGINT NOT NULL,
    used_at          BIGINT,
    name             BYTEA NOT NULL CHECK (substr(name, 1, 1) = '\x01' AND length(name) >= 290),
    credential       BYTEA NOT NULL CHECK (substr(credential, 1, 1) = '\x01' AND length(credential) >= 290)
);
CREATE INDEX passkeys_counselor ON passkeys (counselor, id);

-- What a passkey is asked to sign, once and soon.
CREATE TABLE challenges (
    hash        BYTEA PRIMARY KEY CHECK (length(hash) = 32),
    purpose     TEXT COLLATE "C" NOT NULL CHECK (purpose IN ('sign_in', 'proof', 'passkey')),
    sign_in     TEXT COLLATE "C" REFERENCES sign_ins (id) ON DELETE CASCADE, -- NULL: of somebody who is not in yet
    expires_at  BIGINT NOT NULL
);
CREATE INDEX challenges_sign_in ON challenges (sign_in);

-- One-time codes. The id is the counselor's; on once a first code was right.
CREATE TABLE one_time_codes (
    id            TEXT COLLATE "C" PRIMARY KEY REFERENCES counselors (id) ON DELETE CASCADE,
    key_id        TEXT COLLATE "C" NOT NULL,
    created_at    BIGINT NOT NULL,
    confirmed_at  BIGINT,
    last_step     BIGINT NOT NULL, -- of the newest code that was used: none is used twice
    secret        BYTEA NOT NULL CHECK (substr(secret, 1, 1) = '\x01' AND length(secret) >= 290)
);

CREATE TABLE recovery_codes (
    counselor  TEXT COLLATE "C" NOT NULL REFERENCES counselors (id) ON DELETE CASCADE,
    hash       BYTEA NOT NULL CHECK (length(hash) = 32),
    used_at    BIGINT,
    PRIMARY KEY (counselor, hash)
);

-- A way back in, made on the machine itself.
CREATE TABLE resets (
    counselor   TEXT COLLATE "C" PRIMARY KEY REFERENCES counselors (id) ON DELETE CASCADE,
    hash        BYTEA NOT NULL CHECK (length(hash) = 32) UNIQUE,
    expires_at  BIGINT NOT NULL
);

-- A way into the practice for one more counselor.
CREATE TABLE invitations (
    id          TEXT COLLATE "C" PRIMARY KEY,
    key_id      TEXT COLLATE "C" NOT NULL,
    practice    TEXT COLLATE "C" NOT NULL REFERENCES practices (id),
    invited_by  TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    token_hash  BYTEA NOT NULL CHECK (length(token_hash) = 32) UNIQUE,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    used_at     BIGINT,
    used_by     TEXT COLLATE "C" REFERENCES counselors (id),
    revoked_at  BIGINT,
    label       BYTEA NOT NULL CHECK (substr(label, 1, 1) = '\x01' AND length(label) >= 290),
    email       BYTEA NOT NULL CHECK (substr(email, 1, 1) = '\x01' AND length(email) >= 290)
);
CREATE INDEX invitations_practice ON invitations (practice, id);

-- Who gave a couple to whom, and when.
CREATE TABLE hand_overs (
    id      TEXT COLLATE "C" PRIMARY KEY,
    key_id  TEXT COLLATE "C" NOT NULL,
    couple  TEXT COLLATE "C" NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    former  TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    next    TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    by      TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    at      BIGINT NOT NULL,
    reason  BYTEA NOT NULL CHECK (substr(reason, 1, 1) = '\x01' AND length(reason) >= 290)
);
CREATE INDEX hand_overs_couple ON hand_overs (couple, id);
CREATE INDEX hand_overs_former ON hand_overs (former, id);

-- A second counselor in one session, with a counselor's rights in it and nowhere else.
CREATE TABLE co_therapists (
    session    TEXT COLLATE "C" NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    counselor  TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    added_at   BIGINT NOT NULL,
    PRIMARY KEY (session, counselor)
);
CREATE INDEX co_therapists_counselor ON co_therapists (counselor, session);

-- Whose process notes about a couple another key than the couple's present
-- process_key seals: a former counselor's, a co-therapist's.
CREATE TABLE process_keys (
    couple     TEXT COLLATE "C" NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    counselor  TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    key        TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (couple, counselor)
);

-- A process note is one counselor's: with two in a session, or one after the other,
-- there is one of each.
CREATE TABLE process_notes (
    id         TEXT COLLATE "C" PRIMARY KEY,
    key_id     TEXT COLLATE "C" NOT NULL,
    session    TEXT COLLATE "C" NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    counselor  TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    version    BIGINT NOT NULL CHECK (version >= 1),
    signed_at  BIGINT,
    signature  BYTEA NOT NULL CHECK (substr(signature, 1, 1) = '\x01' AND length(signature) >= 290),
    UNIQUE (session, counselor)
);
CREATE TRIGGER process_notes_locked BEFORE UPDATE ON process_notes FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION refuse('a signed note is locked');

CREATE TABLE process_note_versions (
    id        TEXT COLLATE "C" PRIMARY KEY,
    key_id    TEXT COLLATE "C" NOT NULL,
    note      TEXT COLLATE "C" NOT NULL REFERENCES process_notes (id) ON DELETE CASCADE,
    version   BIGINT NOT NULL CHECK (version >= 1),
    format    TEXT COLLATE "C" NOT NULL CHECK (format IN ('soap', 'dap', 'birp', 'girp', 'free')),
    saved_at  BIGINT NOT NULL,
    sections  BYTEA NOT NULL CHECK (substr(sections, 1, 1) = '\x01' AND length(sections) >= 290),
    UNIQUE (note, version)
);
CREATE TRIGGER process_note_versions_locked BEFORE INSERT ON process_note_versions FOR EACH ROW EXECUTE FUNCTION refuse_where_signed('a signed note is locked', 'process_notes', 'note');
CREATE TRIGGER process_note_versions_kept BEFORE UPDATE ON process_note_versions FOR EACH ROW EXECUTE FUNCTION refuse('a version of a note is kept as it is');

CREATE TABLE process_note_addenda (
    id      TEXT COLLATE "C" PRIMARY KEY,
    key_id  TEXT COLLATE "C" NOT NULL,
    note    TEXT COLLATE "C" NOT NULL REFERENCES process_notes (id) ON DELETE CASCADE,
    at      BIGINT NOT NULL,
    words   BYTEA NOT NULL CHECK (substr(words, 1, 1) = '\x01' AND length(words) >= 290)
);
CREATE INDEX process_note_addenda_note ON process_note_addenda (note, id);
CREATE TRIGGER process_note_addenda_kept BEFORE UPDATE ON process_note_addenda FOR EACH ROW EXECUTE FUNCTION refuse('an addendum is kept as it is');

-- How an agreement went when it was looked at. What came of it is as personal as the
-- agreement, so the day and the outcome are sealed with the remark.
CREATE TABLE agreement_reviews (
    id         TEXT COLLATE "C" PRIMARY KEY,
    key_id     TEXT COLLATE "C" NOT NULL,
    couple     TEXT COLLATE "C" NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    agreement  TEXT COLLATE "C" NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
    at         BIGINT NOT NULL,
    review     BYTEA NOT NULL CHECK (substr(review, 1, 1) = '\x01' AND length(review) >= 290)
);
CREATE INDEX agreement_reviews_couple ON agreement_reviews (couple, agreement, id);
CREATE TRIGGER agreement_reviews_kept BEFORE UPDATE ON agreement_reviews FOR EACH ROW EXECUTE FUNCTION refuse('a review is kept as it is; a later one says what is true now');

-- What is set for the time between two sessions. What it is and what became of it stand
-- in its own log; here only whose it is and whether it is over.
CREATE TABLE homework (
    id         TEXT COLLATE "C" PRIMARY KEY,
    couple     TEXT COLLATE "C" NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    counselor  TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    made_at    BIGINT NOT NULL,
    closed_at  BIGINT,
    read_in    TEXT COLLATE "C" REFERENCES sessions (id) ON DELETE SET NULL,
    read_at    BIGINT
);
CREATE INDEX homework_couple ON homework (couple, id);

CREATE TABLE homework_events (
    homework  TEXT COLLATE "C" NOT NULL REFERENCES homework (id) ON DELETE CASCADE,
    seq       BIGINT NOT NULL CHECK (seq >= 1),
    command   TEXT COLLATE "C" NOT NULL CHECK (length(command) BETWEEN 1 AND 64),
    at        BIGINT NOT NULL,
    by        TEXT COLLATE "C" NOT NULL CHECK (by IN ('counselor', 'one', 'two')),
    type      TEXT COLLATE "C" NOT NULL,
    key_id    TEXT COLLATE "C" NOT NULL,
    payload   BYTEA NOT NULL CHECK (substr(payload, 1, 1) = '\x01' AND length(payload) >= 290),
    PRIMARY KEY (homework, seq),
    UNIQUE (homework, by, command)
);
CREATE TRIGGER homework_events_kept BEFORE UPDATE ON homework_events FOR EACH ROW EXECUTE FUNCTION refuse('the log is never changed');
CREATE TRIGGER homework_events_stay BEFORE DELETE ON homework_events FOR EACH ROW EXECUTE FUNCTION refuse_while_there('the log is never cut', 'homework', 'homework');

-- A partner comes back by the same link over several visits, until it ends; each visit
-- ends the one before.
CREATE TABLE homework_links (
    id          TEXT COLLATE "C" PRIMARY KEY,
    homework    TEXT COLLATE "C" NOT NULL REFERENCES homework (id) ON DELETE CASCADE,
    seat        TEXT COLLATE "C" NOT NULL CHECK (seat IN ('one', 'two')),
    token_hash  BYTEA NOT NULL CHECK (length(token_hash) = 32) UNIQUE,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    claimed_at  BIGINT,
    revoked_at  BIGINT
);
CREATE INDEX homework_links_homework ON homework_links (homework, seat);

CREATE TABLE homework_visits (
    id          TEXT COLLATE "C" PRIMARY KEY,
    token_hash  BYTEA NOT NULL CHECK (length(token_hash) = 32) UNIQUE,
    link        TEXT COLLATE "C" NOT NULL REFERENCES homework_links (id) ON DELETE CASCADE,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    revoked_at  BIGINT
);
CREATE INDEX homework_visits_link ON homework_visits (link);

CREATE TABLE homework_drafts (
    id        TEXT COLLATE "C" PRIMARY KEY,
    key_id    TEXT COLLATE "C" NOT NULL,
    homework  TEXT COLLATE "C" NOT NULL REFERENCES homework (id) ON DELETE CASCADE,
    seat      TEXT COLLATE "C" NOT NULL CHECK (seat IN ('one', 'two')),
    step      BIGINT NOT NULL CHECK (step >= 0),
    saved_at  BIGINT NOT NULL,
    words     BYTEA NOT NULL CHECK (substr(words, 1, 1) = '\x01' AND length(words) >= 290),
    UNIQUE (homework, seat, step)
);

-- The words of a note in one stretch of writing. Each second of typing is flushed to
-- the disk here, and only what a stretch leaves behind becomes a version, which is
-- then kept as it is: a history of every second would tell nobody anything. A note has
-- at most one such row; id is the note's own, and version the one that readers are told.
CREATE TABLE progress_note_drafts (
    id        TEXT COLLATE "C" PRIMARY KEY REFERENCES progress_notes (id) ON DELETE CASCADE,
    key_id    TEXT COLLATE "C" NOT NULL,
    version   BIGINT NOT NULL CHECK (version >= 1),
    writer    BYTEA NOT NULL CHECK (length(writer) = 32), -- of the window it is typed in: a hash, for its name is the client's own text
    since     BIGINT NOT NULL, -- when the stretch began
    format    TEXT COLLATE "C" NOT NULL CHECK (format IN ('soap', 'dap', 'birp', 'girp', 'free')),
    saved_at  BIGINT NOT NULL,
    sections  BYTEA NOT NULL CHECK (substr(sections, 1, 1) = '\x01' AND length(sections) >= 290)
);
CREATE TRIGGER progress_note_drafts_locked BEFORE INSERT ON progress_note_drafts FOR EACH ROW EXECUTE FUNCTION refuse_where_signed('a signed note is locked', 'progress_notes', 'id');
CREATE TRIGGER progress_note_drafts_kept BEFORE UPDATE ON progress_note_drafts FOR EACH ROW EXECUTE FUNCTION refuse_where_signed('a signed note is locked', 'progress_notes', 'id');

CREATE TABLE process_note_drafts (
    id        TEXT COLLATE "C" PRIMARY KEY REFERENCES process_notes (id) ON DELETE CASCADE,
    key_id    TEXT COLLATE "C" NOT NULL,
    version   BIGINT NOT NULL CHECK (version >= 1),
    writer    BYTEA NOT NULL CHECK (length(writer) = 32),
    since     BIGINT NOT NULL,
    format    TEXT COLLATE "C" NOT NULL CHECK (format IN ('soap', 'dap', 'birp', 'girp', 'free')),
    saved_at  BIGINT NOT NULL,
    sections  BYTEA NOT NULL CHECK (substr(sections, 1, 1) = '\x01' AND length(sections) >= 290)
);
CREATE TRIGGER process_note_drafts_locked BEFORE INSERT ON process_note_drafts FOR EACH ROW EXECUTE FUNCTION refuse_where_signed('a signed note is locked', 'process_notes', 'id');
CREATE TRIGGER process_note_drafts_kept BEFORE UPDATE ON process_note_drafts FOR EACH ROW EXECUTE FUNCTION refuse_where_signed('a signed note is locked', 'process_notes', 'id');

-- What was erased, by id alone, to be erased again after a backup is restored.
CREATE TABLE erasures (
    id    TEXT COLLATE "C" PRIMARY KEY,
    kind  TEXT COLLATE "C" NOT NULL CHECK (kind IN ('couple', 'partner', 'process')),
    at    BIGINT NOT NULL
);

-- For how many years after a couple's last session what is kept; 0: until it is deleted.
-- since is when the practice last said so.
CREATE TABLE keeping_terms (
    practice        TEXT COLLATE "C" PRIMARY KEY REFERENCES practices (id) ON DELETE CASCADE,
    progress_years  BIGINT NOT NULL CHECK (progress_years BETWEEN 0 AND 100),
    process_years   BIGINT NOT NULL CHECK (process_years BETWEEN 0 AND 100),
    since           BIGINT NOT NULL,
    CHECK (progress_years = 0 OR process_years BETWEEN 1 AND progress_years)
);

-- What must not be deleted, whoever asks. One hold a couple at a time; lifted ones stay.
CREATE TABLE holds (
    id         TEXT COLLATE "C" PRIMARY KEY,
    key_id     TEXT COLLATE "C" NOT NULL,
    couple     TEXT COLLATE "C" NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    counselor  TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    at         BIGINT NOT NULL,
    lifted_by  TEXT COLLATE "C" REFERENCES counselors (id),
    lifted_at  BIGINT,
    reason     BYTEA NOT NULL CHECK (substr(reason, 1, 1) = '\x01' AND length(reason) >= 290),
    CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
);
CREATE INDEX holds_couple ON holds (couple, id);
CREATE UNIQUE INDEX holds_standing ON holds (couple) WHERE lifted_at IS NULL;

-- What each partner was called when a session was opened. It stands beside the log,
-- under that person's own key, so that it goes when they are erased.
CREATE TABLE session_names (
    id       TEXT COLLATE "C" PRIMARY KEY,
    key_id   TEXT COLLATE "C" NOT NULL,
    session  TEXT COLLATE "C" NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seat     TEXT COLLATE "C" NOT NULL CHECK (seat IN ('one', 'two')),
    name     BYTEA NOT NULL CHECK (substr(name, 1, 1) = '\x01' AND length(name) >= 290),
    UNIQUE (session, seat)
);

-- A page that a counselor shared of a session that is over: what was chosen, not what it
-- says, which is read from the log each time. Nothing here tells whether it was opened.
CREATE TABLE shares (
    id          TEXT COLLATE "C" PRIMARY KEY,
    key_id      TEXT COLLATE "C" NOT NULL,
    session     TEXT COLLATE "C" NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    counselor   TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    reader      TEXT COLLATE "C" NOT NULL CHECK (reader IN ('one', 'two', 'both')),
    token_hash  BYTEA NOT NULL CHECK (length(token_hash) = 32) UNIQUE,
    made_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    revoked_at  BIGINT,
    chosen      BYTEA NOT NULL CHECK (substr(chosen, 1, 1) = '\x01' AND length(chosen) >= 290)
);
CREATE INDEX shares_session ON shares (session, id);

-- What may go to somebody outside, once both partners have said so.
CREATE TABLE releases (
    id            TEXT COLLATE "C" PRIMARY KEY,
    key_id        TEXT COLLATE "C" NOT NULL,
    couple        TEXT COLLATE "C" NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    counselor     TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    made_at       BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    withdrawn_at  BIGINT,
    asked         BYTEA NOT NULL CHECK (substr(asked, 1, 1) = '\x01' AND length(asked) >= 290)
);
CREATE INDEX releases_couple ON releases (couple, id);

CREATE TABLE release_links (
    id          TEXT COLLATE "C" PRIMARY KEY,
    release     TEXT COLLATE "C" NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    seat        TEXT COLLATE "C" NOT NULL CHECK (seat IN ('one', 'two')),
    token_hash  BYTEA NOT NULL CHECK (length(token_hash) = 32) UNIQUE,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    revoked_at  BIGINT
);
CREATE INDEX release_links_release ON release_links (release, seat);

-- Every word that was given; the latest of each partner counts.
CREATE TABLE release_answers (
    id       TEXT COLLATE "C" PRIMARY KEY,
    release  TEXT COLLATE "C" NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    seat     TEXT COLLATE "C" NOT NULL CHECK (seat IN ('one', 'two')),
    answer   TEXT COLLATE "C" NOT NULL CHECK (answer IN ('agree', 'decline')),
    at       BIGINT NOT NULL
);
CREATE INDEX release_answers_release ON release_answers (release, id);

CREATE TABLE release_overrides (
    id         TEXT COLLATE "C" PRIMARY KEY,
    key_id     TEXT COLLATE "C" NOT NULL,
    release    TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES releases (id) ON DELETE CASCADE,
    counselor  TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    ground     TEXT COLLATE "C" NOT NULL CHECK (ground IN ('court_order', 'law', 'danger', 'cannot')),
    at         BIGINT NOT NULL,
    words      BYTEA NOT NULL CHECK (substr(words, 1, 1) = '\x01' AND length(words) >= 290)
);

CREATE TABLE release_exports (
    id         TEXT COLLATE "C" PRIMARY KEY,
    release    TEXT COLLATE "C" NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    counselor  TEXT COLLATE "C" NOT NULL REFERENCES counselors (id),
    at         BIGINT NOT NULL
);
CREATE INDEX release_exports_release ON release_exports (release, id);
