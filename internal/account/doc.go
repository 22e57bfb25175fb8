// Package account knows how people show who they are: counselors with a passkey, or
// with an email, a password and perhaps a one-time code; partners with a link or a
// spoken code; and both afterwards with a token in a cookie. It holds the rules (what
// a password may be, how often one may try, when a sign-in is over, when somebody is
// asked again) and no HTTP and no storage: what it must remember it writes into a Book.
//
// Start with Door; proof.go, passkey.go, code.go and reset.go are its other ways in.
package account
