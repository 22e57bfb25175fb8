package session_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/promise"
	"mend/internal/session"
)

// steps of one random history. With the hundred histories that a run has by default
// this makes more than ten thousand commands.
const steps = 200

// Every promise is watched at once, after each command of every random history:
// L1 L2 L3 L4 (the log), F1 F2 F5 (the floor and the loop), R1 R2 R3 (the reveal), G3
// (signatures), W5 (nothing is lost), D1 E1 (the gate, the end), V1 V2 V4 (the views).
// At the end of each, the session can be gone on with to its end (W3, W8).
func TestPromisesHoldInEveryHistory(t *testing.T) {
	promise.Histories(t, 10_000)
	happened, given := map[string]int{}, 0
	rapid.Check(t, func(t *rapid.T) {
		w := newWitness(t, happened)
		w.knockUngated()
		if !w.chance.odds(8) {
			w.gather()
		}
		for range steps {
			w.step()
		}
		w.finishWell()
		w.compareWhole()
		given += w.sent
	})
	if given < 10_000 {
		t.Logf("only %d commands were given: too few to ask whether everything happened", given)
		return
	}
	for _, typ := range eventTypes() {
		if typ != (session.Erased{}).Type() && happened[typ] == 0 {
			t.Errorf("no history held %s: the promises were not put to the test", typ)
		}
	}
}

// unchanged: L4, L5.
func (w *witness) unchanged(by session.Role, c session.Command, err error, stood string) {
	if asJSON(w.state) != stood {
		w.t.Fatalf("L4: %s was not accepted and changed the state", c.Name())
	}
	if err == nil {
		return
	}
	f, ok := fault.As(err)
	if !ok || f.Code == "" || f.Message == "" {
		w.t.Fatalf("L4: %s was refused with %T", c.Name(), err)
	}
	if said := markersIn(asJSON(f) + err.Error()); len(said) > 0 {
		w.t.Fatalf("L4 V2: refusing %s to %s repeats %v", c.Name(), by, said)
	}
}

// logged: L1, L2. The shadow reads what was stored, one record after the other, so
// that every prefix of the log is replayed.
func (w *witness) logged(before session.State, r session.Record) {
	if r.Seq != before.Seq+1 || w.state.Seq != r.Seq {
		w.t.Fatalf("L1: record %d follows %d", r.Seq, before.Seq)
	}
	if !r.At.Equal(r.At.Truncate(time.Millisecond)) || r.At.Location() != time.UTC {
		w.t.Fatalf("L7: %v", r.At)
	}
	w.shadow = session.Apply(w.shadow, stored(w.t, r))
	w.stands = asJSON(w.state)
	if got := asJSON(w.shadow); got != w.stands {
		w.t.Fatalf("L2: after %s the stored log leads to\n%s\nnot to\n%s", r.Event.Type(), got, w.stands)
	}
}

// known: L1. A command that is sent again is known by what was stored of it, and its
// sender by who they are.
func (w *witness) known(before session.State, by session.Role, c session.Command, r session.Record) {
	kept := stored(w.t, r)
	if !session.Again(before, session.Input{ID: r.Command, By: by, Command: c}, kept) {
		w.t.Fatalf("L1: %s is not known again by its record", c.Name())
	}
	for _, other := range session.Roles() {
		if other != by && session.Again(before, session.Input{ID: r.Command, By: other, Command: c}, kept) {
			w.t.Fatalf("L1: %s by %s is taken for that of %s", c.Name(), other, by)
		}
	}
}

// stored is a record as it comes back from a store.
func stored(t rapid.TB, r session.Record) session.Record {
	typ, payload, err := session.EncodeEvent(r.Event)
	if err != nil {
		t.Fatalf("L6: %v", err)
	}
	if r.Event, err = session.DecodeEvent(typ, payload); err != nil {
		t.Fatalf("L6: %v", err)
	}
	return r
}

// floor: F1, F2 and F5. Who stood where before is read off the phones.
func (w *witness) floor(before session.State, r session.Record) {
	was, is := stepOf(before), stepOf(w.state)
	if is != nil && is.Floor != nil && len(is.Who) != 1 {
		w.t.Fatalf("F1: the floor of a step of %v", is.Who)
	}
	moved := was != nil && (is == nil || is.Key != was.Key)
	if !moved || r.By == session.Counselor {
		return
	}
	heard, judged := r.Event.(session.Heard)
	switch {
	case was.Floor != nil:
		if r.By != was.Floor.Role() {
			w.t.Fatalf("F2: %s ended the turn of %s", r.By, *was.Floor)
		}
	case was.Kind == exercise.Confirm && judged && r.By == was.Who[0].Role():
		forward := is == nil || is.Index == was.Index+1
		if forward != (heard.Heard == session.HeardYes) {
			w.t.Fatalf("F5: %s led to %+v", heard.Heard, is)
		}
	default:
		w.t.Fatalf("W3: %s by %s moved on from %s", r.Event.Type(), r.By, was.Kind)
	}
}

