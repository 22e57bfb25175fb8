package store_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"mend/internal/account"
	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
	"mend/internal/store"
	"mend/internal/store/pgtest"
)

// markers hands out texts that nobody could guess, and finds them again.
type markers struct {
	t    *testing.T
	made []string
}

func (m *markers) text() string {
	text := "MARKER-" + account.NewToken()[:16]
	m.made = append(m.made, text)
	return text
}

func (m *markers) private() private.Text { return private.Text(m.text()) }

// fill puts a marker into every string of a value, however deep.
func (m *markers) fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(m.text())
	case reflect.Pointer:
		if v.Type().Elem() == reflect.TypeFor[time.Time]() {
			return
		}
		v.Set(reflect.New(v.Type().Elem()))
		m.fill(v.Elem())
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(monday))
			return
		}
		for i := range v.NumField() {
			m.fill(v.Field(i))
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 || v.Type().Elem() == v.Type() || v.Type() == reflect.TypeFor[[]exercise.Step]() {
			return // a block's own steps, which a program does not have
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		m.fill(v.Index(0))
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		m.fill(key)
		m.fill(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	}
}

// Whatever people write, through whichever door it comes, its bytes are nowhere in
// the files: not in the database, not in its log, not in the shared memory.
func TestNoWordIsReadableInTheFiles(t *testing.T) {
	h := newHouse(t)
	m := &markers{t: t}
	ctx := t.Context()

	// A second house would be a second counselor; here everything the first may set.
	name, secrets, text, help, leave := m.private(), session.NoSecrets, m.text(), m.text(), m.text()
	if _, err := h.UpdatePractice(ctx, h.counselor, store.PracticeChange{Name: &name, Secrets: &secrets, Text: &text, Help: &help, Leave: &leave}); err != nil {
		t.Fatal(err)
	}
	partner := func() protocol.Partner { return protocol.Partner{Name: m.private(), Pronouns: m.private()} }
	once := func() store.Once { return store.Once{Key: m.text()} }
	couple := must(h.CreateCouple(ctx, h.counselor, protocol.NewCouple{Label: m.private(), One: partner(), Two: partner()}, once()))(t)
	label, one := m.private(), partner()
	must(h.UpdateCouple(ctx, h.counselor, couple.ID, store.CoupleChange{Label: &label, One: &one}))(t)
	must(h.AddSuitability(ctx, h.counselor, couple.ID, protocol.NewSuitability{Statement: "override", Reason: m.private()}, once()))(t)
	planned := []session.Planned{{Exercise: m.text(), Title: m.text()}}
	s := must(h.CreateSession(ctx, h.counselor, couple.ID, store.NewSession{Agenda: planned}, once()))(t)
	changed := []session.Planned{{Exercise: m.text(), Title: m.text()}}
	must(h.UpdateSession(ctx, h.counselor, s.ID, store.SessionChange{Agenda: changed}))(t)
	link := account.Link{
		ID: couple.ID, Session: s.ID, Seat: session.SeatOne, TokenHash: account.HashToken(m.text()), Code: m.text(),
		CreatedAt: monday, ExpiresAt: monday.Add(time.Hour), CodeEndsAt: monday.Add(time.Hour),
	}
	if err := h.PutLink(ctx, h.counselor, link); err != nil {
		t.Fatal(err)
	}
	for _, seat := range session.Seats() {
		if err := h.SaveDraft(ctx, s.ID, seat, m.text(), m.private()); err != nil {
			t.Fatal(err)
		}
	}
	written := func() store.NewExercise {
		e := store.NewExercise{Source: m.text(), Scope: protocol.JustMe}
		m.fill(reflect.ValueOf(&e.Definition).Elem())
		return e
	}
	own := must(h.CreateExercise(ctx, h.counselor, written(), once()))(t)
	again := written()
	again.Definition.ID = own.Definition.ID
	must(h.UpdateExercise(ctx, h.counselor, own.Definition.ID, 1, again))(t)
	if err := h.Hold(ctx, h.counselor, couple.ID, m.private(), once()); err != nil {
		t.Fatal(err)
	}
	seq := uint64(0)
	for _, by := range session.Roles() {
		for _, kind := range eventKinds {
			if by == session.Counselor && kind == reflect.TypeFor[session.Consented]() {
				continue // a consent is a partner's
			}
			seq++
			event := reflect.New(kind).Elem()
			m.fill(event)
			e := event.Interface().(session.Event)
			switch x := e.(type) {
			case session.Signed:
				x.Concluded.ID = fmt.Sprint(seq)
				e = x
			case session.Submitted:
				x.Audience = []exercise.Audience{exercise.Room, exercise.Sealed, exercise.ToCounselor}[seq%3]
				e = x
			case session.Removed:
				x.Seat = session.SeatTwo
				e = x
			}
			h.append(s.ID, seq, by, e)
		}
	}
	for _, a := range must(h.Agreements(ctx, h.counselor, couple.ID, true))(t) {
		review := protocol.NewReview{How: "kept", On: "2031-05-06", Remark: m.private()}
		must(h.ReviewAgreement(ctx, h.counselor, couple.ID, a.ID, review, once()))(t)
	}
	m.made = append(m.made, "2031-05-06")
	for _, kind := range []protocol.NoteKind{protocol.ProgressNote, protocol.ProcessNote} {
		n := must(h.PutNote(ctx, h.counselor, s.ID, protocol.PutNote{
			Kind: kind, Format: protocol.SOAP,
			Sections: map[string]private.Text{m.text(): m.private(), "plan": m.private()},
		}))(t)
		n = must(h.PutNote(ctx, h.counselor, s.ID, protocol.PutNote{
			Kind: kind, Format: protocol.DAP, Version: n.Version,
			Sections: map[string]private.Text{"data": m.private()},
		}))(t)
		n = must(h.PutNote(ctx, h.counselor, s.ID, protocol.PutNote{
			Kind: kind, Format: protocol.DAP, Version: n.Version, Window: m.text(),
			Sections: map[string]private.Text{"data": m.private()},
		}))(t)
		must(h.SignNote(ctx, h.counselor, s.ID, protocol.SignNote{Kind: kind, Version: n.Version}))(t)
		must(h.AddAddendum(ctx, h.counselor, s.ID, protocol.NewAddendum{Kind: kind, Text: m.private()}, once()))(t)
	}

	// What stands in the house since set-up, and the addresses that found it.
	m.made = append(m.made, "Dr. Quiet", "Quiet@Example.org", "quiet@example.org", "The Practice")
	m.seek(h)
	if !pgtest.Wanted() {
		if _, err := h.raw().Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
			t.Fatal(err)
		}
		m.seek(h)
	}
	t.Logf("%d texts were written", len(m.made))
}

