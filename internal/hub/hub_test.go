package hub_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/hub"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

func TestWelcomeThenViewThenWhoIsHere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor, one := r.join(session.Counselor), r.join(session.One)
		for _, p := range []*person{counselor, one} {
			if got := kinds(p.got); !reflect.DeepEqual(got, []string{"welcome", "view", "here"}) {
				t.Errorf("%s got %v", p.Role, got)
			}
		}
		if !strings.Contains(one.got[0].raw, `"protocol":"mend.v1"`) {
			t.Errorf("the welcome is %s", one.got[0].raw)
		}
	})
}

func TestATurnReachesAllThreeInOneFrameEach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor, one, two := r.begin()
		id := one.says(session.Yield{Step: one.step()})
		if got := kinds(one.take()); !reflect.DeepEqual(got, []string{"view", "done"}) {
			t.Errorf("the sender got %v: the answer comes with the view", got)
		}
		if one.only(one.got[len(one.got)-1:], "done").ID != id {
			t.Error("the answer names another command")
		}
		for _, p := range []*person{counselor, two} {
			f := p.only(p.take(), "view")
			if f.View.Step.Title != "reply" {
				t.Errorf("%s sees %q", p.Role, f.View.Step.Title)
			}
		}
	})
}

func TestNobodyIsToldBeforeItIsStored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor, one, two := r.begin()
		stored := make(chan error)
		r.log.before = func(session.Record) error { return <-stored }
		one.says(session.Yield{Step: one.step()})
		for _, p := range []*person{counselor, one, two} {
			if got := p.take(); len(got) > 0 {
				t.Errorf("%s was told %v", p.Role, kinds(got))
			}
		}
		// The rest of the room goes on meanwhile.
		two.saysAs(newID(), protocol.Sync{})
		two.only(two.take(), "now")
		stored <- nil
		one.only(one.take(), "done")
	})
}

func TestWhileOneWaitsForTheDiskOthersDoNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		_, one, _ := r.begin()
		other := &room{t, r.hub, r.log, "another"}
		other.do(session.Counselor, session.Open{Facts: facts})
		stored := make(chan error)
		held := r.log.records(r.id)[0].Command
		r.log.before = func(rec session.Record) error {
			if _, yielded := rec.Event.(session.Moved); yielded && rec.Command != held {
				return <-stored
			}
			return nil
		}
		one.says(session.Yield{Step: one.step()})
		other.do(session.Counselor, session.Invite{Seat: session.SeatOne})
		if len(one.take()) > 0 {
			t.Error("the first session was answered though nothing was stored")
		}
		stored <- nil
		one.only(one.take(), "done")
	})
}

func TestCommandsBehindASlowDiskKeepTheirOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor, _, _ := r.begin()
		stored := make(chan error)
		r.log.before = func(session.Record) error { return <-stored }
		var ids []session.CommandID
		for i := range 5 {
			ids = append(ids, counselor.says(session.Mark{Kind: session.MarkNote, Text: private.Text(fmt.Sprint(i))}))
		}
		for range ids {
			stored <- nil
			synctest.Wait()
		}
		var answered []session.CommandID
		for _, f := range counselor.take() {
			if f.Is == "done" {
				answered = append(answered, f.ID)
			}
		}
		if !reflect.DeepEqual(answered, ids) {
			t.Errorf("asked %v, answered %v", ids, answered)
		}
		var marks []string
		for _, rec := range r.log.records(r.id) {
			if m, ok := rec.Event.(session.Marked); ok {
				marks = append(marks, string(m.Text))
			}
		}
		if !reflect.DeepEqual(marks, []string{"0", "1", "2", "3", "4"}) {
			t.Errorf("stored %v", marks)
		}
	})
}

func TestACommandSentTwiceTakesEffectOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		_, one, two := r.begin()
		id, yield := newID(), protocol.Command{Command: session.Yield{Step: one.step()}}
		one.saysAs(id, yield)
		one.take()
		before := len(r.log.records(r.id))
		one.saysAs(id, yield) // at once
		if f := one.only(one.take(), "done"); f.ID != id {
			t.Error("the answer names another command")
		}
		one.Leave()
		one = r.join(session.One) // over a reconnect
		one.saysAs(id, yield)
		one.only(one.take(), "done")
		one.Leave()
		two.Leave()
		// And after the room was let go, from the records.
		r.later(5 * time.Minute)
		one = r.join(session.One)
		one.saysAs(id, yield)
		one.only(one.take(), "done")
		if got := len(r.log.records(r.id)); got != before {
			t.Errorf("%d records became %d", before, got)
		}
		// Somebody else's id is nobody's answer.
		two = r.join(session.Two)
		two.saysAs(id, yield)
		if f := two.only(two.take(), "refused"); f.Code != "id_taken" {
			t.Errorf("refused as %s", f.Code)
		}
	})
}

// An id stands for one command. Another that comes under it is refused and changes
// nothing: nobody is told that something was done which was not.
func TestAnIDStandsForOneCommand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus := &hub.LocalBus{}
		r, hubs := nodes(t, bus, bus)
		counselor := r.enter(hubs[0], session.Counselor, hub.Entry{Who: "a"})
		there := r.enter(hubs[1], session.Counselor, hub.Entry{Who: "b"})
		note := func(text private.Text) protocol.Command {
			return protocol.Command{Command: session.Mark{Kind: session.MarkNote, Text: text}}
		}
		r.letIn()
		made, none := newID(), newID()
		counselor.saysAs(made, note("one"))
		counselor.says(session.Pause{})
		counselor.saysAs(none, protocol.Command{Command: session.Pause{}}) // so already: no record
		counselor.take()
		before := len(r.log.records(r.id))
		tried := func(p *person) {
			t.Helper()
			there.take()
			for _, other := range []protocol.Command{note("other"), {Command: session.Resume{}}, {Command: session.SetDial{Value: 3}}} {
				p.saysAs(made, other)
				if f := p.only(p.take(), "refused"); f.Code != "id_taken" || f.ID != made {
					t.Errorf("%s under another's id: refused with %s", other.Name(), f.Code)
				}
			}
			p.saysAs(made, note("one"))
			if f := p.only(p.take(), "done"); f.ID != made {
				t.Error("the answer names another command")
			}
			if got := len(r.log.records(r.id)); got != before {
				t.Errorf("%d records became %d", before, got)
			}
		}
		tried(counselor)
		tried(there)
		counselor.saysAs(none, protocol.Command{Command: session.Resume{}})
		if f := counselor.only(counselor.take(), "refused"); f.Code != "id_taken" {
			t.Errorf("another than what was so already: refused with %s", f.Code)
		}
		counselor.Leave()
		there.Leave()
		r.later(5 * time.Minute) // the rooms are let go, and the log alone remembers
		tried(r.enter(hubs[0], session.Counselor, hub.Entry{Who: "a"}))

		// Two commands under one id, at two nodes before either is answered: one is done.
		a, b := r.enter(hubs[0], session.Counselor, hub.Entry{Who: "a"}), r.enter(hubs[1], session.Counselor, hub.Entry{Who: "b"})
		id := newID()
		for p, text := range map[*person]private.Text{a: "here", b: "there"} {
			if err := p.Do(t.Context(), protocol.Message{ID: id, Body: note(text)}); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		got := append(kinds(a.take()), kinds(b.take())...)
		slices.Sort(got)
		if got = slices.DeleteFunc(got, func(is string) bool { return is != "done" && is != "refused" }); !slices.Equal(got, []string{"done", "refused"}) {
			t.Errorf("two commands under one id were answered %v", got)
		}
	})
}

func TestWhatWasAlreadySoIsAnsweredTheSameAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor, one, _ := r.begin()
		counselor.says(session.Pause{})
		id := newID()
		one.saysAs(id, protocol.Command{Command: session.Pause{}}) // paused already: nothing to store
		one.only(one.take(), "done")
		counselor.says(session.Resume{})
		before := len(r.log.records(r.id))
		one.saysAs(id, protocol.Command{Command: session.Pause{}}) // the answer was lost; sent again
		one.only(one.take(), "done")
		if len(r.log.records(r.id)) != before || one.sees().Phase == session.OnPause {
			t.Error("the same command paused the session a second time")
		}
	})
}

