package store_test

import (
	"fmt"
	"slices"
	"testing"

	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/store"
)

func (h *house) named(label, one, two private.Text) string {
	h.t.Helper()
	return must(h.CreateCouple(h.t.Context(), h.counselor, protocol.NewCouple{
		Label: label, One: protocol.Partner{Name: one}, Two: protocol.Partner{Name: two},
	}, store.Once{}))(h.t).ID
}

func TestACoupleIsFoundByAnyOfItsWordsHoweverTheyAreWritten(t *testing.T) {
	h := newHouse(t)
	lake := h.named("Seeuferstraße", "Søren", "Zoë")
	hill := h.named("Ángel y Íñigo", "Ángel", "Íñigo")
	for words, want := range map[private.Text][]string{
		"angel":         {hill},
		"INIGO áng":     {hill},
		"strasse soren": {lake},
		"zoe":           {lake},
		"zoe angel":     nil,
		"%":             nil,
		" ":             {hill, lake}, // nothing narrows; newest first
	} {
		var got []string
		for _, c := range must(h.SearchCouples(t.Context(), h.counselor, words, store.Page{}))(t).Items {
			got = append(got, c.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, wanted %v", words, got, want)
		}
	}
	if list := must(h.SearchCouples(t.Context(), "stranger", "zoe", store.Page{}))(t); len(list.Items) != 0 {
		t.Error("a stranger finds a couple that is not theirs")
	}
}

// Beyond what is opened at a time, and over the edges of its pages, nothing is left
// out and nothing told twice.
func TestASearchGoesThroughAllOfThemInPages(t *testing.T) {
	h := newHouse(t)
	var want []string
	for i := range 230 {
		label := private.Text("Others")
		if i%7 == 0 {
			label = private.Text(fmt.Sprintf("Wanted %d", i))
		}
		if id := h.named(label, "A", "B"); i%7 == 0 {
			want = append(want, id)
		}
	}
	slices.Reverse(want)
	var got []string
	for page := (store.Page{Limit: 5}); ; {
		list := must(h.SearchCouples(t.Context(), h.counselor, "wanted", page))(t)
		if len(list.Items) > 5 {
			t.Fatalf("a page of %d", len(list.Items))
		}
		for _, c := range list.Items {
			got = append(got, c.ID)
		}
		if page.Cursor = list.NextCursor; page.Cursor == "" {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("found %d of %d", len(got), len(want))
	}
	_, err := h.SearchCouples(t.Context(), h.counselor, "wanted", store.Page{Cursor: "nonsense"})
	wants(t, err, "bad_cursor")
}
