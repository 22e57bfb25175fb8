package hub

import (
	"context"

	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

// Log is where records become durable. logtest has its contract.
type Log interface {
	// Submit has r appended and calls answered when it is on disk: once, from any
	// goroutine, perhaps before Submit returns, and answered never waits. The answer
	// is session.ErrConflict, and nothing is kept, unless r.Seq is one more than the
	// log's last and r.Command is new to the log. After any other error, ctx's among
	// them, the record may or may not have been kept.
	Submit(ctx context.Context, session string, r session.Record, answered func(error))
	// Read answers with the records whose seq is greater than after, in order.
	Read(ctx context.Context, session string, after uint64) ([]session.Record, error)
}

// Drafts keeps what partners are typing, one draft a seat, outside the log.
type Drafts interface {
	SaveDraft(ctx context.Context, session string, seat session.Seat, step string, text private.Text) error
	// Draft answers with an empty step where there is none.
	Draft(ctx context.Context, session string, seat session.Seat) (step string, text private.Text, err error)
	DeleteDraft(ctx context.Context, session string, seat session.Seat) error
}

// Bus carries notices between the nodes that serve one database. It may lose
// them, repeat them and change their order: a lost one costs a delay, nothing else.
type Bus interface {
	Publish(Notice) error
	// Subscribe has every notice of every node, its own included, given to heard,
	// which returns at once.
	Subscribe(heard func(Notice)) (stop func())
}

// Notice is what nodes tell each other: where a log ends and which roles are
// there. It has no place for a word that anybody wrote.
type Notice struct {
	Session string
	Node    string // who says it
	Seq     uint64 // the log is at least this long; 0 says nothing

	Here  Attendance // who sits at Node; nil says nothing
	Pages Pages      // whose page each of them is
	Ask   bool       // tell me who sits with you

	// Out closes the sockets of a role at every other node, Who those of one person: in
	// the session, or wherever they sit where it names none.
	Out  session.Role
	Who  string
	Code protocol.CloseCode
}

// Attendance is where each role that sits at a node is. A role that does not sit
// there is absent.
type Attendance map[session.Role]protocol.Presence

// Pages are what the pages of partners who sit at a node call themselves, each as a sum of
// it: what a client says of itself may be anything, and goes to no broker. One that says
// nothing is absent.
type Pages map[session.Role]string
