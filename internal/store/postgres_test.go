package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/url"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mend/internal/account"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/protocol"
	"mend/internal/seal"
	"mend/internal/session"
	"mend/internal/store"
	"mend/internal/store/pgtest"
)

// node is one more store on the house's database, as another process has it.
func (h *house) node() *house {
	h.t.Helper()
	other := *h
	// Its data folder is its own.
	s, err := store.Open(context.Background(), store.Options{
		Path: filepath.Join(h.t.TempDir(), "mend.db"), URL: addressOf(h.t, h.path), Master: h.master, Now: func() time.Time { return monday },
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = s.Close() })
	other.Store = s
	return &other
}

// atOnce runs f on each of some nodes several times, all at the same time, and tells how
// often it came back with no fault, and with each.
func atOnce(t *testing.T, nodes []*house, each int, f func(h *house, n int) error) map[string]int {
	t.Helper()
	var all sync.WaitGroup
	var mu sync.Mutex
	outcomes := map[string]int{}
	for i, h := range nodes {
		for j := range each {
			all.Go(func() {
				err := f(h, i*each+j)
				code := ""
				if err != nil {
					if code = fault.Code(err); code == "" {
						code = err.Error()
					}
				}
				mu.Lock()
				defer mu.Unlock()
				outcomes[code]++
			})
		}
	}
	all.Wait()
	return outcomes
}

// Who reads and then writes is never overtaken by another node in between.
func TestWhatTwoNodesDoAtOnceHappensOneAfterTheOther(t *testing.T) {
	ofPostgres(t)
	h := newHouse(t)
	nodes := []*house{h, h.node(), h.node()}
	ctx := t.Context()

	t.Run("each deed stands in the chain", func(t *testing.T) {
		before := must(h.VerifyDeeds(ctx))(t)
		got := atOnce(t, nodes, 8, func(h *house, n int) error {
			_, err := h.CreateCouple(context.Background(), h.counselor, protocol.NewCouple{Label: words(fmt.Sprint(n))}, store.Once{})
			return err
		})
		if got[""] != 24 {
			t.Errorf("came back with %v", got)
		}
		if deeds := must(h.VerifyDeeds(ctx))(t); deeds != before+24 {
			t.Errorf("%d deeds more", deeds-before)
		}
	})
	t.Run("a repeated create makes one thing", func(t *testing.T) {
		var mu sync.Mutex
		made := map[string]bool{}
		got := atOnce(t, nodes, 4, func(h *house, _ int) error {
			c, err := h.CreateCouple(context.Background(), h.counselor, protocol.NewCouple{Label: "once"}, store.Once{Key: "tap", Body: [32]byte{1}})
			mu.Lock()
			defer mu.Unlock()
			made[c.ID] = true
			return err
		})
		if got[""] != 12 || len(made) != 1 {
			t.Errorf("made %d, %v", len(made), got)
		}
	})
	t.Run("a link is claimed once", func(t *testing.T) {
		id := h.session(h.couple())
		token := account.HashToken("token")
		err := h.PutLink(ctx, h.counselor, account.Link{
			ID: "link", Session: id, Seat: session.SeatOne, TokenHash: token, Code: "234567",
			CreatedAt: monday, CodeEndsAt: monday.Add(time.Hour), ExpiresAt: monday.Add(time.Hour),
		})
		if err != nil {
			t.Fatal(err)
		}
		got := atOnce(t, nodes, 4, func(h *house, n int) error {
			_, err := h.ClaimLink(context.Background(), account.Ticket{TokenHash: token}, account.SignIn{
				ID: fmt.Sprint("in", n), Hash: account.HashToken(fmt.Sprint(n)), Kind: account.SeatKind, CreatedAt: monday, ExpiresAt: monday.Add(time.Hour),
			})
			return err
		})
		if got[""] != 1 || len(got) != 2 {
			t.Errorf("claimed with %v", got)
		}
	})
	t.Run("a one-time code is spent once", func(t *testing.T) {
		if err := h.PutCodes(ctx, h.counselor, account.Codes{Secret: "secret"}, monday); err != nil {
			t.Fatal(err)
		}
		if err := h.StartCodes(ctx, h.counselor, 1, []account.Hash{account.HashToken("recovery")}, monday); err != nil {
			t.Fatal(err)
		}
		if got := atOnce(t, nodes, 4, func(h *house, _ int) error { return h.SpendCode(context.Background(), h.counselor, 2) }); got[""] != 1 {
			t.Errorf("spent with %v", got)
		}
	})
	t.Run("a note saved from the same version is saved once", func(t *testing.T) {
		id := h.session(h.couple())
		got := atOnce(t, nodes, 3, func(h *house, n int) error {
			_, err := h.PutNote(context.Background(), h.counselor, id, protocol.PutNote{
				Kind: protocol.ProgressNote, Format: protocol.Free, Sections: sections(fmt.Sprint(n)),
			})
			return err
		})
		if got[""] != 1 {
			t.Errorf("saved with %v", got)
		}
	})
}

