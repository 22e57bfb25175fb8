package store_test

import (
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/pressly/goose/v3"

	"mend/internal/account"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
	"mend/internal/store"
)

// invited is an open invitation by its token.
func (h *house) invited() string {
	h.t.Helper()
	token := account.NewToken()
	err := h.PutInvitation(h.t.Context(), h.counselor, account.ColleagueLink{
		ID: uuid.Must(uuid.NewV7()).String(), TokenHash: account.HashToken(token), Label: "A colleague",
		CreatedAt: monday, ExpiresAt: monday.Add(account.InvitationLasts),
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return token
}

func (h *house) joins(token, email string, at time.Time) (string, error) {
	in, err := h.JoinPractice(h.t.Context(), account.HashToken(token),
		account.NewColleague{Name: "Dr. Loud", Email: email, PasswordHash: "$argon2id$v=19$y"},
		account.SignIn{
			ID: uuid.Must(uuid.NewV7()).String(), Hash: account.HashToken(account.NewToken()), Kind: account.CounselorKind,
			CreatedAt: at, SeenAt: at, ExpiresAt: at.Add(account.CounselorMost),
		})
	return in.Counselor, err
}

// joined is another counselor of the practice.
func (h *house) joined() string {
	h.t.Helper()
	id, err := h.joins(h.invited(), account.NewToken()+"@example.org", monday)
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// led is a couple of a counselor's with a session, each word of it a marker's.
func (h *house) led(by string, m *markers) (couple, id string) {
	h.t.Helper()
	ctx := h.t.Context()
	c := must(h.CreateCouple(ctx, by, protocol.NewCouple{
		Label: m.private(), One: protocol.Partner{Name: m.private()}, Two: protocol.Partner{Name: m.private()},
	}, store.Once{}))(h.t)
	s := must(h.CreateSession(ctx, by, c.ID, store.NewSession{Agenda: []session.Planned{{Exercise: "x", Title: m.text()}}}, store.Once{}))(h.t)
	for _, kind := range []protocol.NoteKind{protocol.ProgressNote, protocol.ProcessNote} {
		h.writes(by, s.ID, kind, m.private())
	}
	return c.ID, s.ID
}

func (h *house) writes(by, id string, kind protocol.NoteKind, text private.Text) {
	h.t.Helper()
	must(h.PutNote(h.t.Context(), by, id, protocol.PutNote{
		Kind: kind, Format: protocol.Free, Sections: map[string]private.Text{"text": text},
	}))(h.t)
}

func (h *house) reads(by, id string, kind protocol.NoteKind) private.Text {
	h.t.Helper()
	return must(h.Note(h.t.Context(), by, id, kind))(h.t).Sections["text"]
}

// An owner knows that couples exist, and no word of them.
func TestAnOwnerSeesThatCouplesExistAndNoWord(t *testing.T) {
	h := newHouse(t)
	m := &markers{t: t}
	ctx, other := t.Context(), h.joined()
	couple, id := h.led(other, m)
	people := must(h.Counselors(ctx, h.counselor, store.Page{}))(t)
	couples := must(h.CouplesOf(ctx, h.counselor, other, store.Page{}))(t)
	deeds := must(h.Deeds(ctx, h.counselor, store.DeedFilter{}, store.Page{}))(t)
	if len(people.Items) != 2 || people.Items[0].Couples != 1 || people.Items[0].Sessions != 1 || people.Items[1].Couples != 0 {
		t.Errorf("the people: %+v", people.Items)
	}
	if len(couples.Items) != 1 || couples.Items[0].ID != couple || couples.Items[0].Sessions != 1 || len(deeds.Items) == 0 {
		t.Errorf("the couples: %+v", couples.Items)
	}
	seen := string(must(json.Marshal([]any{people, couples, deeds}))(t))
	for _, word := range m.made {
		if strings.Contains(seen, word) {
			t.Errorf("an owner is shown %s", word)
		}
	}
	_, err := h.Couple(ctx, h.counselor, couple)
	wants(t, err, "not_found")
	wants(t, h.Owns(ctx, h.counselor, id), "not_found")
	_, err = h.Note(ctx, h.counselor, id, protocol.ProcessNote)
	wants(t, err, "not_found")

	// And to a counselor none of an owner's lists is there.
	for _, call := range []func() error{
		func() error { _, err := h.Counselors(ctx, other, store.Page{}); return err },
		func() error { _, err := h.CouplesOf(ctx, other, h.counselor, store.Page{}); return err },
		func() error { _, err := h.Invitations(ctx, other, store.Page{}); return err },
		func() error { _, err := h.Deeds(ctx, other, store.DeedFilter{}, store.Page{}); return err },
		func() error { _, err := h.UpdatePractice(ctx, other, store.PracticeChange{}); return err },
		func() error {
			role := protocol.Owner
			_, err := h.ChangeCounselor(ctx, other, other, protocol.PatchCounselor{Role: &role})
			return err
		},
	} {
		wants(t, call(), "not_found")
	}
}

// Whoever takes a couple over has all of it but the former counselor's own thoughts,
// and whoever gave it away has those and nothing else.
func TestAHandOverMovesAllButTheProcessNotes(t *testing.T) {
	h := newHouse(t)
	m := &markers{t: t}
	ctx, next := t.Context(), h.joined()
	couple, id := h.led(h.counselor, m)
	label := must(h.Couple(ctx, h.counselor, couple))(t).Label
	progress, process := h.reads(h.counselor, id, protocol.ProgressNote), h.reads(h.counselor, id, protocol.ProcessNote)

	_, err := h.HandOver(ctx, next, couple, protocol.HandOver{To: next, Reason: "mine"})
	wants(t, err, "not_found") // not theirs to take
	for _, to := range []string{h.counselor, "nobody"} {
		_, err = h.HandOver(ctx, h.counselor, couple, protocol.HandOver{To: to})
		wants(t, err, "no_such_colleague")
	}
	h.append(id, 1, session.Counselor, session.Opened{})
	h.append(id, 2, session.Counselor, session.Admitted{Seat: session.SeatOne})
	_, err = h.HandOver(ctx, h.counselor, couple, protocol.HandOver{To: next})
	wants(t, err, "hand_over_live")
	h.append(id, 3, session.Counselor, session.Ended{})
	must(h.HandOver(ctx, h.counselor, couple, protocol.HandOver{To: next}))(t)

	_, err = h.Couple(ctx, h.counselor, couple)
	wants(t, err, "not_found")
	wants(t, h.Owns(ctx, h.counselor, id), "not_found")
	_, err = h.Note(ctx, h.counselor, id, protocol.ProgressNote)
	wants(t, err, "not_found")
	if h.reads(h.counselor, id, protocol.ProcessNote) != process {
		t.Error("the former counselor's own thoughts are gone")
	}
	_, err = h.PutNote(ctx, h.counselor, id, protocol.PutNote{Kind: protocol.ProcessNote, Format: protocol.Free, Version: 1})
	wants(t, err, "not_found")
	if given := must(h.Given(ctx, h.counselor))(t).Items; len(given) != 1 || len(given[0].Notes) != 1 || given[0].Notes[0].Session != id {
		t.Errorf("what was handed over: %+v", given)
	}

	c := must(h.Couple(ctx, next, couple))(t)
	if c.Label != label || c.TakenOver == nil || c.TakenOver.From != "Dr. Quiet" || len(c.Sessions) != 1 {
		t.Errorf("the couple taken over: %+v", c)
	}
	if h.reads(next, id, protocol.ProgressNote) != progress || h.reads(next, id, protocol.ProcessNote) != "" {
		t.Error("the new counselor has the wrong notes")
	}
	h.writes(next, id, protocol.ProcessNote, m.private())
	if h.reads(h.counselor, id, protocol.ProcessNote) != process {
		t.Error("the two counselors' thoughts are one")
	}

	// An owner acts in an active counselor's place only with a reason.
	_, err = h.HandOver(ctx, h.counselor, couple, protocol.HandOver{To: h.counselor})
	wants(t, err, "hand_over_reason")
	must(h.HandOver(ctx, h.counselor, couple, protocol.HandOver{To: h.counselor, Reason: m.private()}))(t)
	if h.reads(h.counselor, id, protocol.ProcessNote) != process || len(must(h.Given(ctx, h.counselor))(t).Items) != 0 {
		t.Error("a couple given back is not as it was")
	}

	// Every key goes with the couple, whoever's notes it sealed.
	keys := func() (n int) {
		if err := h.raw().QueryRowContext(ctx, "SELECT count(*) FROM keys").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := keys()
	must(h.EraseCouple(ctx, h.counselor, couple))(t)
	if gone := before - keys(); gone != 5 { // the couple's, two persons', two counselors'
		t.Errorf("%d keys were destroyed", gone)
	}
}

// Once a counselor is deactivated they are out at once, an owner hands their couples
// over without having to say why, and nothing of theirs is gone.
func TestADeactivatedCounselorIsOut(t *testing.T) {
	h := newHouse(t)
	m := &markers{t: t}
	ctx, email := t.Context(), "loud@example.org"
	other := must(h.joins(h.invited(), email, monday))(t)
	couple, id := h.led(other, m)
	token := account.NewToken()
	in := account.SignIn{ID: "in", Hash: account.HashToken(token), Kind: account.CounselorKind, Counselor: other, CreatedAt: monday, SeenAt: monday, ExpiresAt: monday.Add(time.Hour)}
	if err := h.PutSignIn(ctx, in); err != nil {
		t.Fatal(err)
	}
	no, yes, plain := false, true, protocol.PlainCounselor
	_, err := h.ChangeCounselor(ctx, h.counselor, h.counselor, protocol.PatchCounselor{Active: &no})
	wants(t, err, "not_yourself")
	_, err = h.ChangeCounselor(ctx, h.counselor, h.counselor, protocol.PatchCounselor{Role: &plain})
	wants(t, err, "last_owner")
	must(h.ChangeCounselor(ctx, h.counselor, other, protocol.PatchCounselor{Active: &no}))(t)
	_, err = h.SignIn(ctx, in.Hash, monday)
	wants(t, err, "not_found")
	_, err = h.AccountByEmail(ctx, email)
	wants(t, err, "not_found")
	in.ID, in.Hash = "again", account.HashToken("again")
	wants(t, h.PutSignIn(ctx, in), "not_found")
	_, err = h.HandOver(ctx, h.counselor, couple, protocol.HandOver{To: other})
	wants(t, err, "no_such_colleague")
	must(h.HandOver(ctx, h.counselor, couple, protocol.HandOver{To: h.counselor}))(t)

	must(h.ChangeCounselor(ctx, h.counselor, other, protocol.PatchCounselor{Active: &yes}))(t)
	if _, err = h.AccountByEmail(ctx, email); err != nil || h.reads(other, id, protocol.ProcessNote) == "" {
		t.Errorf("who is active again has lost something: %v", err)
	}
}

// An invitation brings in one person, within its time, for as long as it stands.
func TestAnInvitationWorksOnce(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	used := h.invited()
	other := must(h.joins(used, "loud@example.org", monday))(t)
	if me := must(h.Me(ctx, other))(t); me.Role != protocol.PlainCounselor || me.Practice.Name != "The Practice" {
		t.Errorf("who joined: %+v", me)
	}
	_, err := h.joins(h.invited(), "LOUD@example.org", monday)
	wants(t, err, "email_taken")
	revoked := h.invited()
	for _, i := range must(h.Invitations(ctx, h.counselor, store.Page{}))(t).Items {
		if i.State == "open" {
			if err := h.RevokeInvitation(ctx, h.counselor, i.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	late := h.invited()
	for name, try := range map[string]struct {
		token string
		at    time.Time
	}{
		"used": {used, monday}, "revoked": {revoked, monday}, "expired": {late, monday.Add(account.InvitationLasts)}, "never": {"x", monday},
	} {
		_, err := h.joins(try.token, name+"@example.org", try.at)
		wants(t, err, "not_found")
		_, err = h.Invited(ctx, account.HashToken(try.token), try.at)
		wants(t, err, "not_found")
	}
	// Who no longer decides who belongs here has not decided it.
	owner := protocol.Owner
	plain := protocol.PlainCounselor
	must(h.ChangeCounselor(ctx, h.counselor, other, protocol.PatchCounselor{Role: &owner}))(t)
	must(h.ChangeCounselor(ctx, other, h.counselor, protocol.PatchCounselor{Role: &plain}))(t)
	_, err = h.joins(late, "late@example.org", monday)
	wants(t, err, "not_found")
}

// A co-therapist has one session as its counselor has, and nothing beside it.
func TestACoTherapistHasOneSession(t *testing.T) {
	h := newHouse(t)
	m := &markers{t: t}
	ctx, other, third := t.Context(), h.joined(), h.joined()
	couple, id := h.led(h.counselor, m)
	next := h.session(couple)
	wants(t, h.AddCoTherapist(ctx, other, id, other), "not_found")
	wants(t, h.AddCoTherapist(ctx, h.counselor, id, h.counselor), "no_such_colleague")
	for range 2 { // twice is as good as once
		wants(t, h.AddCoTherapist(ctx, h.counselor, id, other), "")
	}
	wants(t, h.AddCoTherapist(ctx, other, id, third), "not_found") // who shares adds nobody

	s := must(h.Session(ctx, other, id))(t)
	if !s.CoTherapist || s.People.Counselor != "Dr. Quiet & Dr. Loud" || len(s.Colleagues) != 1 {
		t.Errorf("the shared session: %+v", s)
	}
	if list := must(h.Sessions(ctx, other, store.Page{}))(t); len(list.Items) != 1 || list.Items[0].ID != id {
		t.Errorf("the list: %+v", list.Items)
	}
	if must(h.Facts(ctx, other, id))(t).People.Counselor != "Dr. Quiet & Dr. Loud" {
		t.Error("the partners would not be told who reads")
	}
	if h.reads(other, id, protocol.ProgressNote) != h.reads(h.counselor, id, protocol.ProgressNote) || h.reads(other, id, protocol.ProcessNote) != "" {
		t.Error("the notes are the wrong ones")
	}
	h.writes(other, id, protocol.ProcessNote, m.private())
	if h.reads(other, id, protocol.ProcessNote) == h.reads(h.counselor, id, protocol.ProcessNote) {
		t.Error("both have one process note")
	}
	_, err := h.Couple(ctx, other, couple)
	wants(t, err, "not_found")
	wants(t, h.Owns(ctx, other, next), "not_found")

	h.append(id, 1, session.Counselor, session.Opened{})
	h.append(id, 2, session.Counselor, session.Admitted{Seat: session.SeatOne})
	wants(t, h.AddCoTherapist(ctx, h.counselor, id, third), "session_begun")
	wants(t, h.RemoveCoTherapist(ctx, third, id, other), "not_found")
	wants(t, h.RemoveCoTherapist(ctx, h.counselor, id, other), "")
	wants(t, h.Owns(ctx, other, id), "not_found")
	_, err = h.Note(ctx, other, id, protocol.ProgressNote)
	wants(t, err, "not_found")
}

// What was written before there could be two counselors stays, as its counselor's.
func TestProcessNotesOfOldStayTheirCounselors(t *testing.T) {
	ofSQLite(t, "its migrations, which PostgreSQL's begin after")
	db := must(sql.Open("sqlite3", "file:"+filepath.Join(t.TempDir(), "old.db")+"?_foreign_keys=1"))(t)
	defer db.Close()
	db.SetMaxOpenConns(1)
	steps := must(goose.NewProvider(goose.DialectSQLite3, db, os.DirFS("migrations/sqlite"), goose.WithDisableGlobalRegistry(true)))(t)
	if _, err := steps.UpTo(t.Context(), 6); err != nil {
		t.Fatal(err)
	}
	sealed := "x'01" + strings.Repeat("00", 320) + "'"
	for _, statement := range []string{
		"INSERT INTO practices VALUES ('p', 'p', 1, SEALED, SEALED, SEALED, SEALED)",
		"INSERT INTO counselors (id, key_id, practice, email_mark, password_hash, created_at, name, email) VALUES ('c', 'p', 'p', randomblob(32), '$argon2id$', 1, SEALED, SEALED)",
		"INSERT INTO counselors (id, key_id, practice, email_mark, password_hash, created_at, name, email) VALUES ('d', 'p', 'p', randomblob(32), '$argon2id$', 2, SEALED, SEALED)",
		"INSERT INTO couples VALUES ('k', 'k', 'd', 'key', 1, SEALED)",
		"INSERT INTO sessions (id, key_id, couple, counselor, state, created_at, agenda) VALUES ('s', 'k', 'k', 'd', 'ended', 1, SEALED)",
		"INSERT INTO process_notes VALUES ('n', 'key', 's', 2, NULL, SEALED)",
		"INSERT INTO process_note_versions VALUES ('v1', 'key', 'n', 1, 'free', 1, SEALED), ('v2', 'key', 'n', 2, 'free', 2, SEALED)",
		"UPDATE process_notes SET signed_at = 3",
		"INSERT INTO process_note_addenda VALUES ('a', 'key', 'n', 4, SEALED)",
	} {
		if _, err := db.ExecContext(t.Context(), strings.ReplaceAll(statement, "SEALED", sealed)); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if _, err := steps.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	var whose, roles string
	var versions, addenda int
	err := db.QueryRowContext(t.Context(), `SELECT counselor, (SELECT count(*) FROM process_note_versions WHERE note = process_notes.id),
		(SELECT count(*) FROM process_note_addenda WHERE note = process_notes.id),
		(SELECT group_concat(id || ' ' || role) FROM counselors) FROM process_notes`).Scan(&whose, &versions, &addenda, &roles)
	if err != nil || whose != "d" || versions != 2 || addenda != 1 || roles != "c owner,d counselor" {
		t.Errorf("of %q there are %d versions and %d addenda; %s; %v", whose, versions, addenda, roles, err)
	}
	if _, err := db.ExecContext(t.Context(), "DELETE FROM sessions"); err != nil {
		t.Fatal(err)
	}
	if err := db.QueryRowContext(t.Context(), "SELECT (SELECT count(*) FROM process_note_versions) + (SELECT count(*) FROM process_note_addenda)").Scan(&versions); err != nil || versions != 0 {
		t.Errorf("%d rows outlive their session: %v", versions, err)
	}
}
