-- +goose Up

-- How counselors show who they are, beside a password or in its place.

-- An account may have no password; its hash is then one that nothing matches.
ALTER TABLE counselors ADD COLUMN has_password INTEGER NOT NULL DEFAULT 1 CHECK (has_password IN (0, 1));

-- When its bearer last proved who they are, and on what: a word for the browser and
-- one for the system, for a person to know their own devices again, and no more.
ALTER TABLE sign_ins ADD COLUMN proved_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sign_ins ADD COLUMN browser TEXT NOT NULL DEFAULT '' CHECK (length(browser) <= 16);
ALTER TABLE sign_ins ADD COLUMN system TEXT NOT NULL DEFAULT '' CHECK (length(system) <= 16);

CREATE TABLE passkeys (
    id             TEXT PRIMARY KEY,
    key_id         TEXT NOT NULL,
    counselor      TEXT NOT NULL REFERENCES counselors (id) ON DELETE CASCADE,
    credential_hash BLOB NOT NULL CHECK (length(credential_hash) = 32) UNIQUE,
    created_at     INTEGER NOT NULL,
    used_at        INTEGER,
    name BLOB NOT NULL CHECK (typeof(name) = 'blob' AND substr(name, 1, 1) = x'01' AND length(name) >= 290),
    credential BLOB NOT NULL CHECK (typeof(credential) = 'blob' AND substr(credential, 1, 1) = x'01' AND length(credential) >= 290)
) STRICT;
CREATE INDEX passkeys_counselor ON passkeys (counselor, id);

-- What a passkey is asked to sign, once and soon.
CREATE TABLE challenges (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    purpose     TEXT NOT NULL CHECK (purpose IN ('sign_in', 'proof', 'passkey')),
    sign_in     TEXT REFERENCES sign_ins (id) ON DELETE CASCADE, -- NULL: of somebody who is not in yet
    expires_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX challenges_sign_in ON challenges (sign_in);

-- One-time codes. The id is the counselor's; on once a first code was right.
CREATE TABLE one_time_codes (
    id            TEXT PRIMARY KEY REFERENCES counselors (id) ON DELETE CASCADE,
    key_id        TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    confirmed_at  INTEGER,
    last_step     INTEGER NOT NULL, -- of the newest code that was used: none is used twice
    secret BLOB NOT NULL CHECK (typeof(secret) = 'blob' AND substr(secret, 1, 1) = x'01' AND length(secret) >= 290)
) STRICT;

CREATE TABLE recovery_codes (
    counselor  TEXT NOT NULL REFERENCES counselors (id) ON DELETE CASCADE,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    used_at    INTEGER,
    PRIMARY KEY (counselor, hash)
) STRICT;

-- A way back in, made on the machine itself.
CREATE TABLE resets (
    counselor   TEXT PRIMARY KEY REFERENCES counselors (id) ON DELETE CASCADE,
    hash BLOB NOT NULL CHECK (length(hash) = 32) UNIQUE,
    expires_at  INTEGER NOT NULL
) STRICT;
