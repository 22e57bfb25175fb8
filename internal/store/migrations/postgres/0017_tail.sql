-- +goose Up

-- The same number for both kinds. What it is for is SQLite's alone.
SELECT 1;