// The log has one order, whichever nodes write it, and each record once.
func TestTwoNodesWriteOneLog(t *testing.T) {
	ofPostgres(t)
	h := newHouse(t)
	nodes := []*house{h, h.node()}
	couple := h.couple()
	ids := []string{h.session(couple), h.session(couple), h.session(couple)}
	const each = 60
	var conflicts atomic.Int64
	var all sync.WaitGroup
	for _, node := range nodes {
		for _, id := range ids {
			all.Go(func() {
				for range each {
					command := record(0, "", nil).Command
					for {
						log, err := node.Read(context.Background(), id, 0)
						if err != nil {
							t.Error(err)
							return
						}
						r := record(uint64(len(log))+1, session.One, submitted("words", exercise.Room))
						r.Command = command
						err = node.Append(context.Background(), id, r)
						if err == nil {
							break
						}
						if !errors.Is(err, session.ErrConflict) {
							t.Error(err)
							return
						}
						conflicts.Add(1)
					}
				}
			})
		}
	}
	all.Wait()
	for _, id := range ids {
		log := must(h.Read(t.Context(), id, 0))(t)
		seen := map[session.CommandID]bool{}
		for i, r := range log {
			if r.Seq != uint64(i+1) || seen[r.Command] {
				t.Fatalf("seq %d stands at place %d, or twice", r.Seq, i+1)
			}
			seen[r.Command] = true
		}
		if len(log) != len(nodes)*each {
			t.Errorf("%d records, %d were acknowledged", len(log), len(nodes)*each)
		}
	}
	if conflicts.Load() == 0 {
		t.Error("the nodes never met: this test has shown nothing")
	}
	t.Logf("%d conflicts", conflicts.Load())
}

// Who was erased at one node cannot be read at another, which had their key open, for
// longer than a key is believed.
func TestAKeyDestroyedAtOneNodeIsGoneAtTheOther(t *testing.T) {
	ofPostgres(t)
	h := newHouse(t)
	couple := h.couple()
	id := h.session(couple)
	h.append(id, 1, session.One, submitted("private", exercise.ToCounselor))
	other := h.node()
	if log := must(other.Read(t.Context(), id, 0))(t); log[0].Event.Type() == (session.Erased{}).Type() {
		t.Fatal("the other node never had the key open")
	}
	must(h.ErasePartner(t.Context(), h.counselor, couple, session.SeatOne, ""))(t)
	look, enough := time.NewTicker(50*time.Millisecond), time.After(8*time.Second)
	defer look.Stop()
	for {
		if log := must(other.Read(t.Context(), id, 0))(t); log[0].Event.Type() == (session.Erased{}).Type() {
			return
		}
		select {
		case <-look.C:
		case <-enough:
			t.Fatal("the other node reads still what was erased")
		}
	}
}

// apart is a house on a server of its own, which may be stopped.
func apart(t *testing.T) (*house, *pgtest.Cluster) {
	t.Helper()
	c := pgtest.New(t)
	path := filepath.Join(t.TempDir(), "mend.db")
	addresses.Store(path, c.Database(t))
	return newHouseWith(t, path, must(seal.NewMaster())(t)), c
}

// A server that is restarted, or crashes, is waited for: nobody who writes meanwhile is
// refused, nothing acknowledged is lost, and nothing is kept twice.
func TestAServerThatIsRestartedIsWaitedFor(t *testing.T) {
	ofPostgres(t)
	for name, end := range map[string]func(*pgtest.Cluster, testing.TB){"restarted": (*pgtest.Cluster).Stop, "crashed": (*pgtest.Cluster).Kill} {
		t.Run(name, func(t *testing.T) {
			h, server := apart(t)
			ids := h.sessions(4)
			enough := make(chan struct{})
			var written atomic.Int64
			var all sync.WaitGroup
			for _, id := range ids {
				all.Go(func() {
					for seq := uint64(1); ; seq++ {
						select {
						case <-enough:
							return
						default:
						}
						if err := h.Append(context.Background(), id, record(seq, session.One, submitted("words", exercise.Room))); err != nil {
							t.Errorf("seq %d: %v", seq, err)
							return
						}
						written.Add(1)
					}
				})
			}
			until := func(n int64) {
				look := time.NewTicker(time.Millisecond)
				defer look.Stop()
				for written.Load() < n && !t.Failed() {
					<-look.C
				}
			}
			for range 3 {
				until(written.Load() + 50)
				end(server, t)
				server.Start(t)
				// Whatever else writes begins anew, too.
				must(h.CreateCouple(t.Context(), h.counselor, protocol.NewCouple{Label: "after"}, store.Once{}))(t)
			}
			until(written.Load() + 50)
			close(enough)
			all.Wait()
			var kept int64
			for _, id := range ids {
				log := must(h.Read(t.Context(), id, 0))(t)
				for i, r := range log {
					if r.Seq != uint64(i+1) {
						t.Fatalf("seq %d stands at place %d", r.Seq, i+1)
					}
				}
				kept += int64(len(log))
			}
			if kept != written.Load() {
				t.Errorf("%d records, %d were acknowledged", kept, written.Load())
			}
		})
	}
}

