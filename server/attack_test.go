package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"mend/internal/bot"
	"mend/internal/protocol"
	"mend/internal/session"
)

// wire is a bare connection, on which anything can be said.
type wire struct {
	*testing.T
	net.Conn
	in *bufio.Reader
}

// wire connects from an address of the loopback; "" is the usual one.
func (h *house) wire(from string) *wire {
	h.Helper()
	w, err := h.tryWire(from)
	if err != nil {
		h.Fatal(err)
	}
	return w
}

func (h *house) tryWire(from string) (*wire, error) { return h.wireTo(h.app.listen.Addr(), from) }

func (h *house) wireTo(to net.Addr, from string) (*wire, error) {
	d := net.Dialer{}
	if from != "" {
		d.LocalAddr = &net.TCPAddr{IP: net.ParseIP(from)}
	}
	conn, err := d.DialContext(h.Context(), "tcp", to.String())
	if err != nil {
		return nil, err
	}
	h.Cleanup(func() { conn.Close() })
	return &wire{h.T, conn, bufio.NewReader(conn)}, nil
}

// says writes all at once.
func (w *wire) says(text string) error {
	_, err := io.WriteString(w, text)
	return err
}

// asks is the status of a call's answer; 0 where there was none.
func (w *wire) asks(path string) int {
	_ = w.SetDeadline(time.Now().Add(10 * time.Second))
	if w.says("GET "+path+" HTTP/1.1\r\nHost: mend\r\n\r\n") != nil {
		return 0
	}
	answer, err := http.ReadResponse(w.in, nil)
	if err != nil {
		return 0
	}
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return 0
	}
	return answer.StatusCode
}

// dribbles writes a byte now and then until the other side has had enough, or ctx has.
func (w *wire) dribbles(ctx context.Context, every time.Duration) time.Duration {
	began := time.Now()
	gone := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, w.in)
		close(gone)
	}()
	pace := time.NewTicker(every)
	defer pace.Stop()
	for {
		select {
		case <-pace.C:
			if w.says("x") != nil {
				return time.Since(began)
			}
		case <-gone:
			return time.Since(began)
		case <-ctx.Done():
			return time.Since(began)
		}
	}
}

// takesNothing asks for much, reads none of it, and asks on until it is cut off.
func (w *wire) takesNothing(ctx context.Context, path string) time.Duration {
	began := time.Now()
	if err := w.says(strings.Repeat("GET "+path+" HTTP/1.1\r\nHost: mend\r\n\r\n", 200)); err != nil {
		w.Error(err)
	}
	pace := time.NewTicker(100 * time.Millisecond)
	defer pace.Stop()
	for {
		select {
		case <-pace.C:
			if w.says("G") != nil {
				return time.Since(began)
			}
		case <-ctx.Done():
			return time.Since(began)
		}
	}
}

// Whoever sends headers or a body a byte at a time is given up when the time for a
// request is over, however busy they keep, and so is whoever asks for answers and does
// not take them; meanwhile everybody else is served.
func TestADribbledRequestEndsAndHoldsNobodyUp(t *testing.T) {
	h := openHouse(t)
	desk := h.counselor()
	const each = 50
	begins := map[string]string{
		"headers": "GET / HTTP/1.1\r\nHost: mend\r\nX-Long: ",
		"a body": "POST /api/v1/sign-in HTTP/1.1\r\nHost: mend\r\nOrigin: " + h.base +
			"\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{",
		"chunks":  "POST /api/v1/sign-in HTTP/1.1\r\nHost: mend\r\nOrigin: " + h.base + "\r\nTransfer-Encoding: chunked\r\n\r\n1f000\r\n{",
		"nothing": "",
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Second)
	defer cancel()
	var all sync.WaitGroup
	for range 5 {
		w := h.wire("")
		all.Go(func() {
			if took := w.takesNothing(ctx, "/openapi.json"); took < 20*time.Second || took > 45*time.Second {
				t.Errorf("who takes no answer was given up after %s", took)
			}
		})
	}
	for what, begin := range begins {
		for range each {
			w := h.wire("")
			if begin != "" {
				if err := w.says(begin); err != nil {
					t.Fatal(err)
				}
			}
			every := 100 * time.Millisecond
			if begin == "" {
				every = time.Hour
			}
			all.Go(func() {
				if took := w.dribbles(ctx, every); took > 15*time.Second {
					t.Errorf("%s: given up after %s only", what, took)
				}
			})
		}
	}
	over := make(chan struct{})
	go func() {
		all.Wait()
		close(over)
	}()
	slowest, calls := time.Duration(0), 0
	for served := time.NewTicker(50 * time.Millisecond); ; calls++ {
		select {
		case <-over:
			served.Stop()
			if calls < 100 {
				t.Errorf("only %d calls were made meanwhile", calls)
			}
			t.Logf("%d calls, the slowest took %s", calls, slowest)
			return
		case <-served.C:
			began := time.Now()
			desk.get("/me").want(200)
			if took := time.Since(began); took > slowest {
				slowest = took
			}
			if slowest > 5*time.Second {
				t.Fatalf("a call took %s", slowest)
			}
		}
	}
}

