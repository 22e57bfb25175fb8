package main

import (
	"bufio"
	"context"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"mend/internal/bot"
	"mend/internal/session"
)

// soaks is how long the server is used; MEND_SOAK says otherwise, in minutes.
func soaks(t *testing.T) time.Duration {
	t.Helper()
	d := 20 * time.Second
	if more := os.Getenv("MEND_SOAK"); more != "" {
		minutes, err := strconv.ParseFloat(more, 64)
		if err != nil {
			t.Fatal(err)
		}
		d = time.Duration(minutes * float64(time.Minute))
	}
	return d
}

// What a server may take for each room that it still keeps, and beside all rooms. (A room
// stays for a minute after everybody left, for those who come back.)
const (
	perRoom   = 128 << 10
	besideAll = 64 << 20
	// What libraries keep running beside the rooms.
	goroutines = 30
	// What storage and calls keep open between one use and the next.
	fewFiles = 30
)

// A server is used for long: couples come, go through whole exercises, lose their network,
// come back, end, and the next ones come; every minute the server stands still for a second,
// as on a machine that is busy with something else. When the last have left it has as many
// goroutines and open files as it had at first, but for the rooms that it still keeps, and
// memory as for so many; over a long run it needs no more in the end than when it had been
// warm. Nobody lost anything by then: whoever did would wait in vain.
func TestAServerThatIsUsedForLongDoesNotGrow(t *testing.T) {
	if raced {
		t.Skip("measured without the race detector")
	}
	lasts, numbers := soaks(t), free(t)
	s := &served{T: t, data: t.TempDir() + "/house", listen: free(t), more: []string{"--metrics", numbers}}
	s.start()
	defer func() { s.kill() }()
	desk := s.desk()
	if err := s.visit(t.Context(), desk, &atomic.Int64{}); err != nil { // whatever is made once is made
		t.Fatal(err)
	}
	first := s.lowest(numbers)

	ctx, stop := context.WithTimeout(t.Context(), lasts)
	defer stop()
	var using sync.WaitGroup
	var visits, breaks atomic.Int64
	for range 8 {
		using.Go(func() {
			// As many rooms at last as at first, where the machine keeps up.
			next := time.NewTicker(time.Second)
			defer next.Stop()
			for ctx.Err() == nil {
				if err := s.visit(ctx, desk, &breaks); err != nil && ctx.Err() == nil {
					t.Error(err)
					return
				}
				visits.Add(1)
				select {
				case <-next.C:
				case <-ctx.Done():
				}
			}
		})
	}
	stops := 0
	using.Go(func() {
		for pause(ctx, min(time.Minute, lasts/3)) {
			if err := s.child.Process.Signal(syscall.SIGSTOP); err != nil {
				t.Error(err)
				return
			}
			pause(t.Context(), time.Second)
			if err := s.child.Process.Signal(syscall.SIGCONT); err != nil {
				t.Error(err)
				return
			}
			stops++
		}
	})
	var seen []figures
	for pause(ctx, min(5*time.Second, lasts/8)) {
		seen = append(seen, s.figures(numbers))
	}
	using.Wait()
	last := s.lowest(numbers)
	t.Logf("%v, %d sessions, %d connections lost, %d times still: %v at first, %v at last", lasts, visits.Load(), breaks.Load(), stops, first, last)
	if last.files > first.files+fewFiles {
		t.Errorf("%d files are open, of %d at first", last.files, first.files)
	}
	if last.goroutines > first.goroutines+last.rooms+goroutines {
		t.Errorf("%d goroutines for %d rooms, of %d at first", last.goroutines, last.rooms, first.goroutines)
	}
	if last.heap > besideAll+last.rooms*perRoom {
		t.Errorf("%d KiB in use for %d rooms", last.heap>>10, last.rooms)
	}
	if lasts < 4*time.Minute { // after one it is warm
		return
	}
	quarter := len(seen) / 4
	warm, old := lowestOf(seen[quarter:2*quarter]), lowestOf(seen[3*quarter:])
	t.Logf("%v in the second quarter, %v in the last", warm, old)
	if growth := slope(seen[quarter:], min(5*time.Second, lasts/8)); lasts >= time.Hour && growth > 1<<20 {
		t.Errorf("it grows by %.1f MiB an hour", growth/(1<<20))
	}
	if old.heap > warm.heap*5/4+4<<20 || old.resident > warm.resident*5/4+16<<20 || old.goroutines > warm.goroutines*5/4+goroutines {
		t.Errorf("it has grown from %v to %v", warm, old)
	}
}