func stepOf(s session.State) *session.CounselorStep {
	return session.ViewFor(s, session.Counselor).(session.CounselorView).Step
}

// agreements: G3, by a ledger of our own.
func (w *witness) agreements(r session.Record) {
	switch e := r.Event.(type) {
	case session.WordingEdited:
		for _, s := range session.Seats() {
			delete(w.signed, e.Step+string(s))
		}
	case session.PutOff:
		delete(w.signed, e.Step+string(r.By))
	case session.Signed:
		w.signed[e.Step+string(r.By)] = e.Wording
		one, both := w.signed[e.Step+"one"], w.signed[e.Step+"two"]
		agreed := one == both
		if agreed != (e.Concluded != nil) || agreed && e.Concluded.Wording.Revision != one {
			w.t.Fatalf("G3: signatures %d and %d, concluded %v", one, both, e.Concluded != nil)
		}
	}
}

// nothingLost: W5. What was acknowledged is where it was given, whatever has happened since.
func (w *witness) nothingLost(r session.Record) {
	switch e := r.Event.(type) {
	case session.ExerciseStarted:
		clear(w.given)
	case session.Submitted:
		w.given[e.Step+string(r.By)] = asJSON(e.Answer)
	case session.Declined:
		delete(w.given, e.Step+string(r.By))
	case session.TakenBack:
		delete(w.given, e.Step+string(r.By))
	}
	if w.state.Run == nil {
		return
	}
	held := 0
	for _, v := range w.state.Run.Visits {
		for _, s := range session.Seats() {
			a := v.Parts.Of(s).Answer
			if a == nil {
				continue
			}
			held++
			key := fmt.Sprintf("%d.%d.%d", w.state.Run.Number, v.Index, v.Number)
			if w.given[key+string(s)] != asJSON(a) {
				w.t.Fatalf("W5: the answer of %s in %s is not what was acknowledged", s, key)
			}
		}
	}
	if held != len(w.given) {
		w.t.Fatalf("W5: %d answers were acknowledged, %d are held", len(w.given), held)
	}
}

// views: V2, V4, R1, R2 and the secret acts of V3.
func (w *witness) views(r session.Record) {
	for _, role := range session.Roles() {
		frame := asJSON(session.ViewFor(w.state, role))
		for _, m := range markersIn(frame) {
			if w.hidden[role][m] {
				w.t.Fatalf("V2: after %s by %s, %s is shown %s:\n%s", r.Event.Type(), r.By, role, m, frame)
			}
		}
	}
	w.pictures()
	desk := w.desk()
	if desk.Step != nil && desk.Step.Revealable && (desk.Doors[session.SeatOne] != session.Inside || desk.Doors[session.SeatTwo] != session.Inside) {
		w.t.Fatalf("R1: to be revealed with somebody out of the room: %v", desk.Doors)
	}
	var phones [2]session.PartnerView
	for i, s := range session.Seats() {
		phones[i] = w.phone(s)
		shown, sent := desk.Phones[s], w.phone(s)
		if shown.Step != nil && shown.Step.Mine == nil && sent.Step != nil {
			sent.Step.Mine = nil // V2 sees to it that no more is shown, the stories that no less is
		}
		if asJSON(shown) != asJSON(sent) {
			w.t.Fatalf("V4: the desk shows another phone of %s", s)
		}
	}
	w.oneLanguage(phones)
	alike := w.state // as both would be shown it in one language
	alike.Languages = session.Languages{}
	one := session.ViewFor(alike, session.One).(session.PartnerView)
	two := session.ViewFor(alike, session.Two).(session.PartnerView)
	e, shared := r.Event.(session.Revealed)
	if shared && (one.Step == nil || two.Step == nil) {
		w.t.Fatalf("R1: revealed with somebody out of the room")
	}
	if one.Pause != nil && two.Pause != nil {
		w.samePause(one, two)
	}
	if one.Step == nil || two.Step == nil {
		return
	}
	if asJSON(one.Step.Revealed) != asJSON(two.Step.Revealed) {
		w.t.Fatalf("R2: one is shown\n%s\ntwo is shown\n%s", asJSON(one.Step.Revealed), asJSON(two.Step.Revealed))
	}
	if shared && len(one.Step.Revealed) < len(e.Pairs) {
		w.t.Fatalf("R2: %d pairs were revealed, %d are shown", len(e.Pairs), len(one.Step.Revealed))
	}
	if one.Step.Kind == exercise.Reveal {
		w.gaveBeforeSeeing(one.Step.Revealed)
	}
}

