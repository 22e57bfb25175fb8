package main

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"mend/internal/bot"
	"mend/internal/hub"
	"mend/internal/protocol"
	"mend/internal/session"
)

// BenchmarkCrowd measures what a turn costs a server where few sessions are held and
// where many are: a server in a process of its own, with real sign-ins. Each session of the
// many takes a turn every ten seconds. What sockets cost that say nothing (pings, and the
// question who may still sit there) is measured first, and told apart.
func BenchmarkCrowd(b *testing.B) {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\nsessions\tcpu of the server at rest\tturns/s\tcpu, a turn\tbeside rest\tratio\tp50\tp99\t")
	var few float64
	for _, of := range []struct {
		sessions int
		rate     float64
		each     time.Duration
	}{
		{10, 140, 20 * time.Second}, // as fast as ten sessions' sockets may
		{3000, 300, 3 * protocol.PingEvery},
	} {
		rest, cpu, r := crowd(b, of.sessions, of.rate, of.each)
		turn := cpu - rest/r.perSecond()
		if few == 0 {
			few = turn
		}
		fmt.Fprintf(w, "%d\t%.1f%%\t%.0f\t%s\t%s\t%.2f\t%s\t%s\t\n", of.sessions, rest/1e7, r.perSecond(), micros(cpu), micros(turn), turn/few,
			short(r.at(.5)), short(r.at(.99)))
	}
	_ = w.Flush()
}

// crowd has sessions take turns at a server of their own, and says what a second of rest
// cost it and what a turn did, all told.
func crowd(b *testing.B, sessions int, rate float64, d time.Duration) (rest, cpu float64, r report) {
	b.Helper()
	listen, err := net.Listen("tcp", "127.0.0.1:0")
	fatal(b, err)
	address := listen.Addr().String()
	fatal(b, listen.Close())
	server := exec.CommandContext(b.Context(), "mend", "serve", "--metrics", "off", "--listen", address, "--data", b.TempDir()) //nolint:gosec // our own words
	fatal(b, server.Start())
	defer func() {
		_ = server.Process.Signal(syscall.SIGTERM)
		_ = server.Wait()
	}()
	var desk *bot.Desk
	for soon := time.Now().Add(30 * time.Second); desk == nil; {
		if desk, err = bot.OpenDesk(b.Context(), "http://"+address, bot.Account{Email: "load@example.org", Password: password}); time.Now().After(soon) {
			fatal(b, err)
		}
	}
	couples, err := seat(b.Context(), desk, sessions, "floor-and-echo")
	defer func() {
		for _, c := range couples {
			c.leave()
		}
	}()
	fatal(b, err)
	before := processorTime(server.Process.Pid)
	<-time.After(protocol.PingEvery)
	rest = float64(processorTime(server.Process.Pid)-before) / protocol.PingEvery.Seconds()
	before = processorTime(server.Process.Pid)
	r = takeTurns(b.Context(), couples, rate, d)
	used := processorTime(server.Process.Pid) - before
	for _, err := range r.failures {
		b.Fatal(err)
	}
	return rest, float64(used) / float64(len(r.turns)), r
}

// BenchmarkEvening measures what a command costs when its session has two thousand
// records, against one of a session that has just begun: server and the three phones
// together. Short runs take turns with each other, each with another new session.
func BenchmarkEvening(b *testing.B) {
	const long, few, runs = 2000, 100, 9
	m := openMend(b)
	defer m.close()
	old := m.couples(b, 1)[0]
	defer func() { old.leave() }()
	pauses(b, old, long)
	var opening []float64
	for range runs {
		opening = append(opening, float64(openedIn(b, m, old.session)))
	}
	var early, late []float64
	for range runs {
		fresh := m.couples(b, 1)[0]
		pauses(b, fresh, 10)
		early = append(early, pauses(b, fresh, few))
		late = append(late, pauses(b, old, few))
		fresh.leave()
	}
	fmt.Printf("\nA command from the 10th record on: %s of processor time; from the %dth: %s (%.2f)\nOpening a session of %d records: %s\n",
		micros(median(early)), long, micros(median(late)), median(late)/median(early), long, micros(median(opening)))
}

// pauses has so many commands given that all three are shown, and says what one cost.
func pauses(b *testing.B, c *couple, commands int) float64 {
	b.Helper()
	before := cpuTime()
	for n := range commands {
		var what session.Command = session.Pause{}
		if n%2 == 1 {
			what = session.Resume{}
		}
		_, err := c.say(b.Context(), c.seats[0], protocol.Command{Command: what}, c.seats[:]...)
		fatal(b, err)
	}
	return float64(cpuTime()-before) / float64(commands)
}

// openedIn is how long a room takes to read its log and show it.
func openedIn(b *testing.B, m *mended, id string) time.Duration {
	b.Helper()
	h := hub.New(m.store, m.store, hub.Options{Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	began := time.Now()
	woken := make(chan struct{})
	seat, err := h.Join(b.Context(), id, session.Counselor, hub.Entry{Wake: sync.OnceFunc(func() { close(woken) })})
	fatal(b, err)
	<-woken
	took := time.Since(began)
	seat.Leave()
	fatal(b, h.Close(b.Context()))
	return took
}
