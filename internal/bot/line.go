package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/fasthttp/websocket"

	"mend/internal/protocol"
)

// Place is where a role sits down.
type Place struct {
	Server  string // "http://127.0.0.1:8080"
	Session string
	Cookie  string // as a Cookie header: "mend=…"
	Origin  string // Server, where empty
	Here    bool   // take the seat over from another tab
	Page    string // what the page calls itself; may be empty
	As      string // a role in one's own rehearsal
	// Protocol is the subprotocol to offer; protocol.Subprotocol where empty.
	Protocol string
	// Wait is the most that a bot waits before it first tries again; 100 ms. A page waits 250.
	Wait time.Duration
}

// Line is one connection.
type Line struct {
	conn  *websocket.Conn
	usual int // how long the frames were so far: room for the next
}

// Status is the answer of a server that refused the upgrade.
type Status int

func (s Status) Error() string { return fmt.Sprintf("refused with status %d", int(s)) }

// Dial opens a connection. The error is a Status where the server answered with one.
func Dial(ctx context.Context, p Place) (*Line, error) {
	server, err := url.Parse(p.Server)
	if err != nil {
		return nil, err
	}
	to := url.URL{
		Scheme: strings.Replace(server.Scheme, "http", "ws", 1), Host: server.Host,
		Path: "/live/" + p.Session,
	}
	query := url.Values{}
	if p.Here {
		query.Set("here", "1")
	}
	if p.Page != "" {
		query.Set("page", p.Page)
	}
	if p.As != "" {
		query.Set("as", p.As)
	}
	to.RawQuery = query.Encode()
	if p.Origin == "" {
		p.Origin = p.Server
	}
	if p.Protocol == "" {
		p.Protocol = protocol.Subprotocol
	}
	header := http.Header{"Origin": {p.Origin}}
	if p.Cookie != "" {
		header.Set("Cookie", p.Cookie)
	}
	d := websocket.Dialer{
		HandshakeTimeout: 10 * time.Second,
		Subprotocols:     []string{p.Protocol},
		ReadBufferSize:   8 << 10, WriteBufferSize: 512,
	}
	conn, answer, err := d.DialContext(ctx, to.String(), header)
	if answer != nil && answer.Body != nil {
		defer answer.Body.Close()
	}
	if err != nil {
		if answer != nil && answer.StatusCode != http.StatusSwitchingProtocols {
			return nil, Status(answer.StatusCode)
		}
		return nil, err
	}
	return &Line{conn: conn, usual: 512}, nil
}

// Write sends one frame. One goroutine at a time may write.
func (l *Line) Write(frame []byte) error {
	return l.conn.WriteMessage(websocket.TextMessage, frame)
}

// WriteBinary sends a frame of the kind that Mend does not take.
func (l *Line) WriteBinary(frame []byte) error {
	return l.conn.WriteMessage(websocket.BinaryMessage, frame)
}

// Read waits for the next frame, which is the caller's to keep. One goroutine at a
// time may read. The error is a Closed where the server said why.
func (l *Line) Read() ([]byte, error) {
	_, r, err := l.conn.NextReader()
	if err == nil {
		frame := bytes.NewBuffer(make([]byte, 0, l.usual+bytes.MinRead))
		_, err = frame.ReadFrom(r)
		if l.usual = max(l.usual, frame.Len()); err == nil {
			return frame.Bytes(), nil
		}
	}
	var closed *websocket.CloseError
	if errors.As(err, &closed) {
		return nil, Closed{protocol.CloseCode(closed.Code), closed.Text}
	}
	return nil, err
}

// Close drops the connection without a word, as a phone does that lost its network.
func (l *Line) Close() { _ = l.conn.Close() }

// Closed is the server's goodbye.
type Closed struct {
	Code protocol.CloseCode
	Slug string
}

func (c Closed) Error() string { return fmt.Sprintf("closed by the server: %d %s", c.Code, c.Slug) }
