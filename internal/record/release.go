package record

import (
	"fmt"
	"slices"
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// A release lets something of a couple's record go to somebody outside. It takes two
// keys, each partner's own word, or a reason in law that the counselor answers for.

// ReleasePart is what of a session may go. Process notes are no part of any release.
type ReleasePart string

const (
	ReleaseJoint    ReleasePart = "joint"    // what both partners were shown
	ReleaseProgress ReleasePart = "progress" // the signed progress note, with its addenda
)

// ReleaseAnswers is what a partner says to it.
type ReleaseAnswers string

const (
	ReleaseAgree   ReleaseAnswers = "agree"
	ReleaseDecline ReleaseAnswers = "decline" // also takes an earlier word back
)

// ReleaseAnswer is a partner's latest word.
type ReleaseAnswer struct {
	Answer ReleaseAnswers `json:"answer"`
	At     time.Time      `json:"at"`
}

// OverrideReason is why a release may go without both.
type OverrideReason string

const (
	OverrideCourt  OverrideReason = "court_order"
	OverrideLaw    OverrideReason = "law"    // another duty in law, such as to report
	OverrideDanger OverrideReason = "danger" // to life or limb, as the law allows
	OverrideCannot OverrideReason = "cannot" // one of the two cannot answer, and the law says who may in their place
)

// ReleaseOverride is the counselor's word instead of the partners'.
type ReleaseOverride struct {
	Reason OverrideReason `json:"reason"`
	Text   private.Text   `json:"text,omitempty"`
	By     private.Text   `json:"by"`
	At     time.Time      `json:"at"`
}

// ReleaseState is how far a release is.
type ReleaseState string

const (
	ReleaseWaiting    ReleaseState = "waiting"
	ReleaseAgreed     ReleaseState = "agreed"
	ReleaseDeclined   ReleaseState = "declined"
	ReleaseOverridden ReleaseState = "overridden"
	ReleaseWithdrawn  ReleaseState = "withdrawn" // by the counselor
	ReleaseExpired    ReleaseState = "expired"
)

// Consent is what was said to a release, by whom, and how long it holds.
type Consent struct {
	Answers   map[session.Seat]ReleaseAnswer
	Erased    map[session.Seat]time.Time // whoever was erased can say nothing any more
	Override  *ReleaseOverride
	Withdrawn bool
	ExpiresAt time.Time
}

// State of a release at a time.
func (c Consent) State(now time.Time) ReleaseState {
	switch {
	case c.Withdrawn:
		return ReleaseWithdrawn
	case !now.Before(c.ExpiresAt):
		return ReleaseExpired
	case c.Override != nil:
		return ReleaseOverridden
	}
	agreed := 0
	for _, seat := range session.Seats() {
		if _, gone := c.Erased[seat]; gone {
			continue
		}
		switch c.Answers[seat].Answer {
		case ReleaseDecline:
			return ReleaseDeclined
		case ReleaseAgree:
			agreed++
		}
	}
	if agreed == len(session.Seats()) {
		return ReleaseAgreed
	}
	return ReleaseWaiting
}

// MayGo tells whether something may be released in a state.
func (s ReleaseState) MayGo() bool { return s == ReleaseAgreed || s == ReleaseOverridden }

// Released is what goes out, as JSON gives it.
type Released struct {
	Release   string                         `json:"release"`
	MadeAt    time.Time                      `json:"made_at"`
	Language  exercise.Language              `json:"language"`
	Recipient private.Text                   `json:"recipient"`
	Purpose   private.Text                   `json:"purpose,omitempty"`
	Parts     []ReleasePart                  `json:"parts"`
	Agreed    map[session.Seat]ReleaseAnswer `json:"agreed,omitempty"`
	Override  *ReleaseOverride               `json:"override,omitempty" doc:"Its reason, and whose word it is; what they wrote stays with the practice"`
	People    session.People                 `json:"people"`
	Sessions  []ReleasedRecord               `json:"sessions"`
}

// ReleasedRecord is one session, as far as it was released.
type ReleasedRecord struct {
	Session  string        `json:"session"`
	At       *time.Time    `json:"at,omitempty"`
	Joint    *Copy         `json:"joint,omitempty"`
	Progress *ExportedNote `json:"progress_note,omitempty" doc:"Absent where it was not signed"`
}

// ReleaseDocument lays a release out for whoever receives it.
func ReleaseDocument(r Released, m Manifest) Document {
	w := pages(r.Language)
	d := Document{Language: r.Language, Title: w.release}
	facts := Facts{{w.recipient, flat(string(r.Recipient))}, {w.madeAt, w.moment(r.MadeAt)}}
	if r.Purpose != "" {
		facts = append(facts, Fact{w.purpose, flat(string(r.Purpose))})
	}
	name := map[session.Seat]private.Text{session.SeatOne: r.People.One, session.SeatTwo: r.People.Two}
	for _, seat := range session.Seats() {
		if a, ok := r.Agreed[seat]; ok && r.Override == nil {
			facts = append(facts, Fact{w.agreed, fmt.Sprintf(w.byAt, flat(string(name[seat])), w.moment(a.At))})
		}
	}
	if o := r.Override; o != nil {
		facts = append(facts, Fact{w.overridden, join(w.reasons[o.Reason], fmt.Sprintf(w.byAt, string(o.By), w.moment(o.At)))})
	}
	d.add(facts)
	m.lay(&d, w)
	for _, s := range r.Sessions {
		if s.Joint != nil {
			CopiedSession{s.Session, *s.Joint}.lay(&d, w, CoupleCopy{For: ForBoth, Language: r.Language})
		} else {
			title := w.session
			if s.At != nil {
				title = fmt.Sprintf(w.sessionOf, w.day(*s.At))
			}
			d.add(Heading{2, title})
		}
		if s.Progress != nil {
			d.add(Heading{3, w.progress})
			s.Progress.lay(&d, w, 4)
		}
	}
	return d
}

// DeclaredRelease says of a release what it holds and what not, in general words.
func DeclaredRelease(m Manifest, parts []ReleasePart) Manifest {
	w := pages(m.Language)
	if slices.Contains(parts, ReleaseJoint) {
		m.Holds = append(m.Holds, w.holds[ForBoth]...)
	} else {
		m.Absent = append(m.Absent, w.noJoint)
	}
	if slices.Contains(parts, ReleaseProgress) {
		m.Holds = append(m.Holds, w.withProgress)
		m.Absent = append(m.Absent, w.unsigned)
	} else {
		m.Absent = append(m.Absent, w.noProgress)
	}
	m.Absent = append(m.Absent, w.neverReleased...)
	m.Kept = keptOf("events", "agreements", "progress_notes", "progress_note_addenda", "releases")
	return m
}