// slope is by how many bytes resident memory grows in an hour, of figures so far apart: the
// straight line that is nearest to all of them.
func slope(seen []figures, apart time.Duration) float64 {
	n, x, y, xx, xy := float64(len(seen)), 0.0, 0.0, 0.0, 0.0
	for i, f := range seen {
		at, is := (time.Duration(i) * apart).Hours(), float64(f.resident)
		x, y, xx, xy = x+at, y+is, xx+at*at, xy+at*is
	}
	return (n*xy - x*y) / (n*xx - x*x)
}

// visit is one session from its invitation to its end.
func (s *served) visit(ctx context.Context, desk *bot.Desk, breaks *atomic.Int64) error {
	seats := make([]*bot.Bot, 3)
	defer func() {
		for _, b := range seats {
			if b != nil {
				b.Leave()
			}
		}
	}()
	if err := s.seat(desk, seats); err != nil {
		return err
	}
	step := ""
	for {
		within, done := context.WithTimeout(ctx, 20*time.Second)
		defer done()
		seen, err := seats[0].Until(within, "the next step", func(s *bot.Seen) bool { return s.Step() != step || s.Phase() == session.Between })
		if err != nil {
			return err
		}
		if seen.Phase() == session.Between {
			return seats[0].Ask(within, session.End{})
		}
		step = seen.Step()
		if who := rand.IntN(12); who < len(seats) { //nolint:gosec // chance, not secrecy
			seats[who].Break()
			breaks.Add(1)
		}
		if floor := seen.Counselor.Step.Floor; floor != nil {
			err = seats[1+slices.Index(session.Seats(), *floor)].Ask(within, session.Yield{Step: step})
		} else {
			err = seats[0].Ask(within, session.Advance{Step: step})
		}
		if err != nil {
			return err
		}
	}
}

// figures are a server's numbers, as an operator reads them.
type figures struct{ goroutines, heap, resident, rooms, sockets, files int64 }

func (f figures) String() string {
	return strconv.FormatInt(f.goroutines, 10) + " goroutines, " + strconv.FormatInt(f.files, 10) + " files, " + strconv.FormatInt(f.heap>>10, 10) + " KiB of heap, " +
		strconv.FormatInt(f.resident>>20, 10) + " MiB resident, " + strconv.FormatInt(f.rooms, 10) + " rooms"
}

// lowest waits until nobody is connected any more, and answers with the least that was
// seen in a while after: what is not collected yet is not grown.
func (s *served) lowest(numbers string) figures {
	s.Helper()
	for patience := soon(s.T); s.figures(numbers).sockets > 0; {
		if !pause(patience, 50*time.Millisecond) {
			s.Fatal("somebody is still connected")
		}
	}
	var seen []figures
	for range 20 {
		seen = append(seen, s.figures(numbers))
		pause(s.Context(), 50*time.Millisecond)
	}
	return lowestOf(seen)
}

func lowestOf(seen []figures) figures {
	f := seen[0]
	for _, o := range seen[1:] {
		f = figures{min(f.goroutines, o.goroutines), min(f.heap, o.heap), min(f.resident, o.resident), min(f.rooms, o.rooms), min(f.sockets, o.sockets), min(f.files, o.files)}
	}
	return f
}

func (s *served) figures(numbers string) (f figures) {
	s.Helper()
	answer, err := http.Get("http://" + numbers + "/metrics") //nolint:noctx // the test has a limit
	if err != nil {
		s.Fatal(err)
	}
	defer answer.Body.Close()
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), " ")
		n, err := strconv.ParseFloat(value, 64)
		if err != nil {
			continue
		}
		switch name, _, _ = strings.Cut(name, "{"); name {
		case "go_goroutines":
			f.goroutines = int64(n)
		case "go_memstats_heap_alloc_bytes":
			f.heap = int64(n)
		case "process_resident_memory_bytes":
			f.resident = int64(n)
		case "process_open_fds":
			f.files = int64(n)
		case "mend_live_sessions":
			f.rooms = int64(n)
		case "mend_sockets":
			f.sockets += int64(n)
		}
	}
	if f.goroutines == 0 || f.heap == 0 || f.resident == 0 {
		s.Fatal("the server does not tell its numbers")
	}
	return f
}
