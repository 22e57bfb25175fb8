package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mend/internal/bot"
	"mend/internal/hub"
	"mend/internal/promise"
	"mend/internal/protocol"
	"mend/internal/session"
	"mend/internal/web"
)

func TestThreePeopleTakeATurnOverSockets(t *testing.T) {
	s := newSofa(t, web.LiveOptions{})
	counselor, one, two := s.begin()
	seen := s.until(one, "the floor", func(seen *bot.Seen) bool { return *seen.Partner.Step.Floor == session.SeatOne })
	s.ask(one, session.Yield{Step: seen.Step()})
	for _, b := range []*bot.Bot{counselor, one, two} {
		s.until(b, "the second turn", func(now *bot.Seen) bool { return now.Step() != seen.Step() })
	}
	s.refused(one, session.Yield{Step: seen.Step()}, "stale_step")
}

func TestAPooledConnectionNeverCarriesAnothersWords(t *testing.T) {
	// The library gives a connection's struct to the next person as soon as a handler
	// returns. Somebody comes and goes; somebody of another couple comes; then the
	// first couple's session moves on. The second may see none of it.
	s := newSofa(t, web.LiveOptions{})
	const rounds = 50
	mine, other := s.session, s.newSession()
	for i := range rounds {
		gone := s.line(here(s.place(mine, session.One)))
		read(t, gone)
		gone.Close()
		stays := s.line(here(s.place(other, session.Two)))
		read(t, stays)
		secret := fmt.Sprintf("SECRET-%d", i)
		check(t, s.hub.Do(s.soon(), mine, session.Input{
			ID: bot.NewID(), By: session.Counselor,
			Command: session.SetAgenda{Agenda: []session.Planned{{Exercise: "x", Title: secret}}},
		}))
		check(t, stays.Write(frame(t, bot.NewID(), protocol.Sync{})))
		for {
			raw := read(t, stays)
			if strings.Contains(raw, "SECRET") || strings.Contains(raw, mine) {
				t.Fatalf("round %d: the other couple was sent %.200s", i, raw)
			}
			if strings.Contains(raw, `"is":"now"`) {
				break
			}
		}
		stays.Close()
	}
}

// here takes the seat over from whoever the server still believes to sit there.
func here(p bot.Place) bot.Place {
	p.Here = true
	return p
}

func read(t testing.TB, l *bot.Line) string {
	t.Helper()
	raw, err := l.Read()
	check(t, err)
	return string(raw)
}

func TestWhoMayNotComeIn(t *testing.T) {
	s := newSofa(t, web.LiveOptions{})
	ours := s.place(s.session, session.One)
	for _, c := range []struct {
		name   string
		change func(*bot.Place)
		status bot.Status
		code   protocol.CloseCode
	}{
		{"without a cookie", func(p *bot.Place) { p.Cookie = "" }, http.StatusUnauthorized, 0},
		{"with a made-up cookie", func(p *bot.Place) { p.Cookie = "mend=made-up" }, http.StatusUnauthorized, 0},
		{"from a foreign page", func(p *bot.Place) { p.Origin = "https://evil.example" }, http.StatusForbidden, 0},
		{"from a page that looks like ours", func(p *bot.Place) { p.Origin = s.url + ".evil.example" }, http.StatusForbidden, 0},
		{"with another session's cookie", func(p *bot.Place) { p.Session = s.newSession() }, 0, protocol.NotFound},
		{"into a session that is none", func(p *bot.Place) { p.Session = "none" }, 0, protocol.NotFound},
		{"speaking another protocol", func(p *bot.Place) { p.Protocol = "mend.v0" }, 0, protocol.WrongProtocol},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := ours
			c.change(&p)
			l, err := bot.Dial(t.Context(), p)
			if c.status != 0 {
				var status bot.Status
				if !errors.As(err, &status) || status != c.status {
					t.Fatalf("got %v, want %d", err, c.status)
				}
				return
			}
			check(t, err)
			defer l.Close()
			_, err = l.Read()
			var closed bot.Closed
			if !errors.As(err, &closed) || closed.Code != c.code {
				t.Fatalf("got %v, want %d", err, c.code)
			}
		})
	}
	t.Run("a plain GET is told to upgrade", func(t *testing.T) {
		answer, err := http.Get(s.url + "/live/" + s.session)
		check(t, err)
		defer answer.Body.Close()
		if answer.StatusCode != http.StatusUpgradeRequired {
			t.Errorf("status %d", answer.StatusCode)
		}
	})
	t.Run("without an Origin", func(t *testing.T) {
		at, err := url.Parse(s.url)
		check(t, err)
		conn, err := net.Dial("tcp", at.Host)
		check(t, err)
		defer conn.Close()
		_, err = fmt.Fprintf(conn, "GET /live/%s HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
			"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: %s\r\n\r\n", s.session, at.Host, ours.Cookie)
		check(t, err)
		head := make([]byte, 12)
		_, err = io.ReadFull(conn, head)
		check(t, err)
		if string(head) != "HTTP/1.1 403" {
			t.Errorf("answered %s", head)
		}
	})
}