// pictures: what is sent is what the views say, in whichever order they are asked for.
func (w *witness) pictures() {
	w.drawn.Of(w.state) // in the room that another state took, as a hub does
	for range 4 {
		role := pick(w.chance, session.Roles()...)
		sent, _, err := w.drawn.Append(nil, role)
		if want := asSent(session.ViewFor(w.state, role)); err != nil || string(sent) != want {
			w.t.Fatalf("V4: the %s is sent\n%s\ninstead of\n%s\n%v", role, sent, want, err)
		}
	}
}

// oneLanguage: V6. A phone shows all its words in its own language, or none of them.
func (w *witness) oneLanguage(phones [2]session.PartnerView) {
	for i, v := range phones {
		if v.Language != w.state.Languages.Of(session.Seats()[i]) {
			w.t.Fatalf("V6: %s chose another language than %q", v.You, v.Language)
		}
		if v.Step == nil {
			continue
		}
		spanish := v.Language == exercise.Spanish
		for _, said := range []string{v.Exercise.Title, v.Step.Prompt, v.Step.Low, v.Step.Elsewise} {
			if said != "" && strings.HasPrefix(said, "¡") != spanish {
				w.t.Fatalf("V6: %s reads %q in %q", v.You, said, v.Language)
			}
		}
		for _, p := range v.Step.Revealed {
			if p.Prompt != "" && strings.HasPrefix(p.Prompt, "¡") != spanish {
				w.t.Fatalf("V6: %s reads %q in %q", v.You, p.Prompt, v.Language)
			}
		}
	}
}

// samePause: P2. But for whose phone it is, and where its own dial stands, nothing
// on the two differs.
func (w *witness) samePause(one, two session.PartnerView) {
	one.You, one.Dial, two.You, two.Dial = "", nil, "", nil
	if asJSON(one) != asJSON(two) {
		w.t.Fatalf("P2: in a pause one is shown\n%s\ntwo is shown\n%s", asJSON(one), asJSON(two))
	}
}

// secret: V3. What is done in private leaves the other's phone as it was.
func (w *witness) secret(before session.State, r session.Record) {
	for _, s := range session.Seats() {
		if !concealed(before, r, s) {
			continue
		}
		was, is := asJSON(session.ViewFor(before, s.Role())), asJSON(w.phone(s))
		if was != is {
			w.t.Fatalf("V3: %s by %s changed the phone of %s from\n%s\nto\n%s", r.Event.Type(), r.By, s, was, is)
		}
	}
}

// concealed tells whether an event is none of a partner's business.
func concealed(before session.State, r session.Record, from session.Seat) bool {
	step := stepOf(before)
	switch e := r.Event.(type) {
	case session.Marked, session.GateAnswered, session.AgendaSet:
		return true
	case session.Whispered:
		return e.To != from
	case session.Invited:
		return e.Seat != from
	case session.Admitted:
		return e.Seat != from
	case session.SteppedOut:
		return e.Seat != from
	case session.Removed:
		return e.Seat != from
	case session.Dealt:
		was := step.Tray[e.Question-1]
		closed := was.Dealt == "" || was.Dealt == session.DealPrepare || was.Dealt == session.DealNotHelpful
		return closed && was.From != from && (e.To == session.DealPrepare || e.To == session.DealNotHelpful)
	}
	if r.By == from.Role() {
		return false
	}
	switch e := r.Event.(type) {
	case session.Consented, session.LanguageSet, session.Left, session.DialSet, session.Readied, session.Asked:
		return true
	case session.Submitted:
		return e.Audience != exercise.Room
	case session.Declined, session.TakenBack:
		return step.Audience != exercise.Room
	case session.PutOff:
		return !slices.Contains(step.Signed, session.Seat(r.By))
	}
	return false
}

