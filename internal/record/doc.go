// Package record reads a session's log back. It is pure: a log goes in, and what
// the counselor is shown afterwards comes out (Summary), what a progress note may
// be begun from (Draft), how each partner's own ratings went over several sessions
// (Trends), and what may be taken along: a session for its counselor (SessionExport,
// as Markdown, HTML or CSV), a couple's record for its counselor (CoupleRecord), and
// what a partner may have of it (Copy), whole or as far as their counselor shares it
// (Offer), and what may go to others (Released). It says of all that is stored whose it
// is (Kept).
//
// It repeats none of the rules of a session: Build replays the log through
// package session and takes over only what the counselor's console was shown at
// the time. An answer that the counselor may not read, or that was not to be
// kept, therefore has no way into a summary. Nothing here judges, averages or
// interprets; process notes are not in the log and so never come near.
//
// Start with Summary, then Build.
package record
