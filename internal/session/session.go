package session

import "time"

// CommandID is the client's own UUIDv7 for a command: sent twice, it takes effect once.
type CommandID string

// Input is a command with all that the machine may not find out for itself.
type Input struct {
	ID      CommandID
	By      Role
	At      time.Time // UTC, from the server's clock
	Command Command
}

// Record is an event in its place in a session's log. One command makes one
// record or none, so (session, command) is as unique as (session, seq).
type Record struct {
	Seq     uint64
	At      time.Time
	By      Role
	Command CommandID
	Event   Event
}
