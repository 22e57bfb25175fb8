// Package hub keeps the live sessions: one goroutine a session (a room), and a
// seat for every socket that looks at it. A room decides a command, has it stored,
// applies it and gives each role its view, in that order, so that nobody is told
// what is not on disk. The hub knows no socket: a seat is a mailbox, and whoever
// owns the connection empties it.
//
// Start with Hub, then room.decide. Ports (what the hub needs of others) are in
// ports.go; what is ephemeral (who is there, who is writing) in presence.go.
package hub
