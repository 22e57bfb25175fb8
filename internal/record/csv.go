package record

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/session"
)

// csvHead names the columns. Each row is one thing that somebody said, chose, rated,
// agreed or noted, with the question that it answers beside it.
var csvHead = []string{
	"part", "session", "at", "exercise", "version", "step", "kind", "question", "author", "audience", "revealed_at", "value", "text",
}

// CSV writes a session as RFC 4180 has it, in UTF-8 without a byte order mark, lines
// ended by CR LF. A cell that a spreadsheet would take for a formula begins with an
// apostrophe, which is how spreadsheets themselves write "this is text".
func CSV(e SessionExport) (string, error) {
	t := rows{export: e}
	if e.Summary != nil {
		t.summary(*e.Summary)
	}
	if e.Progress != nil {
		t.note(string(PartProgress), *e.Progress)
	}
	if e.Process != nil {
		t.note(string(PartProcess), *e.Process)
	}
	var out strings.Builder
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	if err := w.Write(csvHead); err != nil {
		return "", err
	}
	for _, row := range t.all {
		for i := range row {
			row[i] = defused(row[i])
		}
		if err := w.Write(row); err != nil {
			return "", err
		}
	}
	w.Flush()
	return out.String(), w.Error()
}

// defused keeps a spreadsheet from calculating with what somebody typed.
func defused(cell string) string {
	bare := strings.TrimLeft(cell, " \t\r\n\u00a0\ufeff")
	first, _ := utf8.DecodeRuneInString(bare)
	formula := bare != "" && strings.ContainsRune("=+-@|\uff1d\uff0b\uff0d\uff20", first)
	// Some programs drop a leading tab or line break, and then see what follows.
	if formula || strings.HasPrefix(cell, "\t") || strings.HasPrefix(cell, "\r") || strings.HasPrefix(cell, "\n") {
		return "'" + cell
	}
	return cell
}

// row is one line by the names of its columns.
type row struct {
	part, exercise, step, kind, question, author, value string
	version                                             int
	at, revealed                                        *time.Time
	audience                                            exercise.Audience
	text                                                private.Text
}

type rows struct {
	export SessionExport
	all    [][]string
}

func (t *rows) add(r row) {
	version := ""
	if r.version > 0 {
		version = strconv.Itoa(r.version)
	}
	t.all = append(t.all, []string{
		r.part, t.export.Session, stamp(r.at), r.exercise, version, r.step, r.kind, flat(r.question), r.author,
		string(r.audience), stamp(r.revealed), r.value, string(r.text),
	})
}

func stamp(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func (t *rows) summary(s Summary) {
	d := drafting{s, in(t.export.Language), t.export.Language}
	for _, p := range s.Exercises {
		t.add(row{
			part: "exercise", at: &p.StartedAt, exercise: p.Exercise, version: p.Version,
			kind: string(p.Fate), value: stamp(p.EndedAt), text: private.Text(p.Title),
		})
		for _, stay := range p.Stays {
			t.stay(d, p, stay)
		}
	}
	t.agreements("concluded", s.Agreements.Concluded)
	t.agreements("standing", s.Agreements.Standing)
	for _, x := range s.Steadiness {
		t.add(row{part: "steadiness", at: &x.At, author: d.name(x.Who.Role()), value: strconv.Itoa(x.Value), audience: exercise.ToCounselor})
	}
	for _, m := range s.Marks {
		t.add(row{part: "mark", at: &m.At, step: m.Step, kind: string(m.Kind), author: d.name(session.Counselor), text: m.Text})
	}
	for _, m := range s.Whispers {
		t.add(row{part: "whisper", at: &m.At, step: m.Step, kind: string(m.To), author: d.name(session.Counselor), text: m.Text})
	}
}

func (t *rows) agreements(kind string, list []session.Agreement) {
	for _, a := range list {
		r := row{part: "agreement", at: &a.SignedAt, kind: kind, author: "both", value: a.Wording.Expires, text: a.Wording.Text}
		if a.Withdrawn != nil {
			r.kind = "withdrawn"
		}
		t.add(r)
	}
}

func (t *rows) stay(d drafting, p Passage, s Stay) {
	base := row{part: "answer", exercise: p.Exercise, version: p.Version, step: s.Step, kind: string(s.Kind), revealed: revealedAt(p, s)}
	if s.Asked != nil {
		for _, g := range s.Answers {
			r := base
			r.at, r.author, r.audience = g.At, d.name(g.Who.Role()), s.Asked.Audience
			r.question = s.Asked.Prompts[g.Who]
			switch {
			case g.Answer == nil:
				r.value = string(g.Held)
			case g.Answer.Value != nil:
				r.value = strconv.Itoa(*g.Answer.Value)
			default:
				r.text = g.Answer.Worded(s.Asked.Options, s.Asked.Cards, s.Asked.Buckets, t.export.Language)
			}
			t.add(r)
		}
	}
	if g := s.Gate; g != nil {
		r := base
		r.question, r.author = g.Question, d.name(session.Counselor)
		r.text = g.Worded(g.Options, nil, nil, t.export.Language)
		t.add(r)
	}
	for _, q := range s.Tray {
		r := base
		r.part, r.author, r.value, r.text = "question", d.name(q.From.Role()), string(q.Dealt), q.Text
		t.add(r)
		if q.Reply != "" || q.How != "" {
			r.part, r.author, r.value, r.text = "reply", d.name(q.From.Other().Role()), string(q.How), q.Reply
			t.add(r)
		}
	}
}

// revealedAt is when both were shown the answers of a step, if they were.
func revealedAt(p Passage, of Stay) *time.Time {
	shared := slices.ContainsFunc(p.Shared, func(pair session.RevealedPair) bool { return pair.Step == of.Step })
	if !shared || of.Asked == nil || of.Asked.Audience != exercise.Sealed {
		return nil
	}
	for _, s := range p.Stays {
		if s.Shown != nil && !s.From.Before(of.From) {
			return s.Shown
		}
	}
	return nil
}

func (t *rows) note(part string, n ExportedNote) {
	for _, name := range n.Format.Sections() {
		if text := n.Sections[name]; text != "" {
			t.add(row{part: part, at: n.SavedAt, kind: string(n.Format), question: name, author: string(n.SignedBy), value: signedMark(n), text: text})
		}
	}
	for _, a := range n.Addenda {
		t.add(row{part: fmt.Sprintf("%s addendum", part), at: &a.At, author: string(a.By), text: a.Text})
	}
}

func signedMark(n ExportedNote) string {
	if n.SignedAt != nil {
		return "signed " + stamp(n.SignedAt)
	}
	return "draft"
}
