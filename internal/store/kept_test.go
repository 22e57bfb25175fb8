package store_test

import (
	"database/sql"
	"slices"
	"testing"

	"mend/internal/protocol"
	recordOf "mend/internal/record"
	"mend/internal/session"
	"mend/internal/store"
	"mend/internal/store/pgtest"
)

// columns of each table, by the schema as it is.
func (h *house) columns() map[string][]string {
	h.t.Helper()
	if pgtest.Wanted() {
		return columnsOf(h.t, h.raw().DB, "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'goose_db_version'")
	}
	return columnsOf(h.t, h.raw().DB, columnsOfSQLite)
}

const columnsOfSQLite = `SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
	WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'goose_db_version'`

func columnsOf(t testing.TB, db *sql.DB, query string) map[string][]string {
	t.Helper()
	rows := must(db.Query(query))(t)
	defer rows.Close()
	of := map[string][]string{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		of[table] = append(of[table], column)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return of
}

// Nothing is stored of which nobody said who wrote it, about whom, for whom and for how
// long; and nothing is said of what is not there.
func TestOfEverythingStoredItIsSaidWhoseItIs(t *testing.T) {
	h := newHouse(t)
	tables := h.columns()
	said := map[string]recordOf.Kept{}
	for _, k := range recordOf.KeptItems() {
		if _, twice := said[k.Item]; twice {
			t.Errorf("%s is told of twice", k.Item)
		}
		said[k.Item] = k
		if _, there := tables[k.Item]; !there {
			t.Errorf("%s is told of and not stored", k.Item)
		}
		if k.Author == "" || k.Subjects == "" || k.Audience == "" || k.Retention == "" {
			t.Errorf("of %s not all is said: %+v", k.Item, k)
		}
	}
	for table := range tables {
		if _, is := said[table]; !is {
			t.Errorf("%s is stored, and nobody says whose it is: write it into items, in internal/record/kept.go", table)
		}
	}
	// What goes with somebody is under a key, or has no words.
	for table, k := range said {
		if (k.Retention == recordOf.WithPerson || k.Retention == recordOf.WithProcess) && table != "process_keys" &&
			!slices.Contains(tables[table], "key_id") {
			t.Errorf("%s goes with a person and is under nobody's key", table)
		}
	}
}

// What goes with a couple goes when they do, and what outlives them stays.
func TestWhatGoesWithACoupleGoes(t *testing.T) {
	h := newHouse(t)
	couple, ctx := h.couple(), t.Context()
	if _, err := h.AddSuitability(ctx, h.counselor, couple, protocol.NewSuitability{Statement: "seen_apart"}, store.Once{}); err != nil {
		t.Fatal(err)
	}
	id := h.over(couple)
	h.shares(id, recordOf.ForOne, "a line")
	h.askLink(h.asks(couple, id), session.SeatOne)
	h.homework(couple)
	rows := func(table string) (n int) {
		t.Helper()
		if err := h.raw().QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	filled := 0
	for _, k := range recordOf.KeptItems() {
		if with := k.Retention; (with == recordOf.WithRecord || with == recordOf.WithPerson) && rows(k.Item) > 0 {
			filled++
		}
	}
	if filled < 8 {
		t.Errorf("only %d kinds of item are there to go", filled)
	}
	deeds := rows("deeds")
	must(h.EraseCouple(ctx, h.counselor, couple))(t)
	for _, k := range recordOf.KeptItems() {
		switch k.Retention {
		case recordOf.WithRecord, recordOf.WithPerson, recordOf.WithProcess:
			if n := rows(k.Item); n != 0 {
				t.Errorf("%d rows of %s have outlived their couple", n, k.Item)
			}
		}
	}
	if rows("deeds") <= deeds || rows("erasures") == 0 {
		t.Error("what outlives a couple went with them")
	}
}
