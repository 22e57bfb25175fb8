package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/gofiber/fiber/v2"

	"mend/internal/account"
	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/hub"
	"mend/internal/protocol"
	"mend/internal/seal"
	"mend/internal/session"
	"mend/internal/store"
	"mend/internal/web"
)

// allowedSocket is what a socket may weigh, in bytes.
const allowedSocket = 16 << 10

// BenchmarkSocket weighs a connected socket at 1,000 sessions: all that a house which
// has just opened its database holds more once they have come, on the heap and in
// stacks; rooms and opened keys are in it. It stands first, because what others had left
// free in this process would not be seen to be taken. The other ends are file
// descriptors, of which Go keeps nothing.
func BenchmarkSocket(b *testing.B) {
	const sessions = 1000
	m := openMend(b)
	ids := make([]string, sessions)
	for i := range ids {
		ids[i] = m.open(b)
	}
	m.close()
	m.reopen(b)
	defer m.close()
	lines := make([]int, 0, 3*sessions)
	before := inUse()
	for _, id := range ids {
		for _, role := range session.Roles() {
			lines = append(lines, knock(b, m.url, id, role))
		}
	}
	heap, stacks := inUse().less(before).each(len(lines))
	for _, l := range lines {
		fatal(b, syscall.Close(l))
	}
	fmt.Printf("\n%d sockets of %d sessions: %.1f KiB each, %.1f of them stacks (allowed: %d)\n",
		len(lines), sessions, (heap+stacks)/1024, stacks/1024, allowedSocket>>10)
	b.ReportMetric(heap+stacks, "B/socket")
	if heap+stacks > allowedSocket {
		b.Errorf("a socket weighs %.0f bytes", heap+stacks)
	}
}

// weight is memory in bytes, free space between what is used included.
type weight struct{ heap, stacks uint64 }

func (w weight) less(o weight) weight { return weight{w.heap - o.heap, w.stacks - o.stacks} }

func (w weight) each(of int) (heap, stacks float64) {
	return float64(w.heap) / float64(of), float64(w.stacks) / float64(of)
}

// inUse is what this process holds once it has come to rest: each collection makes a
// stack that had grown smaller by half.
func inUse() weight {
	for range 4 {
		runtime.GC()
	}
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return weight{s.HeapInuse, s.StackInuse}
}

// BenchmarkTurn measures a durable turn, from the command on one phone to the moment
// at which all three have been shown what came of it, against the floor: the least
// that the same parts can do (bench_floor_test.go). The floor sends the same bytes
// and keeps rows of the same length, and both are driven by the very same code, in
// this process, so that only the server differs. Short runs take turns with each
// other; each figure is the median of the runs. The floor runs twice (A/A), so that
// what the machine itself adds can be told from what Mend adds.
//
//	go test -run '^$' -bench Turn ./server
func BenchmarkTurn(b *testing.B) {
	fmt.Print("\nA durable turn: a command goes in, its record is flushed to the disk, and the third socket has its view.\n" +
		"floor: the same frames and rows of the same length, played back by bare Fiber sockets and group-committed SQLite.\n" +
		"cpu: of server and driver together, a turn. Medians of short runs that took turns with each other.\n")
	script := recorded(b)
	for _, of := range []struct {
		sessions int
		loads    []load
	}{
		{1, []load{{pace: "one at a time", runs: 9, each: 500 * time.Millisecond}}},
		{100, []load{
			{rate: 300, pace: "300/s", runs: 9, each: 600 * time.Millisecond},
			{pace: "flat out", runs: 5, each: 300 * time.Millisecond},
		}},
		{1000, []load{
			{rate: 500, pace: "500/s", runs: 9, each: 600 * time.Millisecond},
			{rate: 1000, pace: "1,000/s", runs: 9, each: 600 * time.Millisecond},
			{pace: "flat out", runs: 5, each: 500 * time.Millisecond},
		}},
	} {
		b.Run(strconv.Itoa(of.sessions), func(b *testing.B) { compare(b, script, of.sessions, of.loads) })
	}
}

// recorded is a session of the usual kind, for floors to play back.
func recorded(b *testing.B) []scene {
	b.Helper()
	m := openMend(b)
	defer m.close()
	return m.record(b, longestPlay)
}

type load struct {
	rate float64 // turns a second; 0: as fast as it goes
	pace string
	runs int
	each time.Duration
}

// longestPlay is how many commands a session may take in one comparison.
const longestPlay = 1500

func compare(b *testing.B, script []scene, sessions int, loads []load) {
	// One at a time: a hundred sessions take it in turns, as a hundred rooms would.
	seated := max(sessions, 100)
	m, f := openMend(b), openFloor(b, script)
	defer m.close()
	playing, living := f.couples(b, seated), m.couples(b, seated)
	defer func() {
		for _, c := range slices.Concat(playing, living) {
			c.leave()
		}
	}()
	floor, mend := parties(playing), parties(living)
	if sessions == 1 {
		floor, mend = []party{&oneAfterAnother{all: floor}}, []party{&oneAfterAnother{all: mend}}
	}
	for _, l := range loads {
		runs(b, floor, mend, sessions, l)
	}
}

