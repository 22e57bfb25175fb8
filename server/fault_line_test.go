package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"mend/content"
	"mend/internal/bot"
	"mend/internal/catalog"
	"mend/internal/protocol"
	"mend/internal/session"
)

// Sessions are played twice: over a good line, and by three whose lines are slow, thin,
// chopped up, cut, reset and silent by turns. Whoever is not answered says it again, with
// the same id. Nothing takes effect twice and nothing is lost: both times the log means
// the same, record for record, everybody's last screen shows the same, and so does the
// summary.
func TestAServerBehindBadLinesIsToldEverythingOnce(t *testing.T) {
	if raced {
		t.Skip("the weather is made for a server of the usual speed")
	}
	library, err := catalog.Load(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	h := openHouse(t)
	c := h.counselor()
	var all sync.WaitGroup
	var mu sync.Mutex
	var harm harmed
	room := make(chan struct{}, rooms)
	for i, d := range library.List() {
		program, _ := library.Program(d.ID)
		room <- struct{}{}
		all.Go(func() {
			defer func() { <-room }()
			t.Run(d.ID, func(t *testing.T) {
				ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
				defer stop()
				good := &play{house: h.tell(t), ctx: ctx, title: d.ID, cast: casts(program)[i%2]}
				good.enters(c)
				good.plays()
				bad := playBadly(good, c)
				mu.Lock()
				defer mu.Unlock()
				harm.add(bad)
			})
		})
	}
	all.Wait()
	t.Logf("%d commands over bad lines: %d connections, %d commands sent more than once", harm.commands, harm.connections, harm.resent)
	if harm.connections < 100 || harm.resent < 20 {
		t.Error("the lines were too good to prove anything")
	}
}

// uttered is what somebody said in a play.
type uttered struct {
	by   session.Role
	body protocol.Body
}

type harmed struct{ commands, connections, resent int }

func (h *harmed) add(o harmed) {
	h.commands += o.commands
	h.connections += o.connections
	h.resent += o.resent
}

// playBadly plays what was played before once more, over bad lines, and holds what came
// of it against that.
func playBadly(good *play, c *caller) (harm harmed) {
	good.Helper()
	a := good.again(c, func() string { return badLine(good.T, good.app.listen.Addr().String()) })
	for i, said := range good.script {
		a.says(i, said)
	}
	a.cameToTheSame()
	for _, b := range a.bots {
		seen, _ := b.Until(good.ctx, "the end", func(*bot.Seen) bool { return true })
		harm.connections += seen.Connections
		harm.resent += seen.Resent
	}
	harm.commands = len(good.script)
	return harm
}

// again is a play that is played once more, over other lines.
type again struct {
	*play
	caller *caller
	id     string // of its session
	bots   map[session.Role]*bot.Bot
}

// again sits all three down in a new session; line makes a line for each.
func (p *play) again(c *caller, line func() string) *again {
	p.Helper()
	a := &again{play: p, caller: &caller{house: p.house, Client: c.Client, headers: c.headers}, bots: map[session.Role]*bot.Bot{}}
	s := a.caller.session()
	a.id = s.ID
	for _, role := range session.Roles() {
		who := a.caller
		if role != session.Counselor {
			who = p.partner(a.caller.link(s.ID, string(role)))
		}
		a.bots[role] = who.sitsThrough(line(), role, s.ID)
	}
	return a
}

// says has said again what took effect as the ith the first time.
func (a *again) says(i int, said uttered) {
	a.Helper()
	err := a.bots[said.by].Do(a.ctx, said.body)
	if closed, ok := errors.AsType[bot.Closed](err); ok && closed.Code == protocol.Ended && i == len(a.script)-1 {
		err = nil // the goodbye came, and the answer before it was lost
	}
	if err != nil {
		a.Fatalf("%s: %v", said.by, err)
	}
}

// cameToTheSame holds what everybody sees in the end, the log and the summary against
// what they were over good lines.
func (a *again) cameToTheSame() {
	a.Helper()
	for role, b := range a.bots {
		closedWith(a.T, b, protocol.Ended)
		seen, _ := b.Until(a.ctx, "the end", func(*bot.Seen) bool { return true })
		var view any = seen.Partner
		if role == session.Counselor {
			view = seen.Counselor
		}
		sameBut(a.T, string(role)+"'s last screen", string(a.seats[role].raw), asJSON(a.play, view))
	}
	sameBut(a.T, "the log", a.meaning(a.play.id), a.meaning(a.id))
	sameBut(a.T, "the summary", a.summary(a.caller, a.play.id), a.summary(a.caller, a.id))
}

var lasted = regexp.MustCompile(`"(?:paused_)?seconds":\d+|"floor":\{[^}]*\}`)

// summary is a session's, but for how long things took.
func (h *house) summary(c *caller, id string) string {
	h.Helper()
	return lasted.ReplaceAllString(string(c.get("/sessions/"+id+"/summary").want(200).body), "")
}

// meaning is a session's log, a line a record.
func (h *house) meaning(id string) string {
	h.Helper()
	records, err := h.app.store.Read(h.Context(), id, 0)
	if err != nil {
		h.Fatal(err)
	}
	var lines strings.Builder
	for _, r := range records {
		kind, payload, err := session.EncodeEvent(r.Event)
		if err != nil {
			h.Fatal(err)
		}
		fmt.Fprintln(&lines, r.Seq, r.By, kind, string(payload))
	}
	return lines.String()
}

// fleeting is what two sessions that mean the same differ in: ids, times, and how long
// the floor was held.
var fleeting = regexp.MustCompile(`[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\d{4}-\d\d-\d\dT[^"]*|"floor_seconds":\{[^}]*\}`)

// sameBut holds two against each other but for what is fleeting.
func sameBut(t *testing.T, what, good, bad string) {
	t.Helper()
	as, bs := strings.SplitAfter(fleeting.ReplaceAllString(good, "·"), ","), strings.SplitAfter(fleeting.ReplaceAllString(bad, "·"), ",")
	for i := range max(len(as), len(bs)) {
		var a, b string
		if i < len(as) {
			a = as[i]
		}
		if i < len(bs) {
			b = bs[i]
		}
		if a != b {
			t.Errorf("%s is another over a bad line: %q, and over a good one %q", what, b, a)
			return
		}
	}
}

// sitsThrough is in the room over a line of one's own.
func (c *caller) sitsThrough(line string, role session.Role, sessionID string) *bot.Bot {
	c.Helper()
	at := c.place(sessionID)
	at.Server, at.Origin = "http://"+line, c.base
	b := bot.Sit(c.Context(), role, at)
	c.Cleanup(b.Leave)
	return b
}

// weather is what a line can be like: from when it is opened, and what befalls it then,
// while it is used.
var weather = []struct{ always, then []string }{
	{}, // cut, and no more
	{always: []string{ // a train
		`{"type": "latency", "stream": "upstream", "attributes": {"latency": 20, "jitter": 20}}`,
		`{"type": "latency", "attributes": {"latency": 20, "jitter": 20}}`,
	}},
	{always: []string{ // a hotel
		`{"type": "bandwidth", "stream": "upstream", "attributes": {"rate": 10}}`,
		`{"type": "bandwidth", "attributes": {"rate": 50}}`,
	}},
	{always: []string{
		`{"type": "slicer", "stream": "upstream", "attributes": {"average_size": 16, "size_variation": 8, "delay": 100}}`,
		`{"type": "slicer", "attributes": {"average_size": 256, "size_variation": 128, "delay": 100}}`,
	}},
	{always: []string{`{"type": "limit_data", "attributes": {"bytes": 4000}}`}}, // ends within a frame
	{always: []string{`{"type": "limit_data", "stream": "upstream", "attributes": {"bytes": 700}}`}},
	{then: []string{`{"type": "reset_peer", "attributes": {"timeout": 0}}`}},
	{then: []string{`{"type": "reset_peer", "stream": "upstream", "attributes": {"timeout": 0}}`}},
	{then: []string{`{"type": "timeout", "attributes": {"timeout": 100}}`}}, // commands arrive and answers do not
	{then: []string{`{"type": "timeout", "stream": "upstream", "attributes": {"timeout": 100}}`}},
}

// frail is a line to a server that can be spoiled and cut, at an address that stays the
// same.
type frail struct {
	*testing.T
	server, at string
	open       *toxiproxy.Proxy
}

func newFrail(t *testing.T, server string) *frail { return newFrailAt(t, server, "127.0.0.1:0") }

func newFrailAt(t *testing.T, server, at string) *frail {
	t.Helper()
	zerolog.SetGlobalLevel(zerolog.Disabled) // some toxics have a logger of their own
	l := &frail{T: t, server: server, at: at}
	l.opens()
	l.at = l.open.Listen
	return l
}

// opens has it carry again after a cut, as bad as it is said to be.
func (l *frail) opens(always ...string) {
	api := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	l.open = toxiproxy.NewProxy(api, "line", l.at, l.server)
	l.spoil(always...)
	if err := l.open.Start(); err != nil {
		l.Error(err)
	}
}

// spoil makes it worse while it is used. Nothing bad is ever taken away again: toxiproxy
// may hang then.
func (l *frail) spoil(toxics ...string) {
	for _, toxic := range toxics {
		if _, err := l.open.Toxics.AddToxicJson(strings.NewReader(toxic)); err != nil {
			l.Error(err)
		}
	}
}

// cut ends every connection, and lets none in until it is opened.
func (l *frail) cut() { l.open.Stop() }

// badLine is where a server can be reached over a line that is cut again and again, and
// is another after each cut, until the test ends.
func badLine(t *testing.T, server string) string {
	t.Helper()
	l := newFrail(t, server)
	ctx, stop := context.WithCancel(t.Context())
	var changing sync.WaitGroup
	changing.Go(func() {
		for pause(ctx, 100*time.Millisecond) {
			l.cut()
			now := weather[rand.IntN(len(weather))] //nolint:gosec // chance, not secrecy
			l.opens(now.always...)
			if pause(ctx, 50*time.Millisecond+rand.N(200*time.Millisecond)) { //nolint:gosec // likewise
				l.spoil(now.then...)
			}
		}
		l.cut()
	})
	t.Cleanup(func() {
		stop()
		changing.Wait()
	})
	return l.at
}
