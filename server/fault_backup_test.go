package main

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"mend/internal/account"
	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/promise"
	"mend/internal/protocol"
	"mend/internal/session"
	"mend/internal/store"
)

// Backups are made one after the other while people talk, and after each a couple is erased
// that is in it. Each, brought back elsewhere, is sound; each session's log in it is the
// beginning of what that log became; it has all that was acknowledged before the backup
// began; and who was erased since is not there, whether it is opened by the keys of a later
// backup, or by its own and the ledger.
func TestAServerIsBackedUpWhilePeopleTalk(t *testing.T) {
	if raced {
		t.Skip("tried without the race detector")
	}
	s := &served{T: t, data: t.TempDir() + "/house", listen: free(t)}
	s.start()
	defer func() { s.kill() }()
	talk := s.talk(6)
	shelf, apart := t.TempDir(), t.TempDir()
	var trips []*trip
	for i := range promise.Times(3, 50) {
		b := &trip{backup: fmt.Sprint(shelf, "/", i, ".db"), keys: fmt.Sprint(apart, "/", i, ".keys"), gone: over(t, talk)}
		trips = append(trips, b)
		talk.answered(60)
		for _, r := range talk.rooms {
			r.mu.Lock()
			b.before = append(b.before, maps.Clone(r.done))
			r.mu.Unlock()
		}
		mend(t, "backup", "--data", s.data, b.backup)
		copied(t, shelf+"/mend.keys", b.keys)
		if err := talk.desk.Erase(t.Context(), b.gone.couple); err != nil {
			t.Fatal(err)
		}
	}
	mend(t, "backup", "--data", s.data, shelf+"/last.db")
	talk.answered(60)
	talk.ends()
	s.kill()
	whole := logs(t, talk, s.data)
	records, acknowledged := 0, 0
	for i, b := range trips {
		data := t.TempDir()
		copied(t, s.data+"/master.key", data+"/master.key")
		if n := count(t, b.backup, "SELECT count(*) FROM couples WHERE id = ?", b.gone.couple); n != 1 {
			t.Errorf("backup %d has %d couples that were there when it was made, and erased then", i, n)
		}
		if i%2 == 0 {
			mend(t, "restore", "--data", data, b.backup)
		} else {
			copied(t, s.data+"/mend.db.erased", data+"/mend.db.erased")
			mend(t, "restore", "--data", data, "--keys", b.keys, b.backup)
		}
		mend(t, "check", "--data", data)
		restored := logs(t, talk, data)
		for at, r := range talk.rooms {
			if len(restored[at]) > len(whole[at]) {
				t.Fatalf("backup %d has %d records of %d", i, len(restored[at]), len(whole[at]))
			}
			has := map[session.CommandID]bool{}
			for n, record := range restored[at] {
				if got, want := inOneLine(t, record), inOneLine(t, whole[at][n]); got != want {
					t.Errorf("backup %d: record %d of %s is %s, and was %s", i, n+1, r.id, got, want)
				}
				has[record.Command] = true
			}
			records += len(restored[at])
			for id, what := range b.before[at] {
				switch what.(type) {
				case session.Pause, session.Resume: // leave no record where it was so already
					continue
				}
				if acknowledged++; !has[id] {
					t.Errorf("backup %d: %s was acknowledged before it began, and is not in it", i, what.Name())
				}
			}
		}
		for _, other := range trips {
			for _, left := range []string{
				"SELECT count(*) FROM couples WHERE id = ?", "SELECT count(*) FROM sessions WHERE couple = ?", "SELECT count(*) FROM keys WHERE id = ?",
			} {
				if n := count(t, data+"/mend.db", left, other.gone.couple); n > 0 {
					t.Errorf("backup %d, brought back: %s counts %d of somebody who was erased", i, left, n)
				}
			}
		}
		if n := count(t, data+"/mend.db", "SELECT count(*) FROM events WHERE session = ?", b.gone.id); n > 0 {
			t.Errorf("backup %d, brought back, has %d records of somebody who was erased", i, n)
		}
	}
	t.Logf("%d backups brought back elsewhere: %d records as they were, all %d commands that had been acknowledged, and nobody of %d couples erased since",
		len(trips), records, acknowledged, len(trips))
}

// trip is a backup on its way out and back.
type trip struct {
	backup, keys string
	gone         *killed                                 // of a couple that is erased once it was made
	before       []map[session.CommandID]session.Command // acknowledged when it began, a room each
}

// over is a session that was held and is over.
func over(t *testing.T, talk *talk) *killed {
	t.Helper()
	r := enter(t, talk.desk, func(*bot.Place) {})
	if err := r.bots[0].Ask(soon(t), session.End{}); err != nil {
		t.Fatal(err)
	}
	for _, b := range r.bots {
		b.Leave()
	}
	return r
}

