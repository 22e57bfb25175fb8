package record

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// NoteFormat is a shape of note, by its name on the wire.
type NoteFormat string

const (
	SOAP NoteFormat = "soap" // subjective, objective, assessment, plan
	DAP  NoteFormat = "dap"  // data, assessment, plan
	BIRP NoteFormat = "birp" // behavior, intervention, response, plan
	GIRP NoteFormat = "girp" // goal, intervention, response, plan
	Free NoteFormat = "free" // text
)

// Unconfirmed begins every line that Mend drafted and nobody has confirmed yet.
const Unconfirmed = "[?] "

// quoted is how many characters of an answer a draft repeats.
const quoted = 280

// part is a kind of line, before a format says where it goes.
type part int

const (
	frame     part = iota // when, how long, who, under which terms
	goals                 // what was in force and what was planned
	voiced                // what each said in their own words, to both
	done                  // what the couple was led through
	responded             // how they took it: turns heard, ratings, pauses
	next                  // what was agreed, and what is left
)

// layouts say which parts make up which section. An assessment is never drafted:
// that judgement is the counselor's alone, so the section is there and empty.
var layouts = map[NoteFormat]map[string][]part{
	SOAP: {"subjective": {voiced}, "objective": {frame, goals, done, responded}, "assessment": {}, "plan": {next}},
	DAP:  {"data": {frame, goals, done, voiced, responded}, "assessment": {}, "plan": {next}},
	BIRP: {"behavior": {frame, voiced}, "intervention": {goals, done}, "response": {responded}, "plan": {next}},
	GIRP: {"goal": {goals}, "intervention": {frame, done}, "response": {voiced, responded}, "plan": {next}},
	Free: {"text": {frame, goals, done, voiced, responded, next}},
}

// Draft begins a progress note from what a session left behind: times, exercises,
// ratings, what both were shown, agreements, in the language of whoever will sign it.
// It takes no tone from anyone's words and draws no conclusion; marks and whispers, and
// what was told to the counselor alone in words, stay out of it. Every line begins with
// Unconfirmed. A format that is not known gives no sections.
func Draft(s Summary, format NoteFormat, language exercise.Language) map[string]private.Text {
	d := drafting{s, in(language), language}
	lines := map[part][]string{
		frame: d.framed(), goals: d.aimed(), voiced: d.voices(), done: d.led(), responded: d.response(), next: d.ahead(),
	}
	sections := map[string]private.Text{}
	for name, parts := range layouts[format] {
		var text []string
		for _, p := range parts {
			for _, line := range lines[p] {
				text = append(text, Unconfirmed+flat(line))
			}
		}
		sections[name] = private.Text(strings.Join(text, "\n"))
	}
	return sections
}

// drafting is a summary, with the words to tell it in.
type drafting struct {
	Summary
	wording
	language exercise.Language
}

// flat keeps a line one line, whatever was typed.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// quote repeats words as theirs, cut where they run long.
func (w wording) quote(text private.Text) string {
	r := []rune(flat(string(text)))
	if len(r) > quoted {
		return fmt.Sprintf(w.quotes, string(r[:quoted])+"…")
	}
	return fmt.Sprintf(w.quotes, string(r))
}

func (w wording) day(t time.Time) string {
	year, month, day := t.UTC().Date()
	return fmt.Sprintf(w.date, day, w.months[month-1], year)
}

// dated is a day of the calendar, as agreements have them.
func (w wording) dated(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return w.day(t)
}

func hour(t time.Time) string { return t.UTC().Format("15:04") }

func (w wording) minutesOf(seconds int) string { return count((seconds+30)/60, w.minute, w.minutes) }

// count says how many of something, "1 minute", "2 minutes".
func count(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(many, n)
}

// name is how a draft calls somebody.
func (d drafting) name(r session.Role) string {
	names := map[session.Role]private.Text{
		session.Counselor: d.People.Counselor, session.One: d.People.One, session.Two: d.People.Two,
	}
	if n := flat(string(names[r])); n != "" {
		return n
	}
	return d.people[r]
}

func (d drafting) framed() []string {
	if d.StartedAt == nil {
		return []string{d.nobody}
	}
	out := []string{}
	when := fmt.Sprintf(d.joint, d.day(*d.StartedAt), hour(*d.StartedAt))
	if d.EndedAt != nil {
		when += fmt.Sprintf(d.until, hour(*d.EndedAt), d.minutesOf(d.Seconds))
	} else {
		when += d.notEnded
	}
	if d.PausedSeconds > 0 {
		when += fmt.Sprintf(d.pauses, d.minutesOf(d.PausedSeconds))
	}
	out = append(out, when+".")
	present := []string{d.name(session.Counselor)}
	for _, seat := range session.Seats() {
		if _, ok := d.Consents[seat]; ok {
			present = append(present, d.name(seat.Role()))
		}
	}
	out = append(out, fmt.Sprintf(d.present, strings.Join(present, ", ")))
	for _, a := range d.Absences {
		out = append(out, d.absence(a))
	}
	if e := d.Early; e != nil && e.Exercise != "" {
		out = append(out, fmt.Sprintf(d.cutAt, e.Exercise, e.Index+1, e.Of))
	}
	return out
}

func (d drafting) absence(a Absence) string {
	line := fmt.Sprintf(cmp.Or(d.absent[a.How], d.away), d.name(a.Who.Role()), hour(a.From))
	if a.Until != nil {
		return line + fmt.Sprintf(d.back, hour(*a.Until))
	}
	return line + d.gone
}

