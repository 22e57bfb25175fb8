-- +goose Up

-- The language a counselor works in. Which ones there are is for the code to say.
ALTER TABLE counselors ADD COLUMN language TEXT NOT NULL DEFAULT 'en' CHECK (length(language) BETWEEN 2 AND 16);
