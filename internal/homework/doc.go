// Package homework is what a couple does between two sessions: one exercise that the
// counselor sets for one partner or for both, done apart and at one's own pace, and
// read back when the next session opens. It is a small state machine of its own, and
// pure: it knows no clock, no storage, no network; time and identity come in with the
// Input.
//
//	record, err := Decide(state, input) // (nil, nil): already so
//	...append the record durably...
//	state = Apply(state, record)        // total: a logged event always applies
//	page := PageFor(state, seat)        // all that a partner's phone is ever sent
//	desk := DeskFor(state)              // all that the counselor is
//
// The audiences are those of a session and hold in the same way: what stays on the
// phone has no field here; what goes to the counselor is never in the other's page;
// sealed answers are both partners' at one moment, when both are done and the
// counselor opens them; what is for the room is everybody's at once. Partners are told
// nothing of each other's progress before it is read back.
//
// Start with homework.go and command.go.
package homework