func (d drafting) aimed() []string {
	out := []string{}
	for _, a := range d.Agreements.Standing {
		out = append(out, fmt.Sprintf(d.standing, d.quote(a.Wording.Text)))
	}
	titles := []string{}
	for _, o := range d.Agenda {
		titles = append(titles, o.Title)
	}
	if len(titles) > 0 {
		out = append(out, fmt.Sprintf(d.planned, strings.Join(titles, ", ")))
	}
	return out
}

// voices quotes what both partners were shown, and nothing else.
func (d drafting) voices() []string {
	out := []string{}
	for _, p := range d.Exercises {
		for _, pair := range p.Shared {
			// Numbers are told under the ratings.
			if pair.Kind == exercise.Scale {
				continue
			}
			about := pair.Title
			if about == "" {
				about = pair.Prompt
			}
			for _, seat := range session.Seats() {
				said := side(pair, seat)
				if said == nil {
					continue
				}
				words := d.quote(said.Worded(pair.Options, pair.Cards, pair.Buckets, d.language))
				out = append(out, fmt.Sprintf(d.voice, d.name(seat.Role()), flat(about), p.Title, words))
			}
		}
	}
	return out
}

func (d drafting) led() []string {
	out := []string{}
	for _, p := range d.Exercises {
		line := fmt.Sprintf(d.begun, p.Title, p.Version, hour(p.StartedAt)) + d.fates[p.Fate]
		if p.EndedAt != nil {
			line += fmt.Sprintf(d.after, d.minutesOf(seconds(p.EndedAt.Sub(p.StartedAt))))
		}
		line += "."
		if n := len(p.Unmet); n > 0 && p.Fate != Running {
			line += fmt.Sprintf(d.notReached, count(n, d.step, d.steps), n+reached(p))
		}
		out = append(out, line)
	}
	return out
}

// reached counts the steps that were come to at least once.
func reached(p Passage) int {
	met := map[int]bool{}
	for _, st := range p.Stays {
		met[st.Index] = true
	}
	return len(met)
}

func (d drafting) response() []string {
	out := []string{}
	for _, p := range d.Exercises {
		for _, m := range p.Mirrors {
			out = append(out, d.mirrored(p, m))
		}
	}
	for _, r := range d.Ratings {
		out = append(out, d.rating(r))
	}
	for _, b := range d.Pauses {
		line := fmt.Sprintf(d.pause, hour(b.Since))
		if b.Resumed != nil {
			line += fmt.Sprintf(d.pauseTo, hour(*b.Resumed))
		}
		// Who called it is for the counselor to add, if it belongs in a note at all.
		out = append(out, line+d.returns[b.Return]+".")
	}
	return out
}

func (d drafting) mirrored(p Passage, m Mirroring) string {
	speaker, listener := d.name(m.Speaker.Role()), d.name(m.Listener.Role())
	if m.HeardAt == nil {
		return fmt.Sprintf(d.unheard, p.Title, listener, speaker, count(len(m.Judgements), d.judgement, d.judgements))
	}
	return fmt.Sprintf(d.heard, p.Title, listener, speaker, count(len(m.Judgements), d.mirror, d.mirrors))
}

func (d drafting) rating(r Rating) string {
	measure := d.measure(r.Measure)
	line := fmt.Sprintf(d.rated, d.name(r.Who.Role()), measure, r.Value)
	if r.Low != "" && r.High != "" {
		line += fmt.Sprintf(d.ends, r.Low, r.High)
	}
	if r.Audience == exercise.ToCounselor {
		line += d.toldAlone
	}
	return line + fmt.Sprintf(d.notValidated, r.Title, hour(r.At))
}

func (d drafting) ahead() []string {
	out := []string{}
	for _, a := range d.Agreements.Concluded {
		if a.Withdrawn == nil {
			out = append(out, d.agreed(a))
		}
	}
	for _, a := range d.Agreements.Withdrawn {
		out = append(out, fmt.Sprintf(d.withdrawn, d.quote(a.Wording.Text)))
	}
	if n := d.Agreements.PutOff; n > 0 {
		out = append(out, fmt.Sprintf(d.putOff, count(n, d.time, d.times)))
	}
	fates := map[session.Dealing]int{}
	for _, p := range d.Exercises {
		for _, st := range p.Stays {
			for _, item := range st.Tray {
				fates[item.Dealt]++
			}
		}
	}
	if n := fates[session.DealPrepare] + fates[session.DealReshape]; n > 0 {
		out = append(out, fmt.Sprintf(d.questions, n))
	}
	if e := d.Early; e != nil {
		for _, p := range e.NotRun {
			out = append(out, fmt.Sprintf(d.notRun, p.Title))
		}
		for _, p := range e.Stopped {
			out = append(out, fmt.Sprintf(d.stopped, p.Title))
		}
	}
	return out
}

func (d drafting) agreed(a session.Agreement) string {
	line := fmt.Sprintf(d.signed, d.quote(a.Wording.Text))
	for _, until := range []struct{ words, date string }{
		{d.from, a.Wording.From}, {d.review, a.Wording.Review}, {d.expires, a.Wording.Expires},
	} {
		if until.date != "" {
			line += fmt.Sprintf(until.words, d.dated(until.date))
		}
	}
	return line + "."
}
