package hub_test

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"

	"mend/internal/hub"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

// nodes are hubs over one log, joined by a bus.
func nodes(t *testing.T, buses ...hub.Bus) (*room, []*hub.Hub) {
	log := newMemory()
	r := &room{TB: t, log: log, id: uuid.NewString()}
	hubs := make([]*hub.Hub, len(buses))
	for i, bus := range buses {
		hubs[i] = hub.New(log, log, quiet(hub.Options{Bus: bus, Node: fmt.Sprint(i)}))
		at := &room{TB: t, hub: hubs[i]}
		t.Cleanup(at.closed)
	}
	r.hub = hubs[0]
	r.do(session.Counselor, session.Open{Facts: facts})
	return r, hubs
}

func TestThreePeopleOnThreeNodesSeeTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus := &hub.LocalBus{}
		r, hubs := nodes(t, bus, bus, bus)
		counselor := r.enter(hubs[0], session.Counselor, hub.Entry{})
		one := r.enter(hubs[1], session.One, hub.Entry{})
		two := r.enter(hubs[2], session.Two, hub.Entry{})
		r.letIn()
		r.do(session.Counselor, session.StartExercise{
			Program: turns,
			Cast:    session.Cast{"a": session.SeatOne, "b": session.SeatTwo},
		})
		one.says(session.Yield{Step: one.step()})
		for _, p := range []*person{counselor, one, two} {
			if got := p.sees().Step.Title; got != "reply" {
				t.Errorf("%s sees %q", p.Role, got)
			}
		}
		r.later(time.Second)
		counselor.take()
		var here frame
		for _, f := range counselor.got {
			if f.Is == "here" {
				here = f
			}
		}
		if here.One != protocol.Here || here.Two != protocol.Here {
			t.Errorf("across nodes the counselor sees one %s, two %s", here.One, here.Two)
		}
		two.Leave()
		r.later(10 * time.Second)
		if f := counselor.only(counselor.take(), "here"); f.Two != protocol.Away {
			t.Errorf("gone from another node, shown %s", f.Two)
		}
	})
}

func TestALostNoticeIsADelayAndNothingElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// Each node has a bus of its own: none hears of another.
		r, hubs := nodes(t, &hub.LocalBus{}, &hub.LocalBus{})
		counselor := r.enter(hubs[0], session.Counselor, hub.Entry{})
		one := r.enter(hubs[1], session.One, hub.Entry{})
		one.says(session.Consent{Policy: 1})
		one.only(one.take(), "done")
		r.later(time.Minute)
		counselor.says(session.Admit{Who: session.SeatOne})
		r.later(time.Minute)
		if one.sees().Door != session.Inside {
			t.Error("what happened elsewhere was never shown")
		}
	})
}

func TestNodesThatCollideDecideAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus := &hub.LocalBus{}
		r, hubs := nodes(t, bus, bus, bus)
		var people []*person
		for _, h := range hubs {
			people = append(people, r.enter(h, session.Counselor, hub.Entry{}))
		}
		const each = 15
		var all sync.WaitGroup
		for i, p := range people {
			all.Go(func() {
				for n := range each {
					err := p.Do(t.Context(), protocol.Message{ID: newID(), Body: protocol.Command{
						Command: session.SetAgenda{Agenda: []session.Planned{{Exercise: "turns", Title: fmt.Sprintf("%d.%d", i, n)}}},
					}})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		r.later(time.Second)
		for _, p := range people {
			done := 0
			for _, f := range p.take() {
				switch f.Is {
				case "done":
					done++
				case "refused":
					t.Errorf("refused as %s", f.Code)
				}
			}
			if done != each {
				t.Errorf("%d of %d answered", done, each)
			}
		}
		records := r.log.records(r.id)
		if len(records) != 1+len(people)*each {
			t.Errorf("%d records", len(records))
		}
		views := map[string]bool{}
		for _, p := range people {
			p.saysAs(newID(), protocol.Sync{})
			f := p.only(p.take(), "view")
			views[f.raw[len(f.raw)-400:]] = true
		}
		if len(views) != 1 {
			t.Error("the nodes show different things")
		}
	})
}

func TestACommandSentToTwoNodesTakesEffectOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus := &hub.LocalBus{}
		r, hubs := nodes(t, bus, bus)
		a, b := r.enter(hubs[0], session.Counselor, hub.Entry{}), r.enter(hubs[1], session.Counselor, hub.Entry{})
		id, say := newID(), protocol.Command{Command: session.SetAgenda{Agenda: []session.Planned{{Exercise: "x"}}}}
		for _, p := range []*person{a, b} { // both before either is answered
			if err := p.Do(t.Context(), protocol.Message{ID: id, Body: say}); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		a.only(a.take(), "done")
		b.only(b.take(), "done")
		if n := len(r.log.records(r.id)); n != 2 {
			t.Errorf("%d records", n)
		}
	})
}

