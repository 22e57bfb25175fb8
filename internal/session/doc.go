// Package session is the core of Mend: one live session as a state machine. It is
// pure. It knows no clock, no storage, no network, no goroutine and no logger;
// time and identity come in with the Input.
//
// Four functions, and the order to call them in:
//
//	record, err := Decide(state, input) // may it happen, and what happens then
//	                                    // (nil, nil): already so, nothing to do
//	...append the record durably...     // nobody is told before that
//	state = Apply(state, record)        // total: a logged event always applies
//	view := ViewFor(state, role)        // the only source of what a socket is sent (Pictures writes it as JSON)
//
// SPEC.md has the rules by number; the tests carry those numbers, and testdata/*.txt
// tells them as stories. What may be said stands in command.go, what can have
// happened in event.go, what each person is shown in view.go. A command's guard and
// meaning are in decide_*.go, by what it is about; run.go knows where the room is in
// an exercise.
package session
