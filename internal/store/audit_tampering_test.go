package store_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"

	"mend/internal/promise"
	"mend/internal/store"
)

// deed is a row of the audit as whoever holds the file sees it.
type deed struct {
	id, practice          string
	seq, at               int64
	actor, action, object string
	mark                  []byte
}

func (d deed) equal(o deed) bool {
	return d.id == o.id && d.practice == o.practice && d.seq == o.seq && d.at == o.at &&
		d.actor == o.actor && d.action == o.action && d.object == o.object && bytes.Equal(d.mark, o.mark)
}

func (h *house) deeds(db raw) (all []deed) {
	h.t.Helper()
	rows, err := db.Query("SELECT id, practice, seq, at, actor, action, object, mark FROM deeds ORDER BY practice, seq")
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var d deed
		if err := rows.Scan(&d.id, &d.practice, &d.seq, &d.at, &d.actor, &d.action, &d.object, &d.mark); err != nil {
			h.t.Fatal(err)
		}
		all = append(all, d)
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	return all
}

// rewrite puts other rows in the place of all that was written down.
func (h *house) rewrite(db raw, all []deed) {
	h.t.Helper()
	tx, err := db.BeginTx(h.t.Context(), nil)
	if err != nil {
		h.t.Fatal(err)
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to take back
	if _, err := tx.ExecContext(h.t.Context(), "DELETE FROM deeds"); err != nil {
		h.t.Fatal(err)
	}
	for _, d := range all {
		if _, err := tx.ExecContext(h.t.Context(),
			numbered("INSERT INTO deeds (id, practice, seq, at, actor, action, object, mark) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
			d.id, d.practice, d.seq, d.at, d.actor, d.action, d.object, d.mark); err != nil {
			h.t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		h.t.Fatal(err)
	}
}

// tampering is something that is done to rows in one way, at a place that chance picks.
type tampering func(dice *rand.Rand, all []deed) []deed

var tamperings = map[string]tampering{
	"edited": func(dice *rand.Rand, all []deed) []deed {
		d, other := &all[dice.IntN(len(all))], all[dice.IntN(len(all))]
		switch dice.IntN(9) {
		case 0:
			d.id = uuid.NewString()
		case 1:
			d.practice, d.seq = other.practice, 1000+d.seq
		case 2:
			d.seq += 1000
		case 3:
			d.at += int64(dice.IntN(2_000_001)) - 1_000_000
		case 4:
			d.actor = store.Operator
		case 5:
			d.action = other.action
		case 6:
			d.object = other.object
		case 7:
			d.mark[dice.IntN(len(d.mark))] ^= 1 << dice.IntN(8)
		case 8:
			copy(d.mark, other.mark)
		}
		return all
	},
	"dropped": func(dice *rand.Rand, all []deed) []deed {
		from := dice.IntN(len(all))
		return slices.Delete(all, from, from+1+dice.IntN(min(3, len(all)-from)))
	},
	"dropped, and closed up": func(dice *rand.Rand, all []deed) []deed {
		at := dice.IntN(len(all))
		gone := all[at]
		all = slices.Delete(all, at, at+1)
		for i := range all {
			if all[i].practice == gone.practice && all[i].seq > gone.seq {
				all[i].seq--
			}
		}
		return all
	},
	"swapped": func(dice *rand.Rand, all []deed) []deed {
		a, b := &all[dice.IntN(len(all))], &all[dice.IntN(len(all))]
		switch dice.IntN(3) {
		case 0: // their places
			a.practice, a.seq, b.practice, b.seq = b.practice, b.seq, a.practice, a.seq
		case 1: // their marks
			a.mark, b.mark = b.mark, a.mark
		case 2: // what was done
			a.actor, a.action, a.object, b.actor, b.action, b.object = b.actor, b.action, b.object, a.actor, a.action, a.object
		}
		return all
	},
	"inserted": func(dice *rand.Rand, all []deed) []deed {
		anew := all[dice.IntN(len(all))]
		anew.id, anew.mark = uuid.NewString(), slices.Clone(anew.mark) // said once more, with its own mark
		if dice.IntN(2) == 0 {
			anew.seq = 1
			for _, d := range all {
				if d.practice == anew.practice {
					anew.seq = max(anew.seq, d.seq+1) // at the end
				}
			}
		}
		for i := range all {
			if all[i].practice == anew.practice && all[i].seq >= anew.seq {
				all[i].seq++
			}
		}
		return append(all, anew)
	},
	"cut off": func(dice *rand.Rand, all []deed) []deed {
		last := all[dice.IntN(len(all))]
		return slices.DeleteFunc(all, func(d deed) bool { return d.practice == last.practice && d.seq >= last.seq })
	},
}

// everyTamperingIsTold writes to the audit of two practices, in every way and at any place.
// The chain tells, or the heads that were kept elsewhere do; and once all is as it was,
// neither does.
func everyTamperingIsTold(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	second := h.elsewhere()
	for range 6 {
		must(h.EraseCouple(ctx, h.counselor, h.couple()))(t)
		wants(t, h.NoteFailedSignIn(ctx, second), "")
	}
	db := h.raw()
	db.SetMaxOpenConns(1)
	for _, statement := range []string{dropping("deeds_stay", "deeds"), unhurried()} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	heads, whole := must(h.AuditHeads(ctx))(t), h.deeds(db)
	if len(heads) != 2 || len(whole) < 15 {
		t.Fatalf("%d heads, %d deeds", len(heads), len(whole))
	}
	told := func() (byChain, byHead bool) {
		_, err := h.VerifyDeeds(context.WithoutCancel(ctx))
		for _, head := range heads {
			byHead = byHead || !must(h.AuditHolds(ctx, head))(t)
		}
		return err != nil, byHead
	}
	names, seed := []string{"edited", "dropped", "dropped, and closed up", "swapped", "inserted", "cut off"}, rand.Uint64()
	dice := rand.New(rand.NewPCG(seed, 25)) //nolint:gosec // chance, not secrecy
	chain, head, ways := 0, 0, map[string]int{}
	for tried := 0; tried < promise.Times(200, 10_000); {
		name := names[dice.IntN(len(names))]
		rows := slices.Clone(whole)
		for i := range rows {
			rows[i].mark = slices.Clone(rows[i].mark)
		}
		rows = tamperings[name](dice, rows)
		if slices.EqualFunc(rows, whole, deed.equal) {
			continue // two of the same were swapped
		}
		tried++
		ways[name]++
		h.rewrite(db, rows)
		byChain, byHead := told()
		switch {
		case byChain:
			chain++
		case byHead:
			head++
		default:
			t.Fatalf("%s, seed %d: nothing was noticed\n%+v", name, seed, rows)
		}
	}
	h.rewrite(db, whole)
	if byChain, byHead := told(); byChain || byHead {
		t.Error("all is as it was written, and something is told")
	}
	t.Logf("%v: the chain told of %d, heads kept elsewhere of %d that the chain did not", ways, chain, head)
	if chain == 0 || head == 0 || len(ways) != len(names) {
		t.Error("not every way was tried")
	}
}
