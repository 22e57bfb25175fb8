// Package store keeps what Mend must not forget: the event log of every session,
// drafts, notes, couples, sign-ins. It alone knows GORM and SQL. Callers see plain
// values; everything a counselor reads takes the counselor's id, and what is not
// theirs is not found.
//
// Words that people wrote are sealed before they reach a statement (sealed.go),
// and the schema refuses them unsealed (migrations). The log is written by one
// group-committing writer (writer.go).
//
// 26 November 2026: on SQLite a record is acknowledged once it is in the tail (tail.go), a
// file of our own beside the database, and brought into the table afterwards. A commit of
// SQLite's writes several pages from all over the table for one record, which was half of
// what a turn took. What is brought in is flushed there once for some thousand records,
// before the tail is written over, so that a command costs one write. The price is a second
// place to look, which Read and Backup do, and a lock: two servers cannot share a SQLite
// file any more, as they never could soundly.
//
// 27 November 2026: the tail grows while more comes than the table takes, from 2 MiB to 16.
// A thousand sessions had their records brought in one by one, and a page of the table was
// written for each; of those that wait together several share one.
//
// Start with Open, then log.go and beside.go.
package store
