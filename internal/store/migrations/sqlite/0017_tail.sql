-- +goose Up

-- The tail beside the database may be longer now, and a Mend from before would find no more
-- than its first two segments after a crash. It refuses a newer schema; that is all of it.
SELECT 1;