func TestARefusalChangesNothingAndNobodyNotices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor, one, two := r.begin()
		before := len(r.log.records(r.id))
		step := one.step()
		two.says(session.Yield{Step: step}) // not the holder of the floor
		out := two.only(two.take(), "refused")
		one.says(session.Ready{Step: "9.9.9"})
		stale := one.only(one.take(), "refused")
		one.says(session.Admit{Who: session.SeatTwo})
		foreign := one.only(one.take(), "refused")
		for _, f := range []frame{out, stale, foreign} {
			if f.Code == "" || f.Code == "internal" {
				t.Errorf("refused as %q", f.Code)
			}
		}
		r.later(time.Second)
		if got := kinds(counselor.take()); len(got) > 0 {
			t.Errorf("the counselor was told %v", got)
		}
		if got := kinds(append(one.take(), two.take()...)); len(got) > 0 {
			t.Errorf("the partners were told %v", got)
		}
		if len(r.log.records(r.id)) != before {
			t.Error("a refused command was stored")
		}
	})
}

func TestPartnersLearnNothingOfEachOther(t *testing.T) {
	// What one types, submits for the counselor's eyes or turns the dial to, and
	// whether they are there at all, moves no frame to the other: neither bytes, nor
	// revisions, nor the moment.
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor, one, two := r.begin()
		counselor.says(session.Advance{Step: counselor.step()})
		counselor.says(session.Advance{Step: counselor.step()})
		step := two.step()
		r.later(time.Second)
		one.take()
		rev := one.got[len(one.got)-1].Rev

		two.saysAs(newID(), protocol.KeepDraft{Step: step, Text: "MARKER-k29"})
		r.later(time.Second)
		two.saysAs(newID(), protocol.TurnDial{Value: 3})
		two.says(session.SetDial{Value: 2})
		two.Leave()
		r.later(time.Minute)
		r.join(session.Two)
		r.later(time.Minute)
		counselor.says(session.Whisper{To: session.SeatTwo, Text: "MARKER-w"})
		counselor.says(session.Mark{Kind: session.MarkNote, Text: "MARKER-m"})
		r.later(time.Second)
		if got := one.take(); len(got) > 0 {
			t.Errorf("the other was sent %s", got[0].raw)
		}
		one.saysAs(newID(), protocol.Sync{})
		if f := one.only(one.take(), "view"); f.Rev != rev {
			t.Errorf("the revision went from %d to %d", rev, f.Rev)
		}
		for _, f := range one.got {
			if strings.Contains(f.raw, "MARKER") || strings.Contains(f.raw, `"is":"dial"`) {
				t.Errorf("told: %s", f.raw)
			}
		}
	})
}

func TestTheCounselorSeesWhoIsThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor := r.join(session.Counselor)
		is := func(one, two protocol.Presence) {
			t.Helper()
			counselor.take()
			var last frame
			for _, f := range counselor.got {
				if f.Is == "here" {
					last = f
				}
			}
			if last.One != one || last.Two != two {
				t.Fatalf("one %s two %s, want %s %s", last.One, last.Two, one, two)
			}
		}
		is(protocol.Away, protocol.Away)
		one := r.join(session.One)
		r.later(time.Second)
		is(protocol.Lobby, protocol.Away)
		two := r.join(session.Two)
		r.letIn()
		r.later(time.Second)
		is(protocol.Here, protocol.Here)
		r.do(session.Counselor, session.StartExercise{
			Program: turns,
			Cast:    session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo},
		})
		two.saysAs(newID(), protocol.KeepDraft{Step: two.step(), Text: "I"})
		r.later(time.Second)
		is(protocol.Here, protocol.Writing)
		r.later(10 * time.Second)
		is(protocol.Here, protocol.Here) // a sign of writing wears off
		before := len(counselor.got)
		one.Leave()
		one = r.enter(r.hub, session.One, hub.Entry{})
		r.later(10 * time.Second)
		counselor.take()
		if got := counselor.got[before:]; len(got) > 0 {
			t.Errorf("a phone that blinked made %v on the console", kinds(got))
		}
		one.Leave()
		r.later(10 * time.Second)
		is(protocol.Away, protocol.Here)
	})
}

