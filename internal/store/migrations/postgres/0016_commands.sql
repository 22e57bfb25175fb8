-- +goose Up

-- A command is in a session's log once. Ids of commands begin with the time at which they
-- were made: sorted by them, what is new stands together at the end of the index.
ALTER TABLE events DROP CONSTRAINT events_session_command_key;
ALTER TABLE events ADD UNIQUE (command, session);