func TestFramesThatEndASocket(t *testing.T) {
	s := newSofa(t, web.LiveOptions{})
	for name, send := range map[string]func(*bot.Line) error{
		"binary":    func(l *bot.Line) error { return l.WriteBinary(frame(t, bot.NewID(), protocol.Sync{})) },
		"oversized": func(l *bot.Line) error { return l.Write([]byte(strings.Repeat(" ", protocol.MaxFrame+1))) },
		"far too large": func(l *bot.Line) error {
			_ = l.Write([]byte(strings.Repeat(" ", 1<<20))) // the server may be gone before the last byte
			return nil
		},
		"malformed":         func(l *bot.Line) error { return l.Write([]byte(`{"id":`)) },
		"not UTF-8":         func(l *bot.Line) error { return l.Write([]byte("{\"do\":\"\xff\"}")) },
		"without an id":     func(l *bot.Line) error { return l.Write([]byte(`{"do":"sync"}`)) },
		"an empty one":      func(l *bot.Line) error { return l.Write(nil) },
		"an array":          func(l *bot.Line) error { return l.Write([]byte(`[]`)) },
		"one key two times": func(l *bot.Line) error { return l.Write([]byte(`{"do":"sync","do":"end"}`)) },
	} {
		t.Run(name, func(t *testing.T) {
			l := s.line(bot.Place{Server: s.url, Session: s.session, Cookie: "mend=" + cookieOf(s.session, session.Counselor)})
			read(t, l)
			check(t, send(l))
			at := *s
			at.TB = t
			at.closedWith(l, protocol.BadMessage)
		})
	}
}

func TestCommandsThatAreRefusedKeepTheSocket(t *testing.T) {
	s := newSofa(t, web.LiveOptions{})
	counselor, one, two := s.begin()
	before := s.until(two, "anything", func(*bot.Seen) bool { return true })
	line := s.line(s.place(s.session, session.Counselor))
	for _, c := range []struct{ fields, code string }{
		{`"do":"dance"`, "unknown_command"},
		{`"do":"open"`, "unknown_command"},
		{`"do":"advance","step":"1.0.1","as":"one"`, "bad_field"},
		{`"do":"advance","step":"7.0.1"`, "stale_step"},
		{`"do":"yield","step":"1.0.1"`, ""},
		{`"do":"start_exercise","exercise":"none","cast":{"a":"one","b":"two"}`, "unknown_exercise"},
		{`"do":"whisper","to":"one","text":"` + strings.Repeat("a", protocol.MaxText+1) + `"`, "text_too_long"},
	} {
		id := bot.NewID()
		check(t, line.Write([]byte(`{"id":"`+string(id)+`",`+c.fields+`}`)))
		for {
			var f struct{ Is, ID, Code, Message string }
			check(t, json.Unmarshal([]byte(read(t, line)), &f))
			if f.Is == "view" || f.Is == "welcome" || f.Is == "here" {
				continue
			}
			if f.Is != "refused" || f.ID != string(id) || f.Message == "" || (c.code != "" && f.Code != c.code) {
				t.Errorf("%.60s: got %+v, want %s", c.fields, f, c.code)
			}
			break
		}
	}
	s.refused(one, session.Advance{Step: before.Step()}, "not_yours")
	s.ask(counselor, session.Mark{Kind: session.MarkReach})
	after := s.until(two, "anything", func(*bot.Seen) bool { return true })
	if after.Rev != before.Rev {
		t.Error("a partner was sent something")
	}
}

