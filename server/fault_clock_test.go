package main

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"
	"unsafe"

	"mend/internal/account"
	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/protocol"
	"mend/internal/session"
)

// The machine's clock is set while people sit in the room, ahead as after a long sleep and
// back as by a time server: by an hour, a day or a year, and then right again. Nobody's turn
// is shorter for it, whoever was in can go on, and the log never runs backwards. What was
// used or revoked stays so, whatever the time. Links and spoken codes open as long as
// they last by the new time; a clock set back keeps nobody waiting for longer who guessed.
func TestAClockThatIsSetShortensNoTurnAndLocksNobodyOut(t *testing.T) {
	const day, year = 24 * time.Hour, 365 * 24 * time.Hour
	for name, by := range map[string]time.Duration{
		"an hour ahead": time.Hour, "an hour back": -time.Hour,
		"a day ahead": day, "a day back": -day,
		"a year ahead": year, "a year back": -year,
	} {
		t.Run(name, func(t *testing.T) {
			h := openHouse(t)
			c := h.counselor()
			guesser := h.stranger()
			guess := func() answer {
				return guesser.call("POST", "/api/v1/sign-in", map[string]any{"email": "vega@example.org", "password": "a guess at it all"})
			}
			for guess().status != 429 {
			}
			signIn := func() {
				t.Helper()
				if a := c.get("/couples"); a.status != 200 {
					a.refused(401, "signed_out")
					c.post("/sign-in", map[string]any{"email": "vega@example.org", "password": password}).want(204)
				}
				c.get("/couples").want(200)
			}
			other := c.session()
			used := c.link(other.ID, "one")
			h.partner(used)
			revoked := c.link(other.ID, "two")
			c.call("DELETE", "/api/v1/sessions/"+other.ID+"/links/"+revoked.ID, nil).want(204)
			spoken := c.link(other.ID, "two")
			third := c.session()
			link := c.link(third.ID, "one")
			r := h.room(c, c.session())
			if err := r.counselorBot.Do(soon(t), protocol.StartExercise{
				Exercise: "floor-and-echo", Cast: session.Cast{exercise.A: session.SeatOne, exercise.B: session.SeatTwo},
			}); err != nil {
				t.Fatal(err)
			}
			step := r.skipTo(exercise.Speak)
			before := r.left(t)
			if before < time.Minute {
				t.Fatalf("a turn of %v proves nothing", before)
			}
			shut := func() {
				t.Helper()
				for _, l := range []protocol.Link{used, revoked} {
					h.stranger().post("/join", map[string]any{"token": tokenOf(l)}).refused(404, "link_over")
				}
			}
			join := func(body map[string]any, lasts time.Duration) {
				t.Helper()
				a := h.stranger().post("/join", body)
				if by < lasts {
					a.want(200)
				} else {
					a.refused(404, "link_over")
				}
			}

			goesOn := func() {
				t.Helper()
				if now := r.left(t); now < before-10*time.Second || now > before {
					t.Errorf("of %v of the turn %v are left", before, now)
				}
				r.one.get("/seat").want(200)
				h.asks(r.oneBot, session.Yield{Step: step})
				h.asks(r.counselorBot, session.Pause{}, session.Resume{}, session.Mark{Kind: session.MarkReach})
			}

			h.set(by)
			// No place is anybody's for a year: it is theirs once the clock is right.
			over := by > account.SeatMost
			if over {
				r.one.get("/seat").refused(401, "signed_out")
			} else {
				goesOn()
			}
			shut()
			join(map[string]any{"token": tokenOf(link)}, account.LinkAfter)
			join(map[string]any{"code": strings.ToLower(strings.ReplaceAll(spoken.Code, " ", ""))}, account.CodeMost)
			if by < 0 {
				no := guess()
				no.refused(429, "too_many_tries")
				if wait, err := strconv.Atoi(no.header.Get("Retry-After")); err != nil || wait < 1 || wait > 15*60+1 {
					t.Errorf("guessing is to wait for %q s", no.header.Get("Retry-After"))
				}
				c.get("/couples").want(200)
			}
			// Who has done nothing for half an hour is signed out, and so it looks from
			// ahead. They come in again, to the room as it is.
			signIn()

			h.set(-by)
			shut()
			signIn()
			if over {
				goesOn()
			} else {
				r.one.get("/seat").want(200)
				h.asks(r.counselorBot, session.Pause{}, session.Resume{}, session.Mark{Kind: session.MarkReach})
			}
			records, err := h.app.store.Read(t.Context(), r.session.ID, 0)
			if err != nil {
				t.Fatal(err)
			}
			for i := range records[1:] {
				if records[i+1].At.Before(records[i].At) {
					t.Errorf("record %d is older than the one before", i+2)
				}
			}
			h.asks(r.counselorBot, session.End{})
		})
	}
}

// left is how much of the turn a phone shows that comes just now.
func (r *room) left(t *testing.T) time.Duration {
	t.Helper()
	at := r.two.place(r.session.ID)
	at.Here = true
	line, err := bot.Dial(soon(t), at)
	if err != nil {
		t.Fatal(err)
	}
	defer line.Close()
	for {
		raw, err := line.Read()
		if err != nil {
			t.Fatal(err)
		}
		var f struct {
			Is   string
			Now  time.Time
			View session.PartnerView
		}
		if err := json.Unmarshal(raw, &f); err != nil {
			t.Fatal(err)
		}
		if f.Is == "view" {
			if f.View.Step == nil || f.View.Step.Deadline == nil {
				t.Fatalf("no turn is timed: %s", raw)
			}
			return f.View.Step.Deadline.Sub(f.Now)
		}
	}
}

// jumped is a moment as a clock tells it that was set. Package time has no such thing:
// what is added to a Time is added to its monotonic reading too. So the seconds of the
// wall clock, which are bits 30 to 62 of the first word, are changed where they are.
func jumped(t time.Time, by time.Duration) time.Time {
	set := t
	*(*uint64)(unsafe.Pointer(&set)) += uint64(by/time.Second) << 30 //nolint:gosec // see above
	if by != 0 && (set.Sub(t) != 0 || set.Round(0).Sub(t.Round(0)) != by.Truncate(time.Second)) {
		panic("package time keeps its moments in another way than this test believes")
	}
	return set
}
