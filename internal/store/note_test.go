package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/store"
)

func sections(text string) map[string]private.Text {
	return map[string]private.Text{"data": private.Text(text)}
}

func TestEverySaveOfANoteIsKept(t *testing.T) {
	h := newHouse(t)
	id := h.session(h.couple())
	empty := must(h.Note(t.Context(), h.counselor, id, protocol.ProgressNote))(t)
	if empty.Version != 0 || empty.Sections == nil || empty.Versions == nil || empty.Addenda == nil {
		t.Errorf("nothing saved yet: %+v", empty)
	}
	put := protocol.PutNote{Kind: protocol.ProgressNote, Format: protocol.DAP, Sections: sections("first")}
	n := must(h.PutNote(t.Context(), h.counselor, id, put))(t)
	put.Version, put.Sections = n.Version, sections("second")
	n = must(h.PutNote(t.Context(), h.counselor, id, put))(t)
	if n.Version != 2 || n.Sections["data"] != "second" || len(n.Versions) != 2 {
		t.Errorf("version %d of %d", n.Version, len(n.Versions))
	}
	if old := must(h.NoteVersion(t.Context(), h.counselor, id, protocol.ProgressNote, 1))(t); old.Sections["data"] != "first" {
		t.Error("the first version is not as it was")
	}
	_, err := h.NoteVersion(t.Context(), h.counselor, id, protocol.ProgressNote, 3)
	wants(t, err, "not_found")
	if process := must(h.Note(t.Context(), h.counselor, id, protocol.ProcessNote))(t); process.Version != 0 {
		t.Error("the progress note shows in the process notes")
	}
	_, err = h.Note(t.Context(), h.counselor, id, "other")
	wants(t, err, "note_kind")
}

func TestAStaleSaveIsToldTheCurrentNote(t *testing.T) {
	h := newHouse(t)
	id := h.session(h.couple())
	must(h.PutNote(t.Context(), h.counselor, id, protocol.PutNote{Kind: protocol.ProcessNote, Format: protocol.Free, Sections: sections("mine")}))(t)
	current, err := h.PutNote(t.Context(), h.counselor, id, protocol.PutNote{Kind: protocol.ProcessNote, Format: protocol.Free, Sections: sections("late")})
	wants(t, err, "stale_version")
	if current.Version != 1 || current.Sections["data"] != "mine" {
		t.Errorf("told version %d", current.Version)
	}
	if n := must(h.Note(t.Context(), h.counselor, id, protocol.ProcessNote))(t); n.Version != 1 {
		t.Error("the refused save was kept")
	}
}

func TestASignedNoteIsLocked(t *testing.T) {
	h := newHouse(t)
	id := h.session(h.couple())
	sign := protocol.SignNote{Kind: protocol.ProgressNote, Version: 1}
	_, err := h.SignNote(t.Context(), h.counselor, id, sign)
	wants(t, err, "note_empty")
	put := protocol.PutNote{Kind: protocol.ProgressNote, Format: protocol.DAP, Sections: sections("what was seen")}
	draft := must(h.PutNote(t.Context(), h.counselor, id, put))(t)
	_, err = h.AddAddendum(t.Context(), h.counselor, id, protocol.NewAddendum{Kind: protocol.ProgressNote, Text: "x"}, store.Once{})
	wants(t, err, "note_unsigned")
	if s := h.view(id); s.Note != protocol.NoteDraft {
		t.Errorf("the session's head says %s", s.Note)
	}
	signed := must(h.SignNote(t.Context(), h.counselor, id, sign))(t)
	if signed.SignedAt == nil || signed.SignedBy != "Dr. Quiet" || len(signed.Hash) != 64 {
		t.Errorf("signed at %v, hash of %d", signed.SignedAt, len(signed.Hash))
	}
	if hash, err := store.NoteHash(id, draft); err != nil || hash != signed.Hash {
		t.Errorf("the hash is not of the note that was signed: %v", err)
	}
	if s := h.view(id); s.Note != protocol.NoteSigned {
		t.Errorf("the session's head says %s", s.Note)
	}
	put.Version = 1
	_, err = h.PutNote(t.Context(), h.counselor, id, put)
	wants(t, err, "note_signed")
	_, err = h.SignNote(t.Context(), h.counselor, id, sign)
	wants(t, err, "note_signed")
	once := store.Once{Key: "k"}
	for range 2 {
		n := must(h.AddAddendum(t.Context(), h.counselor, id, protocol.NewAddendum{Kind: protocol.ProgressNote, Text: "added"}, once))(t)
		if len(n.Addenda) != 1 || n.Addenda[0].Text != "added" || n.Addenda[0].By != "Dr. Quiet" || n.Hash != signed.Hash {
			t.Errorf("%d addenda", len(n.Addenda))
		}
	}

	// The schema keeps the lock also against whoever forgets it above.
	for _, change := range []string{
		"UPDATE progress_notes SET signed_at = NULL",
		"UPDATE progress_note_versions SET sections = (SELECT sections FROM progress_note_versions), format = 'soap'",
		"INSERT INTO progress_note_versions SELECT 'x', key_id, note, 2, format, saved_at, sections FROM progress_note_versions",
		"UPDATE progress_note_addenda SET at = 1",
	} {
		if _, err := h.raw().Exec(change); err == nil {
			t.Errorf("%s: was taken", change)
		}
	}
}

