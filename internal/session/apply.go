package session

// Apply is total: whatever was stored, it gives the next state.
func Apply(s State, r Record) State { s.Seq = r.Seq; return s }

// Replay is the state that a whole log leads to.
func Replay(log []Record) State {
	var s State
	for _, r := range log {
		s = Apply(s, r)
	}
	return s
}
