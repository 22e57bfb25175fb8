package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"mend/internal/bot"
	"mend/internal/protocol"
	"mend/internal/session"
)

// files is all that the house has on its disk, but for the master key.
func (h *house) files() []byte {
	h.Helper()
	var all []byte
	for _, name := range []string{"mend.db", "mend.db-wal"} {
		raw, err := os.ReadFile(filepath.Join(h.data, name))
		if err != nil {
			h.Fatal(err)
		}
		all = append(all, raw...)
	}
	return all
}

// tablesWith names the tables in which a text stands, in whatever column.
func (h *house) tablesWith(text string) (found []string) {
	h.Helper()
	db := h.database()
	defer func() { _ = db.Close() }()
	tables, err := db.Query(`SELECT m.name, group_concat('instr("' || c.name || '", ?1) > 0', ' OR ')
		FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' GROUP BY m.name`)
	if err != nil {
		h.Fatal(err)
	}
	defer func() { _ = tables.Close() }()
	for tables.Next() {
		var table, where string
		if err := tables.Scan(&table, &where); err != nil {
			h.Fatal(err)
		}
		var rows int
		if err := db.QueryRow(`SELECT count(*) FROM "`+table+`" WHERE `+where, text).Scan(&rows); err != nil { //nolint:gosec // both are the schema's own
			h.Fatal(err)
		}
		if rows > 0 {
			found = append(found, table)
		}
	}
	if err := tables.Err(); err != nil {
		h.Fatal(err)
	}
	return found
}

func TestADeletedCoupleIsGoneWithAllThatWasSaid(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	past := c.session()
	r := h.room(c, past)
	h.asks(r.counselorBot, session.End{})
	c.call("PUT", "/api/v1/sessions/"+past.ID+"/note", aNote(0, "what nobody else knows "+marker)).want(200)

	next := read[protocol.Session](c.post("/couples/"+past.Couple+"/sessions", map[string]any{"agenda": []string{}}).want(201))
	link, unused := c.link(next.ID, "one"), c.link(next.ID, "two")
	phone := h.partner(link)
	door, desk := phone.sits(session.One, next.ID), c.sits(session.Counselor, next.ID)
	h.sees(door, "the door", func(s *bot.Seen) bool { return s.Partner != nil })
	h.sees(desk, "the console", func(s *bot.Seen) bool { return s.Counselor != nil })

	stays := c.session()
	if !bytes.Contains(h.files(), []byte(past.Couple)) {
		t.Fatal("the couple is not where this test looks for it")
	}
	gone := c.call("DELETE", "/api/v1/couples/"+past.Couple, nil).want(204)
	if len(gone.body) > 0 {
		t.Errorf("deleting answered with %s", gone.body)
	}

	closedWith(t, door, protocol.LinkOver)
	closedWith(t, desk, protocol.NotFound)
	phone.get("/seat").refused(401, "signed_out")
	h.stranger().post("/join", map[string]any{"token": tokenOf(unused)}).refused(404, "link_over")
	h.stranger().post("/join", map[string]any{"code": unused.Code}).refused(404, "link_over")
	never := c.get("/couples/" + stays.ID).want(404)
	for _, path := range []string{
		"/couples/" + past.Couple, "/sessions/" + past.ID, "/sessions/" + next.ID,
		"/sessions/" + past.ID + "/summary", "/sessions/" + past.ID + "/note?kind=progress",
	} {
		same(t, never, c.get(path))
	}
	same(t, never, c.call("DELETE", "/api/v1/couples/"+past.Couple, nil))
	closedWith(t, c.sits(session.Counselor, next.ID), protocol.NotFound)

	c.get("/couples").want(200).lacks(past.Couple).contains(stays.Couple)
	c.get("/sessions").want(200).lacks(past.ID, next.ID).contains(stays.ID)
	c.get("/couples/" + stays.Couple).want(200).contains("Ana " + marker)

	left := h.files()
	if bytes.Contains(left, []byte(marker)) {
		t.Error("their words are still in the files")
	}
	// That something was, under which id, stands in what outlives it, and nowhere else.
	for _, id := range []string{past.Couple, past.ID, next.ID, link.ID, unused.ID} {
		for _, table := range h.tablesWith(id) {
			if table != "deeds" && table != "erasures" && table != "erasures_kept" {
				t.Errorf("%s is still in %s", id, table)
			}
		}
	}
	if len(h.tablesWith(stays.ID)) == 0 {
		t.Error("this test looks for ids where there are none")
	}
	if !bytes.Contains(left, []byte(stays.Couple)) {
		t.Error("the couple who stays is not in the files")
	}
}

func TestACoupleInTheRoomIsNotDeleted(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	r := h.room(c, c.session())
	place := "/api/v1/couples/" + r.session.Couple
	if p := c.call("DELETE", place, nil).refused(409, "session_live"); p.Detail == "" {
		t.Error("nobody is told why")
	}
	h.asks(r.twoBot, session.SetDial{Value: 4}) // nobody in the room noticed
	c.get("/couples/" + r.session.Couple).want(200).contains("Ana " + marker)
	for _, other := range []*caller{h.stranger(), r.one} {
		other.call("DELETE", place, nil).refused(401, "signed_out")
	}
	h.asks(r.counselorBot, session.End{})
	c.call("DELETE", place, nil).want(204)
}
