package record

import (
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
// ratings, what both were shown, agreements. It takes no tone from anyone's words
// and draws no conclusion; marks and whispers, and what was told to the counselor
// alone in words, stay out of it. Every line begins with Unconfirmed. A format that
// is not known gives no sections.
func Draft(s Summary, format NoteFormat) map[string]private.Text {
	lines := map[part][]string{
		frame: framed(s), goals: aimed(s), voiced: voices(s), done: led(s), responded: response(s), next: ahead(s),
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

// flat keeps a line one line, whatever was typed.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// quote repeats words as theirs, cut where they run long.
func quote(text private.Text) string {
	r := []rune(flat(string(text)))
	if len(r) > quoted {
		return "“" + string(r[:quoted]) + "…”"
	}
	return "“" + string(r) + "”"
}

func day(t time.Time) string     { return t.UTC().Format("2 January 2006") }
func hour(t time.Time) string    { return t.UTC().Format("15:04") }
func minutes(seconds int) string { return count((seconds+30)/60, "minute") }

// count says how many of something, "1 minute", "2 minutes".
func count(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// name is how a draft calls somebody.
func (s Summary) name(r session.Role) string {
	names := map[session.Role]private.Text{
		session.Counselor: s.People.Counselor, session.One: s.People.One, session.Two: s.People.Two,
	}
	if n := flat(string(names[r])); n != "" {
		return n
	}
	return map[session.Role]string{
		session.Counselor: "The counselor", session.One: "Partner one", session.Two: "Partner two",
	}[r]
}

func framed(s Summary) []string {
	if s.StartedAt == nil {
		return []string{"Nobody was admitted: the session did not take place."}
	}
	out := []string{}
	when := fmt.Sprintf("Joint session on %s, from %s UTC", day(*s.StartedAt), hour(*s.StartedAt))
	if s.EndedAt != nil {
		when += fmt.Sprintf(" to %s UTC, %s", hour(*s.EndedAt), minutes(s.Seconds))
	} else {
		when += ", not ended yet"
	}
	if s.PausedSeconds > 0 {
		when += ", of which pauses " + minutes(s.PausedSeconds)
	}
	out = append(out, when+".")
	present := []string{s.name(session.Counselor)}
	for _, seat := range session.Seats() {
		if _, ok := s.Consents[seat]; ok {
			present = append(present, s.name(seat.Role()))
		}
	}
	out = append(out, "Present: "+strings.Join(present, ", ")+".")
	for _, a := range s.Absences {
		out = append(out, absent(s, a))
	}
	if e := s.Early; e != nil && e.Exercise != "" {
		out = append(out, fmt.Sprintf("The session ended during “%s”, at step %d of %d.", e.Exercise, e.Index+1, e.Of))
	}
	return out
}

func absent(s Summary, a Absence) string {
	who := s.name(a.Who.Role())
	what := map[session.SeatState]string{
		session.Outside: "was asked to wait outside", session.Gone: "left", session.RemovedOut: "was removed",
	}[a.How]
	if what == "" {
		what = "was not in the room"
	}
	line := fmt.Sprintf("%s %s at %s UTC", who, what, hour(a.From))
	if a.Until != nil {
		return line + fmt.Sprintf(" and was back at %s UTC.", hour(*a.Until))
	}
	return line + " and did not come back."
}

func aimed(s Summary) []string {
	out := []string{}
	for _, a := range s.Agreements.Standing {
		out = append(out, "Agreement in force at the start: "+quote(a.Wording.Text)+".")
	}
	titles := []string{}
	for _, o := range s.Agenda {
		titles = append(titles, o.Title)
	}
	if len(titles) > 0 {
		out = append(out, "Planned: "+strings.Join(titles, ", ")+".")
	}
	return out
}

// voices quotes what both partners were shown, and nothing else.
func voices(s Summary) []string {
	out := []string{}
	for _, p := range s.Exercises {
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
				words := quote(said.Worded(pair.Options, pair.Cards, pair.Buckets))
				out = append(out, fmt.Sprintf("%s, asked “%s” (%s): %s", s.name(seat.Role()), flat(about), p.Title, words))
			}
		}
	}
	return out
}

func led(s Summary) []string {
	out := []string{}
	for _, p := range s.Exercises {
		line := fmt.Sprintf("Exercise “%s” (version %d), begun at %s UTC, ", p.Title, p.Version, hour(p.StartedAt))
		length := ""
		if p.EndedAt != nil {
			length = " after " + minutes(seconds(p.EndedAt.Sub(p.StartedAt)))
		}
		line += map[Fate]string{
			Done: "completed", Stopped: "stopped by the counselor", CutOff: "cut short by the session's end", Running: "still running",
		}[p.Fate] + length + "."
		if n := len(p.Unmet); n > 0 && p.Fate != Running {
			line += fmt.Sprintf(" Not reached: %s of %d.", count(n, "step"), n+reached(p))
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

func response(s Summary) []string {
	out := []string{}
	for _, p := range s.Exercises {
		for _, m := range p.Mirrors {
			out = append(out, mirrored(s, p, m))
		}
	}
	for _, r := range s.Ratings {
		out = append(out, rated(s, r))
	}
	for _, b := range s.Pauses {
		line := fmt.Sprintf("Pause from %s UTC", hour(b.Since))
		if b.Resumed != nil {
			line += fmt.Sprintf(" to %s UTC", hour(*b.Resumed))
		}
		// Who called it is for the counselor to add, if it belongs in a note at all.
		out = append(out, line+map[Return]string{
			ReturnKept: "; the return was kept", ReturnEarly: "; back before the time set", ReturnLate: "; back after the time set",
			NotReturned: "; the session ended out of it",
		}[b.Return]+".")
	}
	return out
}

func mirrored(s Summary, p Passage, m Mirroring) string {
	speaker, listener := s.name(m.Speaker.Role()), s.name(m.Listener.Role())
	if m.HeardAt == nil {
		return fmt.Sprintf("“%s”: %s listened to %s; after %s it went on without a “yes”.",
			p.Title, listener, speaker, count(len(m.Judgements), "judgement"))
	}
	return fmt.Sprintf("“%s”: %s gave back what %s said; %s said “yes” after %s.",
		p.Title, listener, speaker, speaker, count(len(m.Judgements), "mirror"))
}

func rated(s Summary, r Rating) string {
	measure := strings.ReplaceAll(r.Measure, "_", " ")
	line := fmt.Sprintf("%s rated %s %d of 10", s.name(r.Who.Role()), measure, r.Value)
	if r.Low != "" && r.High != "" {
		line += fmt.Sprintf(" (0: %s; 10: %s)", r.Low, r.High)
	}
	if r.Audience == exercise.ToCounselor {
		line += ", told to the counselor alone"
	}
	return line + fmt.Sprintf(", “%s”, %s UTC. Not a validated measure.", r.Title, hour(r.At))
}

func ahead(s Summary) []string {
	out := []string{}
	for _, a := range s.Agreements.Concluded {
		if a.Withdrawn == nil {
			out = append(out, agreed(a))
		}
	}
	for _, a := range s.Agreements.Withdrawn {
		out = append(out, "Withdrawn agreement: "+quote(a.Wording.Text)+".")
	}
	if n := s.Agreements.PutOff; n > 0 {
		out = append(out, "“Not today” was said to an agreement "+count(n, "time")+".")
	}
	fates := map[session.Dealing]int{}
	for _, p := range s.Exercises {
		for _, st := range p.Stays {
			for _, item := range st.Tray {
				fates[item.Dealt]++
			}
		}
	}
	if n := fates[session.DealPrepare] + fates[session.DealReshape]; n > 0 {
		out = append(out, "Questions to be prepared or worded again together: "+fmt.Sprint(n)+".")
	}
	if e := s.Early; e != nil {
		for _, p := range e.NotRun {
			out = append(out, fmt.Sprintf("Planned and not run: “%s”.", p.Title))
		}
		for _, p := range e.Stopped {
			out = append(out, fmt.Sprintf("Begun and stopped: “%s”.", p.Title))
		}
	}
	return out
}

func agreed(a session.Agreement) string {
	line := "Both signed: " + quote(a.Wording.Text)
	for _, d := range []struct{ word, date string }{
		{"from", a.Wording.From}, {"reviewed on", a.Wording.Review}, {"expires on", a.Wording.Expires},
	} {
		if d.date != "" {
			line += ", " + d.word + " " + d.date
		}
	}
	return line + "."
}