// The server hangs for longer than anybody is made to wait. What becomes of what was sent
// nobody knows, so nobody is told; who is behind it is turned away. When the server goes
// on, what was sent is there once, and what was refused is not there.
func TestAServerThatHangsLeavesNobodyWithAFalseAnswer(t *testing.T) {
	ofPostgres(t)
	h, server := apart(t)
	ids := h.sessions(12)
	for _, id := range ids { // whose the words are is known, and every connection is open
		if err := h.Append(t.Context(), id, record(1, session.One, submitted("before", exercise.Room))); err != nil {
			t.Fatal(err)
		}
	}
	server.Hang(t)
	goOn := sync.OnceFunc(func() { server.GoOn(t) })
	defer goOn()
	var mu sync.Mutex
	answers := map[string]error{}
	var saying sync.WaitGroup
	for i, id := range ids {
		saying.Add(1)
		if i == 1 { // the first is on its way by then, and not all go with it: the others wait behind it
			<-time.After(200 * time.Millisecond)
		}
		go func() {
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second) // as a room has it
			defer cancel()
			what := session.Event(submitted("meanwhile", exercise.Room))
			if i%3 == 0 {
				what = session.Ended{} // which means something beside the log
			}
			h.Submit(ctx, id, record(2, session.Counselor, what), func(err error) {
				mu.Lock()
				defer mu.Unlock()
				answers[id] = err
				saying.Done()
			})
		}()
	}
	early := map[string]error{}
	for enough, look := time.After(40*time.Second), time.NewTicker(100*time.Millisecond); len(early) == 0; {
		select {
		case <-look.C:
			mu.Lock()
			early = maps.Clone(answers)
			mu.Unlock()
		case <-enough:
			t.Fatal("nobody is turned away")
		}
	}
	for _, err := range early {
		if wants(t, err, "storage_busy"); err == nil {
			t.Error("acknowledged while nothing could be kept")
		}
	}
	goOn()
	saying.Wait()
	kept := 0
	for _, id := range ids {
		log := must(h.Read(t.Context(), id, 0))(t)
		if err := answers[id]; len(log) != 1 && err != nil || len(log) != 2 && err == nil {
			t.Errorf("answered with %v, and in the log %d times", err, len(log)-1)
		}
		kept += len(log) - 1
	}
	t.Logf("%d were turned away meanwhile, %d kept", len(early), kept)
	if kept == 0 {
		t.Error("nothing was sent that nobody knew of")
	}
}

// losing carries connections to an address. Once lose is set, the next answer does not
// arrive: its connection breaks instead.
func losing(t *testing.T, to string) (address string, lose *atomic.Bool) {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	lose = &atomic.Bool{}
	var open sync.WaitGroup
	open.Go(func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", to)
			if err != nil {
				_ = near.Close()
				continue
			}
			open.Go(func() {
				defer far.Close()
				_, _ = io.Copy(far, near)
			})
			open.Go(func() {
				defer near.Close()
				piece := make([]byte, 4096)
				for {
					n, err := far.Read(piece)
					if err != nil || lose.CompareAndSwap(true, false) {
						return
					}
					if _, err := near.Write(piece[:n]); err != nil {
						return
					}
				}
			})
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		open.Wait()
	})
	return l.Addr().String(), lose
}

