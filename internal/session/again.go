package session

import "bytes"

// Again tells whether a command is the one that made a record, sent once more: decided
// anew in the state that the record was made in, it makes the same. What the server adds
// to an exercise that starts may have changed since, and is not the sender's. Of a record
// whose words were erased nobody can tell any more.
func Again(before State, in Input, made Record) bool {
	if in.By != made.By {
		return false
	}
	switch e := made.Event.(type) {
	case Erased:
		return true
	case ExerciseStarted:
		if start, ok := in.Command.(StartExercise); ok && start.Program.ID == e.Program.ID {
			start.Program, start.Homework = e.Program, e.Homework
			in.Command = start
		}
	}
	in.At = made.At
	anew, err := Decide(before, in)
	return err == nil && anew != nil && sameEvent(anew.Event, made.Event)
}

func sameEvent(a, b Event) bool {
	aType, aWords, aErr := EncodeEvent(a)
	bType, bWords, bErr := EncodeEvent(b)
	return aErr == nil && bErr == nil && aType == bType && bytes.Equal(aWords, bWords)
}
