package session

// Role is who someone is in a session. It comes from the server's own record of
// who holds which cookie, never from a message.
type Role string

const (
	Counselor Role = "counselor"
	One       Role = "one"
	Two       Role = "two"
)

// Roles lists the three, the counselor first.
func Roles() []Role { return []Role{Counselor, One, Two} }

// Seat is a partner's place, fixed for a couple.
type Seat string

const (
	SeatOne Seat = "one"
	SeatTwo Seat = "two"
)

// Seats lists both.
func Seats() []Seat { return []Seat{SeatOne, SeatTwo} }

// Seat is the role's seat; ok is false for the counselor.
func (r Role) Seat() (seat Seat, ok bool) {
	switch r {
	case One:
		return SeatOne, true
	case Two:
		return SeatTwo, true
	}
	return "", false
}

// Role is the role that sits here.
func (s Seat) Role() Role { return Role(s) }

// Other is the other partner's seat.
func (s Seat) Other() Seat {
	if s == SeatOne {
		return SeatTwo
	}
	return SeatOne
}

// Valid tells whether s is one of the two seats.
func (s Seat) Valid() bool { return s == SeatOne || s == SeatTwo }
