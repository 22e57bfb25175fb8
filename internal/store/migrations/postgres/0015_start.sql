-- +goose Up

-- Each start looks for names that an older Mend sealed under the couple's key. There are
-- none in a house that was begun since, and looking must not take longer the more people
-- it knows.
CREATE INDEX partners_not_own ON partners (id) WHERE key_id <> id AND erased_at IS NULL;
