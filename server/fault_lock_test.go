package main

import (
	"database/sql"
	"strings"
	"testing"
)

// Another process holds the database's lock for longer than anybody waits: a backup tool
// that knows nothing of Mend, a person with a shell. A reader stands in nobody's way. A
// writer does, and then people are told so; once it lets go everything goes on by itself.
func TestAServerWhoseDatabaseIsLockedRefusesHonestlyAndRecovers(t *testing.T) {
	if raced {
		t.Skip("tried without the race detector")
	}
	s := &served{T: t, data: t.TempDir() + "/house", listen: free(t)}
	s.start()
	defer func() { s.kill() }()
	talk := s.talk(2)
	talk.answered(20)
	other, err := sql.Open("sqlite3", "file:"+s.data+"/mend.db?_txlock=immediate&_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()

	rows, err := other.QueryContext(t.Context(), "SELECT payload FROM events")
	if err != nil || !rows.Next() {
		t.Fatalf("nothing to read: %v", err)
	}
	talk.goesOn()
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	if refused := talk.refusals(); len(refused) > 0 {
		t.Errorf("a reader stood in the way: %v", refused)
	}

	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := talk.desk.Invite(t.Context()); err == nil || !strings.HasSuffix(err.Error(), "503 storage_busy") {
		t.Errorf("a call was answered with %v", err)
	}
	if _, err := talk.desk.Couples(t.Context()); err != nil {
		t.Errorf("reading: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	talk.goesOn()
	talk.ends()
	for code := range talk.refusals() {
		if code != "storage_busy" {
			t.Errorf("somebody was refused with %s", code)
		}
	}
	s.kill()
	total := talk.isKept(s.data)
	t.Logf("%d commands acknowledged; refused: %v", total, talk.refusals())
	s.start()
}
