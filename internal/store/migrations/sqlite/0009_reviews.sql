-- +goose Up

-- How an agreement went when it was looked at. What came of it is as personal as the
-- agreement, so the day and the outcome are sealed with the remark.
CREATE TABLE agreement_reviews (
    id         TEXT PRIMARY KEY,
    key_id     TEXT NOT NULL,
    couple     TEXT NOT NULL REFERENCES couples (id) ON DELETE CASCADE,
    agreement  TEXT NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    review BLOB NOT NULL CHECK (typeof(review) = 'blob' AND substr(review, 1, 1) = x'01' AND length(review) >= 290)
) STRICT;
CREATE INDEX agreement_reviews_couple ON agreement_reviews (couple, agreement, id);
-- +goose StatementBegin
CREATE TRIGGER agreement_reviews_kept BEFORE UPDATE ON agreement_reviews
BEGIN SELECT RAISE(ABORT, 'a review is kept as it is; a later one says what is true now'); END;
-- +goose StatementEnd
