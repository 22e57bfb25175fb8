// Package fault is the one vocabulary in which Mend says that something was
// refused. It is a leaf: everything may import it, it imports nothing of Mend.
//
// A fault is made where the refusal arises and is turned into an HTTP status or
// a socket refusal in exactly one place each (internal/web). Anything that is
// not a *fault.Error is an internal error: the person gets one neutral sentence,
// the operator gets the wrapped cause in the log.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of refusal it is; the transport maps it once.
type Kind string

const (
	Invalid     Kind = "invalid"     // the request itself is wrong: say which field and how to mend it
	Unsigned    Kind = "unsigned"    // nobody is signed in
	NotFound    Kind = "not_found"   // it does not exist, or is not yours: the two are never told apart
	Conflict    Kind = "conflict"    // the thing has moved on, or its state forbids this now
	TooMany     Kind = "too_many"    // slow down; see Error.RetryAfter
	Unavailable Kind = "unavailable" // cannot be stored or answered just now; nothing was lost
)

// Error is a refusal that a person can act upon.
type Error struct {
	Kind Kind
	// Code is stable and for programs: "stale_step", "password_too_short".
	Code string
	// Message is one plain sentence for a person. It never repeats what they wrote.
	Message string
	// Field names the offending input as a path ("one.name"); empty when none is.
	Field string
	// RetryAfter is in seconds; only with TooMany and Unavailable.
	RetryAfter int
	// Cause is for the log alone.
	Cause error
}

func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Message, e.Cause)
	}
	return e.Code + ": " + e.Message
}

func (e *Error) Unwrap() error { return e.Cause }

// New makes a fault of the given kind.
func New(kind Kind, code, message string) *Error {
	return &Error{Kind: kind, Code: code, Message: message}
}

// At returns a copy that points at a field.
func (e *Error) At(field string) *Error {
	c := *e
	c.Field = field
	return &c
}

// Because returns a copy that carries a cause for the log.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.Cause = cause
	return &c
}

// Is makes two faults equal for errors.Is when their codes are.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// As finds the fault in err's chain, if there is one.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// Code is the code of the fault in err's chain, or "internal".
func Code(err error) string {
	if e, ok := As(err); ok {
		return e.Code
	}
	return "internal"
}