func TestTheRoomHoldsWhileTheCounselorIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor, one, two := r.begin()
		counselor.Leave()
		r.later(10 * time.Second)
		if f := one.only(one.take(), "here"); f.Counselor {
			t.Error("the partner is not told that the counselor is gone")
		}
		step := one.step()
		one.says(session.Advance{Step: step}) // nobody inherits the role
		one.only(one.take(), "refused")
		one.says(session.Yield{Step: step}) // the floor holder goes on
		one.only(one.take(), "done")
		two.sees()
		counselor = r.join(session.Counselor)
		if got := counselor.sees().Step.Title; got != "reply" {
			t.Errorf("the counselor comes back to %q", got)
		}
		r.later(time.Second)
		if f := one.only(one.take(), "here"); !f.Counselor {
			t.Error("the partner is not told that the counselor is back")
		}
	})
}

func TestTheDialIsForCounselorsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor, one, two := r.begin()
		for v := range 5 {
			one.saysAs(newID(), protocol.TurnDial{Value: v})
		}
		if f := counselor.only(counselor.take(), "dial"); f.Who != session.SeatOne || f.Value != 4 {
			t.Errorf("the dial shows %s %d", f.Who, f.Value)
		}
		if got := two.take(); len(got) > 0 {
			t.Errorf("the other was sent %v", kinds(got))
		}
		before := len(r.log.records(r.id))
		counselor.saysAs(newID(), protocol.TurnDial{Value: 1})
		counselor.only(counselor.take(), "refused")
		if len(r.log.records(r.id)) != before {
			t.Error("a moving dial was stored")
		}
	})
}

func TestADraftComesBackToItsWriterAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor, one, two := r.begin()
		counselor.says(session.Advance{Step: counselor.step()})
		counselor.says(session.Advance{Step: counselor.step()})
		step := one.step()
		id := newID()
		one.saysAs(id, protocol.KeepDraft{Step: step, Text: "I felt"})
		if f := one.only(one.take(), "done"); f.ID != id {
			t.Error("the answer names another command")
		}
		one.saysAs(newID(), protocol.KeepDraft{Step: step, Text: "I felt alone"})
		one.take()
		one.Leave()
		two.Leave()
		one, two = r.join(session.One), r.join(session.Two)
		if f := one.only(one.got, "draft"); f.Text != "I felt alone" || f.Step != step {
			t.Errorf("given back for step %s", f.Step)
		}
		if slices.Contains(kinds(append(counselor.take(), two.got...)), "draft") {
			t.Error("somebody else was given the draft")
		}
		one.says(session.Submit{Step: step, Answer: session.Answer{Text: "I felt alone"}})
		one.only(one.take(), "done")
		r.later(time.Second)
		if d := r.log.draft(r.id, session.SeatOne); d.step != "" {
			t.Error("a draft outlived its submission")
		}
		one.saysAs(newID(), protocol.KeepDraft{Step: step, Text: "late"})
		if f := one.only(one.take(), "refused"); f.Code != "already_submitted" {
			t.Errorf("refused as %s", f.Code)
		}
	})
}

func TestDraftsThatAreNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor, one, _ := r.begin()
		refused := func(p *person, step, code string) {
			t.Helper()
			p.saysAs(newID(), protocol.KeepDraft{Step: step, Text: "x"})
			if f := p.only(p.take(), "refused"); f.Code != code {
				t.Errorf("refused as %s, want %s", f.Code, code)
			}
		}
		refused(one, "9.9.9", "stale_step")
		refused(counselor, counselor.step(), "not_yours")
		for range 3 {
			counselor.says(session.Advance{Step: counselor.step()})
		}
		refused(one, one.step(), "only_on_this_phone")
		if d := r.log.draft(r.id, session.SeatOne); d.step != "" {
			t.Error("something was kept all the same")
		}
	})
}

