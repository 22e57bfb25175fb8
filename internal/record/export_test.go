package record_test

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	"pgregory.net/rapid"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/promise"
	"mend/internal/record"
	"mend/internal/session"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file that is reviewed as prose; -update writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not what is written now; look at it, and run the test with -update:\n%s", path, got)
	}
}

var copied = time.Date(2026, 11, 24, 8, 30, 0, 0, time.UTC)

// lived is a session in which each wrote, chose, rated, asked and said something under
// every audience, with marks and whispers, and its log.
func lived(t *testing.T) *room {
	r, program := admitted(t,
		session.Planned{Exercise: "everything", Title: "Everything once"},
		session.Planned{Exercise: "closing", Title: "Closing"}), everything(t)
	r.must(session.One, session.SetDial{Value: 2})
	r.start(program)
	walk(r, program, "ask")
	r.must(session.Counselor, session.Whisper{To: session.SeatTwo, Text: "whisper-two"})
	r.must(session.Counselor, session.Mark{Kind: session.MarkBlame, Text: "mark-text"})
	r.must(session.Counselor, session.Deal{Step: r.step(), Question: 1, To: session.DealNow})
	r.must(session.Two, session.Reply{Step: r.step(), Question: 1, How: session.ReplyNow, Text: "reply-two"})
	r.advance()
	r.must(session.Counselor, session.AnswerGate{Step: r.step(), Text: "gate-answer"})
	r.advance()
	walk(r, program, "agree")
	r.must(session.Two, session.Pause{})
	r.wait(20 * time.Minute)
	r.must(session.Counselor, session.Resume{})
	r.advance()
	r.must(session.Counselor, session.End{})
	return r
}

func exported(t *testing.T, in exercise.Language) record.SessionExport {
	s := lived(t).summary()
	at := copied.Add(-time.Hour)
	note := record.ExportedNote{
		Format: record.DAP, Version: 4, SavedAt: &at, SignedAt: &at, SignedBy: "Maria", Hash: strings.Repeat("0a", 32),
		Sections: map[string]private.Text{
			"data": "Both came on time.\n- They spoke of *tea*.", "assessment": "=SUM(A1:A9)", "plan": "# Again next week.",
		},
		Addenda: []record.ExportedAddendum{{At: at, By: "Maria", Text: "The date was a Monday."}},
	}
	return record.SessionExport{
		Session: "0193b1c4-0000-7000-8000-000000000001", MadeAt: copied, Language: in,
		Parts: []record.Part{record.PartSummary, record.PartProgress, record.PartAddenda}, Summary: &s, Progress: &note,
	}
}

func TestASessionIsWrittenToBeRead(t *testing.T) {
	golden(t, "session.en.md", record.Markdown(record.SessionDocument(exported(t, exercise.English))))
	golden(t, "session.es.md", record.Markdown(record.SessionDocument(exported(t, exercise.Spanish))))
	page, err := record.HTML(record.SessionDocument(exported(t, exercise.English)))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "session.en.html", page)
	table, err := record.CSV(exported(t, exercise.English))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "session.en.csv", table)
}

