package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"mend/internal/protocol"
	"mend/internal/session"
)

// Of the handshake and of frames, case by case, what the standard (RFC 6455) and Mend do not
// allow. Each ends its own connection, with the status or the code that says why; what is
// allowed and seldom done works. Nobody else in the room notices any of it.
func TestTheWireTakesWhatIsAllowedAndNothingElse(t *testing.T) {
	h := openHouse(t)
	desk := h.counselor()
	r := h.room(desk, desk.session())
	tried := 0
	for _, c := range askings(h, r) {
		t.Run("a handshake: "+c.name, func(t *testing.T) {
			tried++
			w := h.wire("")
			defer w.Close()
			w.T = t
			w.knocks(c, h, r)
		})
	}
	for _, c := range frames() {
		t.Run("a frame: "+c.name, func(t *testing.T) {
			tried++
			w := h.wire("")
			defer w.Close()
			w.T = t
			w.upgrade(r.desk, r.session.ID, "")
			go func() { _, _ = w.Write(c.bytes) }() // it may be cut off before the last
			if code := w.closed(); code != c.code {
				t.Errorf("closed with %d, want %d", code, c.code)
			}
		})
	}
	for name, pieces := range allowed() {
		t.Run("allowed: "+name, func(t *testing.T) {
			tried++
			w := h.wire("")
			defer w.Close()
			w.T = t
			w.upgrade(r.desk, r.session.ID, "")
			for _, piece := range pieces {
				if _, err := w.Write(piece); err != nil {
					t.Fatal(err)
				}
			}
			w.isAnswered()
		})
	}
	h.asks(r.twoBot, session.Pause{})
	h.asks(r.counselorBot, session.Resume{})
	h.asks(r.oneBot, session.SetDial{Value: 3})
	t.Logf("%d cases", tried)
}

// asking is one way to ask for a socket.
type asking struct {
	name    string
	method  string              // GET
	path    string              // the session's
	set     map[string][]string // headers that are not as usual; none: left out
	version string              // HTTP/1.1
	status  int
	code    protocol.CloseCode // after status 101; 0: it stays open
}

