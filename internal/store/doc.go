// Package store keeps what Mend must not forget: the event log of every session,
// drafts, notes, couples, sign-ins. It alone knows GORM and SQL. Callers see plain
// values; everything a counselor reads takes the counselor's id, and what is not
// theirs is not found.
//
// Words that people wrote are sealed before they reach a statement (sealed.go),
// and the schema refuses them unsealed (migrations). The log is written by one
// group-committing writer (writer.go).
//
// Start with Open, then log.go and beside.go.
package store