// runs prints what one load comes to.
func runs(b *testing.B, floor, mend []party, sessions int, l load) {
	names := []string{"floor", "floor (A/A)", "mend"}
	figures := map[string]*figure{}
	for _, name := range names {
		figures[name] = &figure{}
	}
	for range l.runs {
		for _, name := range names {
			who := floor
			if name == "mend" {
				who = mend
			}
			runtime.GC() // of the run before
			before := cpuTime()
			r := takeTurns(b.Context(), who, l.rate, l.each)
			for _, err := range r.failures {
				b.Fatalf("%s: %v", name, err)
			}
			figures[name].add(r, cpuTime()-before)
		}
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\nsessions\tpace\twho\tturns/s\tbusy\tcpu\tp50\tp99\tturns/s ratio\tcpu ratio\tp50 ratio\tp99 ratio\t")
	base := figures["floor"]
	for _, name := range names {
		r := figures[name]
		fmt.Fprintf(w, "%d\t%s\t%s\t%.0f\t%.0f%%\t%s\t%s\t%s\t%.2f\t%.2f\t%.2f\t%.2f\t\n", sessions, l.pace, name,
			median(r.rate), 100*median(r.busy), micros(median(r.cpu)), micros(median(r.p50)), micros(median(r.p99)),
			median(r.rate)/median(base.rate), median(r.cpu)/median(base.cpu), median(r.p50)/median(base.p50), median(r.p99)/median(base.p99))
	}
	_ = w.Flush()
	for _, name := range names {
		if rate := median(figures[name].rate); rate < l.rate*.97 {
			fmt.Printf("%s did not hold %s on this machine, with its driver beside it: %.0f/s\n", name, l.pace, rate)
		}
	}
}

// figure is what runs of one kind came to, each by itself.
type figure struct{ rate, busy, cpu, p50, p99 []float64 }

func (f *figure) add(r report, cpu time.Duration) {
	f.rate = append(f.rate, r.perSecond())
	f.busy = append(f.busy, cpu.Seconds()/r.took.Seconds()/float64(runtime.NumCPU()))
	f.cpu = append(f.cpu, float64(cpu)/float64(len(r.turns)))
	f.p50 = append(f.p50, float64(r.at(.5)))
	f.p99 = append(f.p99, float64(r.at(.99)))
}

func median(of []float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[len(sorted)/2]
}

func micros(ns float64) string { return fmt.Sprintf("%.0fµs", ns/1e3) }

func parties[P party](all []P) []party {
	list := make([]party, len(all))
	for i, p := range all {
		list[i] = p
	}
	return list
}

// oneAfterAnother are parties of which one at a time takes a turn.
type oneAfterAnother struct {
	all  []party
	next int
}

func (o *oneAfterAnother) turn(ctx context.Context) (time.Duration, error) {
	p := o.all[o.next%len(o.all)]
	o.next++
	return p.turn(ctx)
}

// cpuTime is what this process has used of the processors, server and driver alike.
// It is the steadier figure on a machine that others use as well.
func cpuTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// mended is Mend's live part: hub, store and sockets, as the program wires them, but
// for accounts (a table says who holds which cookie) and the pace of commands.
type mended struct {
	url       string
	path      string // of the database
	master    *seal.Master
	store     *store.Store
	hub       *hub.Hub
	counselor string
	close     func()
}

type everybody struct{}

// Seat reads the role out of the cookie; what follows a dash tells sign-ins of one role apart.
func (everybody) Seat(_ context.Context, cookie, _ string) (session.Role, string, error) {
	name, _, _ := strings.Cut(cookie, "-")
	for _, role := range session.Roles() {
		if name == string(role) {
			return role, "", nil
		}
	}
	return "", "", fault.New(fault.Unsigned, "unsigned", "Please sign in.")
}

type shelf struct{ only exercise.Program }

func (s shelf) Program(context.Context, string, string) (exercise.Program, error) { return s.only, nil }

func openMend(b testing.TB) *mended {
	b.Helper()
	master, err := seal.NewMaster()
	fatal(b, err)
	m := &mended{path: filepath.Join(b.TempDir(), "mend.db"), master: master}
	m.reopen(b)
	m.counselor, err = m.store.CreateAccount(b.Context(), account.NewAccount{
		Name: "Ruth", Email: "ruth@example.org",
		PasswordHash: "$argon2id$v=19$x", Practice: "Practice", Secrets: session.NoSecrets, At: time.Now(),
	})
	fatal(b, err)
	return m
}

// reopen starts over on the same database.
func (m *mended) reopen(b testing.TB) {
	b.Helper()
	quiet := slog.New(slog.DiscardHandler)
	var err error
	m.store, err = store.Open(b.Context(), store.Options{Path: m.path, Master: m.master, Log: quiet})
	fatal(b, err)
	m.serve(b, hub.Options{Logger: quiet})
}

// serve has sockets of three roles come in.
func (m *mended) serve(b testing.TB, o hub.Options) {
	b.Helper()
	m.hub = hub.New(m.store, m.store, o)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	fatal(b, err)
	m.url = "http://" + listener.Addr().String()
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true, ReduceMemoryUsage: true})
	app.Get("/live/:session", web.Live(m.hub, everybody{}, shelf{speaking(b)},
		web.LiveOptions{Origins: []string{m.url}, Logger: o.Logger, PerSecond: 1 << 20, Burst: 1 << 20})...)
	go func() { _ = app.Listener(listener) }()
	m.close = func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		fatal(b, m.hub.Close(ctx))
		_ = app.ShutdownWithContext(ctx)
		fatal(b, m.store.Close())
	}
}