func TestATableIsOfOneShapeAndCalculatesNothing(t *testing.T) {
	e := exported(t, exercise.English)
	for _, risky := range []string{"=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r\n=1", "＝1", "|x", "\ufeff=1"} {
		e.Progress.Sections["plan"] = private.Text(risky + "\r\n\"quoted\", and so on")
		written, err := record.CSV(e)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(strings.ReplaceAll(written, "\r\n", ""), "\r") {
			t.Errorf("%q: a line ends otherwise than by CR LF", risky)
		}
		all, err := csv.NewReader(strings.NewReader(written)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range all {
			if len(line) != len(all[0]) {
				t.Errorf("a row has %d cells and the head %d", len(line), len(all[0]))
			}
			for _, cell := range line {
				bare := strings.TrimLeft(cell, " \t\r\n\ufeff")
				if bare != "" && strings.ContainsRune("=+-@|＝", []rune(bare)[0]) {
					t.Errorf("a spreadsheet would calculate %q", cell)
				}
			}
		}
	}
}

func TestWhatWasTypedNeverBecomesMarkup(t *testing.T) {
	for _, typed := range []string{
		"# Heading", "- item", "1. item", "> quote", "[a](/b)", "![a](/b)", "<script>alert(1)</script>", "a | b", "*strong*",
		"`code`", "===", "---", "&lt;", `\`, "~~gone~~",
	} {
		d := around(typed)
		if shown := rendered(t, record.Markdown(d)); strings.Count(shown, "<") != strings.Count(rendered(t, record.Markdown(around("word"))), "<") {
			t.Errorf("%q became markup:\n%s", typed, shown)
		}
		page, err := record.HTML(d)
		if err != nil || strings.Contains(page, "<script>") {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// around puts a text wherever a document has room for one.
func around(text string) record.Document {
	return record.Document{Title: "T", Language: exercise.English, Blocks: []record.Block{
		record.Paragraph{Text: text},
		record.Quote{By: text, Text: text},
		record.Items{text},
		record.Table{Head: []string{"a"}, Rows: [][]string{{text}}},
		record.Facts{{Name: "n", Value: text}},
	}}
}

func rendered(t *testing.T, markdown string) string {
	t.Helper()
	var out strings.Builder
	reader := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	if err := reader.Convert([]byte(markdown), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// everywhere is a word for each field in which somebody's text can stand.
var everywhere = map[string][]session.Role{
	// Who may have it in a copy of their own; nobody but the counselor where empty.
	"feel-one": {session.One, session.Two},
	"tell-one": {session.One}, "tell-two": {session.Two},
	"seal-one": {session.One, session.Two}, "seal-two": {session.One, session.Two},
	"ask-one": {session.One, session.Two}, "reply-two": {session.One, session.Two},
	"agree-words": {session.One, session.Two},
	"whisper-two": {}, "mark-text": {}, "gate-answer": {},
	"passing-one": {}, "passing-two": {}, "gone-one": {}, "gone-two": {}, // not to be kept
}

func TestACopyHoldsWhatItsReaderMayHave(t *testing.T) {
	log := lived(t).log
	both, err := record.CopyForBoth(log)
	if err != nil {
		t.Fatal(err)
	}
	for _, seat := range session.Seats() {
		own, err := record.CopyFor(log, seat)
		if err != nil {
			t.Fatal(err)
		}
		forOne, forBoth := copiedTo(t, record.Reader(seat), own), copiedTo(t, record.ForBoth, both)
		for word, readers := range everywhere {
			if want := slices.Contains(readers, seat.Role()); strings.Contains(forOne, word) != want {
				t.Errorf("%q in the copy for %s: %v", word, seat, !want)
			}
			if want := len(readers) == 2; strings.Contains(forBoth, word) != want {
				t.Errorf("%q in the copy for both: %v", word, !want)
			}
		}
		if strings.Contains(forOne, "steadiness") {
			t.Errorf("the copy for %s tells how steady somebody was", seat)
		}
	}
	if sum := asJSON(t, lived(t).summary()); !strings.Contains(sum, "mark-text") || !strings.Contains(sum, "whisper-two") {
		t.Error("the words that this test looks for were never said")
	}

	// And whatever the session: of all that was answered, each copy holds what the log
	// alone says that it may, and every word of it.
	promise.Histories(t, 1000)
	programs := []exercise.Program{everything(t), echo(t)}
	held, kept := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := play(t, programs)
		one, two := mayHave(s.log, session.SeatOne), mayHave(s.log, session.SeatTwo)
		for reader, may := range map[record.Reader]map[string]bool{record.ForOne: one, record.ForTwo: two} {
			c, err := json.Marshal(copyFor(t, s.log, reader))
			if err != nil {
				t.Fatal(err)
			}
			for word := range one {
				switch in := strings.Contains(string(c), word); {
				case in != may[word]:
					t.Fatalf("the answer %q in the copy for %s: %v\n%s", word, reader, in, c)
				case in:
					held++
				default:
					kept++
				}
			}
		}
		c, err := json.Marshal(copyFor(t, s.log, record.ForBoth))
		if err != nil {
			t.Fatal(err)
		}
		for word := range one {
			if strings.Contains(string(c), word) && (!one[word] || !two[word]) {
				t.Fatalf("%q is in the copy for both, and not both may have it", word)
			}
		}
	})
	t.Logf("in random sessions copies held %d answers, and not %d others", held, kept)
	if held == 0 || kept == 0 {
		t.Error("nothing was compared")
	}
}

// What was taken back, having stood before the room, is in nobody's copy.
func TestWhatWasTakenBackIsInNoCopy(t *testing.T) {
	r := admitted(t)
	r.start(everything(t))
	r.advance()
	for _, seat := range session.Seats() {
		r.submit(seat.Role(), session.Answer{Choices: []string{"other"}, Text: private.Text("said by " + seat)})
	}
	r.must(session.One, session.TakeBack{Step: r.step()})
	copies := func() string {
		return asJSON(t, copyFor(t, r.log, record.ForOne)) + asJSON(t, copyFor(t, r.log, record.ForTwo)) + asJSON(t, copyFor(t, r.log, record.ForBoth))
	}
	if all := copies(); strings.Contains(all, "said by one") || !strings.Contains(all, "said by two") {
		t.Errorf("one took their answer back, two did not: %s", all)
	}
	r.must(session.Two, session.TakeBack{Step: r.step()})
	r.must(session.Counselor, session.End{})
	if all := copies(); strings.Contains(all, "said by") {
		t.Errorf("both took their answers back: %s", all)
	}
}

// mayHave tells of every answer whether it belongs in a partner's copy, by what was
// recorded alone: their own that stand and are not under seal, and the other's that both were shown or
// that stood before the room while they were in it; of each, what is to be kept.
func mayHave(log []session.Record, reader session.Seat) map[string]bool {
	type given struct {
		text     string
		audience exercise.Audience
	}
	var state session.State
	stands, steps := map[string]given{}, map[string]exercise.Instruction{}
	seen, shown, ended := map[string]string{}, map[string]bool{}, false
	may, mirror, judged := map[string]bool{}, "", map[string]string{}
	takenBack := func(step string, by session.Role) {
		delete(stands, step+string(by))
		if by == reader.Other().Role() {
			delete(seen, step)
		}
	}
	for _, r := range log {
		state = session.Apply(state, r)
		desk := session.ViewFor(state, session.Counselor).(session.CounselorView)
		if desk.Step != nil {
			steps[desk.Step.Key] = state.Run.Program.Steps[desk.Step.Index]
		}
		switch e := r.Event.(type) {
		case session.Submitted:
			if e.Answer.Text != "" {
				may[string(e.Answer.Text)] = false
			}
			stands[e.Step+string(r.By)] = given{string(e.Answer.Text), e.Audience}
		case session.TakenBack:
			takenBack(e.Step, r.By)
		case session.Declined:
			takenBack(e.Step, r.By)
		case session.Revealed:
			for _, p := range e.Pairs {
				shown[string(p.One.Text)], shown[string(p.Two.Text)] = true, true
			}
		case session.Ended:
			ended = true
		}
		if desk.Step == nil || desk.Phase != session.InExercise {
			continue
		}
		at := desk.Step.Key
		switch desk.Step.Kind {
		case exercise.Mirror: // nobody else reads it before it is to be judged
			mirror = at
			continue
		case exercise.Confirm:
			if _, came := judged[at]; !came {
				judged[at] = mirror
			}
			at = judged[at]
		default:
			mirror = ""
		}
		if desk.Doors[reader] != session.Inside {
			continue
		}
		if told := stands[at+string(reader.Other())]; told.text != "" && (told.audience == exercise.Room || told.audience == "") {
			seen[at] = told.text
		}
	}
	keeps := func(step exercise.Instruction) bool {
		return step.Retention != exercise.KeepNone && (step.Retention != exercise.KeepSession || !ended)
	}
	for key, step := range steps {
		if !keeps(step) {
			continue
		}
		own, other := stands[key+string(reader)], stands[key+string(reader.Other())]
		for text, has := range map[string]bool{
			seen[key]:  true,
			own.text:   own.audience != exercise.Sealed || step.Preview || shown[own.text],
			other.text: shown[other.text] || other.text == seen[key],
		} {
			if text != "" {
				may[text] = has
			}
		}
	}
	return may
}

// A copy for one does not move by a byte where only the other's private words differ.
func TestACopyDoesNotDependOnTheOthersPrivateWords(t *testing.T) {
	log := lived(t).log
	before, err := record.CopyFor(log, session.SeatTwo)
	if err != nil {
		t.Fatal(err)
	}
	other, changed := slices.Clone(log), 0
	for i, r := range other {
		if e, ok := r.Event.(session.Submitted); ok && r.By == session.One && e.Audience == exercise.ToCounselor {
			e.Answer = session.Answer{Text: "something else altogether"}
			if v := r.Event.(session.Submitted).Answer.Value; v != nil {
				e.Answer = rates(10 - *v)
			}
			other[i].Event, changed = e, changed+1
		}
		if e, ok := r.Event.(session.DialSet); ok && r.By == session.One {
			e.Value = 9
			other[i].Event = e
		}
	}
	after, err := record.CopyFor(other, session.SeatTwo)
	if err != nil {
		t.Fatal(err)
	}
	if changed == 0 || asJSON(t, before) != asJSON(t, after) {
		t.Errorf("%d answers were changed, and the other's copy with them", changed)
	}
}

func TestACopyIsWrittenToBeRead(t *testing.T) {
	log := lived(t).log
	c, err := record.CopyFor(log, session.SeatOne)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "copy.one.en.md", document(record.ForOne, c, exercise.English))
	both, err := record.CopyForBoth(log)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "copy.both.es.md", document(record.ForBoth, both, exercise.Spanish))
}

func TestACalendarSaysNothingButWhen(t *testing.T) {
	starts := time.Date(2026, 12, 1, 16, 0, 0, 0, time.FixedZone("", 3600))
	golden(t, "calendar.es.ics", record.Calendar([]record.Appointment{
		{Session: "0193b1c4-0000-7000-8000-000000000001", Starts: starts, Minutes: 50, Planned: copied},
		{Session: strings.Repeat("ñ;,", 40), Starts: starts, Minutes: 90, Planned: copied},
	}, exercise.Spanish))
	for line := range strings.SplitSeq(record.Calendar([]record.Appointment{{Session: strings.Repeat("ñ", 99)}}, "en"), "\r\n") {
		if len(line) > 75 || strings.ToValidUTF8(line, "") != line {
			t.Errorf("%q is %d octets long", line, len(line))
		}
	}
}

func document(reader record.Reader, c record.Copy, in exercise.Language) string {
	m := record.Declared(record.Manifest{For: reader, Language: in}, false)
	return record.Markdown(record.CopyDocument(record.CoupleCopy{
		For: reader, MadeAt: copied, Language: in,
		Sessions: []record.CopiedSession{{Session: "0193b1c4-0000-7000-8000-000000000001", Copy: c}},
	}, m))
}

// copiedTo is all that a copy tells, to programs and to people.
func copiedTo(t *testing.T, reader record.Reader, c record.Copy) string {
	return asJSON(t, c) + document(reader, c, exercise.English)
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