func TestAClientThatIsTooFastIsAskedToWait(t *testing.T) {
	s := newSofa(t, web.LiveOptions{})
	l := s.line(s.place(s.session, session.One))
	for range 3 * protocol.CommandBurst {
		if l.Write(frame(t, bot.NewID(), protocol.Sync{})) != nil {
			break
		}
	}
	s.closedWith(l, protocol.TooFast)
}

func TestACommandSurvivesTheNetwork(t *testing.T) {
	s := newSofa(t, web.LiveOptions{})
	counselor, one, two := s.begin()
	// The line breaks in the middle of things, again and again; whatever was said is
	// said once, and everybody ends in the same place.
	const turns = 10
	for i := range turns {
		speaker, listener := one, two
		if i%2 == 1 {
			speaker, listener = two, one
		}
		step := s.until(speaker, "the turn", func(seen *bot.Seen) bool {
			return seen.Step() != "" && string(*seen.Partner.Step.Floor) == string(speaker.Role)
		}).Step()
		id := bot.NewID()
		yield := protocol.Command{Command: session.Yield{Step: step}}
		speaker.Break()
		check(t, speaker.DoAs(s.soon(), id, yield))
		listener.Break()
		check(t, speaker.DoAs(s.soon(), id, yield)) // the answer was lost, it is sent again
		s.until(listener, "the next turn", func(seen *bot.Seen) bool { return seen.Step() != step && seen.Step() != "" })
	}
	log, err := s.store.Read(t.Context(), s.session, 0)
	check(t, err)
	moved := 0
	for _, r := range log {
		if _, ok := r.Event.(session.Moved); ok {
			moved++
		}
	}
	if moved != turns {
		t.Errorf("%d turns were said, %d stored", turns, moved)
	}
	s.until(counselor, "the last turn", func(seen *bot.Seen) bool { return seen.Counselor.Step.Index == turns })
	if seen := s.until(one, "anything", func(*bot.Seen) bool { return true }); seen.Connections < 2 {
		t.Error("nothing was broken")
	}
}

func TestTwoTabs(t *testing.T) {
	s := newSofa(t, web.LiveOptions{})
	one := s.sit(session.One)
	second := s.line(s.place(s.session, session.One))
	s.closedWith(second, protocol.OpenElsewhere)
	third := s.line(here(s.place(s.session, session.One)))
	read(t, third)
	var closed bot.Closed
	if err := one.Over(s.soon()); !errors.As(err, &closed) || closed.Code != protocol.OpenElsewhere {
		t.Errorf("the first tab ended with %v", err)
	}
	s.sit(session.Counselor)
	s.sit(session.Counselor)
}

func TestARevokedCookieLosesItsSocket(t *testing.T) {
	s := newSofa(t, web.LiveOptions{Ping: 10 * time.Millisecond})
	one, two := s.sit(session.One), s.sit(session.Two)
	s.books.revoke(cookieOf(s.session, session.One))
	var closed bot.Closed
	if err := one.Over(s.soon()); !errors.As(err, &closed) || closed.Code != protocol.LinkOver {
		t.Errorf("ended with %v", err)
	}
	check(t, two.Do(s.soon(), protocol.Sync{}))
}

// Whoever keeps talking and never answers a ping is not asked for the cookie: such a
// socket ends as a silent one does.
func TestTalkingDoesNotOutliveTheCookie(t *testing.T) {
	s := newSofa(t, web.LiveOptions{Ping: 20 * time.Millisecond, Dead: 300 * time.Millisecond})
	l := s.line(s.place(s.session, session.One)) // answers pings only while it reads
	s.books.revoke(cookieOf(s.session, session.One))
	every := time.NewTicker(100 * time.Millisecond)
	defer every.Stop()
	enough := s.soon()
	for {
		select {
		case <-every.C:
		case <-enough.Done():
			t.Fatal("it talks still")
		}
		if l.Write(frame(t, bot.NewID(), protocol.Sync{})) != nil {
			return
		}
	}
}

