// Package logtest is the contract of hub.Log and hub.Drafts: every implementation
// passes the same tests. Start with Run.
package logtest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"mend/internal/hub"
	"mend/internal/private"
	"mend/internal/session"
)

// Maker gives an empty log, the drafts beside it and the ids of two sessions that
// may be written to.
type Maker func(t *testing.T) (log hub.Log, drafts hub.Drafts, one, other string)

// Run holds an implementation to the contract.
func Run(t *testing.T, empty Maker) {
	t.Run("what was appended is read back as it was", func(t *testing.T) {
		log, _, id, _ := empty(t)
		want := story()
		for _, r := range want {
			append1(t, log, id, r)
		}
		for after := range uint64(len(want)) + 2 {
			got, err := log.Read(t.Context(), id, after)
			if err != nil {
				t.Fatal(err)
			}
			if expected := want[min(int(after), len(want)):]; len(got) != len(expected) || len(got) > 0 && !reflect.DeepEqual(got, expected) {
				t.Fatalf("after %d:\ngot  %+v\nwant %+v", after, got, expected)
			}
		}
	})
	t.Run("a log nobody wrote to is empty", func(t *testing.T) {
		log, _, id, _ := empty(t)
		if got, err := log.Read(t.Context(), id, 0); err != nil || len(got) != 0 {
			t.Fatalf("got %v, %v", got, err)
		}
	})
	t.Run("a seq is given once, without gaps", func(t *testing.T) {
		log, _, id, _ := empty(t)
		opened := story()[0]
		append1(t, log, id, opened)
		for _, seq := range []uint64{0, 1, 3, 99} {
			r := mark(seq, "no")
			if err := put(t.Context(), log, id, r); !errors.Is(err, session.ErrConflict) {
				t.Errorf("seq %d after 1: %v", seq, err)
			}
		}
		onlySeqs(t, log, id, 1)
		append1(t, log, id, mark(2, "yes"))
	})
	t.Run("a command takes effect once", func(t *testing.T) {
		log, _, id, _ := empty(t)
		append1(t, log, id, story()[0])
		first := mark(2, "first")
		append1(t, log, id, first)
		again := mark(3, "again")
		again.Command = first.Command
		if err := put(t.Context(), log, id, again); !errors.Is(err, session.ErrConflict) {
			t.Fatalf("the same command again: %v", err)
		}
		onlySeqs(t, log, id, 2)
		append1(t, log, id, mark(3, "another"))
	})
	t.Run("sessions do not touch", func(t *testing.T) {
		log, _, id, other := empty(t)
		append1(t, log, id, story()[0])
		append1(t, log, other, story()[0])
		append1(t, log, id, mark(2, "mine"))
		onlySeqs(t, log, id, 2)
		onlySeqs(t, log, other, 1)
	})
	t.Run("of two who write the same seq one gets it", func(t *testing.T) {
		log, _, id, _ := empty(t)
		append1(t, log, id, story()[0])
		const writers, rounds = 8, 10
		won := make([]int, writers)
		for round := range uint64(rounds) {
			var all sync.WaitGroup
			for w := range writers {
				all.Go(func() {
					switch err := put(context.Background(), log, id, mark(2+round, "race")); {
					case err == nil:
						won[w]++
					case !errors.Is(err, session.ErrConflict):
						t.Errorf("writer %d: %v", w, err)
					}
				})
			}
			all.Wait()
		}
		sum := 0
		for _, n := range won {
			sum += n
		}
		if sum != rounds {
			t.Fatalf("%d appends succeeded for %d places", sum, rounds)
		}
		onlySeqs(t, log, id, rounds+1)
	})
	t.Run("many sessions at once", func(t *testing.T) {
		log, _, id, other := empty(t)
		var all sync.WaitGroup
		for _, s := range []string{id, other} {
			all.Go(func() {
				append2(t, log, s, story()[0])
				for seq := range uint64(50) {
					append2(t, log, s, mark(2+seq, fmt.Sprint(seq)))
				}
			})
		}
		all.Wait()
		onlySeqs(t, log, id, 51)
		onlySeqs(t, log, other, 51)
	})
	t.Run("a draft is one a seat, and goes when told", func(t *testing.T) {
		_, drafts, id, other := empty(t)
		ctx := t.Context()
		is := func(s string, seat session.Seat, step string, text private.Text) {
			t.Helper()
			gotStep, gotText, err := drafts.Draft(ctx, s, seat)
			if err != nil || gotStep != step || gotText != text {
				t.Fatalf("%s: step %q, as it should be: %v, %v", seat, gotStep, gotText == text, err)
			}
		}
		ok := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		is(id, session.SeatOne, "", "")
		ok(drafts.SaveDraft(ctx, id, session.SeatOne, "1.0.1", "I"))
		ok(drafts.SaveDraft(ctx, id, session.SeatOne, "1.0.1", "I felt"))
		ok(drafts.SaveDraft(ctx, id, session.SeatTwo, "1.0.1", "She said"))
		ok(drafts.SaveDraft(ctx, other, session.SeatOne, "2.1.1", "elsewhere"))
		is(id, session.SeatOne, "1.0.1", "I felt")
		is(id, session.SeatTwo, "1.0.1", "She said")
		ok(drafts.SaveDraft(ctx, id, session.SeatOne, "1.2.1", "Now"))
		is(id, session.SeatOne, "1.2.1", "Now")
		ok(drafts.DeleteDraft(ctx, id, session.SeatOne))
		ok(drafts.DeleteDraft(ctx, id, session.SeatOne))
		is(id, session.SeatOne, "", "")
		is(id, session.SeatTwo, "1.0.1", "She said")
		is(other, session.SeatOne, "2.1.1", "elsewhere")
	})
}

