package record

import (
	"cmp"
	"fmt"
	"slices"

	"mend/internal/private"
	"mend/internal/session"
)

// CoupleDocument lays a couple's whole record out for its counselor.
func CoupleDocument(r CoupleRecord, m Manifest) Document {
	w := pages(r.Language)
	d := Document{Language: r.Language, Title: w.couple}
	d.add(Facts{{w.reference, r.Couple}, {w.madeAt, w.moment(r.MadeAt)}})
	m.lay(&d, w)
	d.add(Heading{2, w.partners}, Facts{{w.couple, string(r.Label)}})
	names := []string{}
	for _, p := range []ExportedPartner{r.One, r.Two} {
		names = append(names, join(string(p.Name), string(p.Pronouns)))
	}
	d.add(Items(names))
	var stated, agreed []string
	for _, s := range r.Suitability {
		stated = append(stated, join(w.moment(s.At), w.statements[s.Statement], string(s.Reason)))
	}
	d.list(2, w.suitability, stated)
	one := layingOut{drafting{Summary{}, w.wording, r.Language}, w}
	for _, a := range r.Agreements {
		line := join(w.day(a.SignedAt), one.termed(a))
		if a.Withdrawn != nil {
			line = fmt.Sprintf(w.withdrawn, line)
		}
		agreed = append(agreed, line)
	}
	d.list(2, w.agreements, agreed)
	for _, s := range r.Sessions {
		title := w.session
		if s.Summary != nil && s.Summary.StartedAt != nil {
			title = fmt.Sprintf(w.sessionOf, w.day(*s.Summary.StartedAt))
		}
		d.add(Heading{2, title}, Facts{{w.reference, s.Session}})
		s.lay(&d, w, 3)
	}
	if len(r.Homework) > 0 {
		d.add(Heading{2, w.between})
	}
	for _, h := range r.Homework {
		h.lay(&d, w, map[session.Seat]private.Text{session.SeatOne: r.One.Name, session.SeatTwo: r.Two.Name})
	}
	return d
}

func (h HomeworkRecord) lay(d *Document, w pageWords, names map[session.Seat]private.Text) {
	facts := Facts{{w.reference, h.Homework}, {w.setAt, w.moment(h.SetAt)}}
	if h.ReadAt != nil {
		facts = append(facts, Fact{w.readBack, w.moment(*h.ReadAt)})
	}
	d.add(Heading{3, h.Title}, facts)
	if h.Line != "" {
		d.add(Quote{w.people[session.Counselor], string(h.Line)})
	}
	for _, a := range h.Answers {
		by := cmp.Or(flat(string(names[a.Who])), w.people[a.Who.Role()])
		d.add(Quote{join(by, asked(a.Asked, w.wording), w.audiences[a.Audience]), string(a.Answer)})
	}
}

// CopyDocument lays a copy out for the partner, or the two, whom it is for.
func CopyDocument(c CoupleCopy, m Manifest) Document {
	w := pages(c.Language)
	d := Document{Language: c.Language, Title: w.copyFor[c.For]}
	d.add(Facts{{w.madeAt, w.moment(c.MadeAt)}})
	m.lay(&d, w)
	for _, s := range c.Sessions {
		s.lay(&d, w, c)
	}
	if len(c.Homework) > 0 {
		d.add(Heading{2, w.between})
	}
	for _, run := range c.Homework {
		run.lay(&d, w, c, func(seat session.Seat) string { return w.people[seat.Role()] })
	}
	return d
}

func (m Manifest) lay(d *Document, w pageWords) {
	d.list(2, w.contents, m.Holds)
	d.list(2, w.absent, m.Absent)
}

func (s CopiedSession) lay(d *Document, w pageWords, c CoupleCopy) {
	title := w.session
	if s.StartedAt != nil {
		title = fmt.Sprintf(w.sessionOf, w.day(*s.StartedAt))
	}
	d.add(Heading{2, title})
	name := func(seat session.Seat) string {
		named := map[session.Seat]private.Text{session.SeatOne: s.People.One, session.SeatTwo: s.People.Two}[seat]
		return cmp.Or(flat(string(named)), w.people[seat.Role()])
	}
	facts := Facts{}
	if s.EndedAt != nil && s.StartedAt != nil {
		facts = append(facts, Fact{w.when, hour(*s.StartedAt) + "–" + hour(*s.EndedAt) + " UTC"})
	}
	if seat, one := c.For.Seat(); one && s.Consent != nil {
		facts = append(facts, Fact{w.frame, fmt.Sprintf(w.consent, name(seat), s.Consent.Policy, w.moment(s.Consent.At))})
	}
	if len(facts) > 0 {
		d.add(facts)
	}
	var agreed []string
	for _, a := range s.Agreements {
		line := layingOut{drafting{Summary{}, w.wording, c.Language}, w}.termed(session.Agreement{Wording: a.Wording})
		if a.Withdrawn {
			line = fmt.Sprintf(w.withdrawn, line)
		}
		agreed = append(agreed, line)
	}
	d.list(3, w.agreements, agreed)
	for _, run := range s.Exercises {
		run.lay(d, w, c, name)
	}
}

func (r CopiedRun) lay(d *Document, w pageWords, c CoupleCopy, name func(session.Seat) string) {
	d.add(Heading{3, r.Title})
	shared := func(step string) bool {
		return slices.ContainsFunc(r.Shared, func(p session.RevealedPair) bool { return p.Step == step })
	}
	own := slices.DeleteFunc(slices.Clone(r.Own), func(a OwnAnswer) bool { return shared(a.Step) })
	if len(own) > 0 {
		d.add(Heading{4, w.own})
		for _, a := range own {
			d.add(Quote{
				join(asked(cmp.Or(a.Prompt, a.Title), w.wording), w.audiences[a.Audience]),
				string(a.Answer.Worded(a.Options, a.Cards, a.Buckets, c.Language)),
			})
		}
	}
	if len(r.Shared)+len(r.Questions) > 0 {
		d.add(Heading{4, w.shared})
	}
	for _, pair := range r.Shared {
		for _, seat := range session.Seats() {
			if said := side(pair, seat); said != nil {
				about := cmp.Or(pair.Prompts[seat], pair.Prompt, pair.Title)
				d.add(Quote{join(name(seat), asked(about, w.wording)), string(said.Worded(pair.Options, pair.Cards, pair.Buckets, c.Language))})
			}
		}
	}
	for _, q := range r.Questions {
		d.add(Quote{join(name(q.From), w.question), string(q.Text)})
		if q.Reshaped != "" {
			d.add(Quote{w.reshaped, string(q.Reshaped)})
		}
		if q.How != "" || q.Reply != "" {
			d.add(Quote{join(name(q.From.Other()), w.replies[q.How]), string(q.Reply)})
		}
	}
}

// Declared says of an export what it holds and what not, in general words.
func Declared(m Manifest, process bool) Manifest {
	w := pages(m.Language)
	kind := m.For
	if kind == ForTwo {
		kind = ForOne
	}
	m.Holds, m.Absent, m.Kept = slices.Clone(w.holds[kind]), slices.Clone(w.lacks[kind]), keptOf(madeOfLogs...)
	if m.For == ForPractice {
		m.Kept = keptOf(madeOfAll...)
		if process {
			m.Kept = append(m.Kept, keptOf("process_notes", "process_note_addenda")...)
			m.Holds = append(m.Holds, w.withProcess)
		} else {
			m.Absent = append(m.Absent, w.noProcess)
		}
	}
	return m
}
