package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/protocol"
	"mend/internal/session"
)

// loadtestCmd fills a running Mend with couples and has them take turns. It knows
// what a browser knows: the published calls and the socket.
type loadtestCmd struct {
	URL      string        `default:"http://127.0.0.1:8080" help:"The Mend to be tried."`
	Remote   bool          `help:"Allow a URL that is not this machine. The server is filled with invented couples."`
	Email    string        `default:"load@example.org" env:"MEND_LOAD_EMAIL" help:"The counselor's account; made where there is none yet."`
	Password string        `default:"a load of invented couples" env:"MEND_LOAD_PASSWORD" help:"Its password."`
	Sessions int           `default:"10" help:"How many sessions at once, three sockets each; at most 10000."`
	Rate     float64       `default:"0" help:"Turns a second, over all sessions; 0, or more than the sockets may take: as many as they may."`
	Duration time.Duration `default:"10s" help:"How long turns are taken; at most an hour."`
	Exercise string        `default:"floor-and-echo" help:"The exercise that they go through, again and again."`
	PID      int           `name:"pid" help:"The server's process, where it runs on this machine: says what memory and processor time it takes."`
}

// perSession is how many turns a second one session may take: a socket that sends
// more than protocol.CommandsPerSec is closed, and at worst all come from one.
const perSession = protocol.CommandsPerSec * 3 / 4

// Run prints a table and fails where anything was lost, refused or out of order.
func (l loadtestCmd) Run(ctx context.Context, out io.Writer) error {
	if err := l.check(); err != nil {
		return wrongUse{err}
	}
	idle := residentMemory(l.PID)
	fmt.Fprintf(out, "Setting up %d sessions at %s\n", l.Sessions, l.URL)
	desk, err := bot.OpenDesk(ctx, l.URL, bot.Account{Email: l.Email, Password: l.Password})
	if err != nil {
		return err
	}
	began := time.Now()
	couples, err := seat(ctx, desk, l.Sessions, l.Exercise)
	defer func() {
		for _, c := range couples {
			c.leave()
		}
	}()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Set up in %s\n", time.Since(began).Round(time.Millisecond))
	seated := residentMemory(l.PID)
	fastest := float64(l.Sessions * perSession)
	if l.Rate == 0 || l.Rate > fastest {
		l.Rate = fastest
	}
	before := processorTime(l.PID)
	r := takeTurns(ctx, couples, l.Rate, l.Duration)
	used := processorTime(l.PID) - before
	r.print(out, l)
	if idle > 0 {
		sockets := 3 * l.Sessions
		fmt.Fprintf(out, "Server memory: %d MiB before, %d MiB seated (%.1f KiB a socket), %d MiB after the turns\n",
			idle>>20, seated>>20, float64(seated-idle)/1024/float64(sockets), residentMemory(l.PID)>>20)
		fmt.Fprintf(out, "Server processor time: %s a turn\n", (used / time.Duration(max(len(r.turns), 1))).Round(time.Microsecond))
	}
	if len(r.failures) > 0 {
		return fmt.Errorf("%d of %d sessions failed; the first: %w", len(r.failures), l.Sessions, r.failures[0])
	}
	return nil
}

func (l loadtestCmd) check() error {
	at, err := url.Parse(l.URL)
	if err != nil || at.Host == "" || (at.Scheme != "http" && at.Scheme != "https") {
		return errors.New("--url is an address such as http://127.0.0.1:8080")
	}
	ip := net.ParseIP(at.Hostname())
	if local := at.Hostname() == "localhost" || (ip != nil && ip.IsLoopback()); !local && !l.Remote {
		return errors.New("--url is another machine; say --remote if it may be filled with invented couples")
	}
	switch {
	case l.Sessions < 1 || l.Sessions > 10_000:
		return errors.New("--sessions is a number from 1 to 10000")
	case l.Duration <= 0 || l.Duration > time.Hour:
		return errors.New("--duration is at most an hour")
	case l.Rate < 0:
		return errors.New("--rate is not negative")
	}
	return nil
}

// seat brings sessions to the point where turns can be taken.
func seat(ctx context.Context, desk *bot.Desk, sessions int, exercise string) ([]*couple, error) {
	var all sync.WaitGroup
	var next atomic.Int64
	couples := make([]*couple, sessions)
	failures := make(chan error, 8)
	for range cap(failures) {
		all.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= sessions || ctx.Err() != nil {
					return
				}
				trio, err := desk.Invite(ctx)
				if err == nil {
					couples[i], err = sitDown(ctx, trio, exercise)
				}
				if err != nil {
					failures <- fmt.Errorf("session %d: %w", i+1, err)
					next.Store(int64(sessions))
					return
				}
			}
		})
	}
	all.Wait()
	couples = slices.DeleteFunc(couples, func(c *couple) bool { return c == nil })
	select {
	case err := <-failures:
		return couples, err
	default:
		return couples, ctx.Err()
	}
}