func copied(t *testing.T, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// count asks a file of SQLite's past all of Mend.
func count(t *testing.T, file, query string, args ...any) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+file+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// A large house is brought back within a minute, and looked through after that: a gibibyte
// where promises are tried at their whole figures, as sessions leave it that were held for
// years, and a sixty-fourth of that elsewhere.
func TestAServerWithAGibibyteIsBroughtBackInAMinute(t *testing.T) {
	if raced {
		t.Skip("measured without the race detector")
	}
	size := int64(promise.Times(16<<20, 1<<30))
	data, shelf, elsewhere := t.TempDir(), t.TempDir(), t.TempDir()
	began := time.Now()
	records := manyYears(t, data, size)
	filled := time.Since(began)
	began = time.Now()
	mend(t, "backup", "--data", data, shelf+"/large.db")
	backedUp := time.Since(began)
	info, err := os.Stat(shelf + "/large.db")
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() < size*9/10 {
		t.Errorf("a backup of %d bytes is not what was to be tried", info.Size())
	}
	copied(t, data+"/master.key", elsewhere+"/master.key")
	began = time.Now()
	mend(t, "restore", "--data", elsewhere, shelf+"/large.db")
	restored := time.Since(began)
	began = time.Now()
	mend(t, "check", "--data", elsewhere)
	looked := time.Since(began)
	if n := count(t, elsewhere+"/mend.db", "SELECT count(*) FROM events"); n != records {
		t.Errorf("%d records came back of %d", n, records)
	}
	t.Logf("%d MiB, %d records (written in %v): backed up in %v, restored in %v, checked in %v",
		info.Size()>>20, records, filled.Round(time.Second), backedUp.Round(10*time.Millisecond), restored.Round(10*time.Millisecond), looked.Round(10*time.Millisecond))
	if restored > time.Minute {
		t.Errorf("it was brought back in %v", restored)
	}
}

// manyYears writes sessions that were held into a house, through the store, until it is of a
// size, and answers with how many records there are.
func manyYears(t *testing.T, data string, size int64) (records int) {
	t.Helper()
	master, _, err := config{Data: data}.master()
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Options{Path: data + "/mend.db", Master: master})
	if err != nil {
		t.Fatal(err)
	}
	counselor, err := s.CreateAccount(t.Context(), account.NewAccount{
		Name: "Vega", Email: "vega@example.org", PasswordHash: "$argon2id$v=19$x", Practice: "Large", Secrets: session.NoSecrets, At: time.Now(),
	})
	if err != nil {
		t.Fatal(err)
	}
	const perCouple, perSession = 10, 200
	short := func() bool {
		info, err := os.Stat(data + "/mend.db")
		return err == nil && info.Size() < size
	}
	var all sync.WaitGroup
	for range 32 {
		all.Go(func() {
			for short() {
				couple, err := s.CreateCouple(t.Context(), counselor, protocol.NewCouple{
					Label: "Large", One: protocol.Partner{Name: "One"}, Two: protocol.Partner{Name: "Two"},
				}, store.Once{})
				if err != nil {
					t.Error(err)
					return
				}
				for made := 0; made < perCouple && short(); made++ {
					if err := held(t.Context(), s, counselor, couple.ID, perSession); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	all.Wait()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return count(t, data+"/mend.db", "SELECT count(*) FROM events")
}

// held is a session of so many records: answers of a few words and of a page.
func held(ctx context.Context, s *store.Store, counselor, couple string, records int) error {
	made, err := s.CreateSession(ctx, counselor, couple, store.NewSession{
		Agenda: []session.Planned{{Exercise: "opening", Title: "Opening", Minutes: 5}},
	}, store.Once{})
	if err != nil {
		return err
	}
	for n := range records {
		e, by := session.Event(session.Ended{}), session.Counselor
		switch {
		case n == 0:
			e = session.Opened{Facts: session.Facts{Session: made.ID, People: session.People{Counselor: "Vega", One: "One", Two: "Two"}}}
		case n < records-1:
			by = session.Seats()[n%2].Role()
			text := strings.Repeat("what was said ", 1+rand.IntN(1+rand.IntN(150))) //nolint:gosec // chance, not secrecy
			e = session.Submitted{Step: fmt.Sprintf("1.%d.1", n), Answer: session.Answer{Text: private.Text(text)}, Audience: exercise.Room}
		}
		err := s.Append(ctx, made.ID, session.Record{Seq: uint64(n) + 1, At: time.Now(), By: by, Command: bot.NewID(), Event: e}) //nolint:gosec // counted from 0
		if err != nil {
			return err
		}
	}
	return nil
}

// mend runs the program as an operator does.
func mend(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.Command("mend", args...).CombinedOutput(); err != nil { //nolint:gosec // our own words
		t.Fatalf("mend %s: %v: %s", args[0], err, out)
	}
}

// logs are those of a talk's rooms, as a folder has them.
func logs(t *testing.T, talk *talk, data string) (all [][]session.Record) {
	t.Helper()
	store, err := onDisk{Data: data}.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	for _, r := range talk.rooms {
		log, err := store.Read(t.Context(), r.id, 0)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, log)
	}
	return all
}

// inOneLine is a record in one line.
func inOneLine(t *testing.T, r session.Record) string {
	t.Helper()
	kind, payload, err := session.EncodeEvent(r.Event)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintln(r.Seq, r.At, r.By, r.Command, kind, string(payload))
}
