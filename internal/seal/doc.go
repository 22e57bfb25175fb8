// Package seal encrypts what people entrusted to Mend. It is plain cryptography
// by Tink (AES-256-GCM with associated data); it knows no table and no person.
//
// Keys form a tree. The master key, which never enters the database, wraps a
// practice's key; that wraps a couple's key and the key of a counselor's process
// notes; a couple's key wraps one for each partner's private words. A wrapped key
// that was destroyed takes with it all that it sealed, and everything below it.
//
// Start with Key and Ring.
package seal