// couple is one session with its three sockets.
type couple struct {
	session  string
	exercise string
	seats    [3]*onlooker // in the order of session.Roles
}

// onlooker is one socket, and what came of it.
type onlooker struct {
	role  session.Role
	line  *bot.Line
	views chan []byte // every view, in order
	done  chan string // the answers: "" or a refusal's code
	over  chan error
	rev   uint64
	view  []byte
}

func sitDown(ctx context.Context, t bot.Trio, exercise string) (*couple, error) {
	c, err := dial(ctx, t, exercise)
	if err != nil {
		return nil, err
	}
	if err := c.begin(ctx); err != nil {
		c.leave()
		return nil, err
	}
	return c, nil
}

// dial opens the three sockets and takes the first view of each.
func dial(ctx context.Context, t bot.Trio, exercise string) (*couple, error) {
	c := &couple{session: t.Session, exercise: exercise}
	for i, role := range session.Roles() {
		line, err := bot.Dial(ctx, t.Seats[role])
		if err != nil {
			c.leave()
			return nil, err
		}
		c.seats[i] = &onlooker{
			role: role, line: line,
			views: make(chan []byte, 8), done: make(chan string, 8), over: make(chan error, 1),
		}
		go c.seats[i].read()
		if err := c.seats[i].look(ctx); err != nil {
			c.leave()
			return nil, err
		}
	}
	return c, nil
}

func (c *couple) leave() {
	for _, o := range c.seats {
		if o != nil {
			o.line.Close()
		}
	}
}

// read takes frames as they come. It looks at no more of them than it must: it
// shares a machine with what it measures.
func (o *onlooker) read() {
	for {
		raw, err := o.line.Read()
		if err != nil {
			o.over <- err
			return
		}
		switch {
		case bytes.HasPrefix(raw, []byte(`{"is":"view"`)):
			o.views <- raw
		case bytes.HasPrefix(raw, []byte(`{"is":"done"`)):
			o.done <- ""
		case bytes.HasPrefix(raw, []byte(`{"is":"refused"`)):
			o.done <- "refused: " + between(raw, `"code":"`)
		}
	}
}

// begin lets both partners in and starts the exercise.
func (c *couple) begin(ctx context.Context) error {
	counselor := c.seats[0]
	for i, seat := range session.Seats() {
		partner := c.seats[i+1]
		if _, err := c.say(ctx, partner, protocol.Command{Command: session.Consent{Policy: 1}}, partner, counselor); err != nil {
			return err
		}
		if _, err := c.say(ctx, counselor, protocol.Command{Command: session.Admit{Who: seat}}, partner, counselor); err != nil {
			return err
		}
	}
	_, err := c.say(ctx, counselor, c.opening(), c.seats[:]...)
	return err
}

// opening starts the exercise.
func (c *couple) opening() protocol.StartExercise {
	return protocol.StartExercise{
		Exercise: c.exercise,
		Cast:     session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo},
	}
}

// turn moves the session on by one step, and says how long it took from the command
// to the moment at which the last of the three had been shown what came of it.
func (c *couple) turn(ctx context.Context) (time.Duration, error) {
	by, body := c.next()
	if _, starts := body.(protocol.StartExercise); starts { // between two rounds: not a turn
		if _, err := c.say(ctx, by, body, c.seats[:]...); err != nil {
			return 0, err
		}
		by, body = c.next()
	}
	return c.say(ctx, by, body, c.seats[:]...)
}

// next is what brings the session on, and whose word it is. It reads no more of the
// counselor's view than that.
func (c *couple) next() (by *onlooker, body protocol.Body) {
	counselor := c.seats[0]
	if between(counselor.view, `"phase":"`) == "open" {
		return counselor, c.opening()
	}
	_, step, _ := bytes.Cut(counselor.view, []byte(`"step":{`))
	step, _, _ = bytes.Cut(step, []byte(`"phones":`))
	key := between(step, `"key":"`)
	switch between(step, `"floor":"`) {
	case "one":
		return c.seats[1], protocol.Command{Command: session.Yield{Step: key}}
	case "two":
		return c.seats[2], protocol.Command{Command: session.Yield{Step: key}}
	}
	return counselor, protocol.Command{Command: session.Advance{Step: key}}
}