func TestASeatIsOpenElsewhereOnAnotherNodeToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus := &hub.LocalBus{}
		r, hubs := nodes(t, bus, bus)
		one := r.enter(hubs[0], session.One, hub.Entry{})
		r.enter(hubs[1], session.Counselor, hub.Entry{})
		r.later(time.Second)
		_, err := hubs[1].Join(t.Context(), r.id, session.One, hub.Entry{})
		var closed *hub.Closed
		if !errors.As(err, &closed) || closed.Code != protocol.OpenElsewhere {
			t.Fatalf("the second device got %v", err)
		}
		r.enter(hubs[1], session.One, hub.Entry{Here: true})
		if one.take(); one.closed != protocol.OpenElsewhere {
			t.Errorf("the first was closed with %d", one.closed)
		}
	})
}

// The same where the page was never welcomed at the node that it came to first, and lands
// at another: its place is its own, whatever became of its connection there.
func TestAPageThatWasNeverWelcomedComesBackToItsOwnPlaceAtAnotherNode(t *testing.T) {
	for name, leaves := range map[string]bool{"which takes it for there still": false, "which noticed that it is gone": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				bus := &hub.LocalBus{}
				var told atomic.Int64
				bus.Subscribe(func(n hub.Notice) {
					for _, sum := range n.Pages {
						if told.Add(1); len(sum) < 16 {
							t.Errorf("a page's own word is told: %q", sum)
						}
					}
				})
				r, hubs := nodes(t, bus, bus)
				r.enter(hubs[1], session.Counselor, hub.Entry{})
				lost := r.enter(hubs[0], session.One, hub.Entry{Page: "a"})
				r.later(time.Second)
				if leaves {
					lost.Leave()
				}
				for _, page := range []string{"b", ""} {
					_, err := hubs[1].Join(t.Context(), r.id, session.One, hub.Entry{Page: page})
					var closed *hub.Closed
					if !errors.As(err, &closed) || closed.Code != protocol.OpenElsewhere {
						t.Errorf("page %q got %v", page, err)
					}
				}
				back := r.enter(hubs[1], session.One, hub.Entry{Page: "a"})
				if !leaves {
					if lost.take(); lost.closed != protocol.OpenElsewhere {
						t.Errorf("what was left of it was closed with %d", lost.closed)
					}
				}
				r.later(time.Second)
				if back.take(); back.closed != 0 {
					t.Errorf("the page that came back was closed with %d", back.closed)
				}
				if told.Load() == 0 {
					t.Error("no page was ever told of")
				}
				// Now it sits there, and nobody else may at the first node.
				if _, err := hubs[0].Join(t.Context(), r.id, session.One, hub.Entry{Page: "b"}); err == nil {
					t.Error("another page took the place")
				}
			})
		})
	}
}

func TestANewLinkPutsOutTheOldDeviceAndNotTheNew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// The nodes do not hear of each other: the worst case.
		r, hubs := nodes(t, &hub.LocalBus{}, &hub.LocalBus{})
		old := r.enter(hubs[1], session.One, hub.Entry{})
		r.do(session.Counselor, session.Invite{Seat: session.SeatOne})
		anew := r.enter(hubs[1], session.One, hub.Entry{Here: true})
		r.later(5 * time.Minute)
		old.take()
		anew.take()
		if old.closed != protocol.LinkOver || anew.closed != 0 {
			t.Errorf("the old was closed with %d, the new with %d", old.closed, anew.closed)
		}
	})
}

func TestANodeThatDiedIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus := &hub.LocalBus{}
		r, hubs := nodes(t, bus)
		counselor := r.enter(hubs[0], session.Counselor, hub.Entry{})
		if err := bus.Publish(hub.Notice{Session: r.id, Node: "dead", Here: hub.Attendance{session.One: protocol.Lobby}}); err != nil {
			t.Fatal(err)
		}
		r.later(time.Second)
		if f := counselor.only(counselor.take(), "here"); f.One != protocol.Lobby {
			t.Errorf("shown %s", f.One)
		}
		r.later(5 * time.Minute)
		if f := counselor.only(counselor.take(), "here"); f.One != protocol.Away {
			t.Errorf("still shown %s", f.One)
		}
	})
}

// What was acknowledged at one node is so at the other, whether it was heard there or
// not: nobody is refused for what is no longer true, or told that all is so already.
func TestWhatWasAnsweredAtOneNodeIsSoAtTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// Each node has a bus of its own: none hears of another.
		r, hubs := nodes(t, &hub.LocalBus{}, &hub.LocalBus{})
		counselor, again := r.enter(hubs[0], session.Counselor, hub.Entry{}), r.enter(hubs[1], session.Counselor, hub.Entry{})
		one := r.enter(hubs[1], session.One, hub.Entry{})
		one.says(session.Consent{Policy: 1})
		one.only(one.take(), "done")
		counselor.says(session.Admit{Who: session.SeatOne})
		counselor.only(counselor.take(), "done")
		for range 3 {
			counselor.says(session.Pause{})
			counselor.only(counselor.take(), "done")
			again.says(session.Resume{})
			again.only(again.take(), "done")
		}
		paused := 0
		for _, rec := range r.log.records(r.id) {
			switch rec.Event.(type) {
			case session.Paused, session.Resumed:
				paused++
			}
		}
		if paused != 6 {
			t.Errorf("of three pauses and three resumptions, %d are in the log", paused)
		}
	})
}

