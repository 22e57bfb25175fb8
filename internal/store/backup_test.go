package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"mend/internal/exercise"
	"mend/internal/promise"
	"mend/internal/protocol"
	"mend/internal/seal"
	"mend/internal/session"
	"mend/internal/store"
)

// backedUp is where a backup lies.
type backedUp struct{ file, keys string }

func (h *house) backup(name string) backedUp {
	h.t.Helper()
	b := backedUp{file: filepath.Join(filepath.Dir(h.path), name)}
	b.keys = store.KeysBeside(b.file)
	must(store.Backup(h.t.Context(), h.path, b.file, b.keys))(h.t)
	return b
}

// restore brings a backup back into a folder of its own, as on another machine, and
// opens what is there then.
func (h *house) restore(file, keys string) (*house, store.Restored) {
	h.t.Helper()
	to := filepath.Join(h.t.TempDir(), "mend.db")
	done := must(store.Restore(h.t.Context(), store.Restoring{Backup: file, Keys: keys, To: to, Master: h.master}))(h.t)
	return &house{t: h.t, path: to, master: h.master, counselor: h.counselor, Store: open(h.t, to, h.master)}, done
}

// talked is a couple with something in every drawer.
func (h *house) talked() (couple, id string) {
	h.t.Helper()
	couple = h.couple()
	id = h.session(couple)
	people := session.People{Counselor: "Dr. Quiet", One: "Ana", Two: "Ben"}
	h.append(id, 1, session.Counselor, session.Opened{Facts: session.Facts{Session: id, People: people}})
	h.append(id, 2, session.One, submitted("private of one", exercise.ToCounselor))
	h.append(id, 3, session.Two, submitted("private of two", exercise.Sealed))
	h.append(id, 4, session.One, submitted("said to the room", exercise.Room))
	h.append(id, 5, session.Counselor, session.Ended{})
	for _, kind := range []protocol.NoteKind{protocol.ProgressNote, protocol.ProcessNote} {
		put := protocol.PutNote{Kind: kind, Format: protocol.Free}
		must(h.PutNote(h.t.Context(), h.counselor, id, put))(h.t)
	}
	return couple, id
}

// keysIn are all wrapped keys of a file.
func keysIn(t *testing.T, path string) keyTable {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT id, coalesce(parent, ''), wrapped FROM keys")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := keyTable{}
	for rows.Next() {
		var id string
		var k wrappedKey
		if err := rows.Scan(&id, &k.parent, &k.wrapped); err != nil {
			t.Fatal(err)
		}
		all[id] = k
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

type wrappedKey struct {
	parent  string
	wrapped []byte
}

// keyTable is a source of keys for whoever has found several files.
type keyTable map[string]wrappedKey

func (k keyTable) Wrapped(_ context.Context, id string) ([]byte, string, error) {
	row, found := k[id]
	if !found {
		return nil, "", seal.ErrGone
	}
	return row.wrapped, row.parent, nil
}

// opens counts the rows of a file whose key can be had from these keys.
func opens(t *testing.T, path string, master *seal.Master, keys keyTable, query string, args ...any) (open, gone int) {
	t.Helper()
	ring := seal.NewRing(master, keys, 100, 0)
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			t.Fatal(err)
		}
		switch _, err := ring.Key(t.Context(), key); {
		case err == nil:
			open++
		case errors.Is(err, seal.ErrGone):
			gone++
		default:
			t.Fatal(err)
		}
	}
	return open, gone
}

const keysOfCouple = `SELECT key_id FROM couples WHERE id = ?1 UNION ALL SELECT key_id FROM partners WHERE couple = ?1
	UNION ALL SELECT e.key_id FROM events e JOIN sessions s ON s.id = e.session WHERE s.couple = ?1
	UNION ALL SELECT key_id FROM sessions WHERE couple = ?1
	UNION ALL SELECT n.key_id FROM session_names n JOIN sessions s ON s.id = n.session WHERE s.couple = ?1
	UNION ALL SELECT n.key_id FROM process_notes n JOIN sessions s ON s.id = n.session WHERE s.couple = ?1
	UNION ALL SELECT n.key_id FROM progress_notes n JOIN sessions s ON s.id = n.session WHERE s.couple = ?1`

