package store_test

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"mend/internal/seal"
	"mend/internal/session"
	"mend/internal/store"
)

// firstTail is what the first Mend that kept a tail left of two sessions when the power was
// cut: of eight records in each, two are in the table, three more in the one half of the
// tail and three in the other. It is never made anew.
const firstTail = "testdata/crashed"

// unpacked lays it out.
func unpacked(t *testing.T) (path string, master *seal.Master) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "mend.db")
	for _, end := range []string{"", "-tail"} {
		packed := must(os.Open(filepath.Join(firstTail, "mend.db"+end+".gz")))(t)
		raw := must(io.ReadAll(must(gzip.NewReader(packed))(t)))(t)
		wants(t, errors.Join(packed.Close(), os.WriteFile(path+end, raw, 0o600)), "")
	}
	return path, must(seal.ParseMaster(string(must(os.ReadFile(filepath.Join(firstTail, "master.key")))(t))))(t)
}

// What waited in an older Mend's tail is taken up by today's, out of both halves and by
// today's schema, and so it is by whoever only looks.
func TestTheFirstTailIsTakenUpByTodays(t *testing.T) {
	ofSQLite(t, "the tail")
	path, master := unpacked(t)
	h := &house{t: t, path: path, master: master, Store: open(t, path, master)}
	beside := must(store.Open(t.Context(), store.Options{Path: path, Master: master, Beside: true}))(t)
	defer beside.Close()
	want := []string{
		"1, brought in", "2, brought in",
		"3, in the one half", "4, in the one half", "5, in the one half",
		"6, in the other half", "7, in the other half", "8, in the other half",
	}
	sessions := 0
	rows := must(h.raw().Query("SELECT id FROM sessions"))(t)
	defer rows.Close()
	for ; rows.Next(); sessions++ {
		var id string
		wants(t, rows.Scan(&id), "")
		for who, s := range map[string]*store.Store{"its own": h.Store, "from beside": beside} {
			var said []string
			for _, r := range must(s.Read(t.Context(), id, 0))(t) {
				said = append(said, string(r.Event.(session.Submitted).Answer.Text))
			}
			if !slices.Equal(said, want) {
				t.Errorf("%s: %q", who, said)
			}
		}
		if err := h.Append(t.Context(), id, record(8, session.Two, session.DialSet{Value: 1})); !errors.Is(err, session.ErrConflict) {
			t.Errorf("a place that was taken: %v", err)
		}
		h.append(id, 9, session.Two, session.DialSet{Value: 1})
	}
	wants(t, rows.Err(), "")
	wants(t, store.BringIn(h.Store), "")
	if found := must(h.Check(t.Context()))(t); len(found.Wrong) > 0 || found.Sessions != sessions || sessions != 2 {
		t.Errorf("of %d sessions: %+v", sessions, found)
	}
}