// A node that was killed is forgotten in the time that the counselor may be told wrongly
// who is there: five seconds.
func TestADeadNodesPeopleAreAwayWithinFiveSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus := &hub.LocalBus{}
		r, hubs := nodes(t, bus, bus)
		counselor := r.enter(hubs[0], session.Counselor, hub.Entry{})
		r.enter(hubs[1], session.One, hub.Entry{})
		say := func(who protocol.Presence) {
			if err := bus.Publish(hub.Notice{Session: r.id, Node: "dead", Here: hub.Attendance{session.Two: who}}); err != nil {
				t.Fatal(err)
			}
		}
		say(protocol.Lobby)
		for range 60 { // as long as it speaks it lives
			r.later(time.Second)
			say(protocol.Lobby)
		}
		if f := counselor.last("here"); f.One != protocol.Lobby || f.Two != protocol.Lobby {
			t.Fatalf("while both nodes live one is %s, two %s", f.One, f.Two)
		}
		r.later(5 * time.Second)
		if f := counselor.last("here"); f.One != protocol.Lobby || f.Two != protocol.Away {
			t.Errorf("five seconds after a node died one is %s, two %s", f.One, f.Two)
		}
	})
}

// severed is a bus that can be away.
type severed struct {
	*hub.LocalBus
	away atomic.Bool
}

func (s *severed) Publish(n hub.Notice) error {
	if s.away.Load() {
		return nil
	}
	return s.LocalBus.Publish(n)
}

// While the bus is away silence tells nothing, and nobody is taken for gone. Once it is
// back, who left meanwhile is away within five seconds.
func TestWithoutABusNobodyIsTakenForGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus := &severed{LocalBus: &hub.LocalBus{}}
		r, hubs := nodes(t, bus, bus)
		counselor := r.enter(hubs[0], session.Counselor, hub.Entry{})
		one, two := r.enter(hubs[1], session.One, hub.Entry{}), r.enter(hubs[1], session.Two, hub.Entry{})
		r.later(5 * time.Second)
		bus.away.Store(true)
		r.later(5 * time.Minute)
		if f := counselor.last("here"); f.One != protocol.Lobby || f.Two != protocol.Lobby {
			t.Errorf("without a bus one is %s, two %s", f.One, f.Two)
		}
		one.Leave()
		r.later(time.Minute)
		if two.take(); two.closed != 0 {
			t.Errorf("two was closed with %d", two.closed)
		}
		bus.away.Store(false)
		r.later(5 * time.Second)
		if f := counselor.last("here"); f.One != protocol.Away || f.Two != protocol.Lobby {
			t.Errorf("five seconds after the bus came back one is %s, two %s", f.One, f.Two)
		}
	})
}

func TestANoticeHasNoPlaceForWords(t *testing.T) {
	var look func(reflect.Type)
	words := reflect.TypeFor[private.Text]()
	look = func(of reflect.Type) {
		switch of.Kind() {
		case reflect.Struct:
			for i := range of.NumField() {
				look(of.Field(i).Type)
			}
		case reflect.Map, reflect.Slice, reflect.Pointer:
			look(of.Elem())
		case reflect.Interface, reflect.Func:
			t.Errorf("%s could carry anything", of)
		}
		if of == words {
			t.Error("a notice carries private text")
		}
	}
	look(reflect.TypeFor[hub.Notice]())
}

// Of two counselors in a room one can be put out, here and at other nodes, in this
// session or in whichever they sit; the other stays, as do both partners.
func TestOneCounselorIsPutOutAndNobodyElse(t *testing.T) {
	for name, where := range map[string]func(r *room) string{
		"of this session": func(r *room) string { return r.id },
		"of any session":  func(*room) string { return "" },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				bus := &hub.LocalBus{}
				r, hubs := nodes(t, bus, bus)
				lead := r.enter(hubs[0], session.Counselor, hub.Entry{Who: "lead"})
				here := r.enter(hubs[0], session.Counselor, hub.Entry{Who: "colleague"})
				there := r.enter(hubs[1], session.Counselor, hub.Entry{Who: "colleague"})
				one := r.enter(hubs[1], session.One, hub.Entry{})
				hubs[0].DismissOne(where(r), "colleague", protocol.NotFound)
				for _, p := range []*person{here, there} {
					if p.take(); p.closed != protocol.NotFound {
						t.Errorf("a colleague's socket was closed with %d", p.closed)
					}
				}
				for _, p := range []*person{lead, one} {
					if p.take(); p.closed != 0 {
						t.Errorf("the socket of %s was closed as well", p.Role)
					}
				}
			})
		})
	}
}