// The promise: a backup is taken, the couple is deleted, and whoever then has the
// backup, the master key and all that is left of the house can read nothing of theirs.
func TestADeletedCoupleCannotBeReadInAnOlderBackup(t *testing.T) {
	ofSQLite(t, "a backup")
	h := newHouse(t)
	gone, _ := h.talked()
	stays, kept := h.talked()
	said, words := h.session(gone), make([]string, promise.Times(50, 1000))
	for i := range words {
		words[i] = uuid.NewString()
		h.append(said, uint64(i+1), session.Seats()[i%2].Role(),
			submitted(words[i], []exercise.Audience{exercise.Room, exercise.ToCounselor, exercise.Sealed}[i%3]))
	}
	keys := h.wrapped(gone)
	old := h.backup("old.db")
	for _, file := range []string{old.file, old.keys} {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", filepath.Base(file), info.Mode(), err)
		}
	}
	if raw, _ := os.ReadFile(old.file); bytes.Contains(raw, keys[0]) || !bytes.Contains(raw, []byte(gone)) {
		t.Error("the backup holds a key, or not the couple")
	}
	// While the keys of that day lie about, they do open it: this is the window.
	if open, _ := opens(t, old.file, h.master, keysIn(t, old.keys), keysOfCouple, gone); open == 0 {
		t.Error("this test looks for keys where none are")
	}
	window, _ := h.restore(old.file, old.keys)
	read := must(window.Read(t.Context(), said, 0))(t)
	for i, r := range read {
		if string(r.Event.(session.Submitted).Answer.Text) != words[i] {
			t.Fatalf("word %d is not where this test looks for it", i)
		}
	}
	if len(read) != len(words) {
		t.Fatalf("%d words of %d", len(read), len(words))
	}
	wants(t, window.Close(), "")

	must(h.EraseCouple(t.Context(), h.counselor, gone))(t)
	all := keysIn(t, h.path)
	for id, k := range keysIn(t, old.file) {
		all[id] = k
	}
	if open, shut := opens(t, old.file, h.master, all, keysOfCouple, gone); open != 0 || shut < 10+len(words) {
		t.Errorf("%d rows of the deleted couple can be read in the backup, %d cannot", open, shut)
	}
	if open, shut := opens(t, old.file, h.master, all, keysOfCouple, stays); open < 10 || shut != 0 {
		t.Errorf("%d rows of the couple who stays can be read in the backup, %d cannot", open, shut)
	}

	// The next backup's keys take the place of the older ones: the window is shut.
	h.backup("new.db")
	raw, err := os.ReadFile(old.keys)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range keys {
		if bytes.Contains(raw, key) {
			t.Error("a destroyed key is still beside the backups")
		}
	}
	back, done := h.restore(old.file, old.keys)
	if done.Couples != 1 || done.Erased != 1 {
		t.Errorf("brought back %+v", done)
	}
	_, err = back.Couple(t.Context(), h.counselor, gone)
	wants(t, err, "not_found")
	if log := must(back.Read(t.Context(), kept, 0))(t); len(log) != 5 {
		t.Error("the other couple's log suffered")
	}
	if c := must(back.Couple(t.Context(), h.counselor, stays))(t); c.One.Name != "Ana" {
		t.Error("the other couple's names suffered")
	}
	_, err = back.Read(t.Context(), said, 0)
	wants(t, err, "not_found")
	files := 0
	for _, folder := range []string{filepath.Dir(h.path), filepath.Dir(back.path)} {
		wants(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path)
			for _, word := range words {
				if bytes.Contains(raw, []byte(word)) {
					t.Errorf("%s holds a word", filepath.Base(path))
				}
			}
			files++
			return err
		}), "")
	}
	t.Logf("of %d words of a couple that was deleted none can be read in an older backup, and none stands in %d files", len(words), files)
}

// A restore knows what was erased since, also with the keys of that day: by the file
// beside the database, which no restore replaces.
func TestWhatWasErasedStaysErasedWhenItsOwnKeysComeBack(t *testing.T) {
	ofSQLite(t, "a backup")
	h := newHouse(t)
	gone, _ := h.talked()
	halved, id := h.talked()
	old := h.backup("old.db")
	key := h.keyOfOne(halved)
	must(h.EraseCouple(t.Context(), h.counselor, gone))(t)
	must(h.ErasePartner(t.Context(), h.counselor, halved, session.SeatOne, "Ben's couple"))(t)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	r := store.Restoring{Backup: old.file, Keys: old.keys, To: h.path, Master: h.master}
	if _, err := store.Restore(t.Context(), r); !errors.Is(err, store.ErrThere) {
		t.Fatalf("a database that was there: %v", err)
	}
	r.Replace = true
	done := must(store.Restore(t.Context(), r))(t)
	if done.Erased != 2 || done.Aside == "" {
		t.Errorf("brought back %+v", done)
	}
	if info, err := os.Stat(done.Aside); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the database that was there is not kept: %v", err)
	}
	back := &house{t: t, path: h.path, master: h.master, counselor: h.counselor, Store: open(t, h.path, h.master)}
	_, err := back.Couple(t.Context(), h.counselor, gone)
	wants(t, err, "not_found")
	back.halvedAsItShouldBe(halved, id)
	if back.holds(key) {
		t.Error("the erased partner's key came back")
	}
}

