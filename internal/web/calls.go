package web

import (
	"mend/internal/exercise"
	"mend/internal/protocol"
	"mend/internal/record"
)

// What the calls take and give, beyond the bodies in package protocol.

type nothing struct{}

// body is an answer of nothing but a body.
type body[T any] struct{ Body T }

// given is a call of nothing but a body.
type given[T any] struct{ Body T }

// Paging asks for a part of a list.
type Paging struct {
	Cursor string `query:"cursor" maxLength:"200" doc:"next_cursor of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

// page is a call of nothing else.
type page struct{ Paging }

// Once makes a create safe to send again.
type Once struct {
	Key string `header:"Idempotency-Key" maxLength:"100" doc:"Sent again with the same key within a day, the call answers as it did the first time"`
}

type CoupleID struct {
	Couple string `path:"couple" maxLength:"64"`
}

type CounselorID struct {
	Counselor string `path:"counselor" maxLength:"64"`
}

type InvitationID struct {
	Invitation string `path:"invitation" maxLength:"64"`
}

type ofCounselor[T any] struct {
	CounselorID
	Body T
}

type pageOfCounselor struct {
	CounselorID
	Paging
}

type colleagueOfSession struct {
	SessionID
	CounselorID
}

// whichDeeds narrows the audit.
type whichDeeds struct {
	Paging
	Counselor string `query:"counselor" maxLength:"64" doc:"What this counselor did"`
	Action    string `query:"action" maxLength:"64" doc:"What was done"`
}

type SessionID struct {
	Session string `path:"session" maxLength:"64"`
}

type makes[T any] struct {
	Once
	Body T
}

type makesForCouple[T any] struct {
	Once
	CoupleID
	Body T
}

type makesForSession[T any] struct {
	Once
	SessionID
	Body T
}

type ofCouple[T any] struct {
	CoupleID
	Body T
}

type ofSession[T any] struct {
	SessionID
	Body T
}

type linkID struct {
	SessionID
	Link string `path:"link" maxLength:"64"`
}

type HomeworkID struct {
	Homework string `path:"homework" maxLength:"64"`
}

type pageOfCouple struct {
	CoupleID
	page
}

type ofHomework[T any] struct {
	HomeworkID
	Body T
}

type homeworkLinkID struct {
	HomeworkID
	Link string `path:"link" maxLength:"64"`
}

type shareID struct {
	SessionID
	Share string `path:"share" maxLength:"64"`
}

type whichOffer struct {
	SessionID
	For record.Reader `query:"for" required:"true" enum:"one,two,both"`
}

type ReleaseID struct {
	Release string `path:"release" maxLength:"64"`
}

type ofRelease[T any] struct {
	ReleaseID
	Body T
}

type rehearsalID struct {
	Rehearsal string `path:"rehearsal" maxLength:"64"`
}

type ExerciseID struct {
	Exercise string `path:"exercise" maxLength:"100"`
}

// InLanguage asks for content in a language.
type InLanguage struct {
	Language exercise.Language `query:"language" enum:"en,es" default:"en"`
}

type WhichExercises struct {
	InLanguage
	Couple string `query:"couple" maxLength:"64" doc:"Tells of each when this couple last began it"`
}

type whichExercise struct {
	ExerciseID
	WhichExercises
}

type whichPage struct {
	InLanguage
	Page string `path:"page" maxLength:"100"`
}

// savesExercise replaces what a counselor wrote.
type savesExercise struct {
	ExerciseID
	IfMatch string `header:"If-Match" required:"true" maxLength:"100" doc:"The ETag that came with the source it was made from"`
	Body    protocol.PutExercise
}

type WhichNote struct {
	SessionID
	Kind protocol.NoteKind `query:"kind" required:"true" enum:"progress,process"`
}

type whichNoteVersion struct {
	WhichNote
	Version int `path:"version" minimum:"1"`
}

type savesNote struct {
	SessionID
	IfMatch string `header:"If-Match" maxLength:"100" doc:"The ETag of the version it was made from; may stand in for version"`
	Body    protocol.PutNote
}

type whichFormat struct {
	SessionID
	Format protocol.NoteFormat `query:"format" required:"true" enum:"soap,dap,birp,girp,free"`
}

// noteAnswer is a note with its version as an ETag.
type noteAnswer struct {
	ETag string `header:"ETag"`
	Body protocol.Note
}

// exerciseAnswer has the exercise's version as an ETag: of its words, not of the star
// or the couple's last time, which are told beside them.
type exerciseAnswer struct {
	ETag string `header:"ETag"`
	Body protocol.Exercise
}

// sourceAnswer is an exercise's source; its ETag moves with every save.
type sourceAnswer struct {
	ETag string `header:"ETag"`
	Body protocol.ExerciseSource
}

// cookied is an answer that sets or clears the cookie.
type cookied[T any] struct {
	Cookie string `header:"Set-Cookie"`
	Body   T
}

type cookieOnly struct {
	Cookie string `header:"Set-Cookie"`
}

// forgotten is an answer that makes the browser keep nothing.
type forgotten struct {
	Cookie string `header:"Set-Cookie"`
	Clear  string `header:"Clear-Site-Data"`
}
