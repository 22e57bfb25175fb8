package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"mend/internal/account"
	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
	"mend/internal/store"
)

// What is not a counselor's own is not found, by whatever call, and nothing of it
// has changed afterwards.
func TestWhatIsNotYoursIsNotFound(t *testing.T) {
	h := newHouse(t)
	couple := h.couple()
	id := h.session(couple)
	ctx, text := t.Context(), private.Text("stranger's")
	calls := func(who, couple, id string) map[string]func() error {
		return map[string]func() error{
			"Couple":       func() error { _, err := h.Couple(ctx, who, couple); return err },
			"UpdateCouple": func() error { _, err := h.UpdateCouple(ctx, who, couple, store.CoupleChange{Label: &text}); return err },
			"EraseCouple":  func() error { _, err := h.EraseCouple(ctx, who, couple); return err },
			"ErasePartner": func() error { _, err := h.ErasePartner(ctx, who, couple, session.SeatOne, ""); return err },
			"AddSuitability": func() error {
				_, err := h.AddSuitability(ctx, who, couple, protocol.NewSuitability{Statement: "seen_apart"}, store.Once{})
				return err
			},
			"Agreements":       func() error { _, err := h.Agreements(ctx, who, couple, true); return err },
			"CoupleAgreements": func() error { _, err := h.CoupleAgreements(ctx, who, couple, store.Page{}); return err },
			"ReviewAgreement": func() error {
				_, err := h.ReviewAgreement(ctx, who, couple, "x", protocol.NewReview{How: "kept", On: "2026-11-30"}, store.Once{})
				return err
			},
			"Reviews":               func() error { _, err := h.Reviews(ctx, who, couple); return err },
			"Terms":                 func() error { _, err := h.Terms(ctx, who, couple, store.Page{}); return err },
			"SuitabilityStatements": func() error { _, err := h.SuitabilityStatements(ctx, who, couple); return err },
			"CreateSession": func() error {
				_, err := h.CreateSession(ctx, who, couple, store.NewSession{}, store.Once{})
				return err
			},
			"SessionsOf": func() error { _, err := h.SessionsOf(ctx, who, couple, store.Page{}); return err },
			"Session":    func() error { _, err := h.Session(ctx, who, id); return err },
			"UpdateSession": func() error {
				_, err := h.UpdateSession(ctx, who, id, store.SessionChange{Agenda: []session.Planned{}})
				return err
			},
			"Facts":       func() error { _, err := h.Facts(ctx, who, id); return err },
			"Owns":        func() error { return h.Owns(ctx, who, id) },
			"Consents":    func() error { _, err := h.Consents(ctx, who, id); return err },
			"Note":        func() error { _, err := h.Note(ctx, who, id, protocol.ProcessNote); return err },
			"NoteVersion": func() error { _, err := h.NoteVersion(ctx, who, id, protocol.ProcessNote, 1); return err },
			"PutNote": func() error {
				_, err := h.PutNote(ctx, who, id, protocol.PutNote{Kind: protocol.ProgressNote, Format: protocol.Free})
				return err
			},
			"SignNote": func() error {
				_, err := h.SignNote(ctx, who, id, protocol.SignNote{Kind: protocol.ProgressNote})
				return err
			},
			"AddAddendum": func() error {
				_, err := h.AddAddendum(ctx, who, id, protocol.NewAddendum{Kind: protocol.ProgressNote}, store.Once{})
				return err
			},
			"PutLink": func() error {
				return h.PutLink(ctx, who, account.Link{ID: "x", Session: id, Seat: session.SeatOne, CreatedAt: monday, ExpiresAt: monday, CodeEndsAt: monday})
			},
			"Exercise":       func() error { _, err := h.Exercise(ctx, who, id); return err },
			"CreateExercise": func() error { return createFor(h, who, id) },
			"UpdateExercise": func() error {
				_, err := h.UpdateExercise(ctx, who, id, 1, store.NewExercise{Scope: protocol.JustMe})
				return err
			},
			"DeleteExercise": func() error { return h.DeleteExercise(ctx, who, id) },
			"RevokeLink":     func() error { _, err := h.RevokeLink(ctx, who, id, "x"); return err },
			"Hold":           func() error { return h.Hold(ctx, who, couple, text, store.Once{}) },
			"LiftHold":       func() error { return h.LiftHold(ctx, who, couple) },
		}
	}
	taken := must(store.Statements(h.Store))(t)
	theirs, none := calls("stranger", couple, id), calls("stranger", uuid.NewString(), uuid.NewString())
	statements := 0
	for name, call := range theirs {
		t.Run(name, func(t *testing.T) {
			taken()
			wants(t, call(), "not_found")
			asked := taken()
			wants(t, none[name](), "not_found")
			// Nor does time tell: as much is asked of the database, in the same words.
			if other := taken(); !slices.Equal(asked, other) {
				t.Errorf("of what is there and not one's own it is asked\n%s\nof what is nowhere\n%s", strings.Join(asked, "\n"), strings.Join(other, "\n"))
			}
			statements += len(asked)
			work := func(call func() error) float64 { return testing.AllocsPerRun(20, func() { _ = call() }) }
			if a, b := work(call), work(none[name]); max(a, b) > 1.2*min(a, b)+10 {
				t.Errorf("what is there and not one's own takes %.0f allocations, what is nowhere %.0f", a, b)
			}
		})
	}
	if statements < len(theirs) {
		t.Errorf("only %d statements were seen", statements)
	}
	t.Logf("%d calls asked the same %d statements of what is another's and of what is nowhere", len(theirs), statements)
	for name, call := range calls(h.counselor, "nowhere", "nowhere") {
		t.Run(name+" of nothing", func(t *testing.T) { wants(t, call(), "not_found") })
	}
	if list := must(h.Couples(ctx, "stranger", store.Page{}))(t); len(list.Items) != 0 {
		t.Error("a stranger's list is not empty")
	}
	if list := must(h.Sessions(ctx, "stranger", store.Page{}))(t); len(list.Items) != 0 {
		t.Error("a stranger's list is not empty")
	}
	if c := must(h.Couple(ctx, h.counselor, couple))(t); c.Label != "Label" || c.One.Name != "Ana" || len(c.Sessions) != 1 || c.Suitability != nil {
		t.Error("something has changed")
	}
}

