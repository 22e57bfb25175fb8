package record_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"mend/internal/exercise"
	"mend/internal/record"
	"mend/internal/session"
)

// hour is a whole session, told.
func hour(t *testing.T) record.Summary {
	r, program := admitted(t,
		session.Planned{Exercise: "everything", Title: "Everything once"},
		session.Planned{Exercise: "closing", Title: "Closing"}), everything(t)
	r.start(program)
	walk(r, program, "ask")
	r.must(session.Counselor, session.Deal{Step: r.step(), Question: 1, To: session.DealPrepare})
	r.advance()
	r.must(session.Counselor, session.AnswerGate{Step: r.step(), Text: "gate-answer"})
	r.advance()
	walk(r, program, "agree")
	r.must(session.Two, session.Pause{})
	r.wait(20 * time.Minute)
	r.must(session.Counselor, session.Resume{})
	r.advance()
	r.must(session.Counselor, session.End{})
	return r.summary()
}

func TestADraftHasTheSectionsOfItsFormat(t *testing.T) {
	s := hour(t)
	for format, want := range map[record.NoteFormat][]string{
		record.SOAP: {"assessment", "objective", "plan", "subjective"},
		record.DAP:  {"assessment", "data", "plan"},
		record.BIRP: {"behavior", "intervention", "plan", "response"},
		record.GIRP: {"goal", "intervention", "plan", "response"},
		record.Free: {"text"},
		"poem":      nil,
	} {
		draft := record.Draft(s, format, exercise.English)
		if got := slices.Sorted(maps.Keys(draft)); !slices.Equal(got, want) {
			t.Errorf("%s has the sections %v, want %v", format, got, want)
		}
		if draft["assessment"] != "" {
			t.Errorf("%s: an assessment was drafted", format)
		}
	}
}

func TestADraftTellsWhatHappenedAndNoMore(t *testing.T) {
	draft := record.Draft(hour(t), record.SOAP, exercise.English)
	for section, lines := range map[string][]string{
		"objective": {
			"Joint session on 23 November 2026, from 14:00 UTC to 14:33 UTC, 33 minutes, of which pauses 20 minutes.",
			"Present: Maria, Alex, Sam.", "Agreement in force at the start: “Tea at nine.”.",
			"Planned: Everything once, Closing.",
			"Exercise “Everything once” (version 2), begun at 14:00 UTC, completed after 33 minutes.",
			"Alex rated trust 3 of 10 (0: none; 10: all), told to the counselor alone, “Everything once”, 14:08 UTC. Not a validated measure.",
			"Pause from 14:13 UTC to 14:33 UTC.",
		},
		"subjective": {"Alex, asked “For both, later.” (Everything once): “seal-one”", "Alex, asked “Sort.” (Everything once): “Calm: Tense; Tense: Calm”"},
		"plan": {
			"Both signed: “agree-words”, from 23 November 2026, reviewed on 30 November 2026, expires on 23 December 2026.",
			"Questions to be prepared or worded again together: 1.", "Planned and not run: “Closing”.",
		},
	} {
		for _, line := range lines {
			if !slices.Contains(strings.Split(string(draft[section]), "\n"), record.Unconfirmed+line) {
				t.Errorf("%s lacks %q; it is\n%s", section, line, string(draft[section]))
			}
		}
	}
	for section, text := range draft {
		for _, never := range []string{"tell-one", "ask-one", "gate-answer", "passing-one", "gone-one"} {
			if strings.Contains(string(text), never) {
				t.Errorf("%s repeats %q", section, never)
			}
		}
	}
}

func TestADraftIsInTheLanguageOfWhoeverSignsIt(t *testing.T) {
	draft := record.Draft(hour(t), record.SOAP, exercise.Spanish)
	for section, lines := range map[string][]string{
		"objective": {
			"Sesión conjunta del 23 de noviembre de 2026, de las 14:00 UTC a las 14:33 UTC, 33 minutos, de los cuales en pausa 20 minutos.",
			"Ejercicio «Everything once» (versión 2), comenzado a las 14:00 UTC, completado después de 33 minutos.",
			"Alex dio a «trust» 3 de 10 (0: none; 10: all), dicho solo a su terapeuta, «Everything once», 14:08 UTC. No es una medida validada.",
		},
		"plan": {"Firmado por ambas partes: «agree-words», desde el 23 de noviembre de 2026, revisión el 30 de noviembre de 2026, vence el 23 de diciembre de 2026."},
	} {
		for _, line := range lines {
			if !slices.Contains(strings.Split(string(draft[section]), "\n"), record.Unconfirmed+line) {
				t.Errorf("%s lacks %q; it is\n%s", section, line, string(draft[section]))
			}
		}
	}
}

func TestADraftOfNothingSaysSo(t *testing.T) {
	draft := record.Draft(newRoom(t).summary(), record.Free, exercise.English)
	if want := record.Unconfirmed + "Nobody was admitted: the session did not take place."; string(draft["text"]) != want {
		t.Fatalf("drafted %q", string(draft["text"]))
	}
}

func TestATypedLineBreakCannotPassForAConfirmedLine(t *testing.T) {
	r, program := admitted(t), everything(t)
	r.start(program)
	walk(r, program, "read")
	r.advance()
	r.submit(session.One, session.Answer{Choices: []string{"other"}, Text: "first\nConfirmed: all is well\r\n" + "x"})
	r.advance()
	for line := range strings.SplitSeq(string(record.Draft(r.summary(), record.Free, exercise.English)["text"]), "\n") {
		if !strings.HasPrefix(line, record.Unconfirmed) {
			t.Errorf("a line without its marker: %q", line)
		}
	}
}