// speaking is an exercise of the usual length in which the two take turns.
func speaking(b testing.TB) exercise.Program {
	b.Helper()
	d := exercise.Definition{
		ID: "speaking", Version: 1, Title: "Speaking in turns", Phase: exercise.AnyPhase,
		Intensity: exercise.Gentle, Minutes: 20, Roles: map[exercise.Role]string{exercise.A: "begins", exercise.B: "listens"},
		Counselor: exercise.Guidance{Purpose: strings.Repeat("why ", 30), WatchFor: strings.Repeat("this ", 30), StopIf: strings.Repeat("that ", 30)},
	}
	for i := range 12 {
		d.Steps = append(d.Steps, exercise.Step{
			ID: fmt.Sprint("speak-", i), Kind: exercise.Speak, Who: exercise.Who("ab"[i%2 : i%2+1]),
			Seconds: 120, Skippable: true, Words: exercise.Words{
				Title:    "What this week was like",
				Prompt:   "Say how this week was for you, and begin each sentence with I. " + strings.Repeat("Take your time. ", 8),
				Listener: "Listen until it is your turn. You need not agree with what you hear. " + strings.Repeat("Only listen. ", 8),
			},
		})
	}
	p, problems := exercise.Compile(d)
	if len(problems) > 0 {
		b.Fatal(problems)
	}
	return p
}

// open makes an opened session.
func (m *mended) open(b testing.TB) string {
	b.Helper()
	ctx := b.Context()
	c, err := m.store.CreateCouple(ctx, m.counselor, protocol.NewCouple{
		Label: "Ana and Ben",
		One:   protocol.Partner{Name: "Ana"}, Two: protocol.Partner{Name: "Ben"},
	}, store.Once{})
	fatal(b, err)
	s, err := m.store.CreateSession(ctx, m.counselor, c.ID, store.NewSession{Agenda: []session.Planned{}}, store.Once{})
	fatal(b, err)
	fatal(b, m.hub.Do(ctx, s.ID, session.Input{ID: bot.NewID(), By: session.Counselor, Command: session.Open{Facts: session.Facts{
		Session:     s.ID,
		People:      session.People{Counselor: "Ruth", One: "Ana", Two: "Ben"},
		Policy:      session.Policy{Version: 1, Secrets: session.NoSecrets},
		Suitability: &session.Suitability{Statement: "seen_apart", At: time.Now()},
	}}}))
	return s.ID
}

func (m *mended) couples(b *testing.B, sessions int) []*couple {
	b.Helper()
	couples := make([]*couple, sessions)
	for i := range couples {
		var err error
		couples[i], err = sitDown(b.Context(), trioAt(m.url, m.open(b)), "speaking")
		fatal(b, err)
	}
	return couples
}

// knock upgrades a connection by hand, says one thing on it and leaves it alone once it
// was answered: a socket that never spoke would have a smaller stack than any in use. It
// stays open until its descriptor is closed.
func knock(b *testing.B, server, id string, role session.Role) (descriptor int) {
	b.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(server, "http://"))
	fatal(b, err)
	defer func() { fatal(b, conn.Close()) }()
	_, err = fmt.Fprintf(conn, "GET /live/%s HTTP/1.1\r\nHost: x\r\nOrigin: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: %s\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: mend=%s\r\n\r\n",
		id, server, protocol.Subprotocol, role)
	fatal(b, err)
	head := make([]byte, 12)
	_, err = io.ReadFull(conn, head)
	fatal(b, err)
	if want := fmt.Sprintf("HTTP/1.1 %d", http.StatusSwitchingProtocols); string(head) != want {
		b.Fatalf("answered %s", head)
	}
	say := []byte(`{"id":"` + string(bot.NewID()) + `","do":"sync"}`)
	_, err = conn.Write(append([]byte{0x81, 0x80 | byte(len(say)), 0, 0, 0, 0}, say...)) // masked with nothing
	fatal(b, err)
	for seen := make([]byte, 0, 8192); !strings.Contains(string(seen), `"is":"now"`); {
		n, err := conn.Read(seen[len(seen):cap(seen)])
		fatal(b, err)
		seen = seen[:len(seen)+n]
	}
	raw, err := conn.(*net.TCPConn).SyscallConn()
	fatal(b, err)
	var dupErr error
	fatal(b, raw.Control(func(fd uintptr) { descriptor, dupErr = syscall.Dup(int(fd)) }))
	fatal(b, dupErr)
	return descriptor
}