func newID() session.CommandID { return session.CommandID(uuid.Must(uuid.NewV7()).String()) }

// at is the time of every record here; whole milliseconds in UTC, as Decide makes them.
var at = time.Date(2026, 11, 23, 15, 4, 5, 678_000_000, time.UTC)

func mark(seq uint64, text string) session.Record {
	return session.Record{
		Seq: seq, At: at, By: session.Counselor, Command: newID(),
		Event: session.Marked{Kind: session.MarkNote, Text: private.Text(text)},
	}
}

// story has a record of each sort of content: facts, a bare fact, words, numbers.
func story() []session.Record {
	value := 7
	dealt := []session.Event{
		session.Opened{Facts: session.Facts{
			People:      session.People{Counselor: "Ruth", One: "Ana", Two: "Ben"},
			Policy:      session.Policy{Version: 1, Secrets: session.NoSecrets},
			Suitability: &session.Suitability{Statement: "seen_apart", At: at},
			Agenda:      []session.Planned{},
		}},
		session.Invited{Seat: session.SeatOne},
		session.Whispered{To: session.SeatTwo, Text: "Zoë, langsam \U0001F33F"},
		session.DialSet{Value: value},
		session.Paused{},
	}
	out := make([]session.Record, len(dealt))
	for i, e := range dealt {
		by := session.Counselor
		if i >= 3 {
			by = session.Two
		}
		out[i] = session.Record{Seq: uint64(i) + 1, At: at.Add(time.Duration(i) * time.Second), By: by, Command: newID(), Event: e}
	}
	return out
}

func append1(t *testing.T, log hub.Log, id string, r session.Record) {
	t.Helper()
	if err := put(t.Context(), log, id, r); err != nil {
		t.Fatalf("seq %d: %v", r.Seq, err)
	}
}

// append2 is append1 for goroutines of a test.
func append2(t *testing.T, log hub.Log, id string, r session.Record) {
	if err := put(context.Background(), log, id, r); err != nil {
		t.Errorf("seq %d: %v", r.Seq, err)
	}
}

func onlySeqs(t *testing.T, log hub.Log, id string, last uint64) {
	t.Helper()
	got, err := log.Read(t.Context(), id, 0)
	if err != nil || uint64(len(got)) != last {
		t.Fatalf("%d records, %v; want %d", len(got), err, last)
	}
	for i, r := range got {
		if r.Seq != uint64(i)+1 {
			t.Fatalf("record %d has seq %d", i, r.Seq)
		}
	}
}

// put waits for the log's answer.
func put(ctx context.Context, log hub.Log, id string, r session.Record) error {
	answer := make(chan error, 1)
	log.Submit(ctx, id, r, func(err error) { answer <- err })
	return <-answer
}