func TestASilentSocketIsGivenUp(t *testing.T) {
	s := newSofa(t, web.LiveOptions{Ping: time.Hour, Dead: 20 * time.Millisecond})
	l := s.line(s.place(s.session, session.One))
	for {
		if _, err := l.Read(); err != nil {
			break
		}
	}
	// The seat is free again, without asking for it.
	s.until(bot.Sit(t.Context(), session.One, s.place(s.session, session.One)), "the seat",
		func(seen *bot.Seen) bool { return seen.Views > 0 })
}

// Some never read what they are sent. Each is cut off within ten seconds, the server holds
// little for each until then, and others are shown everything as soon as without them. In
// every run of the tests the time that a write may take is short.
func TestAPeerThatStopsReadingIsCutOffAndHarmsNobody(t *testing.T) {
	const cutWithin, perPeer = 10 * time.Second, 1 << 20
	var slow atomic.Int32
	s := newSofa(t, web.LiveOptions{
		Write: promise.Lasting(200*time.Millisecond, protocol.WriteWithin), Slow: func() { slow.Add(1) },
	})
	counselor, one, _ := s.begin()
	long := strings.Repeat("a", 100_000) // so that the pipe is full soon
	shows := func(i int) time.Duration {
		title, began := fmt.Sprint(i, long), time.Now()
		check(t, s.hub.Do(s.soon(), s.session, session.Input{
			ID: bot.NewID(), By: session.Counselor,
			Command: session.SetAgenda{Agenda: []session.Planned{{Exercise: "x", Title: title}}},
		}))
		s.until(counselor, "the agenda", func(seen *bot.Seen) bool {
			agenda := seen.Counselor.Agenda
			return len(agenda) > 0 && agenda[len(agenda)-1].Title == title
		})
		return time.Since(began)
	}
	var usual, beside []time.Duration
	for i := range 40 {
		usual = append(usual, shows(i))
	}
	before := held()
	peers := promise.Times(2, 10)
	stuck := make([]*counted, peers)
	for i := range stuck {
		s.line(s.place(s.session, session.Counselor)) // never reads
		stuck[i] = s.sockets.newest()
	}
	var most uint64
	open := func() (n int) {
		for _, c := range stuck {
			if !c.closed.Load() {
				n++
			}
		}
		return n
	}
	began := time.Now()
	for i := 0; open() > 0; i++ {
		beside = append(beside, shows(1000+i))
		if now := held(); open() == peers && now > before {
			most = max(most, now-before)
		}
		if time.Since(began) > cutWithin {
			t.Fatalf("%d peers that do not read are there after %v", open(), time.Since(began))
		}
	}
	took := time.Since(began)
	s.ask(counselor, session.Pause{})
	s.until(one, "the pause", func(seen *bot.Seen) bool { return seen.Phase() == session.OnPause })
	slices.Sort(usual)
	slices.Sort(beside)
	worst, worstBeside := usual[len(usual)*99/100], beside[len(beside)*99/100]
	t.Logf("%d peers that do not read were cut off after %v, and held %d KiB each at most; others were shown everything within %v, and %v without them (p99)",
		peers, took.Round(time.Millisecond), most>>10/uint64(peers), worstBeside.Round(time.Microsecond), worst.Round(time.Microsecond))
	if n := int(slow.Load()); n != peers {
		t.Errorf("%d slow sockets were counted", n)
	}
	if most > uint64(peers)*perPeer {
		t.Errorf("%d bytes are held for %d peers", most, peers)
	}
	if worstBeside > 5*worst+100*time.Millisecond {
		t.Errorf("others were shown what is new within %v beside them, and within %v without", worstBeside, worst)
	}
}

// held is what this process holds after a collection.
func held() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