// say sends a command and waits until those who are to see a change have seen it.
func (c *couple) say(ctx context.Context, by *onlooker, body protocol.Body, see ...*onlooker) (time.Duration, error) {
	raw, err := protocol.Encode(protocol.Message{ID: bot.NewID(), Body: body})
	if err != nil {
		return 0, err
	}
	began := time.Now()
	if err := by.line.Write(raw); err != nil {
		return 0, err
	}
	if err := by.answered(ctx); err != nil {
		return 0, err
	}
	for _, o := range see {
		if err := o.look(ctx); err != nil {
			return 0, err
		}
	}
	return time.Since(began), nil
}

func (o *onlooker) answered(ctx context.Context) error {
	select {
	case refusal := <-o.done:
		if refusal != "" {
			return fmt.Errorf("the %s was %s", o.role, refusal)
		}
		return nil
	case err := <-o.over:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// look takes the next view; a revision that is lost or out of order is an error.
func (o *onlooker) look(ctx context.Context) error {
	select {
	case o.view = <-o.views:
	case err := <-o.over:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
	rev, err := strconv.ParseUint(number(o.view, `"rev":`), 10, 64)
	if err != nil || (o.rev > 0 && rev != o.rev+1) {
		return fmt.Errorf("the %s saw revision %d after %d", o.role, rev, o.rev)
	}
	o.rev = rev
	return nil
}

// between is what stands after a mark and before the next quote.
func between(raw []byte, mark string) string {
	_, rest, _ := bytes.Cut(raw, []byte(mark))
	word, _, _ := bytes.Cut(rest, []byte(`"`))
	return string(word)
}

func number(raw []byte, mark string) string {
	_, rest, _ := bytes.Cut(raw, []byte(mark))
	n := 0
	for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	return string(rest[:n])
}

// party is whoever takes turns: a session, or what it is compared with.
type party interface {
	turn(context.Context) (time.Duration, error)
}

// report is what came of a run.
type report struct {
	took     time.Duration
	turns    []time.Duration // sorted
	failures []error
}

// takeTurns has all parties take turns for a while: each as fast as it goes, or all
// together rate turns a second. A party that failed stops.
func takeTurns[P party](ctx context.Context, parties []P, rate float64, d time.Duration) report {
	var every time.Duration
	if rate > 0 {
		every = time.Duration(float64(len(parties)) / rate * float64(time.Second))
	}
	began := time.Now()
	until := began.Add(d)
	ctx, cancel := context.WithDeadline(ctx, until.Add(30*time.Second)) // whoever hangs
	defer cancel()
	turns := make([][]time.Duration, len(parties))
	failures := make([]error, len(parties))
	var all sync.WaitGroup
	for i, p := range parties {
		all.Go(func() {
			next := began
			if every > 0 {
				next = next.Add(rand.N(every))
			}
			for {
				if !next.Before(until) || !pause(ctx, time.Until(next)) || !time.Now().Before(until) {
					return
				}
				t, err := p.turn(ctx)
				if err != nil {
					failures[i] = err
					return
				}
				turns[i] = append(turns[i], t)
				if next = next.Add(every); every == 0 || next.Before(time.Now()) {
					next = time.Now()
				}
			}
		})
	}
	all.Wait()
	r := report{took: time.Since(began), turns: slices.Concat(turns...)}
	slices.Sort(r.turns)
	r.failures = slices.DeleteFunc(failures, func(err error) bool { return err == nil })
	return r
}

// pause waits; it is false where ctx ended first.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// at is the latency that a share of the turns did not exceed.
func (r report) at(share float64) time.Duration {
	if len(r.turns) == 0 {
		return 0
	}
	return r.turns[min(int(share*float64(len(r.turns))), len(r.turns)-1)]
}

func (r report) perSecond() float64 { return float64(len(r.turns)) / r.took.Seconds() }

func (r report) print(out io.Writer, l loadtestCmd) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "sessions\tsockets\tturns\tturns/s\tp50\tp95\tp99\tmax\terrors\t")
	fmt.Fprintf(w, "%d\t%d\t%d\t%.0f\t%s\t%s\t%s\t%s\t%d\t\n", l.Sessions, 3*l.Sessions, len(r.turns), r.perSecond(),
		short(r.at(.5)), short(r.at(.95)), short(r.at(.99)), short(r.at(1)), len(r.failures))
	_ = w.Flush()
}

func short(d time.Duration) string { return d.Round(10 * time.Microsecond).String() }

// residentMemory is a process's, in bytes; 0 where it cannot be seen.
func residentMemory(pid int) int64 {
	if pid == 0 {
		return 0
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kib << 10
		}
	}
	return 0
}

// processorTime is what a process has used; 0 where it cannot be seen.
func processorTime(pid int) time.Duration {
	const tick = time.Second / 100 // of the kernel's accounts, on every machine that Go runs on
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // the name may hold anything
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * tick
}