func (m *markers) seek(h *house) {
	m.t.Helper()
	total := 0
	for file, raw := range h.onDisk() {
		total += len(raw)
		folded := bytes.ToLower(raw)
		for _, marker := range m.made {
			for _, form := range []string{marker, hex.EncodeToString([]byte(marker)), base64.StdEncoding.EncodeToString([]byte(marker)), utf16(marker)} {
				if bytes.Contains(folded, []byte(strings.ToLower(form))) {
					m.t.Errorf("%s is readable in %s", marker, file)
				}
			}
		}
	}
	if total < 100_000 {
		m.t.Errorf("only %d bytes were searched", total)
	}
}

func utf16(text string) string { return strings.Join(strings.Split(text, ""), "\x00") }

var eventKinds = []reflect.Type{
	reflect.TypeFor[session.Opened](), reflect.TypeFor[session.Invited](), reflect.TypeFor[session.AgendaSet](),
	reflect.TypeFor[session.CounselorsNamed](),
	reflect.TypeFor[session.Consented](), reflect.TypeFor[session.Admitted](), reflect.TypeFor[session.SteppedOut](),
	reflect.TypeFor[session.Removed](), reflect.TypeFor[session.Left](), reflect.TypeFor[session.ExerciseStarted](),
	reflect.TypeFor[session.ExerciseStopped](), reflect.TypeFor[session.Moved](), reflect.TypeFor[session.Heard](),
	reflect.TypeFor[session.Readied](), reflect.TypeFor[session.Submitted](), reflect.TypeFor[session.Declined](),
	reflect.TypeFor[session.TakenBack](), reflect.TypeFor[session.Revealed](), reflect.TypeFor[session.Asked](),
	reflect.TypeFor[session.Dealt](), reflect.TypeFor[session.Replied](), reflect.TypeFor[session.GateAnswered](),
	reflect.TypeFor[session.WordingEdited](), reflect.TypeFor[session.Signed](), reflect.TypeFor[session.PutOff](),
	reflect.TypeFor[session.Extended](), reflect.TypeFor[session.MirrorSet](),
	reflect.TypeFor[session.Paused](), reflect.TypeFor[session.Neutralised](), reflect.TypeFor[session.ReturnSet](),
	reflect.TypeFor[session.Resumed](), reflect.TypeFor[session.Whispered](), reflect.TypeFor[session.Marked](),
	reflect.TypeFor[session.DialSet](), reflect.TypeFor[session.Withdrawn](),
}

