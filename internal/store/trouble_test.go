package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/session"
	"mend/internal/store"
)

// fill appends from several sides until the store refuses, and tells how far each
// log was acknowledged.
func (h *house) fill(ids []string) map[string]uint64 {
	h.t.Helper()
	var all sync.WaitGroup
	var mu sync.Mutex
	acknowledged := make(map[string]uint64)
	for _, id := range ids {
		all.Go(func() {
			for seq := uint64(1); seq < 5000; seq++ {
				err := h.Append(context.Background(), id, record(seq, session.One, submitted("words", exercise.Room)))
				if err != nil {
					if f, ok := fault.As(err); !ok || f.Kind != fault.Unavailable || f.Code != "storage_full" || f.RetryAfter < 1 {
						h.t.Errorf("refused with %v", err)
					}
					return
				}
				mu.Lock()
				acknowledged[id] = seq
				mu.Unlock()
			}
			h.t.Error("never full")
		})
	}
	all.Wait()
	return acknowledged
}

// stillHas checks that the logs are what was acknowledged, no more and no less.
func (h *house) stillHas(acknowledged map[string]uint64) {
	h.t.Helper()
	for id, n := range acknowledged {
		log, err := h.Read(context.Background(), id, 0)
		if err != nil {
			h.t.Fatal(err)
		}
		if uint64(len(log)) != n {
			h.t.Errorf("%d records, %d were acknowledged", len(log), n)
		}
	}
}

// recovers waits until the table takes what it refused, which it does by itself.
func (h *house) recovers() {
	h.t.Helper()
	for end := time.Now().Add(10 * time.Second); ; {
		err := store.BringIn(h.Store)
		if err == nil {
			return
		}
		if time.Now().After(end) {
			h.t.Fatal(err)
		}
	}
}

func (h *house) sessions(n int) []string {
	couple, ids := h.couple(), make([]string, n)
	for i := range ids {
		ids[i] = h.session(couple)
	}
	return ids
}

// refusesEverythingElse checks the other writes, and that reading goes on.
func (h *house) refusesEverythingElse(id string) {
	h.t.Helper()
	big := make([]byte, 60_000)
	wants(h.t, h.SaveDraft(context.Background(), id, session.SeatTwo, "1.0.1", words(string(big))), "storage_full")
	_, err := h.PutNote(context.Background(), h.counselor, id, protocol.PutNote{Kind: protocol.ProgressNote, Format: protocol.Free, Sections: sections(string(big))})
	wants(h.t, err, "storage_full")
	if _, err := h.Sessions(context.Background(), h.counselor, store.Page{}); err != nil {
		h.t.Errorf("reading failed: %v", err)
	}
}

func TestAFullDatabaseRefusesHonestlyAndRecovers(t *testing.T) {
	ofSQLite(t, "a limit of pages")
	h := newHouse(t)
	ids := h.sessions(4)
	pages, err := store.PageCount(h.Store)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.LimitPages(h.Store, pages+40); err != nil {
		t.Fatal(err)
	}
	acknowledged := h.fill(ids)
	h.stillHas(acknowledged)
	h.refusesEverythingElse(ids[0])
	if c := h.Counters(); c.Refused == 0 {
		t.Errorf("counted %+v", c)
	}
	if err := store.LimitPages(h.Store, 0); err != nil {
		t.Fatal(err)
	}
	h.recovers()
	for _, id := range ids {
		h.append(id, acknowledged[id]+1, session.One, submitted("there is room again", exercise.Room))
		acknowledged[id]++
	}
	h.stillHas(acknowledged)
}

// The same on a real disk that runs full under the database's own journal.
func TestAFullDiskRefusesHonestlyAndRecovers(t *testing.T) {
	ofSQLite(t, "a full disk under its journal")
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=12m"); err != nil {
		t.Skipf("a small disk can only be mounted by root (%v); the limit on pages stands in for it", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
	h := newHouseIn(t, folder)
	ids := h.sessions(4)
	ballast := filepath.Join(folder, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 6<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	acknowledged := h.fill(ids)
	h.stillHas(acknowledged)
	h.refusesEverythingElse(ids[0])
	if size := must(os.Stat(store.TailOf(h.path)))(t).Size(); size != 2<<20 {
		t.Errorf("of what room there was the tail took %d bytes", size)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	h.recovers()
	for _, id := range ids {
		h.append(id, acknowledged[id]+1, session.One, submitted("there is room again", exercise.Room))
		acknowledged[id]++
	}
	wants(t, h.Ready(t.Context()), "")
	h.stillHas(acknowledged)
}

// A caller who gives up is told so at once, and the log is whole all the same.
func TestGivingUpWaitingLeavesTheLogWhole(t *testing.T) {
	h := newHouse(t)
	id := h.sessions(1)[0]
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for i := range 50 {
		err := h.Append(gone, id, record(h.next(id), session.One, submitted(fmt.Sprint(i), exercise.Room)))
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		h.append(id, h.next(id), session.One, session.DialSet{Value: 1})
	}
}

// next is the seq to come once nothing of the session waits any more: the writer
// takes its turns in order, so that the answer to a hopeless record marks the spot.
func (h *house) next(id string) uint64 {
	h.t.Helper()
	if err := h.Append(context.Background(), id, record(1<<40, session.One, session.DialSet{})); !errors.Is(err, session.ErrConflict) {
		h.t.Fatalf("a seq far ahead: %v", err)
	}
	log, err := h.Read(context.Background(), id, 0)
	if err != nil {
		h.t.Fatal(err)
	}
	for i, r := range log {
		if r.Seq != uint64(i+1) {
			h.t.Fatalf("seq %d stands at place %d", r.Seq, i+1)
		}
	}
	return uint64(len(log)) + 1
}
