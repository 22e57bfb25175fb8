package protocol

// CloseCode ends a socket. 4000–4499 mean: come back. 4500–4999 mean: do not.
type CloseCode int

const (
	Bye            CloseCode = 1000 // the person left: nothing more to say
	GoingAway      CloseCode = 1001
	ServiceRestart CloseCode = 1012
	Resync         CloseCode = 4000
	Heartbeat      CloseCode = 4008
	SlowReader     CloseCode = 4013
	TooFast        CloseCode = 4029
	LinkOver       CloseCode = 4501 // expired or revoked
	Removed        CloseCode = 4503
	NotFound       CloseCode = 4504
	OpenElsewhere  CloseCode = 4509 // may be taken back with ?here=1
	Ended          CloseCode = 4510
	BadMessage     CloseCode = 4522
	WrongProtocol  CloseCode = 4526
)

// Slug is the machine-readable reason that goes with the code.
func (c CloseCode) Slug() string {
	switch c {
	case Bye:
		return "bye"
	case GoingAway:
		return "going-away"
	case ServiceRestart:
		return "service-restart"
	case Resync:
		return "resync"
	case Heartbeat:
		return "heartbeat"
	case SlowReader:
		return "slow-reader"
	case TooFast:
		return "too-fast"
	case LinkOver:
		return "link-over"
	case Removed:
		return "removed"
	case NotFound:
		return "not-found"
	case OpenElsewhere:
		return "open-elsewhere"
	case Ended:
		return "ended"
	case BadMessage:
		return "bad-message"
	case WrongProtocol:
		return "wrong-protocol"
	}
	return "closed"
}

// ComesBack tells whether a client should try again.
func (c CloseCode) ComesBack() bool { return c != Bye && c < 4500 }