// A record whose acknowledgement was lost on its way is found to be there, and not taken
// for another's that came first.
func TestAnAnswerThatWasLostIsAskedForAgain(t *testing.T) {
	ofPostgres(t)
	h := newHouse(t)
	id := h.session(h.couple())
	address := must(url.Parse(addressOf(t, h.path)))(t)
	near, lose := losing(t, address.Host)
	address.Host = near
	far := must(store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "mend.db"), URL: address.String(), Master: h.master}))(t)
	t.Cleanup(func() { _ = far.Close() })
	for seq := uint64(1); seq <= 6; seq++ {
		lose.Store(seq%2 == 0)
		if err := far.Append(t.Context(), id, record(seq, session.One, submitted("words", exercise.Room))); err != nil {
			t.Errorf("seq %d: %v", seq, err)
		}
		if lose.Load() {
			t.Fatal("no answer was lost: this test has shown nothing")
		}
	}
	if log := must(h.Read(t.Context(), id, 0))(t); len(log) != 6 {
		t.Errorf("%d records", len(log))
	}
}

// Nodes that start at once on a database that is empty find one house.
func TestNodesThatStartAtOnceFindOneHouse(t *testing.T) {
	ofPostgres(t)
	url, master := pgtest.Database(t, nil), must(seal.NewMaster())(t)
	subjects := make([]string, 3)
	var all sync.WaitGroup
	for i := range subjects {
		folder := t.TempDir()
		all.Go(func() {
			s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(folder, "mend.db"), URL: url, Master: master})
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close() //nolint:errcheck // nothing was written
			if subjects[i], err = s.Subject(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if slices.Sort(subjects); len(slices.Compact(subjects)) != 1 {
		t.Error("the nodes have keys of their own")
	}
}

func TestADatabaseThatIsNotItsOwnIsLeftAlone(t *testing.T) {
	ofPostgres(t)
	master := must(seal.NewMaster())(t)
	try := func(url string) error {
		s, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "mend.db"), URL: url, Master: master})
		if err == nil {
			_ = s.Close()
		}
		return err
	}
	run := func(url, statement string) {
		db := must(sql.Open("pgx", url))(t)
		defer db.Close()
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		make func(url string) string
		says string
	}{
		"a newer Mend's": {func(url string) string {
			if err := try(url); err != nil {
				t.Fatal(err)
			}
			run(url, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (900, true)")
			return url
		}, "newer Mend"},
		"another application's": {func(url string) string {
			run(url, "CREATE TABLE recipes (name TEXT)")
			return url
		}, "another application"},
		"of another master key": {func(url string) string {
			s := must(store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "mend.db"), URL: url, Master: must(seal.NewMaster())(t)}))(t)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return url
		}, "master key does not open"},
		"none at all": {func(string) string { return "postgres://mend:hunter2@127.0.0.1:1/none?connect_timeout=2" }, "does not answer"},
		"no address":  {func(string) string { return "postgres://mend:hunter2@ho st/none" }, "not understood"},
	} {
		t.Run(name, func(t *testing.T) {
			err := try(c.make(pgtest.Database(t, nil)))
			if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("said: %v", err)
			}
		})
	}
}

// Both kinds of migrations lead to the same tables.
func TestBothDatabasesHaveTheSameTables(t *testing.T) {
	ofPostgres(t)
	ours := newHouse(t).columns()
	path := filepath.Join(t.TempDir(), "mend.db")
	s := must(store.Open(t.Context(), store.Options{Path: path, Master: must(seal.NewMaster())(t)}))(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db := must(sql.Open("sqlite3", path))(t)
	defer db.Close()
	theirs := columnsOf(t, db, columnsOfSQLite)
	for _, table := range slices.Sorted(maps.Keys(theirs)) {
		if slices.Sort(ours[table]); !slices.Equal(ours[table], slices.Sorted(slices.Values(theirs[table]))) {
			t.Errorf("%s has %v, and on SQLite %v: a migration has both kinds, under one number", table, ours[table], theirs[table])
		}
	}
	if len(ours) != len(theirs) {
		t.Errorf("%d tables, and %d on SQLite", len(ours), len(theirs))
	}
	kinds := map[string][]string{}
	for _, kind := range []string{"sqlite", "postgres"} {
		files := must(filepath.Glob("migrations/" + kind + "/*.sql"))(t)
		for _, f := range files {
			if number, _, _ := strings.Cut(filepath.Base(f), "_"); number >= "0014" {
				kinds[kind] = append(kinds[kind], number)
			}
		}
	}
	if !reflect.DeepEqual(kinds["sqlite"], kinds["postgres"]) {
		t.Errorf("migrations from the first that both have: %v", kinds)
	}
}

// While a node serves, nobody takes the database for free.
func TestADatabaseInUseIsNotFree(t *testing.T) {
	ofPostgres(t)
	h := newHouse(t)
	url := addressOf(t, h.path)
	if err := store.Free(t.Context(), h.path, url); !errors.Is(err, store.ErrHeld) {
		t.Errorf("while it is in use: %v", err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if err := store.Free(t.Context(), h.path, url); err != nil {
		t.Errorf("once it is closed: %v", err)
	}
}
