package main

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"
	"unsafe"

	"mend/internal/bot"
	"mend/internal/exercise"
	"mend/internal/protocol"
	"mend/internal/session"
)

// The machine's clock is set while people sit in the room: an hour ahead, as after a long
// sleep, and an hour back, as by a time server. Nobody's turn is shorter for it
// and whoever was in can go on; links and spoken codes open; a clock set
// back keeps nobody waiting for longer who guessed; and the log never runs backwards.
func TestAClockThatIsSetShortensNoTurnAndLocksNobodyOut(t *testing.T) {
	for name, by := range map[string]time.Duration{"ahead": time.Hour, "back": -time.Hour} {
		t.Run(name, func(t *testing.T) {
			h := openHouse(t)
			c := h.counselor()
			guesser := h.stranger()
			guess := func() answer {
				return guesser.call("POST", "/api/v1/sign-in", map[string]any{"email": "vega@example.org", "password": "a guess at it all"})
			}
			for guess().status != 429 {
			}
			other := c.session()
			link, spoken := c.link(other.ID, "one"), c.link(other.ID, "two")
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

			h.set(by)
			if now := r.left(t); now < before-10*time.Second || now > before {
				t.Errorf("of %v of the turn %v are left", before, now)
			}
			h.asks(r.oneBot, session.Yield{Step: step})
			h.asks(r.counselorBot, session.Pause{}, session.Resume{}, session.Mark{Kind: session.MarkReach})
			records, err := h.app.store.Read(t.Context(), r.session.ID, 0)
			if err != nil {
				t.Fatal(err)
			}
			for i := range records[1:] {
				if records[i+1].At.Before(records[i].At) {
					t.Errorf("record %d is older than the one before", i+2)
				}
			}

			r.one.get("/seat").want(200)
			h.partner(link).get("/seat").want(200)
			h.stranger().post("/join", map[string]any{"code": strings.ToLower(strings.ReplaceAll(spoken.Code, " ", ""))}).want(200)
			if by < 0 {
				no := guess()
				no.refused(429, "too_many_tries")
				if wait, err := strconv.Atoi(no.header.Get("Retry-After")); err != nil || wait < 1 || wait > 15*60+1 {
					t.Errorf("guessing is to wait for %q s", no.header.Get("Retry-After"))
				}
			}
			// Who has done nothing for half an hour is signed out, and so it looks from an hour
			// ahead. They come in again, to the room as it is.
			if a := c.get("/couples"); a.status != 200 {
				a.refused(401, "signed_out")
				if by < time.Hour {
					t.Error("the counselor was signed out")
				}
				c.post("/sign-in", map[string]any{"email": "vega@example.org", "password": password}).want(204)
			}
			c.get("/couples").want(200)
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

// set sets the house's clock, as one sets a machine's: what was measured goes on.
func (h *house) set(by time.Duration) { h.jump.Add(int64(by)) }

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