// gaveBeforeSeeing: R1. Of a sealed step of both, nobody sees a half.
func (w *witness) gaveBeforeSeeing(pairs []session.RevealedPair) {
	for _, p := range pairs {
		var run, index, visit int
		if _, err := fmt.Sscanf(p.Step, "%d.%d.%d", &run, &index, &visit); err != nil {
			w.t.Fatalf("W7: key %q", p.Step)
		}
		step := w.state.Run.Program.Steps[index]
		if step.Audience == exercise.Sealed && step.Who == exercise.Both && (p.One == nil || p.Two == nil) {
			w.t.Fatalf("R1: half a pair is shown: %s", asJSON(p))
		}
		if step.Audience == exercise.Device || step.Audience == exercise.ToCounselor {
			w.t.Fatalf("R4: an answer for %s was revealed", step.Audience)
		}
	}
}

// offers: V1. What a view offers can be given, built from that view alone. L3: where
// a history might fork, one branch never writes into another.
func (w *witness) offers() {
	said := 0
	c := chance{draw: first, say: func() private.Text { said++; return private.Text(fmt.Sprint("words ", said)) }}
	forks := w.chance.odds(12)
	var branches []session.State
	var stood []string
	for _, role := range session.Roles() {
		offered := c.offering(w.rehearsal, role)
		for _, name := range session.YouMay(w.state, role) {
			command, ok := offered(name)
			if !ok {
				w.t.Fatalf("V1: %s may %q, but the view does not say what", role, name)
			}
			r, err := session.Decide(w.state, session.Input{By: role, At: w.now, Command: command})
			if err != nil {
				w.t.Fatalf("V1: %s may %q and is refused %s", role, name, fault.Code(err))
			}
			if !forks || r == nil {
				continue
			}
			for n := range 2 {
				r.At = r.At.Add(time.Duration(n) * time.Second)
				branch := session.Apply(w.state, *r)
				branches, stood = append(branches, branch), append(stood, asJSON(branch))
			}
		}
	}
	for i := range branches {
		if asJSON(branches[i]) != stood[i] {
			w.t.Fatalf("L3: a branch of the history was written to by another")
		}
	}
}

// finishWell: whatever has happened, the counselor can bring both back in, walk to
// the end of the exercise, and end the session; and then it is ended (E1).
func (w *witness) finishWell() {
	must := func(by session.Role, c session.Command) {
		if _, err := w.do(by, c); err != nil {
			w.t.Fatalf("W3: in the end %s by %s: %v", c.Name(), by, err)
		}
	}
	if w.state.EndedAt.IsZero() {
		open, _ := w.chance.offered(w.rehearsal, session.Counselor, "open")
		must(session.Counselor, open)
		for _, s := range session.Seats() {
			must(session.Counselor, session.Invite{Seat: s})
			must(s.Role(), session.Consent{Policy: 3})
			must(session.Counselor, session.Admit{Who: s})
		}
		must(session.Counselor, session.Resume{})
		for range exercise.MaxSteps {
			step := w.desk().Step
			if step == nil {
				break
			}
			if step.Kind == exercise.Gate {
				gate, _ := w.chance.offered(w.rehearsal, session.Counselor, "answer_gate")
				must(session.Counselor, gate)
			}
			must(session.Counselor, session.Advance{Step: step.Key})
		}
		if w.desk().Step != nil {
			w.t.Fatalf("W8: the exercise has no end")
		}
		must(session.Counselor, session.End{})
	}
	stood := asJSON(w.state)
	for _, role := range session.Roles() {
		if may := session.YouMay(w.state, role); len(may) > 0 {
			w.t.Fatalf("E1: %s may still %v", role, may)
		}
		c := w.chance.wild("1.0.1")
		_, err := w.do(role, c)
		if code := fault.Code(err); code != "ended" || asJSON(w.state) != stood {
			w.t.Fatalf("E1: %s by %s after the end: %s", c.Name(), role, code)
		}
	}
}

// compareWhole: L2, L3 and L9 over the whole history.
func (w *witness) compareWhole() {
	log := make([]session.Record, len(w.log))
	for i, r := range w.log {
		log[i] = stored(w.t, r)
	}
	if asJSON(session.Replay(log)) != asJSON(w.state) {
		w.t.Fatalf("L2: the whole log leads elsewhere")
	}
	for i := range w.earlier {
		if asJSON(w.earlier[i]) != w.stood[i] {
			w.t.Fatalf("L3: a state of before was written to")
		}
	}
	owner := pick(w.chance, session.One, session.Two)
	var s session.State
	for _, r := range log {
		if r.By == owner {
			r.Event = session.Erased{}
		}
		s = session.Apply(s, r)
		for _, role := range session.Roles() {
			_ = asJSON(session.ViewFor(s, role))
		}
	}
	if s.Seq != w.state.Seq || s.EndedAt != w.state.EndedAt {
		w.t.Fatalf("L9: the erased log ends elsewhere")
	}
}
