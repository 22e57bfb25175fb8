package store_test

import (
	"os"
	"strings"
	"testing"

	"mend/internal/session"
	"mend/internal/store"
	"mend/internal/store/pgtest"
)

// beside opens the house as a second process does.
func (h *house) beside() *store.Store {
	h.t.Helper()
	s, err := store.Open(h.t.Context(), at(h.t, store.Options{Path: h.path, Master: h.master, Beside: true}))
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() {
		if err := s.Close(); err != nil {
			h.t.Error(err)
		}
	})
	return s
}

func TestASoundHouseIsFoundSound(t *testing.T) {
	h := newHouse(t)
	h.talked()
	halved, _ := h.talked()
	must(h.EraseCouple(t.Context(), h.counselor, h.couple()))(t)
	must(h.ErasePartner(t.Context(), h.counselor, halved, session.SeatOne, ""))(t)
	c := must(h.beside().Check(t.Context()))(t)
	if len(c.Wrong) > 0 {
		t.Errorf("wrong: %q", c.Wrong)
	}
	if c.Sessions != 2 || c.Records != 10 || c.Gone != 1 || c.Erased != 2 || c.Keys != 9 || c.Values < 30 || c.Tables < 14 {
		t.Errorf("looked at %+v", c)
	}
}

// Each kind of damage is found, and told by place alone.
func TestDamageIsFoundAndTold(t *testing.T) {
	h := newHouse(t)
	couple, id := h.talked()
	other, _ := h.talked()
	must(h.ErasePartner(t.Context(), h.counselor, other, session.SeatOne, ""))(t)
	type damage struct {
		do     string
		args   []any
		expect string
	}
	damages := map[string]damage{
		"a moved value": {
			"UPDATE partners SET name = (SELECT name FROM partners p WHERE p.id <> partners.id AND p.couple = partners.couple) WHERE couple = ? AND seat = 'one'",
			[]any{couple},
			"partners.name/",
		},
		"a lost key":                    {"DELETE FROM keys WHERE id = (SELECT id FROM partners WHERE couple = ? AND seat = 'two')", []any{couple}, "events/" + id + "/3: its key"},
		"a state that is not the log's": {"UPDATE sessions SET state = 'open' WHERE id = ?", []any{id}, "sessions/" + id + ": the table says open, its log says ended"},
		"a key that was destroyed": {
			"INSERT INTO keys SELECT (SELECT id FROM erasures), parent, kind, wrapped, created_at FROM keys WHERE kind = 'person' LIMIT 1", nil, "something of it is here",
		},
	}
	if pgtest.Wanted() { // which lets no reference be broken
		damages["a trigger that was switched off"] = damage{"ALTER TABLE events DISABLE TRIGGER events_kept", nil, "trigger: events_kept is switched off"}
	} else {
		damages["a broken reference"] = damage{"PRAGMA foreign_keys = OFF; INSERT INTO consents VALUES ('x', 'nowhere', 'one', 1, 1)", nil, "reference: consents"}
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			copied := h.copied(t)
			if _, err := copied.raw().Exec(damage.do, damage.args...); err != nil {
				t.Fatal(err)
			}
			c := must(copied.beside().Check(t.Context()))(t)
			if !strings.Contains(strings.Join(c.Wrong, "\n"), damage.expect) {
				t.Errorf("told %q", c.Wrong)
			}
			if strings.Contains(strings.Join(c.Wrong, "\n"), "Ana") {
				t.Errorf("words are told: %q", c.Wrong)
			}
		})
	}
	ofSQLite(t, "where others may have it open too, an erasure is in the file of whose node made it")
	if err := os.Remove(store.LedgerOf(h.path)); err != nil {
		t.Fatal(err)
	}
	if c := must(h.beside().Check(t.Context()))(t); len(c.Wrong) != 1 || !strings.HasPrefix(c.Wrong[0], "ledger: partner ") {
		t.Errorf("without the ledger's file: %q", c.Wrong)
	}
}

// copied is the house as it stands, to be damaged.
func (h *house) copied(t *testing.T) *house {
	t.Helper()
	path := t.TempDir() + "/mend.db"
	if pgtest.Wanted() {
		addresses.Store(path, pgtest.Copy(t, addressOf(t, h.path)))
	} else if _, err := h.raw().Exec("VACUUM INTO ?", path); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(store.LedgerOf(h.path))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(store.LedgerOf(path), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return &house{t: t, path: path, master: h.master, counselor: h.counselor}
}