// createFor creates where the counselor is nobody; the house's own has nothing to miss.
func createFor(h *house, who, id string) error {
	if who == h.counselor {
		who = "nobody"
	}
	_, err := h.CreateExercise(h.t.Context(), who, store.NewExercise{Definition: exercise.Definition{ID: id}, Scope: protocol.JustMe}, store.Once{})
	return err
}

func TestListsArePagedNewestFirstAndWhole(t *testing.T) {
	h := newHouse(t)
	var made []string
	for range 7 {
		couple := h.couple()
		made = append(made, couple)
		h.session(couple)
	}
	slices.Reverse(made)
	h.append(must(h.Couple(t.Context(), h.counselor, made[0]))(t).Sessions[0].ID, 1, session.Counselor, session.Admitted{Seat: session.SeatOne})
	for limit := 1; limit <= 8; limit++ {
		var couples, sessions []string
		for p := (store.Page{Limit: limit}); ; {
			list := must(h.Couples(t.Context(), h.counselor, p))(t)
			for i, head := range list.Items {
				couples = append(couples, head.ID)
				if head.Sessions != 1 || head.One != "Ana" || head.Label != "Label" {
					t.Errorf("%+v", head)
				}
				if first := p.Cursor == "" && i == 0; first != (head.LastSessionAt != nil) {
					t.Errorf("last session: %v", head.LastSessionAt)
				}
			}
			if p.Cursor = list.NextCursor; p.Cursor == "" || len(couples) > len(made) {
				break
			}
		}
		for p := (store.Page{Limit: limit}); ; {
			list := must(h.Sessions(t.Context(), h.counselor, p))(t)
			for _, head := range list.Items {
				sessions = append(sessions, head.Couple)
				if head.Label != "Label" || head.Note != protocol.NoteNone {
					t.Errorf("%+v", head)
				}
			}
			if p.Cursor = list.NextCursor; p.Cursor == "" || len(sessions) > len(made) {
				break
			}
		}
		if !slices.Equal(couples, made) || !slices.Equal(sessions, made) {
			t.Errorf("in pages of %d: %d couples and %d sessions, or not in order", limit, len(couples), len(sessions))
		}
	}
	_, err := h.Couples(t.Context(), h.counselor, store.Page{Cursor: "nonsense"})
	wants(t, err, "bad_cursor")
}