func TestTheServerRestartsAndEverybodyIsWhereTheyWere(t *testing.T) {
	s := newSofa(t, web.LiveOptions{})
	_, one, _ := s.begin()
	step := s.until(one, "the step", func(seen *bot.Seen) bool { return seen.Step() != "" }).Step()
	s.ask(one, session.Yield{Step: step})
	lines := map[session.Role]*bot.Line{}
	for _, role := range session.Roles() {
		lines[role] = s.line(here(s.place(s.session, role)))
		read(t, lines[role])
	}
	closing := make(chan error, 1)
	go func() { closing <- s.hub.Close(s.soon()) }()
	for _, l := range lines {
		s.closedWith(l, protocol.ServiceRestart)
	}
	check(t, <-closing)

	s.start(web.LiveOptions{}, hub.Options{Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	again := s.sit(session.One)
	seen := s.until(again, "the step", func(seen *bot.Seen) bool { return seen.Step() != "" })
	if seen.Partner.Step.Index != 1 {
		t.Errorf("came back to step %d", seen.Partner.Step.Index)
	}
}

func TestAnEndedSessionIsShownAndClosed(t *testing.T) {
	s := newSofa(t, web.LiveOptions{})
	counselor, one, _ := s.begin()
	s.ask(counselor, session.End{})
	var closed bot.Closed
	if err := one.Over(s.soon()); !errors.As(err, &closed) || closed.Code != protocol.Ended {
		t.Errorf("ended with %v", err)
	}
	if seen, err := one.Until(s.soon(), "the end", func(seen *bot.Seen) bool { return seen.Phase() == session.HasEnded }); err != nil {
		t.Errorf("the last view was %s", seen.Phase())
	}
	l := s.line(s.place(s.session, session.Two))
	for _, is := range []string{"welcome", "view"} {
		if raw := read(t, l); !strings.Contains(raw, `"is":"`+is+`"`) {
			t.Errorf("got %.80s, want %s", raw, is)
		}
	}
	s.closedWith(l, protocol.Ended)
}

func TestOneWriteARoleAndACommand(t *testing.T) {
	for name, covered := range map[string]bool{"its own descriptor": false, "another way": true} {
		t.Run(name, func(t *testing.T) { oneWriteARoleAndACommand(t, covered) })
	}
}

func oneWriteARoleAndACommand(t *testing.T, covered bool) {
	t.Helper()
	s := newSofa(t, web.LiveOptions{Ping: time.Hour})
	s.sockets.covered.Store(covered)
	counselor, one, two := s.begin()
	bots := []*bot.Bot{counselor, one, two}
	before, commits := s.sockets.writes(), s.store.Counters()
	const turns = 20
	for i := range turns {
		speaker := bots[1+i%2]
		step := s.until(speaker, "the floor", func(seen *bot.Seen) bool { return string(*seen.Partner.Step.Floor) == string(speaker.Role) }).Step()
		s.ask(speaker, session.Yield{Step: step})
		for _, b := range bots {
			s.until(b, "the next turn", func(seen *bot.Seen) bool { return seen.Step() != step })
		}
	}
	after := s.sockets.writes()
	for i := range before {
		// Presence is told apart from commands, at most once after it settled.
		if n := after[i] - before[i]; n < turns || n > turns+1 {
			t.Errorf("socket %d was written to %d times for %d commands", i, n, turns)
		}
	}
	now := s.store.Counters()
	if appends, flushes := now.Appends-commits.Appends, now.Commits-commits.Commits; appends != turns || flushes > appends {
		t.Errorf("%d records in %d transactions for %d commands", appends, flushes, turns)
	}
}

func TestOneFlushServesMany(t *testing.T) {
	s := newSofa(t, web.LiveOptions{})
	const sessions, each = 16, 10
	var ids []string
	for range sessions {
		ids = append(ids, s.newSession())
	}
	before := s.store.Counters()
	var all sync.WaitGroup
	for _, id := range ids {
		all.Go(func() {
			for n := range each {
				if err := s.hub.Do(t.Context(), id, session.Input{
					ID: bot.NewID(), By: session.Counselor,
					Command: session.SetAgenda{Agenda: []session.Planned{{Exercise: "x", Title: fmt.Sprint(n)}}},
				}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	after := s.store.Counters()
	appends, flushes := after.Appends-before.Appends, after.Commits-before.Commits
	if appends != sessions*each || flushes >= appends {
		t.Errorf("%d records of %d sessions at once took %d flushes", appends, sessions, flushes)
	}
}

func TestFramesOfEveryLengthArriveWhole(t *testing.T) {
	// The header's form changes at 126 and at 65,536 bytes.
	s := newSofa(t, web.LiveOptions{})
	counselor := s.sit(session.Counselor)
	for _, n := range []int{1, 60, 126, 1000, 30_000, 70_000} {
		title := strings.Repeat("é", n)
		check(t, s.hub.Do(s.soon(), s.session, session.Input{
			ID: bot.NewID(), By: session.Counselor,
			Command: session.SetAgenda{Agenda: []session.Planned{{Exercise: "x", Title: title}}},
		}))
		s.until(counselor, "the agenda", func(seen *bot.Seen) bool {
			return len(seen.Counselor.Agenda) == 1 && seen.Counselor.Agenda[0].Title == title
		})
	}
}

// What a connection does not take at once is written as it takes it, from amid a frame
// too, whether the server writes to its descriptor itself or not.
func TestWhatALineTakesInPiecesArrivesWhole(t *testing.T) {
	for name, covered := range map[string]bool{"its own descriptor": false, "another way": true} {
		t.Run(name, func(t *testing.T) {
			s := newSofa(t, web.LiveOptions{})
			s.sockets.covered.Store(covered)
			slow := s.line(s.place(s.session, session.Counselor))
			const shown = 200
			long := strings.Repeat("a", 100_000)
			for i := range shown {
				check(t, s.hub.Do(s.soon(), s.session, session.Input{
					ID: bot.NewID(), By: session.Counselor,
					Command: session.SetAgenda{Agenda: []session.Planned{{Exercise: "x", Title: fmt.Sprint(i, long)}}},
				}))
			}
			views := 0
			for last := fmt.Sprintf(`"%d%s"`, shown-1, long); ; {
				raw := read(t, slow)
				if !json.Valid([]byte(raw)) {
					t.Fatalf("got %.80s", raw)
				}
				if views++; strings.Contains(raw, last) {
					break
				}
			}
			if views > shown/2 {
				t.Errorf("%d views of %d arrived: all was taken at once", views, shown)
			}
			check(t, s.sit(session.Counselor).Do(s.soon(), protocol.Sync{}))
		})
	}
}

// A socket at which nobody speaks is one goroutine, which waits for a frame: another that
// waits for something to write would take as much memory again.
func TestASocketAtRestHasNoWriter(t *testing.T) {
	s := newSofa(t, web.LiveOptions{})
	counselor, one, two := s.begin()
	s.ask(counselor, session.Pause{})
	for _, b := range []*bot.Bot{one, two} {
		s.until(b, "the pause", func(seen *bot.Seen) bool { return seen.Phase() == session.OnPause })
	}
	soon := s.soon()
	for {
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		readers, writers := bytes.Count(stacks, []byte(".(*socket).read(")), bytes.Count(stacks, []byte(".(*socket).write("))
		if readers == 3 && writers == 0 {
			break
		}
		if soon.Err() != nil {
			t.Fatalf("%d read and %d write, at three sockets at rest", readers, writers)
		}
		runtime.Gosched()
	}
}

// unsound are rehearsals that panic once they are asked to.
type unsound struct{ now atomic.Bool }

func (u *unsound) Rehearsal(context.Context, string, string) (*hub.Hub, web.Programs, bool) {
	if u.now.CompareAndSwap(true, false) {
		panic("unsound")
	}
	return nil, nil, false
}

func TestAPanicEndsItsOwnSocketAlone(t *testing.T) {
	rehearsals := &unsound{}
	s := newSofa(t, web.LiveOptions{Ping: 10 * time.Millisecond, Rehearsals: rehearsals})
	one := s.line(s.place(s.session, session.One))
	rehearsals.now.Store(true)
	for { // with its next pong
		if _, err := one.Read(); err != nil {
			break
		}
	}
	check(t, s.sit(session.Two).Do(s.soon(), protocol.Sync{}))
	check(t, s.sit(session.One).Do(s.soon(), protocol.Sync{}))
}

func TestNoConnectionIsKept(t *testing.T) {
	// The rule in one line: nothing in hub can hold a connection, because it cannot
	// name one.
	seat := reflect.TypeFor[hub.Seat]()
	for i := range seat.NumField() {
		if of := seat.Field(i).Type.String(); strings.Contains(of, "Conn") || strings.Contains(of, "websocket") {
			t.Errorf("a seat holds %s", of)
		}
	}
}