// Every column is either one that no words can be in, or sealed by the schema: a
// new table cannot forget it.
func TestEveryColumnIsSealedOrKnownToHoldNoWords(t *testing.T) {
	h := newHouse(t)
	wordless := map[string]bool{ // ids, closed sets, hashes
		"id": true, "key_id": true, "parent": true, "kind": true, "practice": true, "counselor": true, "couple": true, "session": true,
		"process_key": true, "seat": true, "statement": true, "state": true, "link": true, "by": true, "type": true, "command": true,
		"role": true, "invited_by": true, "used_by": true, "former": true, "next": true,
		"withdrawn_by": true, "note": true, "agreement": true, "actor": true, "action": true, "object": true, "format": true, "made": true, "language": true,
		"purpose": true, "sign_in": true, "browser": true, "system": true, "hash": true, "credential_hash": true,
		"homework": true, "read_in": true, "reader": true, "release": true, "answer": true, "ground": true,
		"writer":        true,
		"lifted_by":     true,
		"password_hash": true, "token_hash": true, "email_mark": true, "mark": true, "code_mark": true, "slug_mark": true, "scope": true, "key": true, "body": true, "wrapped": true,
	}
	query := `SELECT m.name, m.sql, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'goose_db_version'`
	check := "CHECK (typeof(%[1]s) = 'blob' AND substr(%[1]s, 1, 1) = x'01' AND length(%[1]s) >= 290)"
	if pgtest.Wanted() {
		query = `SELECT table_name, (SELECT string_agg(pg_get_constraintdef(oid), ' ') || ' STRICT' FROM pg_constraint WHERE conrelid = table_name::regclass),
			column_name, CASE WHEN data_type IN ('bigint', 'boolean') THEN 'INTEGER' WHEN data_type = 'bytea' THEN 'BLOB' ELSE data_type END
			FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'goose_db_version'`
		check = `CHECK (((substr(%[1]s, 1, 1) = '\x01'::bytea) AND (length(%[1]s) >= 290)))`
	}
	tables := must(h.raw().Query(query))(t)
	defer tables.Close()
	sealed := 0
	for tables.Next() {
		var table, ddl, column, kind string
		if err := tables.Scan(&table, &ddl, &column, &kind); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(ddl, "STRICT") {
			t.Errorf("%s is not STRICT", table)
		}
		switch {
		case kind == "INTEGER" || wordless[column]:
		case kind == "BLOB" && strings.Contains(ddl, fmt.Sprintf(check, column)):
			sealed++
		default:
			t.Errorf("%s.%s (%s) may hold words in clear", table, column, kind)
		}
	}
	if sealed < 20 {
		t.Errorf("only %d sealed columns were found", sealed)
	}
}

// place is where a sealed value stands.
type place struct{ table, column, where string }