// A note that is saved each second has a history of stretches, not of seconds; nothing
// that stood for long, or was much, is lost from it.
func TestAHistoryIsOfStretchesOfWriting(t *testing.T) {
	h := newHouse(t)
	now, id := monday, h.session(h.couple())
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(t.Context(), at(t, store.Options{Path: h.path, Master: h.master, Now: func() time.Time { return now }}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.Close() })
	version := 0
	save := func(text, window string, after time.Duration) protocol.Note {
		t.Helper()
		now = now.Add(after)
		n := must(again.PutNote(t.Context(), h.counselor, id, protocol.PutNote{
			Kind: protocol.ProgressNote, Format: protocol.DAP, Sections: sections(text), Version: version, Window: window,
		}))(t)
		version = n.Version
		return n
	}
	kept := func() (texts []string) {
		t.Helper()
		n := must(again.Note(t.Context(), h.counselor, id, protocol.ProgressNote))(t)
		for _, v := range n.Versions {
			old := must(again.NoteVersion(t.Context(), h.counselor, id, protocol.ProgressNote, v.Version))(t)
			texts = append(texts, string(old.Sections["data"]))
		}
		return texts
	}
	for _, text := range []string{"a", "a b", "a b c"} {
		if n := save(text, "w1", time.Second); string(n.Sections["data"]) != text {
			t.Errorf("saved %q and told otherwise", text)
		}
	}
	long := strings.Repeat("x", 300)
	save("a b c d", "w2", time.Second)   // another window
	save(long, "w2", time.Second)        // the same stretch
	save("short", "w2", time.Second)     // takes much away
	save("short on", "w2", time.Second)  // the same stretch
	save("later", "w2", 6*time.Minute)   // after a break
	save("by hand", "", time.Second)     // named no window: a version of its own
	save("by hand 2", "", time.Second)   // likewise
	save("the end", "w1", 2*time.Second) // still open
	want := []string{"a b c", long, "short on", "later", "by hand", "by hand 2", "the end"}
	if got := kept(); !slices.Equal(got, want) {
		t.Errorf("the history is %q", got)
	}

	// A writing without a break is cut all the same, and a signature keeps what it signs.
	for range 15 {
		save("going on", "w1", time.Minute)
	}
	if got := len(kept()); got != len(want)+1 {
		t.Errorf("%d versions after fifteen minutes", got)
	}
	signed := must(again.SignNote(t.Context(), h.counselor, id, protocol.SignNote{Kind: protocol.ProgressNote, Version: version}))(t)
	if signed.Version != version || signed.Sections["data"] != "going on" || signed.Versions[len(signed.Versions)-1].Version != version {
		t.Errorf("signed version %d of %d", signed.Version, version)
	}
	if _, err := h.raw().Exec(`INSERT INTO progress_note_drafts SELECT note, key_id, version, ?, saved_at, format, saved_at, sections
		FROM progress_note_versions WHERE version = ?`, make([]byte, 32), version); err == nil {
		t.Error("a signed note was written in")
	}
}
