package homework_test

import (
	"strings"
	"testing"

	"mend/internal/homework"
	"mend/internal/session"
)

// What an exercise says to the counselor stands where it is needed, and on no phone.
func TestANoteToTheCounselorIsTheCounselorsAlone(t *testing.T) {
	f := facts()
	f.Program.Steps[open].Counselor = "NOTE to the counselor"
	b := &table{}
	b.must(t, session.Counselor, homework.Set{Facts: f, Suitability: seen})
	if desk := homework.DeskFor(b.state); desk.Steps[open].Counselor != "NOTE to the counselor" {
		t.Errorf("the desk is told %q", desk.Steps[open].Counselor)
	}
	for _, seat := range session.Seats() {
		b.must(t, seat.Role(), homework.Consent{Policy: 3})
		if page := asJSON(homework.PageFor(b.state, seat)); !strings.Contains(page, "Asked open") || strings.Contains(page, "NOTE") {
			t.Errorf("the phone of %s is sent %s", seat, page)
		}
	}
}