func sealedPlaces(h *house, couple, id string) []place {
	return []place{
		{"couples", "label", "id = '" + couple + "'"},
		{"partners", "name", "couple = '" + couple + "' AND seat = 'one'"},
		{"partners", "pronouns", "couple = '" + couple + "' AND seat = 'one'"},
		{"partners", "name", "couple = '" + couple + "' AND seat = 'two'"},
		{"sessions", "agenda", "id = '" + id + "'"},
		{"practices", "name", "true"},
		{"practices", "help", "true"},
		{"counselors", "name", "true"},
	}
}

// A ciphertext put into another row or column, or bent, or cut, does not open: the
// reading fails rather than showing somebody else's words.
func TestMovedOrBentCiphertextDoesNotOpen(t *testing.T) {
	h := newHouse(t)
	couple := h.couple()
	id := h.session(couple)
	readAll := func() error {
		if _, err := h.Couple(t.Context(), h.counselor, couple); err != nil {
			return err
		}
		if _, err := h.Session(t.Context(), h.counselor, id); err != nil {
			return err
		}
		_, err := h.Me(t.Context(), h.counselor)
		return err
	}
	db := h.raw()
	get := func(p place) (b []byte) {
		if err := db.QueryRow("SELECT " + p.column + " FROM " + p.table + " WHERE " + p.where).Scan(&b); err != nil {
			t.Fatal(err)
		}
		return b
	}
	put := func(p place, b []byte) {
		if _, err := db.Exec("UPDATE "+p.table+" SET "+p.column+" = ? WHERE "+p.where, b); err != nil {
			t.Fatal(err)
		}
	}
	all := sealedPlaces(h, couple, id)
	for _, to := range all {
		own := get(to)
		for _, from := range all {
			if from == to {
				continue
			}
			put(to, get(from))
			if err := readAll(); err == nil {
				t.Errorf("%s.%s opened in %s.%s", from.table, from.column, to.table, to.column)
			}
		}
		for bit := 0; bit < len(own)*8; bit += 37 {
			bent := bytes.Clone(own)
			bent[bit/8] ^= 1 << (bit % 8)
			if bent[0] != 1 {
				continue // the schema refuses that one
			}
			put(to, bent)
			if err := readAll(); err == nil {
				t.Errorf("%s.%s opened with bit %d turned", to.table, to.column, bit)
			}
		}
		put(to, own)
		if err := readAll(); err != nil {
			t.Fatalf("put back: %v", err)
		}
	}
}

// Nothing of a record can be changed in its row and still be read: not the words,
// not who, not when, not what. And the schema refuses to try.
func TestARecordIsOneWhole(t *testing.T) {
	h := newHouse(t)
	couple, db := h.couple(), h.raw()
	run := func(query string, args ...any) {
		t.Helper()
		if _, err := db.Exec(query, args...); err != nil {
			t.Fatal(err)
		}
	}
	var trigger string
	query := "SELECT sql FROM sqlite_master WHERE name = 'events_kept'"
	if pgtest.Wanted() {
		query = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'events_kept'"
	}
	if err := db.QueryRow(query).Scan(&trigger); err != nil {
		t.Fatal(err)
	}
	for _, change := range []string{
		"by = 'two'", "at = at + 1", "type = 'asked.v1'", "command = 'another'", "seq = 3",
		"payload = (SELECT payload FROM events AS other WHERE other.session = events.session AND seq = 1)",
	} {
		id := h.session(couple)
		h.append(id, 1, session.One, submitted("first", exercise.Room))
		h.append(id, 2, session.One, submitted("second", exercise.Room))
		wants(t, store.BringIn(h.Store), "")
		update := "UPDATE events SET " + change + " WHERE session = ? AND seq = 2"
		if _, err := db.Exec(update, id); err == nil || !strings.Contains(err.Error(), "never changed") {
			t.Errorf("%s: the schema said %v", change, err)
		}
		if _, err := db.Exec("DELETE FROM events WHERE session = ?", id); err == nil || !strings.Contains(err.Error(), "never cut") {
			t.Errorf("deleting: the schema said %v", err)
		}
		run(dropping("events_kept", "events"))
		run(update, id)
		run(trigger)
		if _, err := h.Read(t.Context(), id, 0); err == nil {
			t.Errorf("%s: read as if nothing had happened", change)
		}
	}
}