func TestDraftsAreSavedInOrderAndTheNewestWins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		_, one, _ := r.begin()
		step := one.step()
		saving, saves := make(chan error), 0
		r.log.beforeDraft = func() error { saves++; return <-saving }
		var ids []session.CommandID
		for i := range 10 {
			id := newID()
			ids = append(ids, id)
			one.saysAs(id, protocol.KeepDraft{Step: step, Text: private.Text(fmt.Sprint(i))})
		}
		saving <- nil
		saving <- nil
		var answered []session.CommandID
		for _, f := range one.take() {
			answered = append(answered, f.ID)
		}
		if saves != 2 || !reflect.DeepEqual(answered, ids) {
			t.Errorf("%d saves, %d of %d answered", saves, len(answered), len(ids))
		}
		if d := r.log.draft(r.id, session.SeatOne); d.text != "9" {
			t.Error("an older draft won")
		}
	})
}

// A phone whose socket was cut before it was welcomed comes back to its own place: the
// server may still hold what is left of it. Another page has to ask, whatever it knows.
func TestAPageThatWasNeverWelcomedComesBackToItsOwnPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		lost := r.enter(r.hub, session.One, hub.Entry{Page: "a"})
		back := r.enter(r.hub, session.One, hub.Entry{Page: "a"})
		if lost.take(); lost.closed != protocol.OpenElsewhere {
			t.Errorf("what was left of it was closed with %d", lost.closed)
		}
		for _, page := range []string{"b", ""} {
			_, err := r.hub.Join(t.Context(), r.id, session.One, hub.Entry{Page: page})
			var closed *hub.Closed
			if !errors.As(err, &closed) || closed.Code != protocol.OpenElsewhere {
				t.Errorf("page %q got %v", page, err)
			}
		}
		if back.take(); back.closed != 0 {
			t.Errorf("the page that came back was closed with %d", back.closed)
		}
		back.Leave()
		r.enter(r.hub, session.One, hub.Entry{}) // one that says nothing of itself is nobody's
		if _, err := r.hub.Join(t.Context(), r.id, session.One, hub.Entry{}); err == nil {
			t.Error("a second page that says nothing of itself took the place")
		}
	})
}

func TestASecondTabMustAsk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		_, one, two := r.begin()
		_, err := r.hub.Join(t.Context(), r.id, session.One, hub.Entry{})
		var closed *hub.Closed
		if !errors.As(err, &closed) || closed.Code != protocol.OpenElsewhere {
			t.Fatalf("the second tab got %v", err)
		}
		second := r.enter(r.hub, session.One, hub.Entry{Here: true})
		if one.take(); one.closed != protocol.OpenElsewhere {
			t.Errorf("the first was closed with %d", one.closed)
		}
		second.says(session.Yield{Step: second.step()})
		second.only(second.take(), "done")
		if two.take(); two.closed != 0 {
			t.Error("the other partner was closed")
		}
		one.saysAs(newID(), protocol.Command{Command: session.Pause{}})
		if two.sees().Phase == session.OnPause {
			t.Error("a closed seat was still listened to")
		}
		// The counselor may look from several places.
		desks := []*person{r.join(session.Counselor), r.join(session.Counselor)}
		for _, d := range desks {
			if d.take(); d.closed != 0 {
				t.Error("a counselor's tab was closed")
			}
		}
	})
}