func TestARepeatedCreateMakesOneThing(t *testing.T) {
	h := newHouse(t)
	create := func(once store.Once) (protocol.Couple, error) {
		return h.CreateCouple(context.Background(), h.counselor, protocol.NewCouple{Label: "L"}, once)
	}
	first := must(create(store.Once{Key: "a", Body: [32]byte{1}}))(t)
	if again := must(create(store.Once{Key: "a", Body: [32]byte{1}}))(t); again.ID != first.ID {
		t.Error("the same key made a second couple")
	}
	_, err := create(store.Once{Key: "a", Body: [32]byte{2}})
	wants(t, err, "idempotency_key_reused")
	if other := must(create(store.Once{Key: "b", Body: [32]byte{1}}))(t); other.ID == first.ID {
		t.Error("another key made nothing")
	}
	// The same key on another call is another create.
	if _, err := h.CreateSession(t.Context(), h.counselor, first.ID, store.NewSession{}, store.Once{Key: "a"}); err != nil {
		t.Error(err)
	}
	if list := must(h.Couples(t.Context(), h.counselor, store.Page{}))(t); len(list.Items) != 2 {
		t.Errorf("%d couples", len(list.Items))
	}
}

func TestAPlanIsChangedUntilItStarts(t *testing.T) {
	h := newHouse(t)
	id := h.session(h.couple())
	agenda, at := []session.Planned{{Exercise: "own-it", Title: "Own it"}}, monday.AddDate(0, 0, 7)
	s := must(h.UpdateSession(t.Context(), h.counselor, id, store.SessionChange{Agenda: agenda, StartsAt: &at}))(t)
	if len(s.Agenda) != 1 || s.Agenda[0].Exercise != "own-it" || s.StartsAt == nil || !s.StartsAt.Equal(at) {
		t.Errorf("%+v", s)
	}
	h.append(id, 1, session.Counselor, session.Opened{})
	_, err := h.UpdateSession(t.Context(), h.counselor, id, store.SessionChange{Agenda: agenda})
	wants(t, err, "session_open")
	later := at.AddDate(0, 0, 1)
	must(h.UpdateSession(t.Context(), h.counselor, id, store.SessionChange{StartsAt: &later}))(t)
	h.append(id, 2, session.Counselor, session.Admitted{Seat: session.SeatOne})
	_, err = h.UpdateSession(t.Context(), h.counselor, id, store.SessionChange{StartsAt: &at})
	wants(t, err, "session_started")
	if s := h.view(id); !s.StartsAt.Equal(later) || len(s.Agenda) != 1 {
		t.Errorf("%+v", s)
	}
}

func TestThePolicysVersionCountsItsChanges(t *testing.T) {
	h := newHouse(t)
	strict, name, text := session.NoSecrets, private.Text("New name"), "We hold no secrets."
	for i, step := range []struct {
		change  store.PracticeChange
		version int
	}{
		{store.PracticeChange{Name: &name}, 1},
		{store.PracticeChange{Secrets: &strict}, 2},
		{store.PracticeChange{Secrets: &strict}, 2},
		{store.PracticeChange{Text: &text}, 3},
	} {
		p := must(h.UpdatePractice(t.Context(), h.counselor, step.change))(t)
		if p.Policy.Version != step.version {
			t.Errorf("after change %d: version %d", i, p.Policy.Version)
		}
	}
	couple := h.couple()
	id := h.session(couple)
	must(h.AddSuitability(t.Context(), h.counselor, couple, protocol.NewSuitability{Statement: "seen_apart"}, store.Once{}))(t)
	must(h.AddSuitability(t.Context(), h.counselor, couple, protocol.NewSuitability{Statement: "override", Reason: "why"}, store.Once{}))(t)
	f := must(h.Facts(t.Context(), h.counselor, id))(t)
	if f.Policy.Secrets != strict || f.Policy.Text != text || f.People != (session.People{Counselor: "Dr. Quiet", One: "Ana", Two: "Ben"}) ||
		f.Suitability == nil || f.Suitability.Statement != "override" || f.Suitability.Reason != "why" || len(f.Agenda) != 1 || f.Agreements == nil {
		t.Error("the facts are not what was set")
	}
	for from, p := range map[string]protocol.Practice{
		"house": must(h.HousePractice(t.Context()))(t), "session": must(h.SessionPractice(t.Context(), id))(t),
		"me": must(h.Me(t.Context(), h.counselor))(t).Practice,
	} {
		if p.Name != name || p.Policy.Version != 3 {
			t.Errorf("the %s knows another practice: %s", from, fmt.Sprint(p.Policy.Version))
		}
	}
}