// One address may hold so many connections and no more. What is beyond is closed at
// once, others are served, and whoever lets go may come again.
func TestOneAddressDoesNotTakeEveryPlace(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux calls itself by all of 127.0.0.0/8")
	}
	const each = 20
	h := &house{T: t, data: t.TempDir(), log: &transcript{}}
	h.settings = func(c *config) { c.PerAddress, c.TrustedProxies = each, []string{"127.0.0.9"} }
	h.start()
	t.Cleanup(h.stop)
	served := func(w *wire) bool { return w.asks("/healthz") == http.StatusOK }
	var held []*wire
	for range each {
		w := h.wire("127.0.0.2")
		if !served(w) {
			t.Fatalf("connection %d was refused", len(held))
		}
		held = append(held, w)
	}
	for range 3 {
		if w, err := h.tryWire("127.0.0.2"); err == nil && served(w) {
			t.Fatalf("one more than %d was served", each)
		}
	}
	for _, w := range held {
		if !served(w) {
			t.Fatal("who was there already was cut off")
		}
	}
	for _, other := range []string{"", "127.0.0.3", "127.0.0.9"} {
		for range each + 5 {
			if w := h.wire(other); !served(w) && (other != "127.0.0.3") {
				t.Fatalf("%s is not to be counted", other)
			}
		}
	}
	held[0].Close()
	for patience := soon(t); ; {
		if w, err := h.tryWire("127.0.0.2"); err == nil && served(w) {
			return
		}
		if patience.Err() != nil {
			t.Fatal("whoever let go may not come again")
		}
	}
}

// frame lays out one masked frame, whatever the first byte says it is.
func masked(first byte, payload []byte) []byte {
	out := []byte{first}
	switch n := len(payload); {
	case n < 126:
		out = append(out, 0x80|byte(n))
	case n <= 0xffff:
		out = binary.BigEndian.AppendUint16(append(out, 0x80|126), uint16(n))
	default:
		out = binary.BigEndian.AppendUint64(append(out, 0x80|127), uint64(n))
	}
	return append(append(out, 0, 0, 0, 0), payload...) // masked with zeros
}

// Of a frame's first byte.
const (
	final, packed                   = 0x80, 0x40
	goesOn, text, closing, ping, po = 0x0, 0x1, 0x8, 0x9, 0xa
)

// upgrade makes a socket of a wire, with whatever more is said in the headers.
func (w *wire) upgrade(who *caller, session, more string) http.Header {
	w.Helper()
	cookie := ""
	request, err := http.NewRequestWithContext(w.Context(), http.MethodGet, who.base+"/", nil)
	if err != nil {
		w.Fatal(err)
	}
	for _, held := range who.Jar.Cookies(request.URL) {
		cookie = held.Name + "=" + held.Value
	}
	_ = w.SetDeadline(time.Now().Add(20 * time.Second))
	if err := w.says("GET /live/" + session + "?here=1 HTTP/1.1\r\nHost: mend\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: " + protocol.Subprotocol +
		"\r\nOrigin: " + who.base + "\r\nCookie: " + cookie + "\r\n" + more + "\r\n"); err != nil {
		w.Fatal(err)
	}
	answer, err := http.ReadResponse(w.in, request)
	if err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		w.Fatalf("no upgrade: %v %v", answer, err)
	}
	return answer.Header
}

// closed reads until the close frame and gives its code; 0 where there was none.
func (w *wire) closed() protocol.CloseCode {
	for {
		var head [2]byte
		if _, err := io.ReadFull(w.in, head[:]); err != nil {
			return 0
		}
		n := uint64(head[1])
		switch n {
		case 126:
			var long [2]byte
			if _, err := io.ReadFull(w.in, long[:]); err != nil {
				return 0
			}
			n = uint64(binary.BigEndian.Uint16(long[:]))
		case 127:
			var long [8]byte
			if _, err := io.ReadFull(w.in, long[:]); err != nil {
				return 0
			}
			n = binary.BigEndian.Uint64(long[:])
		}
		payload := make([]byte, n)
		if _, err := io.ReadFull(w.in, payload); err != nil {
			return 0
		}
		if head[0]&0xf == closing {
			if len(payload) < 2 {
				return protocol.Bye
			}
			return protocol.CloseCode(binary.BigEndian.Uint16(payload))
		}
	}
}