func TestSeatsEndWithTheirReason(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor, one, two := r.begin()
		counselor.says(session.Remove{Who: session.SeatOne})
		if one.take(); one.closed != protocol.Removed {
			t.Errorf("removed: %d", one.closed)
		}
		one.Leave()
		_, err := r.hub.Join(t.Context(), r.id, session.One, hub.Entry{Here: true})
		var closed *hub.Closed
		if !errors.As(err, &closed) || closed.Code != protocol.Removed {
			t.Errorf("the removed came back: %v", err)
		}
		r.do(session.Counselor, session.Invite{Seat: session.SeatTwo})
		if two.take(); two.closed != protocol.LinkOver {
			t.Errorf("invited anew: %d", two.closed)
		}
		two.Leave()
		two = r.join(session.Two)
		two.says(session.Consent{Policy: 1})
		counselor.says(session.Admit{Who: session.SeatTwo})
		r.do(session.Two, session.Leave{})
		if two.take(); two.closed != protocol.Bye || two.closed.ComesBack() {
			t.Errorf("left: %d", two.closed)
		}
		counselor.says(session.End{})
		if phase := counselor.sees().Phase; phase != session.HasEnded || counselor.closed != protocol.Ended {
			t.Errorf("ended: %s, %d", phase, counselor.closed)
		}
	})
}

func TestAnEndedSessionIsShownOnceMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		_, one, _ := r.begin()
		r.do(session.Counselor, session.End{})
		if one.sees().Phase != session.HasEnded || one.closed != protocol.Ended {
			t.Errorf("phase %s, closed %d", one.sees().Phase, one.closed)
		}
		one.Leave()
		one = r.join(session.One)
		if got := kinds(one.got); !reflect.DeepEqual(got, []string{"welcome", "view"}) || one.closed != protocol.Ended {
			t.Errorf("later: %v, %d", got, one.closed)
		}
		one.saysAs(newID(), protocol.Command{Command: session.Pause{}})
		if err := r.hub.Do(t.Context(), r.id, session.Input{ID: newID(), By: session.Counselor, Command: session.Resume{}}); err == nil {
			t.Error("an ended session took a command")
		}
	})
}

func TestARevokedLinkClosesItsSeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		_, one, two := r.begin()
		r.hub.Dismiss(r.id, session.One, protocol.LinkOver)
		if one.take(); one.closed != protocol.LinkOver {
			t.Errorf("closed with %d", one.closed)
		}
		if two.take(); two.closed != 0 {
			t.Error("the other was closed as well")
		}
	})
}

func TestASlowReaderLosesNoAnswerAndIsCutOffInTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor, one, two := r.begin()
		var ids []session.CommandID
		for range 60 { // nobody takes anything meanwhile
			ids = append(ids, counselor.says(session.Mark{Kind: session.MarkReach}))
		}
		frames := counselor.take()
		views, answers := 0, []session.CommandID{}
		for _, f := range frames {
			switch f.Is {
			case "view":
				views++
			case "done":
				answers = append(answers, f.ID)
			}
		}
		if views != 1 || !reflect.DeepEqual(answers, ids) {
			t.Errorf("%d views, %d of %d answers", views, len(answers), len(ids))
		}
		for range 200 {
			counselor.says(session.Mark{Kind: session.MarkReach})
		}
		if counselor.take(); counselor.closed != protocol.SlowReader {
			t.Errorf("closed with %d", counselor.closed)
		}
		one.says(session.Yield{Step: one.step()})
		one.only(one.take(), "done")
		if two.sees().Step.Title != "reply" {
			t.Error("the others were harmed")
		}
	})
}

func TestAStorageFailureIsSaidAndNothingIsLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor, one, two := r.begin()
		disk := errors.New("disk full")
		r.log.before = func(session.Record) error { return disk }
		id, yield := newID(), protocol.Command{Command: session.Yield{Step: one.step()}}
		one.saysAs(id, yield)
		if f := one.only(one.take(), "refused"); f.Code != "not_saved" {
			t.Errorf("refused as %s", f.Code)
		}
		if got := append(counselor.take(), two.take()...); len(got) > 0 {
			t.Errorf("somebody was told %v", kinds(got))
		}
		r.log.before = nil
		one.saysAs(id, yield) // the same, sent again
		one.only(one.take(), "done")
		if two.sees().Step.Title != "reply" {
			t.Error("it did not take effect")
		}
	})
}

