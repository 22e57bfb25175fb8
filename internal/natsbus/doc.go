// Package natsbus carries the hub's notices between nodes over NATS. It alone knows
// that there is a broker.
//
// A broker nudges and keeps nothing: core NATS, no streams, and what is said while it
// is away is lost. The hub looks into the log unasked, so that a lost notice is a delay
// and nothing else. Notices hold ids, numbers and kinds of closed lists; what anybody
// wrote has no place in them.
//
// Start with Open.
package natsbus
