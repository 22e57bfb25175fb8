package store_test

import (
	"fmt"
	"testing"

	"mend/internal/protocol"
	"mend/internal/session"
	"mend/internal/store"
)

// agreed lets a session of a couple sign agreements, and answers with their ids.
func (h *house) agreed(couple string, wordings ...session.Wording) (ids []string) {
	h.t.Helper()
	id := h.session(couple)
	for i, w := range wordings {
		a := session.Agreement{ID: fmt.Sprintf("%s.1.%d.1", id, i), Wording: w, SignedAt: monday}
		h.append(id, uint64(i)+1, session.Two, session.Signed{Step: fmt.Sprintf("1.%d.1", i), Concluded: &a})
		ids = append(ids, a.ID)
	}
	return ids
}

func TestHowAnAgreementWentIsKeptBesideIt(t *testing.T) {
	h := newHouse(t)
	ctx, couple := t.Context(), h.couple()
	id := h.agreed(couple, session.Wording{Text: "Tea on Wednesday"})[0]
	deeds := must(h.VerifyDeeds(ctx))(t)
	partly := protocol.NewReview{How: "partly", On: "2026-11-30", Remark: "Twice of three."}
	once := store.Once{Key: "tap", Body: [32]byte{1}}
	must(h.ReviewAgreement(ctx, h.counselor, couple, id, partly, once))(t)
	must(h.ReviewAgreement(ctx, h.counselor, couple, id, partly, once))(t) // sent again
	kept := protocol.NewReview{How: "kept", On: "2026-12-07"}
	must(h.ReviewAgreement(ctx, h.counselor, couple, id, kept, store.Once{}))(t)
	before := protocol.NewReview{How: "not_kept", On: "2026-11-24"} // written down later than it was looked at
	got := must(h.ReviewAgreement(ctx, h.counselor, couple, id, before, store.Once{}))(t)

	if len(got.Reviews) != 3 || got.Reviews[0].How != "kept" || got.Reviews[1].Remark != "Twice of three." || got.Reviews[2].On != "2026-11-24" {
		t.Errorf("the latest day first: %+v", got.Reviews)
	}
	if now := must(h.VerifyDeeds(ctx))(t); now != deeds+3 {
		t.Errorf("%d deeds were written down", now-deeds)
	}
	if _, err := h.raw().Exec("UPDATE agreement_reviews SET at = 0"); err == nil {
		t.Error("a review was changed")
	}

	_, err := h.ReviewAgreement(ctx, h.counselor, couple, id, protocol.NewReview{How: "kept", On: "2026-11-01"}, store.Once{})
	wants(t, err, "review_too_early")
	_, err = h.ReviewAgreement(ctx, h.counselor, h.couple(), id, kept, store.Once{})
	wants(t, err, "not_found")

	must(h.EraseCouple(ctx, h.counselor, couple))(t)
	var left int
	if err := h.raw().QueryRow("SELECT (SELECT COUNT(*) FROM agreement_reviews) + (SELECT COUNT(*) FROM creates)").Scan(&left); err != nil || left != 0 {
		t.Errorf("%d rows outlive the couple, %v", left, err)
	}
}

func TestAllThatWasEverAgreedIsListedInPagesWithHowItStands(t *testing.T) {
	h := newHouse(t)
	ctx, couple := t.Context(), h.couple()
	wordings := []session.Wording{{Text: "0"}, {Text: "1", Expires: "2026-11-22"}, {Text: "2", Expires: "2026-11-23"}, {Text: "3"}, {Text: "4"}}
	ids := h.agreed(couple, wordings...)
	later := h.session(couple)
	h.append(later, 1, session.One, session.Withdrawn{Agreement: ids[3]})

	standing := map[string]protocol.Standing{}
	for page := (store.Page{Limit: 2}); ; {
		list := must(h.CoupleAgreements(ctx, h.counselor, couple, page))(t)
		for _, a := range list.Items {
			if _, twice := standing[a.ID]; twice {
				t.Errorf("%s is listed twice", a.ID)
			}
			standing[a.ID] = a.Standing
			if a.Reviews == nil || a.Session == "" || (a.WithdrawnAt != nil) != (a.Standing == protocol.TakenOff) {
				t.Errorf("told by halves: %+v", a)
			}
		}
		if page.Cursor = list.NextCursor; page.Cursor == "" {
			break
		}
	}
	for i, want := range []protocol.Standing{protocol.InForce, protocol.Expired, protocol.InForce, protocol.TakenOff, protocol.InForce} {
		if standing[ids[i]] != want {
			t.Errorf("agreement %d is %q, wanted %q", i, standing[ids[i]], want)
		}
	}
	for _, cursor := range []string{"***", "bm90aGluZw"} {
		_, err := h.CoupleAgreements(ctx, h.counselor, couple, store.Page{Cursor: cursor})
		wants(t, err, "bad_cursor")
	}
}

func TestTermsTellWhoAcceptedWhatWhenAndInWhichLanguage(t *testing.T) {
	h := newHouse(t)
	ctx, couple := t.Context(), h.couple()
	h.session(couple) // planned and never opened: under no terms yet
	id := h.session(couple)
	facts := must(h.Facts(ctx, h.counselor, id))(t)
	h.append(id, 1, session.Counselor, session.Opened{Facts: facts})
	h.append(id, 2, session.Two, session.Consented{Policy: 1, Language: "es"})
	h.append(id, 3, session.One, session.Consented{Policy: 1})
	secrets := session.NoSecrets
	must(h.UpdatePractice(ctx, h.counselor, store.PracticeChange{Secrets: &secrets}))(t)

	list := must(h.Terms(ctx, h.counselor, couple, store.Page{}))(t)
	if len(list.Items) != 1 || list.Items[0].Session != id || list.Items[0].Policy != facts.Policy {
		t.Fatalf("the policy as it was then: %+v", list)
	}
	c := list.Items[0].Consents
	if len(c) != 2 || c[0].Who != session.SeatTwo || c[0].Language != "es" || c[0].Policy != 1 || c[0].At.IsZero() || c[1].Who != session.SeatOne {
		t.Errorf("consents: %+v", c)
	}
}
