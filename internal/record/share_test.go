package record_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mend/internal/exercise"
	"mend/internal/promise"
	"mend/internal/record"
	"mend/internal/session"
)

func copyFor(t rapid.TB, log []session.Record, reader record.Reader) record.Copy {
	t.Helper()
	seat, one := reader.Seat()
	c, err := record.CopyForBoth(log)
	if one {
		c, err = record.CopyFor(log, seat)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func ids(offer []record.Shareable) (all []string) {
	for _, item := range offer {
		all = append(all, item.ID)
	}
	return all
}

// What is offered is what the copy holds, each once; all of it together is the copy, and
// nothing chosen is nothing told.
func TestWhatMayBeSharedIsTheCopyAndNoMore(t *testing.T) {
	log := lived(t).log
	for _, reader := range []record.Reader{record.ForOne, record.ForTwo, record.ForBoth} {
		c := copyFor(t, log, reader)
		offer := record.Offer(c, reader, exercise.English)
		all := ids(offer)
		if len(all) == 0 || len(slices.Compact(slices.Sorted(slices.Values(all)))) != len(all) {
			t.Errorf("%s is offered %v", reader, all)
		}
		whole, unknown := c.Only(all)
		if unknown >= 0 {
			t.Errorf("%s: %q is offered and not there", reader, all[unknown])
		}
		none, _ := c.Only(nil)
		for word, readers := range everywhere {
			seat, one := reader.Seat()
			mayHave := len(readers) == 2 || one && slices.Contains(readers, seat.Role())
			for what, text := range map[string]string{"the offer": asJSON(t, offer), "the page": asJSON(t, whole)} {
				if strings.Contains(text, word) != mayHave {
					t.Errorf("%q in %s for %s: %v", word, what, reader, !mayHave)
				}
			}
			if strings.Contains(asJSON(t, none), word) {
				t.Errorf("%q is on a page for %s on which nothing was put", word, reader)
			}
		}
		// One thing alone brings nothing else with it.
		for i, item := range offer {
			one, _ := c.Only(all[i : i+1])
			if got := ids(record.Offer(one, reader, exercise.English)); !slices.Equal(got, all[i:i+1]) && item.Kind != record.SharesQuestion {
				t.Errorf("%s: %s alone brings %v", reader, item.ID, got)
			}
		}
		if _, unknown := c.Only([]string{all[0], "own/9.9.9"}); unknown != 1 {
			t.Errorf("%s: what is not there was found at %d", reader, unknown)
		}
	}
}

func TestCautionsFollowFromWhatAThingIs(t *testing.T) {
	log := lived(t).log
	offer := record.Offer(copyFor(t, log, record.ForOne), record.ForOne, exercise.English)
	found := map[record.Caution]string{}
	for _, item := range offer {
		for _, c := range item.Cautions {
			found[c] += asJSON(t, item.Said)
		}
		if item.Chosen != (item.Kind == record.SharesAgreement) {
			t.Errorf("%s is chosen beforehand: %v", item.ID, item.Chosen)
		}
	}
	for caution, word := range map[record.Caution]string{
		record.CautionCounselorOnly: "tell-one", record.CautionOtherWords: "seal-two", record.CautionNumber: "3 of 10",
	} {
		if !strings.Contains(found[caution], word) {
			t.Errorf("nobody is cautioned (%s) of %q: %s", caution, word, found[caution])
		}
	}
	all := ids(offer)
	if got := record.Unchecked(offer, all, nil, ""); got == "" {
		t.Error("nothing asks to be looked at again")
	}
	if got := record.Unchecked(offer, all, all, "a line"); got != record.CautionMessage {
		t.Errorf("the counselor's own line is not asked for, but %q", got)
	}
	if got := record.Unchecked(offer, all, append(all, record.CautionMessage), "a line"); got != "" {
		t.Errorf("%q is asked for although it was looked at", got)
	}
}

// In no session whatever is a partner offered what was not theirs to read.
func TestNobodyIsOfferedWhatTheOtherKeptBack(t *testing.T) {
	promise.Histories(t, 10_000)
	programs := []exercise.Program{everything(t), echo(t)}
	kept, offered := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := play(t, programs)
		by := map[string]session.Role{}
		for _, r := range s.log {
			if e, ok := r.Event.(session.Submitted); ok && e.Answer.Text != "" {
				by[string(e.Answer.Text)] = r.By
			}
		}
		for _, seat := range session.Seats() {
			reader := record.Reader(seat)
			text := ""
			for _, item := range record.Offer(copyFor(t, s.log, reader), reader, exercise.English) {
				for _, said := range item.Said {
					text += string(said.Text) + "\n"
				}
			}
			for marker, step := range s.answers {
				// Nor is the counselor, who makes the page, shown what is still under seal.
				if s.inForce[marker] == exercise.Sealed && !step.Preview && !s.shown[marker] && strings.Contains(text, marker) {
					t.Fatalf("what %s sealed is offered, and was never shown", by[marker])
				}
				private := by[marker] == seat.Other().Role() && s.inForce[marker] != exercise.Room && !s.shown[marker]
				in := strings.Contains(text, marker)
				if private && in {
					t.Fatalf("%s is offered what %s kept back", seat, seat.Other())
				}
				if private {
					kept++
				}
				if in {
					offered++
				}
			}
			for _, aside := range s.asides {
				if strings.Contains(text, aside) {
					t.Fatal("a mark or a whisper is offered")
				}
			}
		}
	})
	if kept == 0 || offered == 0 {
		t.Fatalf("%d were kept back and %d offered: nothing was compared", kept, offered)
	}
}
