package record

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"mend/internal/private"
	"mend/internal/session"
)

// SessionDocument lays a session's record out to be read by its counselor.
func SessionDocument(e SessionExport) Document {
	w := pages(e.Language)
	d := Document{Language: e.Language, Title: w.session}
	if s := e.Summary; s != nil && s.StartedAt != nil {
		d.Title = fmt.Sprintf(w.sessionOf, w.day(*s.StartedAt))
	}
	d.add(Facts{
		{w.reference, e.Session},
		{w.madeAt, w.moment(e.MadeAt)},
	})
	e.lay(&d, w, 2)
	return d
}

// lay puts the parts of a session below headings of a level.
func (e SessionExport) lay(d *Document, w pageWords, level int) {
	if e.Summary != nil {
		layingOut{drafting{*e.Summary, w.wording, e.Language}, w}.lay(d, level)
	}
	if e.Progress != nil {
		d.add(Heading{level, w.progress})
		e.Progress.lay(d, w, level+1)
	}
	if e.Process != nil {
		d.add(Heading{level, w.process}, Paragraph{w.processApart})
		e.Process.lay(d, w, level+1)
	}
}

func (n ExportedNote) lay(d *Document, w pageWords, level int) {
	if n.Sections != nil {
		facts := Facts{{w.format, cmp.Or(w.formats[n.Format], string(n.Format))}}
		switch {
		case n.SignedAt != nil:
			facts = append(facts, Fact{w.signedBy, fmt.Sprintf(w.byAt, string(n.SignedBy), w.moment(*n.SignedAt))}, Fact{w.hash, n.Hash})
		case n.SavedAt != nil:
			facts = append(facts, Fact{w.notSigned, w.moment(*n.SavedAt)})
		}
		d.add(facts)
		for _, name := range n.Format.Sections() {
			text := strings.TrimSpace(string(n.Sections[name]))
			if text == "" {
				continue
			}
			if len(n.Format.Sections()) > 1 {
				d.add(Heading{level, w.sections[name]})
			}
			d.add(Paragraph{text})
		}
	}
	if len(n.Addenda) > 0 {
		d.add(Heading{level, w.addenda})
		for _, a := range n.Addenda {
			d.add(Quote{fmt.Sprintf(w.byAt, string(a.By), w.moment(a.At)), string(a.Text)})
		}
	}
}

// layingOut is a summary with the words of drafts and of pages.
type layingOut struct {
	drafting
	page pageWords
}

func (l layingOut) lay(d *Document, level int) {
	w := l.page
	d.list(level, w.frame, slices.Concat(l.framed(), l.terms()))
	d.list(level, w.agreements, l.agreed())
	if len(l.Exercises) > 0 {
		d.add(Heading{level, w.happened})
	}
	for _, p := range l.Exercises {
		l.passage(d, p, level+1)
	}
	if len(l.Ratings) > 0 {
		t := Table{Caption: w.notMeasures, Head: []string{w.scale, w.who, w.value, w.when, w.audience}}
		for _, r := range l.Ratings {
			t.Rows = append(t.Rows, []string{
				l.measure(r.Measure), l.name(r.Who.Role()), fmt.Sprintf("%d / 10", r.Value), hour(r.At), w.audiences[r.Audience],
			})
		}
		d.add(Heading{level, w.ratings}, t)
	}
	if len(l.Steadiness) > 0 {
		t := Table{Caption: w.steadiness, Head: []string{w.who, w.value, w.when}}
		for _, s := range l.Steadiness {
			t.Rows = append(t.Rows, []string{l.name(s.Who.Role()), fmt.Sprintf("%d / 10", s.Value), hour(s.At)})
		}
		d.add(t)
	}
	d.list(level, w.pauses, l.breaks())
	var marks, whispers []string
	for _, m := range l.Marks {
		marks = append(marks, join(hour(m.At), w.markers[m.Kind], string(m.Text)))
	}
	for _, m := range l.Whispers {
		whispers = append(whispers, join(hour(m.At), fmt.Sprintf(w.to, l.name(m.To.Role())), string(m.Text)))
	}
	d.list(level, w.marks, marks)
	d.list(level, w.whispers, whispers)
	if l.Erased > 0 {
		d.add(Paragraph{fmt.Sprintf(w.erased, l.Erased)})
	}
}

// terms are under what the session stood.
func (l layingOut) terms() []string {
	w, out := l.page, []string{}
	if l.Policy.Version > 0 {
		out = append(out, fmt.Sprintf(w.policy, w.secrets[l.Policy.Secrets], l.Policy.Version))
	}
	for _, seat := range session.Seats() {
		if c, ok := l.Consents[seat]; ok {
			out = append(out, fmt.Sprintf(w.consent, l.name(seat.Role()), c.Policy, w.moment(c.At)))
		}
	}
	if s := l.Suitability; s != nil {
		out = append(out, join(fmt.Sprintf(w.suitable, w.moment(s.At)), w.statements[s.Statement], string(s.Reason)))
	}
	return out
}