func askings(h *house, r *room) []asking {
	host := strings.TrimPrefix(h.base, "http://")
	_, port, _ := strings.Cut(host, ":")
	origin := func(name string, origins ...string) asking {
		return asking{name: "from " + name, set: map[string][]string{"Origin": origins}, status: http.StatusForbidden}
	}
	with := func(name, header string, status int, values ...string) asking {
		return asking{name: name, set: map[string][]string{header: values}, status: status}
	}
	after := func(c asking, code protocol.CloseCode) asking {
		c.status, c.code = http.StatusSwitchingProtocols, code
		return c
	}
	cookie := r.desk.place(r.session.ID).Cookie
	return []asking{
		after(asking{name: "as a page makes it"}, 0),
		origin("nowhere"),
		origin("an empty place", ""),
		origin("null", "null"),
		origin("a foreign page", "https://evil.example"),
		origin("ours with a slash", h.base+"/"),
		origin("ours with a path", h.base+"/live"),
		origin("ours in capitals", strings.ToUpper(h.base)),
		origin("ours, encrypted", "https://"+host),
		origin("another port", "http://127.0.0.1:1"),
		origin("ours without its port", "http://127.0.0.1"),
		origin("ours with its port twice", h.base+":"+port),
		origin("another name for our address", "http://0.0.0.0:"+port),
		origin("before ours", "http://evil."+host),
		origin("behind ours", h.base+".evil.example"),
		origin("ours as a name", "http://"+host+"@evil.example"),
		origin("ours and a foreign one", h.base+", https://evil.example"),
		origin("ours and a foreign one, a blank between", h.base+" https://evil.example"),
		origin("a foreign one and ours, in two", "https://evil.example", h.base),
		origin("ours and a foreign one, in two", h.base, "https://evil.example"),
		{name: "from a page that found out our address", set: map[string][]string{"Host": {"evil.example"}, "Origin": {"http://evil.example"}}, status: http.StatusForbidden},
		{name: "that says who it is from elsewhere", set: map[string][]string{"X-Forwarded-Host": {"evil.example"}, "Origin": {"http://evil.example"}}, status: http.StatusForbidden},
		with("without a cookie", "Cookie", http.StatusUnauthorized),
		with("with an empty cookie", "Cookie", http.StatusUnauthorized, "mend="),
		with("with a made-up cookie", "Cookie", http.StatusUnauthorized, "mend=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
		with("with half a cookie", "Cookie", http.StatusUnauthorized, cookie[:len(cookie)/2]),
		with("with a long cookie", "Cookie", http.StatusUnauthorized, cookie+strings.Repeat("A", 4000)),
		with("with a cookie of another name", "Cookie", http.StatusUnauthorized, "x"+cookie),
		with("without asking for an upgrade", "Upgrade", http.StatusUpgradeRequired),
		with("that upgrades to something else", "Upgrade", http.StatusUpgradeRequired, "h2c"),
		with("whose connection is not upgraded", "Connection", http.StatusUpgradeRequired, "keep-alive"),
		with("without a version", "Sec-WebSocket-Version", http.StatusUpgradeRequired),
		with("of an old version", "Sec-WebSocket-Version", http.StatusUpgradeRequired, "8"),
		with("of a version to come", "Sec-WebSocket-Version", http.StatusUpgradeRequired, "14"),
		with("without a key", "Sec-WebSocket-Key", http.StatusUpgradeRequired),
		{name: "that posts", method: "POST", status: http.StatusMethodNotAllowed},
		{name: "of HTTP's older version", version: "HTTP/1.0", status: http.StatusUpgradeRequired},
		{name: "to no session", path: "/live/", status: http.StatusNotFound},
		after(asking{name: "to a session that is none", path: "/live/none"}, protocol.NotFound),
		after(asking{name: "to a session of NULs", path: "/live/%00%00"}, protocol.NotFound),
		after(asking{name: "to a path that climbs", path: "/live/..%2f..%2fetc%2fpasswd"}, protocol.NotFound),
		after(with("without our protocol", "Sec-WebSocket-Protocol", 0), protocol.WrongProtocol),
		after(with("of another protocol", "Sec-WebSocket-Protocol", 0, "chat"), protocol.WrongProtocol),
		after(with("of our protocol in capitals", "Sec-WebSocket-Protocol", 0, strings.ToUpper(protocol.Subprotocol)), protocol.WrongProtocol),
		after(with("of ours among others", "Sec-WebSocket-Protocol", 0, "chat, "+protocol.Subprotocol), 0),
	}
}

// knocks asks for a socket, and looks at what comes of it.
func (w *wire) knocks(c asking, h *house, r *room) {
	w.Helper()
	method, path, version := "GET", "/live/"+r.session.ID, "HTTP/1.1"
	for _, one := range []struct {
		of  *string
		set string
	}{{&method, c.method}, {&path, c.path}, {&version, c.version}} {
		if one.set != "" {
			*one.of = one.set
		}
	}
	var said strings.Builder
	fmt.Fprintf(&said, "%s %s %s\r\n", method, path, version)
	for _, header := range []struct{ name, usual string }{
		{"Host", strings.TrimPrefix(h.base, "http://")},
		{"Connection", "Upgrade"},
		{"Upgrade", "websocket"},
		{"Sec-WebSocket-Version", "13"},
		{"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
		{"Sec-WebSocket-Protocol", protocol.Subprotocol},
		{"Origin", h.base},
		{"Cookie", r.desk.place(r.session.ID).Cookie},
	} {
		values, changed := c.set[header.name]
		if !changed {
			values = []string{header.usual}
		}
		for _, value := range values {
			fmt.Fprintf(&said, "%s: %s\r\n", header.name, value)
		}
	}
	for _, value := range c.set["X-Forwarded-Host"] {
		fmt.Fprintf(&said, "X-Forwarded-Host: %s\r\n", value)
	}
	_ = w.SetDeadline(time.Now().Add(20 * time.Second))
	if err := w.says(said.String() + "\r\n"); err != nil {
		w.Fatal(err)
	}
	answer, err := http.ReadResponse(w.in, nil)
	if err != nil || answer.StatusCode != c.status {
		w.Fatalf("answered with %v %v, want %d", answer, err, c.status)
	}
	switch {
	case c.code != 0:
		if code := w.closed(); code != c.code {
			w.Errorf("closed with %d, want %d", code, c.code)
		}
	case c.status == http.StatusSwitchingProtocols:
		if _, err := w.Write(whole(askTime())); err != nil {
			w.Fatal(err)
		}
		w.isAnswered()
	}
}

const syncID = "019abcde-0000-7000-8000-000000000000"

// askTime asks for the time.
func askTime() []byte { return []byte(`{"id":"` + syncID + `","do":"sync"}`) }

// filled is the same at a length.
func filled(length int) []byte {
	return append(askTime(), bytes.Repeat([]byte(" "), length-len(askTime()))...)
}

func whole(payload []byte) []byte { return masked(final|text, payload) }

// isAnswered reads until the time is told.
func (w *wire) isAnswered() {
	w.Helper()
	if !w.hears(`"is":"now","id":"` + syncID + `"`) {
		w.Error("it is not answered")
	}
}

// hears reads until a frame holds some words; false where the socket ends before.
func (w *wire) hears(words string) bool {
	var head [2]byte
	for {
		if _, err := io.ReadFull(w.in, head[:]); err != nil {
			return false
		}
		n := int64(head[1])
		if wide := map[int64]int{126: 2, 127: 8}[n]; wide > 0 {
			var long [8]byte
			if _, err := io.ReadFull(w.in, long[8-wide:]); err != nil {
				return false
			}
			n = int64(binary.BigEndian.Uint64(long[:])) //nolint:gosec // our own server's
		}
		payload := make([]byte, n)
		if _, err := io.ReadFull(w.in, payload); err != nil {
			return false
		}
		if head[0]&0xf == closing {
			return false
		}
		if bytes.Contains(payload, []byte(words)) {
			return true
		}
	}
}

// lone is a frame, or several, that is to end its socket with a code.
type lone struct {
	name  string
	bytes []byte
	code  protocol.CloseCode // 0: the connection is cut off without a word
}

func frames() (all []lone) {
	const protocolError = 1002
	bad := func(name string, code protocol.CloseCode, pieces ...[]byte) {
		all = append(all, lone{name, bytes.Join(pieces, nil), code})
	}
	wrong := func(name string, pieces ...[]byte) { bad(name, protocolError, pieces...) }
	for name, bit := range map[string]byte{"first": 0x40, "second": 0x20, "third": 0x10} {
		wrong("with the "+name+" bit that stands for nothing", masked(final|text|bit, askTime()))
		wrong("that pings with the "+name+" bit that stands for nothing", masked(final|ping|bit, nil))
	}
	for _, kind := range []byte{0x3, 0x4, 0x5, 0x6, 0x7, 0xb, 0xc, 0xd, 0xe, 0xf} {
		wrong(fmt.Sprintf("of kind %x, which is none", kind), masked(final|kind, []byte("x")))
	}
	for name, kind := range map[string]byte{"text": text, "a ping": ping, "a pong": po, "a goodbye": closing} {
		wrong("of "+name+" without a mask", []byte{final | kind, 0})
	}
	for name, kind := range map[string]byte{"a ping": ping, "a pong": po, "a goodbye": closing} {
		wrong("of half "+name, masked(kind, []byte("\x03\xe8")))
		wrong("of "+name+" too long", masked(final|kind, append([]byte("\x03\xe8"), bytes.Repeat([]byte("a"), 124)...)))
	}
	wrong("that goes on with nothing", masked(final|goesOn, askTime()))
	wrong("that goes on after the end", whole(askTime()), masked(final|goesOn, nil))
	wrong("that begins within another", masked(text, []byte("{")), whole(askTime()))
	wrong("of bytes within one of text", masked(text, []byte("{")), masked(final|0x2, askTime()))
	bad("whose length is negative", 0, []byte{final | text, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0})
	for _, code := range []uint16{0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535} {
		wrong(fmt.Sprintf("of a goodbye with %d, which nobody may say", code), masked(final|closing, binary.BigEndian.AppendUint16(nil, code)))
	}
	wrong("of a goodbye that is no UTF-8", masked(final|closing, []byte("\x03\xe8\xff")))
	for name, words := range map[string]string{
		"a byte that is never used": "\xff", "a byte alone that goes on": "\x80", "one too long": "\xc0\xaf", "a surrogate": "\xed\xa0\x80",
		"what is beyond all": "\xf4\x90\x80\x80", "half a letter": "\xe2\x82",
	} {
		said := []byte(`{"id":"` + syncID + `","do":"ask","step":"s","text":"` + words + `"}`)
		bad("with "+name, protocol.BadMessage, whole(said))
		at := bytes.IndexByte(said, words[0]) + 1
		bad("with "+name+", in two", protocol.BadMessage, masked(text, said[:at]), masked(final|goesOn, said[at:]))
	}
	bad("of bytes", protocol.BadMessage, masked(final|0x2, askTime()))
	bad("of no bytes", protocol.BadMessage, masked(final|0x2, nil))
	bad("of nothing", protocol.BadMessage, whole(nil))
	bad("of nothing, in three", protocol.BadMessage, masked(text, nil), masked(goesOn, nil), masked(final|goesOn, nil))
	bad("one byte too long", protocol.BadMessage, whole(filled(protocol.MaxFrame+1)))
	bad("one byte too long, in two", protocol.BadMessage, masked(text, filled(protocol.MaxFrame)), masked(final|goesOn, []byte(" ")))
	bad("a mebibyte long", protocol.BadMessage, whole(filled(1<<20)))
	for _, code := range []protocol.CloseCode{1000, 1001, 3000, 4999} {
		bad(fmt.Sprintf("of a goodbye with %d", code), protocol.Bye, masked(final|closing, binary.BigEndian.AppendUint16(nil, uint16(code))))
	}
	bad("of a goodbye with half a code", protocol.Bye, masked(final|closing, []byte{3})) // as if it had none
	bad("of a goodbye that says nothing", protocol.Bye, masked(final|closing, nil))
	bad("of a goodbye, and another after it", protocol.Bye, masked(final|closing, []byte("\x03\xe8")), whole(askTime()))
	return all
}

// allowed is what few do and everybody may: it asks for the time, and is to be answered.
func allowed() map[string][][]byte {
	each := func(all []byte) (pieces [][]byte) {
		for i := range all {
			pieces = append(pieces, all[i:i+1])
		}
		return pieces
	}
	veiled := whole(askTime()) // under a mask that changes every byte
	n := len(veiled) - len(askTime())
	copy(veiled[n-4:n], "mask")
	for i := range veiled[n:] {
		veiled[n+i] ^= "mask"[i%4]
	}
	return map[string][][]byte{
		"a byte at a time":             each(whole(askTime())),
		"as long as it may be":         {whole(filled(protocol.MaxFrame))},
		"as long as it may be, in two": {masked(text, filled(protocol.MaxFrame-1)), masked(final|goesOn, []byte(" "))},
		"in pieces, a ping between":    {masked(text, askTime()[:9]), masked(final|ping, []byte("?")), masked(goesOn, nil), masked(final|goesOn, askTime()[9:])},
		"after a long ping":            {masked(final|ping, bytes.Repeat([]byte("?"), 125)), whole(askTime())},
		"after a pong nobody asked":    {masked(final|po, nil), whole(askTime())},
		"under a mask":                 {veiled},
		"two in one packet":            {append(whole(askTime()), whole(askTime())...)},
		"its length laid out long":     {append([]byte{final | text, 0x80 | 126, 0, byte(len(askTime())), 0, 0, 0, 0}, askTime()...)},
	}
}
