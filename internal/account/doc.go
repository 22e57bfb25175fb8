// Package account knows how people show who they are: counselors with an email
// and a password, partners with a link or a spoken code, and both afterwards with
// a token in a cookie. It holds the rules (what a password may be, how often one
// may try, when a sign-in is over) and no HTTP and no storage: what it must
// remember it writes into a Book.
//
// Start with Door.
package account
