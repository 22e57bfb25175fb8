// Package rehearsal keeps the rooms in which a counselor runs exercises alone, with
// two pretend partners, on the machine that real sessions run on. It has a log, a
// hub and a list of rooms of its own, all of them in memory: nothing of a rehearsal
// reaches the store, and a real session is never found here.
//
// Start with Rooms. A rehearsal lives on the node that made it and goes with it.
package rehearsal
