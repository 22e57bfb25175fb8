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
	t, h := good.T, good.house
	c = &caller{house: h, Client: c.Client, headers: c.headers}
	s := c.session()
	bots := map[session.Role]*bot.Bot{}
	for _, role := range session.Roles() {
		who := c
		if role != session.Counselor {
			who = h.partner(c.link(s.ID, string(role)))
		}
		line := badLine(t, h.app.listen.Addr().String())
		bots[role] = who.sitsThrough(line, role, s.ID)
	}
	for i, said := range good.script {
		err := bots[said.by].Do(good.ctx, said.body)
		if closed, ok := errors.AsType[bot.Closed](err); ok && closed.Code == protocol.Ended && i == len(good.script)-1 {
			err = nil // the goodbye came, and the answer before it was lost
		}
		if err != nil {
			t.Fatalf("%s: %v", said.by, err)
		}
	}
	for role, b := range bots {
		closedWith(t, b, protocol.Ended)
		seen, _ := b.Until(good.ctx, "the end", func(*bot.Seen) bool { return true })
		harm.connections += seen.Connections
		harm.resent += seen.Resent
		var view any = seen.Partner
		if role == session.Counselor {
			view = seen.Counselor
		}
		sameBut(t, string(role)+"'s last screen", string(good.seats[role].raw), asJSON(good, view))
	}
	harm.commands = len(good.script)
	sameBut(t, "the log", h.meaning(good.id), h.meaning(s.ID))
	sameBut(t, "the summary", h.summary(c, good.id), h.summary(c, s.ID))
	return harm
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

// badLine is where a server can be reached over a line that is cut again and again, and
// is another after each cut, until the test ends.
func badLine(t *testing.T, server string) string {
	t.Helper()
	zerolog.SetGlobalLevel(zerolog.Disabled) // some toxics have a logger of their own
	api := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	spoil := func(p *toxiproxy.Proxy, toxics []string) {
		for _, toxic := range toxics {
			if _, err := p.Toxics.AddToxicJson(strings.NewReader(toxic)); err != nil {
				t.Error(err)
			}
		}
	}
	line := func(at string, always []string) *toxiproxy.Proxy {
		p := toxiproxy.NewProxy(api, "line", at, server)
		spoil(p, always)
		if err := p.Start(); err != nil {
			t.Error(err)
		}
		return p
	}
	p := line("127.0.0.1:0", nil)
	at := p.Listen
	ctx, stop := context.WithCancel(t.Context())
	var changing sync.WaitGroup
	changing.Go(func() {
		for pause(ctx, 100*time.Millisecond) {
			// Nothing bad is ever taken away from a line that is used: toxiproxy may hang then.
			p.Stop()
			now := weather[rand.IntN(len(weather))] //nolint:gosec // chance, not secrecy
			p = line(at, now.always)
			if pause(ctx, 50*time.Millisecond+rand.N(200*time.Millisecond)) { //nolint:gosec // likewise
				spoil(p, now.then)
			}
		}
		p.Stop()
	})
	t.Cleanup(func() {
		stop()
		changing.Wait()
	})
	return at
}
