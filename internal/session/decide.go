package session

// Decide says whether a command may happen now and what then happens. It answers
// with a record to be stored; with nothing at all where it is already so; or with
// a *fault.Error, and then nothing has changed.
func Decide(s State, in Input) (*Record, error) { return nil, nil }

// YouMay lists, by name, the commands that Decide would accept from a role now.
func YouMay(s State, r Role) []string { return []string{} }
