package session_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// witness plays a random history and remembers, apart from the machine, what it must
// hold to.
type witness struct {
	*rehearsal
	t        *rapid.T
	chance   chance
	happened map[string]int
	said     int                              // markers used so far
	fresh    []string                         // markers of the present command
	hidden   map[session.Role]map[string]bool // what somebody must not be shown
	asked    map[string]string                // step/number of a question: its marker, until it was reshaped
	given    map[string]string                // step/seat: the answer acknowledged last
	signed   map[string]int                   // step/seat: the revision signed, and not taken away since
	shadow   session.State                    // the state of one who only reads the stored log
	stands   string                           // the state as it was when it came to be; nothing but a record may change it
	earlier  []session.State                  // states of before, and
	stood    []string                         // what they were
	drawn    session.Pictures
}

func newWitness(t *rapid.T, happened map[string]int) *witness {
	w := &witness{
		rehearsal: newRehearsal(), t: t, happened: happened,
		hidden: map[session.Role]map[string]bool{session.Counselor: {}, session.One: {}, session.Two: {}},
		asked:  map[string]string{}, given: map[string]string{}, signed: map[string]int{},
	}
	w.chance = chance{draw: drawn(t), say: w.say}
	for n := range 400 {
		w.hide(neverShown(n), session.One, session.Two)
	}
	return w
}

// say makes a text that holds a marker.
func (w *witness) say() private.Text {
	w.said++
	return private.Text("so " + marker(w.said))
}

func (w *witness) hide(m string, from ...session.Role) {
	for _, s := range from {
		w.hidden[s][m] = true
	}
}

func (w *witness) show(m string, to ...session.Role) {
	for _, s := range to {
		delete(w.hidden[s], m)
	}
}

// knockUngated: D2. There is no way in without the statement.
func (w *witness) knockUngated() {
	unstated, unreasoned, unknown := facts(session.NoSecrets), facts(session.NoSecrets), facts(session.NoSecrets)
	unstated.Suitability = nil
	unreasoned.Suitability = &session.Suitability{Statement: "override", At: begin}
	unknown.Suitability = &session.Suitability{Statement: "surely", At: begin}
	for _, f := range []session.Facts{{}, unstated, unreasoned, unknown} {
		if r, err := w.do(session.Counselor, session.Open{Facts: f}); err == nil || r != nil {
			w.t.Fatalf("D2: opened with %s", asJSON(f.Suitability))
		}
	}
}

func (w *witness) gather() {
	open, _ := w.chance.offered(w.rehearsal, session.Counselor, "open")
	w.give(session.Counselor, open)
	for _, s := range session.Seats() {
		w.give(s.Role(), session.Consent{Policy: 3})
		w.give(session.Counselor, session.Admit{Who: s})
	}
}

// choose takes one of the commands on offer: seldom what ends much, often what only
// a few histories come to.
func (w *witness) choose(names []string) string {
	for _, name := range []string{"admit", "consent", "resume", "start_exercise", "reveal", "tray", "reply", "sign", "confirm", "submit"} {
		if slices.Contains(names, name) && w.chance.draw(2) == 0 {
			return name
		}
	}
	name := pick(w.chance, names...)
	for range 2 {
		switch name {
		case "end", "stop_exercise", "remove", "invite", "leave", "neutral", "step_out", "pause", "set_agenda", "name_counselors", "dial", "withdraw":
			if w.chance.odds(12) {
				return name
			}
		default:
			return name
		}
		name = pick(w.chance, names...)
	}
	return ""
}

// step moves the clock and lets somebody do something: mostly what is offered.
func (w *witness) step() {
	w.now = w.now.Add(pick(w.chance, time.Second, 0, 40*time.Second, 7*time.Minute))
	if w.chance.odds(40) {
		w.now = w.now.Add(-time.Hour)
	}
	by := pick(w.chance, session.Roles()...)
	if w.chance.odds(7) {
		w.give(by, w.chance.wild(w.key()))
		return
	}
	names := session.YouMay(w.state, by)
	if len(names) == 0 {
		return
	}
	name := w.choose(names)
	if name == "" || name == "end" && !w.chance.odds(4) {
		return
	}
	c, ok := w.chance.offered(w.rehearsal, by, name)
	if !ok {
		w.t.Fatalf("V1: %s may %q, but the view does not say what", by, name)
	}
	w.give(by, c)
}

// give does one command and watches.
func (w *witness) give(by session.Role, c session.Command) {
	w.t.Helper()
	if w.stands == "" {
		w.stands = asJSON(w.state)
	}
	before, stood := w.state, w.stands
	may := session.YouMay(w.state, by)
	w.fresh = slices.DeleteFunc(markersIn(asJSON(c)), func(m string) bool {
		return strings.HasPrefix(m, markerPrefix+"-") // a program's, hidden from the start
	})
	for _, m := range w.fresh {
		w.hide(m, session.Roles()...)
	}
	record, err := w.do(by, c)
	if asJSON(before) != stood {
		w.t.Fatalf("L3: %s changed the state it was decided on", c.Name())
	}
	if record == nil {
		w.unchanged(by, c, err, stood)
		return
	}
	if !slices.Contains(may, c.Name()) {
		w.t.Fatalf("V1: %s was accepted from %s, who may only %v", c.Name(), by, may)
	}
	if before.EndedAt != (time.Time{}) || before.OpenedAt.IsZero() && c.Name() != "open" {
		w.t.Fatalf("D1 E1: %s was accepted in a session that is not open", c.Name())
	}
	w.happened[record.Event.Type()]++
	w.learn(before, *record)
	w.logged(before, *record)
	w.known(before, by, c, *record)
	w.floor(before, *record)
	w.agreements(*record)
	w.nothingLost(*record)
	w.views(*record)
	w.secret(before, *record)
	w.offers()
	if w.chance.odds(20) {
		w.earlier, w.stood = append(w.earlier, w.state), append(w.stood, asJSON(w.state))
	}
}

// learn follows what each of the three may know, from what has happened alone.
func (w *witness) learn(before session.State, r session.Record) {
	tell := func(to ...session.Role) {
		for _, m := range w.fresh {
			w.show(m, to...)
		}
	}
	switch e := r.Event.(type) {
	case session.Submitted:
		tell(r.By)
		switch {
		case e.Audience == exercise.Room:
			tell(session.Roles()...)
		case e.Audience == exercise.ToCounselor || stepOf(before).Preview:
			tell(session.Counselor)
		}
	case session.Asked:
		tell(r.By, session.Counselor)
		w.asked[fmt.Sprint(e.Step, e.Question)] = w.fresh[0]
	case session.Dealt:
		question := fmt.Sprint(e.Step, e.Question)
		switch e.To {
		case session.DealReshape:
			tell(session.Roles()...)
			delete(w.asked, question) // its first words stay with its asker
		case session.DealNow:
			if m, ok := w.asked[question]; ok {
				w.show(m, session.Roles()...)
			}
		}
	case session.Replied, session.WordingEdited:
		tell(session.Roles()...)
	case session.Whispered:
		tell(session.Counselor, e.To.Role())
	case session.Revealed:
		for _, m := range markersIn(asJSON(e.Pairs)) {
			w.show(m, session.Roles()...)
		}
	default:
		tell(session.Counselor)
		if r.By != session.Counselor && len(w.fresh) > 0 {
			w.t.Fatalf("V2: nobody has said who may read the words of %s", e.Type())
		}
	}
}