// keyOfOne is the wrapped key of a couple's first partner, asked for by somebody who
// has let go of the database again.
func (h *house) keyOfOne(couple string) (wrapped []byte) {
	h.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+h.path+"?mode=ro")
	if err != nil {
		h.t.Fatal(err)
	}
	err = db.QueryRow(`SELECT wrapped FROM keys JOIN partners USING (id) WHERE couple = ? AND seat = 'one'`, couple).Scan(&wrapped)
	if err = errors.Join(err, db.Close()); err != nil {
		h.t.Fatal(err)
	}
	return wrapped
}

// halvedAsItShouldBe is a couple of whom one was erased: the other's record is whole.
func (h *house) halvedAsItShouldBe(couple, id string) {
	h.t.Helper()
	c := must(h.Couple(h.t.Context(), h.counselor, couple))(h.t)
	if c.One.Name != "" || c.Two.Name != "Ben" || c.Two.Pronouns != "he" || len(c.Erased) != 1 || c.Erased[session.SeatOne].IsZero() {
		h.t.Errorf("the couple reads as %+v", c.Erased)
	}
	log := must(h.Read(h.t.Context(), id, 0))(h.t)
	if len(log) != 5 {
		h.t.Fatalf("%d records of 5", len(log))
	}
	if p := log[0].Event.(session.Opened).Facts.People; p.One != "" || p.Two != "Ben" || p.Counselor != "Dr. Quiet" {
		h.t.Error("the log tells the wrong names")
	}
	types := []string{(session.Opened{}).Type(), (session.Erased{}).Type(), (session.Submitted{}).Type(), (session.Submitted{}).Type(), (session.Ended{}).Type()}
	for i, r := range log {
		if r.Event.Type() != types[i] {
			h.t.Errorf("seq %d reads as %s", r.Seq, r.Event.Type())
		}
	}
	for _, kind := range []protocol.NoteKind{protocol.ProgressNote, protocol.ProcessNote} {
		if n := must(h.Note(h.t.Context(), h.counselor, id, kind))(h.t); n.Version != 1 {
			h.t.Errorf("the %s note is gone", kind)
		}
	}
}

// Erasing one partner leaves the other's record whole; in an older backup, too, the
// one's words and name cannot be read, and the other's can.
func TestOneIsErasedAndTheOtherIsWholeAlsoInABackup(t *testing.T) {
	ofSQLite(t, "a backup")
	h := newHouse(t)
	couple, id := h.talked()
	planned := h.session(couple)
	old := h.backup("old.db")
	must(h.ErasePartner(t.Context(), h.counselor, couple, session.SeatOne, "Ben's couple"))(t)
	h.halvedAsItShouldBe(couple, id)
	_, err := h.ErasePartner(t.Context(), h.counselor, couple, session.SeatOne, "again")
	wants(t, err, "partner_erased")
	_, err = h.UpdateCouple(t.Context(), h.counselor, couple, store.CoupleChange{One: &protocol.Partner{Name: "Ana"}})
	wants(t, err, "partner_erased")
	_, err = h.Facts(t.Context(), h.counselor, planned)
	wants(t, err, "partner_erased")
	_, err = h.CreateSession(t.Context(), h.counselor, couple, store.NewSession{}, store.Once{})
	wants(t, err, "partner_erased")

	all := keysIn(t, h.path)
	for id, k := range keysIn(t, old.file) {
		all[id] = k
	}
	const of = `SELECT p.key_id FROM partners p WHERE p.couple = ?1 AND p.seat = ?2
		UNION ALL SELECT n.key_id FROM session_names n JOIN sessions s ON s.id = n.session WHERE s.couple = ?1 AND n.seat = ?2`
	if open, gone := opens(t, old.file, h.master, all, of, couple, "one"); open != 0 || gone != 2 {
		t.Errorf("of the name in the backup %d copies can be read, %d cannot", open, gone)
	}
	if open, gone := opens(t, old.file, h.master, all, of, couple, "two"); open != 2 || gone != 0 {
		t.Errorf("of the other's name in the backup %d copies can be read, %d cannot", open, gone)
	}
	later := h.backup("later.db")
	for _, file := range []string{old.file, later.file} {
		back, _ := h.restore(file, later.keys)
		back.halvedAsItShouldBe(couple, id)
	}
}