func (l layingOut) agreed() []string {
	w, out := l.page, []string{}
	for _, a := range l.Agreements.Standing {
		out = append(out, join(w.standingFact, l.termed(a)))
	}
	for _, a := range l.Agreements.Concluded {
		out = append(out, join(w.concludedFact, l.termed(a)))
	}
	for _, a := range l.Agreements.Withdrawn {
		line := join(w.withdrawnFact, l.termed(a))
		if a.Withdrawn != nil {
			line = join(line, l.name(a.Withdrawn.Role()))
		}
		out = append(out, line)
	}
	if n := l.Agreements.PutOff; n > 0 {
		out = append(out, fmt.Sprintf(l.putOff, count(n, l.time, l.times)))
	}
	return out
}

// termed is an agreement on one line, with its dates.
func (l layingOut) termed(a session.Agreement) string {
	line := l.whole(a.Wording.Text)
	for _, until := range []struct{ words, date string }{
		{l.from, a.Wording.From}, {l.review, a.Wording.Review}, {l.expires, a.Wording.Expires},
	} {
		if until.date != "" {
			line += fmt.Sprintf(until.words, l.dated(until.date))
		}
	}
	return line
}

// whole repeats words as theirs, all of them: an export is no draft.
func (w wording) whole(text private.Text) string { return fmt.Sprintf(w.quotes, flat(string(text))) }

func (l layingOut) passage(d *Document, p Passage, level int) {
	w := l.page
	d.add(Heading{level, p.Title})
	one := drafting{Summary{Exercises: []Passage{p}, People: l.People}, l.wording, l.language}
	lines := one.led()
	for _, m := range p.Mirrors {
		lines = append(lines, one.mirrored(p, m))
	}
	for _, seat := range session.Seats() {
		if s := p.Floor[seat]; s > 0 {
			lines = append(lines, fmt.Sprintf(w.floor, l.name(seat.Role()), l.minutesOf(s)))
		}
	}
	d.add(Items(lines))
	for _, s := range p.Stays {
		l.stay(d, s)
	}
}

// stay tells what was answered at a step, and by whom it could be read.
func (l layingOut) stay(d *Document, s Stay) {
	w := l.page
	if s.Asked != nil {
		for _, g := range s.Answers {
			by := join(l.name(g.Who.Role()), asked(cmp.Or(s.Title, s.Asked.Prompts[g.Who]), l.wording), w.audiences[s.Asked.Audience])
			if g.Answer == nil {
				d.add(Quote{by, w.held[g.Held]})
				continue
			}
			d.add(Quote{by, string(g.Answer.Worded(s.Asked.Options, s.Asked.Cards, s.Asked.Buckets, l.language))})
		}
	}
	if g := s.Gate; g != nil {
		d.add(Quote{join(l.name(session.Counselor), asked(g.Question, l.wording)), string(g.Worded(g.Options, nil, nil, l.language))})
	}
	for _, q := range s.Tray {
		if q.Text == "" {
			continue
		}
		by := join(l.name(q.From.Role()), w.question, w.dealings[q.Dealt])
		d.add(Quote{by, string(q.Text)})
		if q.Reshaped != "" {
			d.add(Quote{w.reshaped, string(q.Reshaped)})
		}
		if q.Reply != "" || q.How != "" {
			d.add(Quote{join(l.name(q.From.Other().Role()), w.replies[q.How]), string(q.Reply)})
		}
	}
}

// asked quotes a question as it stood on a screen, without its emphasis.
func asked(prompt string, w wording) string {
	if prompt = flat(strings.NewReplacer("**", "", "*", "").Replace(prompt)); prompt == "" {
		return ""
	}
	return fmt.Sprintf(w.quotes, prompt)
}

func (l layingOut) breaks() []string {
	w, out := l.page, []string{}
	for _, b := range l.Pauses {
		line := fmt.Sprintf(l.pause, hour(b.Since))
		if b.Resumed != nil {
			line += fmt.Sprintf(l.pauseTo, hour(*b.Resumed))
		}
		out = append(out, join(line+l.returns[b.Return], fmt.Sprintf(w.calledBy, l.name(b.By))))
	}
	return out
}

func (w wording) measure(name string) string {
	return cmp.Or(w.measures[name], strings.NewReplacer("-", " ", "_", " ").Replace(name))
}

// join puts what is not empty side by side.
func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" }), " · ")
}

// moment is a day and an hour.
func (w wording) moment(t time.Time) string { return w.day(t) + ", " + hour(t) + " UTC" }