func TestAnAppendThatSucceededInSilenceIsFound(t *testing.T) {
	// The log stores the record, but its answer is an error. The room looks before it
	// says anything; where it cannot look, it looks before it decides again.
	for _, blind := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			r := newRoom(t)
			_, one, two := r.begin()
			lost := errors.New("connection lost")
			r.log.after = func(session.Record) error { return lost }
			if blind {
				r.log.beforeRead = func() error { return lost }
			}
			id, yield := newID(), protocol.Command{Command: session.Yield{Step: one.step()}}
			one.saysAs(id, yield)
			if blind {
				one.only(one.take(), "refused")
				r.log.after, r.log.beforeRead = nil, nil
				one.saysAs(id, yield)
			}
			one.only(one.take(), "done")
			r.later(time.Second)
			if two.sees().Step.Title != "reply" {
				t.Errorf("blind %v: the others do not see it", blind)
			}
			r.log.after = nil
			two.says(session.Yield{Step: two.step()})
			two.only(two.take(), "done")
		})
	}
}

func TestARoomThatCannotBeReadSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		r.later(5 * time.Minute) // let go
		r.log.beforeRead = func() error { return errors.New("gone") }
		_, err := r.hub.Join(t.Context(), r.id, session.One, hub.Entry{})
		if f, ok := fault.As(err); !ok || f.Kind != fault.Unavailable {
			t.Fatalf("joined a room that was not read: %v", err)
		}
		r.log.beforeRead = nil
		r.join(session.One) // and it mends itself
	})
}

func TestAnEmptyRoomIsLetGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		one := r.join(session.One)
		r.later(time.Hour)
		if r.hub.Rooms() != 1 {
			t.Fatal("a room was let go under somebody")
		}
		one.Leave()
		r.later(30 * time.Second)
		if r.hub.Rooms() != 1 {
			t.Error("the room did not wait")
		}
		one = r.join(session.One)
		r.later(45 * time.Second)
		one.Leave()
		r.later(2 * time.Minute)
		if r.hub.Rooms() != 0 {
			t.Error("the room stays for ever")
		}
		one = r.join(session.One)
		if one.sees().Door != session.Invitee {
			t.Error("the room came back changed")
		}
	})
}

func TestShutdownAnswersWhatIsOnItsWayAndWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t)
		counselor, one, _ := r.begin()
		stored := make(chan error)
		r.log.before = func(session.Record) error { return <-stored }
		one.says(session.Yield{Step: one.step()})
		counselor.says(session.Pause{}) // waits behind it
		ended := make(chan error, 1)
		go func() { ended <- r.hub.Close(context.Background()) }()
		synctest.Wait()
		if one.take(); one.closed != 0 {
			t.Error("closed before the answer")
		}
		stored <- nil
		frames := one.take()
		one.only(frames, "done")
		if one.closed != protocol.ServiceRestart {
			t.Errorf("closed with %d", one.closed)
		}
		for _, f := range counselor.take() { // not stored, and not answered: sent again at the next node
			if f.Is == "refused" || f.Is == "done" {
				t.Errorf("what waited was answered: %s", f.raw)
			}
		}
		select {
		case <-ended:
			t.Fatal("did not wait for the seats")
		default:
		}
		if _, err := r.hub.Join(t.Context(), r.id, session.Two, hub.Entry{}); err == nil {
			t.Error("somebody sat down in a closing hub")
		}
	})
}

func TestTheLogNeverRunsBackwards(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var jump time.Duration
		log := newMemory()
		r := &room{t, hub.New(log, log, quiet(hub.Options{Now: func() time.Time {
			return time.Now().Round(0).Add(jump) // a clock that somebody sets
		}})), log, "s"}
		t.Cleanup(r.closed)
		r.do(session.Counselor, session.Open{Facts: facts})
		r.begin()
		jump = -time.Hour
		r.do(session.Counselor, session.Mark{Kind: session.MarkReach})
		records := log.records("s")
		a, b := records[len(records)-2].At, records[len(records)-1].At
		if b.Before(a) {
			t.Errorf("the log runs backwards: %v then %v", a, b)
		}
	})
}