// A backup taken while sessions are being written to holds a beginning of each log,
// and every record that was acknowledged before it began.
func TestABackupHoldsABeginningOfEveryLog(t *testing.T) {
	ofSQLite(t, "a backup")
	h := newHouse(t)
	couple := h.couple()
	id := h.session(couple)
	const before = 40
	for seq := range uint64(before) {
		h.append(id, seq+1, session.One, submitted("word", exercise.Room))
	}
	writing, stop := make(chan error, 1), make(chan struct{})
	go func() {
		for seq := uint64(before + 1); ; seq++ {
			select {
			case <-stop:
				writing <- nil
				return
			default:
			}
			if err := h.Append(context.Background(), id, record(seq, session.One, submitted("word", exercise.Room))); err != nil {
				writing <- err
				return
			}
		}
	}()
	var files []backedUp
	for _, name := range []string{"a.db", "b.db", "c.db"} {
		files = append(files, h.backup(name))
	}
	close(stop)
	if err := <-writing; err != nil {
		t.Fatal(err)
	}
	last := before
	for _, b := range files {
		back, _ := h.restore(b.file, b.keys)
		log := must(back.Read(t.Context(), id, 0))(t)
		if len(log) < last {
			t.Errorf("%d records, %d were there before", len(log), last)
		}
		last = len(log)
		for i, r := range log {
			if r.Seq != uint64(i+1) {
				t.Fatalf("seq %d stands at %d", r.Seq, i+1)
			}
		}
	}
}

func TestABackupReplacesNothingOfAnother(t *testing.T) {
	ofSQLite(t, "a backup")
	h, other := newHouse(t), newHouse(t)
	h.talked()
	b := h.backup("a.db")
	if _, err := store.Backup(t.Context(), h.path, b.file, b.keys); !errors.Is(err, store.ErrThere) {
		t.Errorf("a backup that was there: %v", err)
	}
	into := filepath.Join(filepath.Dir(b.file), "other.db")
	if _, err := store.Backup(t.Context(), other.path, into, b.keys); err == nil || !strings.Contains(err.Error(), "another Mend") {
		t.Errorf("another house's keys: %v", err)
	}
	for _, name := range []string{into, into + ".part", b.keys + ".part", b.file + ".part"} {
		if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s was left behind: %v", filepath.Base(name), err)
		}
	}
	if _, err := store.Open(t.Context(), store.Options{Path: b.file, Master: h.master}); err == nil || !strings.Contains(err.Error(), "mend restore") {
		t.Errorf("a backup was taken for a database: %v", err)
	}
}

func TestARestoreThatCannotBeWholeIsRefused(t *testing.T) {
	ofSQLite(t, "a backup")
	h := newHouse(t)
	h.talked()
	first := h.backup("first.db")
	early := filepath.Join(t.TempDir(), "early.keys")
	if err := os.Rename(first.keys, early); err != nil {
		t.Fatal(err)
	}
	h.talked()
	second := h.backup("second.db")
	damaged := filepath.Join(t.TempDir(), "damaged.db")
	raw, err := os.ReadFile(second.file)
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw[4096 : len(raw)-4096] {
		raw[4096+i] ^= 0x55
	}
	if err := os.WriteFile(damaged, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	wrong, err := seal.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "mend.db")
	other := newHouse(t).backup("other.db")
	for name, r := range map[string]store.Restoring{
		"older keys":       {Backup: second.file, Keys: early, To: to, Master: h.master},
		"another's keys":   {Backup: second.file, Keys: other.keys, To: to, Master: h.master},
		"no keys":          {Backup: second.file, Keys: second.file, To: to, Master: h.master},
		"a live database":  {Backup: h.path, Keys: second.keys, To: to, Master: h.master},
		"damaged":          {Backup: damaged, Keys: second.keys, To: to, Master: h.master},
		"another's master": {Backup: second.file, Keys: second.keys, To: to, Master: wrong},
		"in use":           {Backup: second.file, Keys: second.keys, To: h.path, Master: h.master, Replace: true},
	} {
		if _, err := store.Restore(t.Context(), r); err == nil {
			t.Errorf("%s: restored", name)
		} else if name == "in use" && !errors.Is(err, store.ErrHeld) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(to), "*")); len(left) > 1 { // the ledger
		t.Errorf("left behind: %v", left)
	}
	// Later keys open an earlier backup.
	if _, done := h.restore(first.file, second.keys); done.Couples != 1 {
		t.Errorf("brought back %+v", done)
	}
}