// Frames of any kind that come too fast, too large, in too many pieces or in a form
// that was not agreed on end their own socket, with the code that says why, and the
// two others of the room notice nothing.
func TestAFloodOfFramesEndsItsOwnSocketAlone(t *testing.T) {
	h := openHouse(t)
	desk := h.counselor()
	r := h.room(desk, desk.session())
	const protocolError = 1002
	for what, flood := range map[string]struct {
		frame []byte
		times int
		code  protocol.CloseCode
	}{
		"commands":                {masked(final|text, []byte(`{"id":"019abcde-0000-7000-8000-000000000000","do":"sync"}`)), 500, protocol.TooFast},
		"pings":                   {masked(final|ping, []byte("?")), 500, protocol.TooFast},
		"pongs that nobody asked": {masked(final|po, []byte("!")), 500, protocol.TooFast},
		"pieces without an end":   {masked(goesOn, bytes.Repeat([]byte(" "), 1000)), 40, protocol.BadMessage},
		"a packed frame":          {masked(final|text|packed, []byte{0xaa, 0x56, 0x4a, 0x04, 0x00}), 1, protocolError},
		"an unmasked frame":       {[]byte{final | text, 1, 'x'}, 1, protocolError},
		"a long ping":             {masked(final|ping, bytes.Repeat([]byte("?"), 126)), 1, protocolError},
		"a frame of 8 EiB":        {append([]byte{final | text, 0xff, 0x7f}, bytes.Repeat([]byte{0xff}, 20_000)...), 1, protocol.BadMessage},
	} {
		t.Run(what, func(t *testing.T) {
			w := h.wire("")
			w.T = t
			w.upgrade(r.one, r.session.ID, "")
			if flood.frame[0] == goesOn {
				if err := w.says(string(masked(text, []byte("{")))); err != nil {
					t.Fatal(err)
				}
			}
			go func() {
				for range flood.times {
					if _, err := w.Write(flood.frame); err != nil {
						return
					}
				}
			}()
			if code := w.closed(); code != flood.code {
				t.Errorf("closed with %d, want %d", code, flood.code)
			}
			h.asks(r.twoBot, session.Pause{})
			h.asks(r.counselorBot, session.Resume{})
		})
	}
}

