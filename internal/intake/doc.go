// Package intake reads what a practice brings along from elsewhere: a list of couples
// with the days of their past sessions, as CSV. It is pure: text goes in, and couples
// come out, with everything that is wrong, by line and column, and how to mend it.
//
// The first line names the columns (Columns), in any order; commas or semicolons stand
// between them. A couple is one line, with the days of its sessions in the last column,
// or several lines of the same label, with a day each, or both.
//
// Start with Read.
package intake
