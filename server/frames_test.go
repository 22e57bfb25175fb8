package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"mend/content"
	"mend/internal/bot"
	"mend/internal/catalog"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/promise"
	"mend/internal/protocol"
	"mend/internal/session"
)

// Frames that were once sent are sent again, as they were and with something in them
// changed: one's own, the other's, those of another session, from a phone whose link was
// replaced, and into a session that is not one's own. Each is answered, or ends its socket,
// as the pure machine says; nothing comes into a log that the machine would not put there;
// nobody is shown what is not theirs, and no refusal says again what was sent.
func TestNoFrameMovesARoomBeyondItsModel(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	document := read[published](c.call("GET", "/openapi.json", nil).want(200))
	library, err := catalog.Load(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	seed := rand.Uint64()
	r := &replay{
		house: h, desk: c, library: library, tapes: h.tapes(c, library),
		mutant: mutant{rand.New(rand.NewPCG(seed, 2)), document.Components.Schemas}, //nolint:gosec // chance, not secrecy
		ended:  map[string]int{},
	}
	beside := c.session()
	besides := h.room(c, beside)
	h.asks(besides.counselorBot, session.Mark{Kind: session.MarkNote, Text: private.Text(inWords("beside"))})
	besides.leaves()
	r.beside, r.besides = beside.ID, len(must(h.app.store.Read(t.Context(), beside.ID, 0))(t))

	each := 1500
	if raced {
		each = 300
	}
	for whole := promise.Times(each, 200_000); r.sent < whole; {
		if r.worn() {
			r.enters()
		}
		r.resumes()
		switch role := []session.Role{session.One, session.One, session.Two, session.Counselor}[r.IntN(4)]; r.IntN(50) {
		case 0:
			r.fromAReplacedPhone()
		case 1:
			r.intoAnotherSession(role)
		case 2:
			r.malformed(role)
		default:
			r.says(role)
		}
		for _, s := range r.shown {
			if slices.Contains(r.hidden[s.to], s.word) {
				t.Errorf("%s is sent %s: %s", s.to, inWords(s.word), s.raw)
			}
		}
		r.shown = r.shown[:0]
		if t.Failed() {
			t.Fatalf("after %d frames, seed %d", r.sent, seed)
		}
	}
	r.hangUp()
	c.get("/couples").want(200)
	if log := h.log.String(); strings.Contains(log, "panicked") {
		t.Errorf("something panicked: %.2000s", log[strings.Index(log, "panicked"):])
	}
	if got := len(must(h.app.store.Read(t.Context(), r.beside, 0))(t)); got != r.besides {
		t.Errorf("the other session has %d records, and had %d", got, r.besides)
	}
	t.Logf("%d frames into %d rooms: %d did what they say, %d were so already, ended as %v", r.sent, r.rooms, r.done, r.again, r.ended)
	if r.done < r.sent/50 || r.again == 0 || len(r.ended) < 10 {
		t.Error("too few frames were right for the wrong ones to mean much")
	}
}

// tapes are frames of each kind that there is, as they are sent in sessions: those of
// several plays, and one of each command besides.
func (h *house) tapes(c *caller, library *catalog.Catalog) (all [][]byte) {
	h.Helper()
	list := library.List()
	for i := 0; i < len(list); i += 1 + len(list)/4 {
		program, _ := library.Program(list[i].ID)
		p := &play{house: h, ctx: h.Context(), title: list[i].ID, cast: casts(program)[0]}
		p.enters(c)
		p.plays()
		for _, said := range p.script {
			frame, err := protocol.Encode(protocol.Message{ID: bot.NewID(), Body: said.body})
			if err != nil {
				h.Fatal(err)
			}
			all = append(all, frame)
		}
	}
	places := map[string]string{"step": "1.0.1", "agreement": "x.1", "soon": time.Now().Add(time.Hour).UTC().Format(time.RFC3339)}
	for range 1 + len(all)/(2*len(sayings)) {
		for _, s := range sayings {
			_, frame := s.frame(places)
			all = append(all, frame)
		}
	}
	return all
}

// replay is a room on whom frames are tried, and what the machine says of it.
type replay struct {
	*house
	mutant

	desk    *caller
	library *catalog.Catalog
	tapes   [][]byte

	id       string
	people   map[session.Role]*caller
	places   map[session.Role]bot.Place
	replaced bot.Place // a phone's whose link was replaced
	beside   string    // another session of the same counselor
	besides  int       // records in it

	lines   map[session.Role]*bot.Line
	pace    map[session.Role]int // frames that the line has taken
	state   session.State
	log     []session.Record
	at      map[session.CommandID]int           // where in the log a command is
	settled map[session.CommandID]session.Input // what was so already
	hidden  map[session.Role][]string           // words that nobody may show them
	last    []byte                              // the newest frame that was obeyed
	tired   int

	shown []shown // which what came into the log has yet to allow

	sent, rooms, done, again int
	ended                    map[string]int // codes and their number
}

// shown is a word that was not for somebody, and the frame that it stood in.
type shown struct {
	to   session.Role
	word string
	raw  []byte
}

// secretly is an exercise in which both write what is for the counselor, and under seal,
// before anything else; all other kinds of step follow.
func secretly(t testing.TB) exercise.Program {
	t.Helper()
	ask := func(p string) exercise.Words { return exercise.Words{Title: p, Prompt: p, Listener: p} }
	two := []exercise.Choice{{ID: "x", Text: "The x"}, {ID: "y", Text: "The y"}}
	p, problems := exercise.Compile(exercise.Definition{
		ID: "secretly", Version: 1, Title: "Secretly", Phase: exercise.AnyPhase, Intensity: exercise.Gentle, Minutes: 9,
		Roles: map[exercise.Role]string{exercise.A: "a", exercise.B: "b"},
		Steps: []exercise.Step{
			{ID: "tell", Kind: exercise.Write, Who: exercise.Both, Audience: exercise.ToCounselor, NoSecrets: exercise.Warned, Words: ask("Tell")},
			{ID: "seal", Kind: exercise.Write, Who: exercise.Both, Audience: exercise.Sealed, Words: ask("Seal")},
			{ID: "feel", Kind: exercise.Scale, Who: exercise.Both, Audience: exercise.Room, Words: exercise.Words{Prompt: "Feel", Low: "low", High: "high"}},
			{ID: "pick", Kind: exercise.Choose, Who: exercise.Both, Audience: exercise.Room, AtMost: 1, Options: two, Other: true, Words: ask("Pick")},
			{ID: "talk", Kind: exercise.Speak, Who: "a", Skippable: true, Words: ask("Talk")},
			{ID: "back", Kind: exercise.Mirror, Who: "b", Words: ask("Back")},
			{ID: "it", Kind: exercise.Confirm, Who: "a", Almost: "back", More: "talk", Words: ask("Was that it?")},
			{ID: "ask", Kind: exercise.Ask, Who: exercise.Both, Words: ask("Ask")},
			{ID: "agree", Kind: exercise.Agree, Who: exercise.Both, Words: ask("Agree")},
			{ID: "open", Kind: exercise.Reveal, Who: exercise.Both, Of: []string{"seal"}, Words: ask("Open")},
			{ID: "alone", Kind: exercise.Write, Who: exercise.Both, Audience: exercise.Device, Words: ask("Alone")},
		},
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return p
}

// enters makes a new room, with words in it that are not for everybody.
func (r *replay) enters() {
	r.Helper()
	r.hangUp()
	in := r.desk.session()
	link := r.desk.link(in.ID, "one") // whose phone is put out by the next
	old := r.partner(link)
	r.replaced = old.place(in.ID)
	at := r.room(r.desk, in)
	at.leaves()
	r.rooms++
	r.id, r.tired, r.last = in.ID, 0, nil
	r.people = map[session.Role]*caller{session.Counselor: r.desk, session.One: at.one, session.Two: at.two}
	r.places = map[session.Role]bot.Place{
		session.Counselor: r.desk.place(in.ID), session.One: at.one.place(in.ID), session.Two: at.two.place(in.ID),
	}
	r.lines, r.pace = map[session.Role]*bot.Line{}, map[session.Role]int{}
	r.state, r.log = session.State{}, nil
	r.at, r.settled = map[session.CommandID]int{}, map[session.CommandID]session.Input{}
	r.hidden = map[session.Role][]string{
		session.One:       {"twotell", "twoseal", "whisper", "mark", "beside"},
		session.Two:       {"onetell", "oneseal", "mark", "beside"},
		session.Counselor: {"oneseal", "twoseal", "beside"},
	}
	do := func(by session.Role, c session.Command) {
		r.Helper()
		if err := r.app.hub.Do(soon(r.T), r.id, session.Input{ID: bot.NewID(), By: by, Command: c}); err != nil {
			r.Fatalf("%s by %s: %v", c.Name(), by, err)
		}
	}
	do(session.Counselor, session.Mark{Kind: session.MarkNote, Text: private.Text(inWords("mark"))})
	do(session.Counselor, session.StartExercise{Program: secretly(r.T), Cast: session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo}})
	for _, what := range []string{"tell", "seal"} {
		r.catchesUp()
		step := r.step()
		for _, seat := range session.Seats() {
			do(seat.Role(), session.Submit{Step: step, Answer: session.Answer{Text: private.Text(inWords(string(seat) + what))}})
		}
		do(session.Counselor, session.Advance{Step: step})
	}
	do(session.Counselor, session.Whisper{To: session.SeatTwo, Text: private.Text(inWords("whisper"))})
	r.catchesUp()
}

func (r *replay) hangUp() {
	for _, l := range r.lines {
		l.Close()
	}
	clear(r.lines)
}

// worn tells whether the room has to make way for another: it ended, somebody is out of
// it, or it has seen enough.
func (r *replay) worn() bool {
	if r.id == "" || len(r.log) > 400 {
		return true
	}
	desk := session.ViewFor(r.state, session.Counselor).(session.CounselorView)
	if desk.Doors[session.SeatOne] != session.Inside || desk.Doors[session.SeatTwo] != session.Inside {
		r.tired += 10
	}
	if desk.Step == nil {
		r.tired += 4
	}
	return desk.Phase == session.HasEnded && r.tired > 20 || r.tired > 100
}

// catchesUp takes in what others than frames brought into the log.
func (r *replay) catchesUp() {
	r.Helper()
	for _, rec := range must(r.app.store.Read(r.Context(), r.id, r.state.Seq))(r.T) {
		r.takes(rec)
	}
}

func (r *replay) takes(rec session.Record) {
	r.at[rec.Command] = len(r.log)
	r.log, r.state = append(r.log, rec), session.Apply(r.state, rec)
	if e, ok := rec.Event.(session.Revealed); ok {
		for _, p := range e.Pairs {
			for _, text := range []private.Text{p.One.Text, p.Two.Text} {
				for role, words := range r.hidden {
					r.hidden[role] = slices.DeleteFunc(words, func(w string) bool { return strings.Contains(string(text), inWords(w)) })
				}
			}
		}
	}
}

// resumes has a room go on that was paused, before long.
func (r *replay) resumes() {
	r.Helper()
	if session.ViewFor(r.state, session.Counselor).(session.CounselorView).Phase != session.OnPause || r.IntN(10) > 0 {
		return
	}
	err := r.app.hub.Do(soon(r.T), r.id, session.Input{ID: bot.NewID(), By: session.Counselor, Command: session.Resume{}})
	if err != nil && fault.Code(err) != "not_paused" && fault.Code(err) != "not_admitted" {
		r.Fatal(err)
	}
	r.catchesUp()
}

// out tells whether the session has no place for somebody any more.
func (r *replay) out(role session.Role) bool {
	desk := session.ViewFor(r.state, session.Counselor).(session.CounselorView)
	seat, one := role.Seat()
	return desk.Phase == session.HasEnded || one && (desk.Doors[seat] == session.Gone || desk.Doors[seat] == session.RemovedOut)
}

func (r *replay) step() string {
	if step := session.ViewFor(r.state, session.Counselor).(session.CounselorView).Step; step != nil {
		return step.Key
	}
	return "1.0.1"
}

// line is somebody's connection, a new one before the old may take no more frames. ok is
// false where they may not come in any more.
func (r *replay) line(role session.Role) (l *bot.Line, ok bool) {
	r.Helper()
	if l = r.lines[role]; l != nil && r.pace[role] < protocol.CommandBurst-2 {
		return l, true
	}
	if l != nil {
		l.Close()
		delete(r.lines, role)
	}
	l, err := bot.Dial(soon(r.T), here(r.places[role]))
	if status := bot.Status(0); errors.As(err, &status) && status == http.StatusUnauthorized {
		r.tired += 100 // they left for good
		return nil, false
	}
	if err != nil {
		r.Fatal(err)
	}
	r.lines[role], r.pace[role] = l, 0
	return l, true
}

func here(p bot.Place) bot.Place {
	p.Here = true
	return p
}

// tape is a frame of before: as often as not one that would fit somebody's screen now, and
// seldom one that ends everything.
func (r *replay) tape(role session.Role) (raw []byte, fields map[string]any) {
	r.Helper()
	may := session.YouMay(r.state, role)
	for fits := r.IntN(2) == 0; ; {
		raw, fields = r.tapes[r.IntN(len(r.tapes))], nil
		if err := json.Unmarshal(raw, &fields); err != nil {
			r.Fatal(err)
		}
		do, _ := fields["do"].(string)
		if fits && !slices.Contains(may, do) && r.IntN(50) > 0 {
			continue
		}
		if slices.Contains([]string{"end", "leave", "remove", "step_out", "stop_exercise", "neutral", "pause"}, do) && r.IntN(10) > 0 {
			continue
		}
		return raw, fields
	}
}

// frame is one of those that were sent before, by whomever, with something changed or not.
func (r *replay) frame(role session.Role) []byte {
	r.Helper()
	if r.IntN(12) == 0 && r.last != nil {
		return r.last // which was obeyed: once more, by the same or by another
	}
	raw, fields := r.tape(role)
	switch r.IntN(20) {
	case 0: // as it is
		return raw
	case 1:
		fields["id"] = string(r.log[r.IntN(len(r.log))].Command) // of something else
	case 2:
		fields["id"] = r.wrong()
	default:
		fields["id"] = string(bot.NewID())
	}
	if _, has := fields["step"]; has && r.IntN(4) > 0 {
		fields["step"] = r.step()
	}
	for range r.IntN(6) - 3 {
		names := []string{"do", "step", "text", "answer", "who", "to", "value", "question", "choice", "wording", "cast"}
		name := names[r.IntN(len(names))]
		switch _, has := fields[name]; {
		case name == "do" && r.IntN(2) == 0:
			fields[name] = sayings[r.IntN(len(sayings))].do
		case has:
			fields[name] = r.bend(fields[name])
		case r.IntN(2) == 0:
			forged := []string{"as", "by", "role", "seat", "session", "seq", "at", "id", marker, "practice", "audience"}
			fields[forged[r.IntN(len(forged))]] = r.one("two", "one", "counselor", r.beside, "1", marker)
		}
	}
	raw, err := json.Marshal(fields)
	if err != nil {
		r.Fatal(err)
	}
	switch r.IntN(40) {
	case 0:
		return raw[:r.IntN(len(raw))]
	case 1:
		raw[r.IntN(len(raw))] ^= byte(1 << r.IntN(8))
	case 2:
		return append(raw, raw...)
	case 3:
		return append(raw[:len(raw)-1], `,"do":"end"}`...)
	case 4:
		return bytes.Replace(raw, []byte(`"text":"`), []byte(`"text":"`+marker+r.one("\xff", `\u0000`, `\ud800`, "\x00", strings.Repeat("x", 9000), strings.Repeat(`\u0436`, 3000))), 1)
	case 5:
		return append([]byte(r.one("\xef\xbb\xbf", " ", "[", strings.Repeat(`{"a":`, 2000), strings.Repeat(" ", protocol.MaxFrame))), raw...)
	}
	return raw
}

// says sends a frame, and holds what comes of it against the machine.
func (r *replay) says(role session.Role) {
	r.Helper()
	l, ok := r.line(role)
	if !ok {
		return
	}
	frame := r.frame(role)
	if err := l.Write(frame); err != nil {
		r.Fatal(err)
	}
	r.sent++
	r.pace[role]++
	m, wrong := protocol.Decode(frame)
	code, closed := r.hears(role, l, m.ID)
	if closed != 0 {
		l.Close()
		delete(r.lines, role)
	}
	how := cmp.Or(code, "done")
	if closed != 0 {
		how = closed.Slug()
	}
	r.ended[how]++
	anew := must(r.app.store.Read(r.Context(), r.id, r.state.Seq))(r.T)
	if closed != 0 && closed != protocol.BadMessage && r.out(role) {
		if len(anew) > 0 && anew[0].Command != m.ID {
			r.Errorf("%.300q by %s, who was out, put %s into the log", frame, role, anew[0].Event.Type())
		}
		if len(anew) == 0 {
			return // the socket was on its way out, and nobody heard
		}
	}
	switch body := m.Body.(type) {
	case nil:
		want, ends := fault.Code(wrong), protocol.CloseCode(0)
		if m.ID == "" {
			want, ends = "", protocol.BadMessage
		}
		if code != want || closed != ends || len(anew) > 0 {
			r.Errorf("%.300q by %s: %q, closed with %d, and not with %q and %d; %d records", frame, role, code, closed, want, ends, len(anew))
		}
	case protocol.Sync, protocol.KeepDraft, protocol.TurnDial:
		if closed != 0 || len(anew) > 0 {
			r.Errorf("%.300q by %s: closed with %d, %d records", frame, role, closed, len(anew))
		}
	case protocol.StartExercise:
		program, known := r.library.Program(body.Exercise)
		if role == session.Counselor && !known {
			if code != "unknown_exercise" || len(anew) > 0 {
				r.Errorf("%.300q: %q, %d records", frame, code, len(anew))
			}
			return
		}
		r.decided(frame, session.Input{ID: m.ID, By: role, Command: session.StartExercise{Program: program, Cast: body.Cast, Sure: body.Sure}}, code, closed, anew)
	case protocol.Command:
		r.decided(frame, session.Input{ID: m.ID, By: role, Command: body.Command}, code, closed, anew)
	}
}

// decided holds an answer and what is new in the log against what the machine makes of a
// command.
func (r *replay) decided(frame []byte, in session.Input, code string, closed protocol.CloseCode, anew []session.Record) {
	r.Helper()
	in.At = time.Now()
	want, records := "", 0
	before, idle := r.settled[in.ID]
	at, kept := r.at[in.ID]
	switch {
	case idle && (before.By != in.By || !reflect.DeepEqual(before.Command, in.Command)),
		kept && !session.Again(session.Replay(r.log[:at]), in, r.log[at]):
		want = "id_taken"
	case idle, kept:
		r.again++
	default:
		rec, err := session.Decide(r.state, in)
		switch {
		case err != nil:
			want = fault.Code(err)
		case rec != nil:
			records = 1
		default:
			r.settled[in.ID] = in
		}
	}
	if closed != 0 && code == "" && records == 1 { // it put its own sender out
		want = ""
	}
	if code != want || len(anew) != records || closed != 0 && records == 0 {
		r.Errorf("%.300q by %s: answered %q, closed with %d, %d records; by the machine %q and %d", frame, in.By, code, closed, len(anew), want, records)
		return
	}
	for _, rec := range anew {
		if rec.Command != in.ID || !session.Again(r.state, in, rec) {
			r.Errorf("%.300q by %s put %s by %s into the log", frame, in.By, rec.Event.Type(), rec.By)
		}
		r.takes(rec)
		r.done++
		r.last = frame
	}
}

// hears reads until a command is answered or the socket ends, and looks at all that comes.
func (r *replay) hears(role session.Role, l *bot.Line, id session.CommandID) (code string, closed protocol.CloseCode) {
	r.Helper()
	for {
		raw, err := l.Read()
		if end := (bot.Closed{}); errors.As(err, &end) {
			return code, end.Code
		}
		if err != nil {
			r.Fatalf("%s: %v", role, err)
		}
		for _, word := range r.hidden[role] {
			if bytes.Contains(raw, []byte(inWords(word))) {
				r.shown = append(r.shown, shown{role, word, raw})
			}
		}
		var told protocol.Refused
		if err := json.Unmarshal(raw, &told); err != nil {
			r.Fatal(err)
		}
		if told.Is == "refused" && bytes.Contains(raw, []byte(marker)) {
			r.Errorf("%s is told again what was sent: %s", role, raw)
		}
		if id != "" && told.ID == string(id) {
			return told.Code, 0
		}
	}
}

// fromAReplacedPhone tries to come in with a cookie that another link put out.
func (r *replay) fromAReplacedPhone() {
	r.Helper()
	r.sent++
	_, err := bot.Dial(soon(r.T), here(r.replaced))
	if status := bot.Status(0); !errors.As(err, &status) || status != http.StatusUnauthorized {
		r.Errorf("a phone whose link was replaced comes in: %v", err)
	}
	r.ended["replaced"]++
}

// intoAnotherSession brings a frame, which is its own there, where a partner has no place.
func (r *replay) intoAnotherSession(role session.Role) {
	r.Helper()
	if role == session.Counselor {
		return // both are theirs
	}
	place := here(r.places[role])
	place.Session = r.beside
	l, err := bot.Dial(soon(r.T), place)
	if status := bot.Status(0); errors.As(err, &status) && status == http.StatusUnauthorized {
		return // they left for good
	}
	if err != nil {
		r.Fatal(err)
	}
	defer l.Close()
	_ = l.Write(r.frame(role)) // it may be closed already
	r.sent++
	if _, code := r.hears(role, l, ""); code != protocol.NotFound {
		r.Errorf("%s in another session is closed with %d", role, code)
	}
	r.ended["another session"]++
}

// malformed sends what is no frame, or one that nothing agrees with; whatever becomes of
// the socket, nothing comes of it.
func (r *replay) malformed(role session.Role) {
	r.Helper()
	body := []byte(`{"id":"` + string(bot.NewID()) + `","do":"sync"}`)
	first := byte(final | text)
	switch r.IntN(4) {
	case 0:
		first = byte(r.IntN(256))
	case 1:
		first = byte(r.IntN(16)) | final // any kind of frame
	}
	if seat, one := role.Seat(); one && session.ViewFor(r.state, session.Counselor).(session.CounselorView).Doors[seat] != session.Inside {
		return
	}
	raw := masked(first, body)
	for range r.IntN(4) {
		raw[r.IntN(min(8, len(raw)))] ^= byte(1 << r.IntN(8))
	}
	w := r.wire("")
	defer w.Close()
	w.upgrade(r.people[role], r.id, "")
	_, _ = w.Write(append(raw, masked(final|closing, nil)...)) // the first may have ended it
	if err := w.Conn.(*net.TCPConn).CloseWrite(); err != nil && !errors.Is(err, syscall.ENOTCONN) {
		r.Fatal(err)
	}
	w.closed()
	r.sent++
	delete(r.lines, role) // whose seat was taken over
	if anew := must(r.app.store.Read(r.Context(), r.id, r.state.Seq))(r.T); len(anew) > 0 {
		r.Errorf("%x by %s put %s into the log", raw, role, anew[0].Event.Type())
	}
	r.ended["malformed"]++
}