// Nothing is packed on a socket: a length must not tell of what is secret, and what
// unpacks into very much must not come in.
func TestNothingIsPackedOnASocket(t *testing.T) {
	h := openHouse(t)
	desk := h.counselor()
	s := desk.session()
	one := h.partner(desk.link(s.ID, "one"))
	header := h.wire("").upgrade(one, s.ID, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n")
	if got := header.Get("Sec-WebSocket-Extensions"); got != "" {
		t.Errorf("it was agreed on %s", got)
	}
}

// One sign-in has so many sockets in a session, and the next is asked to wait.
func TestOneSignInDoesNotTakeEverySocket(t *testing.T) {
	h := openHouse(t)
	desk := h.counselor()
	s := desk.session()
	two := h.partner(desk.link(s.ID, "two"))
	var open []*wire
	for range protocol.SocketsEach {
		w := h.wire("")
		w.upgrade(desk, s.ID, "")
		if _, err := w.in.Peek(1); err != nil { // it sits, rather than being on its way
			t.Fatal(err)
		}
		open = append(open, w)
	}
	more := h.wire("")
	more.upgrade(desk, s.ID, "")
	if code := more.closed(); code != protocol.TooFast {
		t.Errorf("one more was closed with %d", code)
	}
	h.sees(two.sits(session.Two, s.ID), "the room", func(*bot.Seen) bool { return true })
	open[0].Close()
	for patience := soon(t); ; {
		w := h.wire("")
		w.upgrade(desk, s.ID, "")
		_ = w.SetReadDeadline(time.Now().Add(time.Second))
		if w.closed() == 0 { // it stays open
			return
		}
		if patience.Err() != nil {
			t.Fatal("whoever closed a tab may not open another")
		}
	}
}

// A body without an end is not read to its end.
func TestABodyWithoutAnEndIsRefused(t *testing.T) {
	h := openHouse(t)
	w := h.wire("")
	_ = w.SetDeadline(time.Now().Add(20 * time.Second))
	if err := w.says("POST /api/v1/sign-in HTTP/1.1\r\nHost: mend\r\nOrigin: " + h.base +
		"\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	sent := make(chan int, 1)
	go func() {
		chunk, n := "10000\r\n"+strings.Repeat("x", 0x10000)+"\r\n", 0
		for w.says(chunk) == nil && n < 64<<20 {
			n += 0x10000
		}
		sent <- n
	}()
	answer, err := http.ReadResponse(w.in, nil)
	if err == nil && answer.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("answered with %s", answer.Status)
	}
	w.Close()
	if n := <-sent; n >= 64<<20 {
		t.Errorf("%d MiB were taken", n>>20)
	}
}

// forged is what would be a line of its own where somebody writes a log carelessly.
const forged = "\r\n{\"level\":\"ERROR\",\"msg\":\"forged " + marker + "\"}\n\x1b[2J\x00\u2028\u0085"

// Whatever is put into a header, a path, a field or a frame, the log has one line of
// JSON for each request, of known fields, and nothing of what was put there.
func TestNobodyForgesALineOfTheLog(t *testing.T) {
	h := openHouse(t)
	desk := h.counselor()
	s := desk.session()
	one := h.partner(desk.link(s.ID, "one"))
	before := strings.Count(h.log.String(), "\n")

	// Bare, as no client of good manners would: what is no header is part of the next.
	escaped := strings.NewReplacer("\r", "%0d", "\n", "%0a", " ", "%20", "\x1b", "%1b", "\x00", "%00", `"`, "%22", "\u2028", "%e2%80%a8", "\u0085", "%c2%85").Replace(forged)
	rude := strings.NewReplacer("\r\n", "\r", "\n", "\r").Replace(forged)
	polite := strings.NewReplacer("\r", "", "\n", "\t", "\x00", "", "\x1b", "").Replace(forged)
	names := []string{
		"User-Agent", "Referer", "X-Forwarded-For", "Forwarded", "X-Real-Ip", "X-Request-Id", "Cookie", "Authorization", "Accept-Language", "Origin",
		"Sec-Fetch-Site", "Content-Type", "Content-Encoding", "If-None-Match", "Host", "X-HTTP-Method-Override", "Idempotency-Key",
	}
	asked := 0
	for _, path := range []string{"/", "/" + escaped, "/live/" + escaped, "/api/v1/couples/" + escaped, "/assets/" + escaped, "/?" + escaped, "/api/v1/nothing#" + escaped} {
		for _, name := range names {
			for _, how := range []struct{ method, value string }{{"GET", polite}, {"POST", polite}, {"GET", rude}} {
				w := h.wire("")
				_ = w.SetDeadline(time.Now().Add(10 * time.Second))
				host := "Host: mend\r\n"
				if name == "Host" {
					host = ""
				}
				if err := w.says(how.method + " " + path + " HTTP/1.1\r\n" + host + name + ": " + how.value + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"); err != nil {
					t.Fatal(err)
				}
				answer, _ := io.ReadAll(w.in)
				if bytes.Contains(answer, []byte(marker)) {
					t.Errorf("%s of %s with %s is repeated: %s", how.method, path, name, answer)
				}
				if how.value == polite && name != "Host" {
					asked++
				}
			}
		}
		w := h.wire("")
		_ = w.SetDeadline(time.Now().Add(10 * time.Second))
		_ = w.says("M" + strings.TrimSpace(marker) + " " + path + " HTTP/1.1\r\nHost: mend\r\nConnection: close\r\n\r\n")
		_, _ = io.ReadAll(w.in)
	}
	for _, body := range []any{
		map[string]any{"email": forged, "password": forged},
		map[string]any{"token": forged},
		map[string]any{"code": forged, "name": forged},
		map[string]any{forged: forged},
		`{"` + forged,
	} {
		for _, path := range []string{"/sign-in", "/join", "/setup", "/couples", "/between/visit", "/invitations/open", "/couples/" + s.ID + "/sessions"} {
			desk.post(path, body)
			one.post(path, body)
		}
	}
	w := h.wire("")
	w.upgrade(one, s.ID, "")
	for i, do := range []string{forged, "submit", "ask", "draft", "whisper", "start_exercise"} {
		frame, err := json.Marshal(map[string]any{
			"id": fmt.Sprintf("019abcde-0000-7000-8000-%012d", i), "do": do, "step": forged, "text": forged, "exercise": forged, "cast": map[string]any{"a": forged},
		})
		if err == nil {
			_, err = w.Write(masked(final|text, frame))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Write(masked(final|text, []byte(forged))); err != nil { // ends it
		t.Fatal(err)
	}
	if code := w.closed(); code != protocol.BadMessage {
		t.Errorf("closed with %d", code)
	}

	log := h.log.String()
	if lines := strings.Count(log, "\n") - before; lines < asked {
		t.Errorf("%d requests made %d lines", asked, lines)
	}
	for line := range strings.Lines(log) {
		var fields map[string]any
		d := json.NewDecoder(strings.NewReader(line))
		if err := errors.Join(d.Decode(&fields), nothingAfter(d)); err != nil {
			t.Fatalf("a line that is no JSON object: %v: %q", err, line)
		}
		for name := range fields {
			if !passes(name) && name != "time" && name != "level" && name != "msg" {
				t.Errorf("a field that nobody knows: %q", line)
			}
		}
		for _, bit := range []string{"forged", marker, `\u001b`, `\u0000`} {
			if strings.Contains(line, bit) {
				t.Errorf("%q is in the log: %q", bit, line)
			}
		}
		if status := fields["status"]; fields["msg"] == "request" && (status == 500.0 || fields["route"] == nil) { // 503: no pages were built
			t.Errorf("a request failed: %q", line)
		}
	}
}

func nothingAfter(d *json.Decoder) error {
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands after it")
	}
	return nil
}

// When somebody has taken every place that the machine gives the server, nobody else
// comes in; once they leave, everybody does again. Nothing was started anew.
func TestAServerWithoutAPlaceLeftRecovers(t *testing.T) {
	s := &served{
		T: t, data: t.TempDir() + "/house", listen: free(t),
		under: []string{"sh", "-c", `ulimit -n 64 && exec "$@"`, "sh"},
	}
	s.start()
	defer func() { s.kill() }()
	asks := func(conn net.Conn, within time.Duration) bool {
		_ = conn.SetDeadline(time.Now().Add(within))
		_, err := io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: mend\r\n\r\n")
		if err == nil {
			_, err = io.ReadFull(conn, make([]byte, 12))
		}
		return err == nil
	}
	var held []net.Conn
	for full := false; !full; {
		conn, err := net.Dial("tcp", s.listen)
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, conn)
		full = !asks(conn, time.Second)
		if len(held) > 64 {
			t.Fatal("more came in than there are places")
		}
	}
	for _, conn := range held {
		conn.Close()
	}
	for patience := soon(t); ; {
		conn, err := net.Dial("tcp", s.listen)
		if err == nil && asks(conn, time.Second) {
			conn.Close()
			return
		}
		if patience.Err() != nil {
			t.Fatalf("it serves nobody any more: %v", err)
		}
	}
}

// Where a request ends is not a matter of opinion: a proxy in front that reads it
// otherwise could be made to hand one person's request on as part of another's. What is
// ambiguous is refused, and what stands behind it is not answered.
func TestARequestEndsWhereEverybodySaysItDoes(t *testing.T) {
	h := openHouse(t)
	post := "POST /api/v1/sign-in HTTP/1.1\r\nHost: mend\r\nOrigin: " + h.base + "\r\nContent-Type: application/json\r\n"
	behind := "GET /healthz HTTP/1.1\r\nHost: mend\r\n\r\n"
	for name, request := range map[string]string{
		"two lengths":           post + "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}",
		"a list of lengths":     post + "Content-Length: 2, 2\r\n\r\n{}",
		"a length with a sign":  post + "Content-Length: +2\r\n\r\n{}",
		"a length and chunks":   post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"chunks, nearly":        post + "Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
		"chunks and not":        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
		"a blank before":        post + "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
		"a chunk in hex":        post + "Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n",
		"a chunk that tells":    post + "Transfer-Encoding: chunked\r\n\r\n2;a=\"\n\"\r\n{}\r\n0\r\n\r\n",
		"chunks of old":         strings.Replace(post, "1.1", "1.0", 1) + "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"two hosts":             "GET /healthz HTTP/1.1\r\nHost: mend\r\nHost: evil.example\r\n\r\n",
		"no host":               "GET /healthz HTTP/1.1\r\n\r\n",
		"a header without name": "GET /healthz HTTP/1.1\r\nHost: mend\r\n: x\r\n\r\n",
	} {
		w := h.wire("")
		_ = w.SetDeadline(time.Now().Add(10 * time.Second))
		if err := w.says(request + behind); err != nil {
			t.Fatal(err)
		}
		answers, err := io.ReadAll(w.in)
		if err != nil {
			t.Errorf("%s: the connection goes on: %v", name, err)
		}
		if !bytes.HasPrefix(answers, []byte("HTTP/1.1 400 ")) || bytes.Count(answers, []byte("HTTP/1.1 ")) != 1 {
			t.Errorf("%s: %.200s", name, answers)
		}
	}
}
