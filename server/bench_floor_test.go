package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"net"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/contrib/websocket"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"github.com/mattn/go-sqlite3"

	"mend/internal/bot"
	"mend/internal/protocol"
	"mend/internal/session"
)

// floor is the least that any server on these parts must do for a durable turn: a
// frame comes in, a row is appended to SQLite with a full flush, shared with whoever
// else is waiting, and three frames go out, one system call a socket. It plays back
// a session that Mend held: frames of the same bytes, rows of the same length. It
// decides nothing, draws nothing, seals nothing, and knows no one's role or name.
type floor struct {
	url     string
	script  []scene
	noise   []byte
	db      *sql.DB
	appends chan *bare
	mu      sync.Mutex
	rooms   map[string]*bareRoom
}

// scene is what one command comes to: the first is how a session is found.
type scene struct {
	row int       // bytes beside the session's id and the seq
	out [3][]byte // what each socket is sent, in the order of session.Roles, laid out for the wire
}

type bareRoom struct {
	mu  sync.Mutex
	seq int
	out [3]chan []byte
}

// bare is one append.
type bare struct {
	room string
	seq  int
	row  []byte
	kept chan error
}

func openFloor(b *testing.B, script []scene) *floor {
	b.Helper()
	// The pragmas of internal/store's writer.
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(b.TempDir(), "floor.db")+
		"?_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_foreign_keys=1&_secure_delete=1&_txlock=immediate")
	fatal(b, err)
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(b.Context(), `CREATE TABLE events (session TEXT NOT NULL, seq INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (session, seq)) STRICT, WITHOUT ROWID`)
	fatal(b, err)
	longest := slices.MaxFunc(script, func(x, y scene) int { return x.row - y.row })
	f := &floor{
		script: script, noise: make([]byte, longest.row),
		db: db, appends: make(chan *bare, 512), rooms: map[string]*bareRoom{},
	}
	_, _ = rand.Read(f.noise)
	go f.commit(b)
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/live/:session", websocket.New(f.serve, websocket.Config{
		ReadBufferSize: 512, WriteBufferSize: 256, Subprotocols: []string{protocol.Subprotocol},
	}))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	fatal(b, err)
	f.url = "http://" + listener.Addr().String()
	go func() { _ = app.Listener(listener) }()
	b.Cleanup(func() {
		_ = app.Shutdown()
		close(f.appends)
	})
	return f
}

// commit writes whatever is waiting in one transaction.
func (f *floor) commit(b *testing.B) {
	defer func() { _ = f.db.Close() }()
	conn, err := f.db.Conn(context.Background())
	if err != nil {
		b.Error(err)
		return
	}
	defer func() { _ = conn.Close() }()
	_ = conn.Raw(func(on any) error {
		f.commitOn(b, on.(*sqlite3.SQLiteConn))
		return nil
	})
}

// commitOn uses what internal/store uses: statements prepared once, on the connection
// itself.
func (f *floor) commitOn(b *testing.B, c *sqlite3.SQLiteConn) {
	var prepared [3]driver.StmtExecContext
	for i, text := range []string{"BEGIN IMMEDIATE", "INSERT INTO events (session, seq, payload) VALUES (?, ?, ?)", "COMMIT"} {
		s, err := c.PrepareContext(context.Background(), text)
		if err != nil {
			b.Error(err)
			return
		}
		defer func() { _ = s.Close() }()
		prepared[i] = s.(driver.StmtExecContext)
	}
	for first := range f.appends {
		batch := []*bare{first}
		for more := true; more && len(batch) < cap(f.appends); {
			select {
			case next, ok := <-f.appends:
				if more = ok; ok {
					batch = append(batch, next)
				}
			default:
				more = false
			}
		}
		err := write(prepared, batch)
		for _, a := range batch {
			a.kept <- err
		}
	}
}

func write(prepared [3]driver.StmtExecContext, batch []*bare) error {
	if _, err := prepared[0].ExecContext(context.Background(), nil); err != nil {
		return err
	}
	for _, a := range batch {
		if _, err := prepared[1].ExecContext(context.Background(), []driver.NamedValue{
			{Ordinal: 1, Value: a.room}, {Ordinal: 2, Value: int64(a.seq)}, {Ordinal: 3, Value: a.row},
		}); err != nil {
			return err // the benchmark ends with it
		}
	}
	_, err := prepared[2].ExecContext(context.Background(), nil)
	return err
}

func (f *floor) serve(c *websocket.Conn) {
	id, who := c.Params("session"), slices.Index(session.Roles(), session.Role(c.Cookies("mend")))
	f.mu.Lock()
	r := f.rooms[id]
	if r == nil {
		r = &bareRoom{}
		f.rooms[id] = r
	}
	f.mu.Unlock()
	out := make(chan []byte, 16)
	out <- f.script[0].out[who]
	r.mu.Lock()
	r.out[who] = out
	r.mu.Unlock()
	var writer sync.WaitGroup
	writer.Go(func() {
		for wire := range out {
			_ = c.NetConn().SetWriteDeadline(time.Now().Add(protocol.WriteWithin))
			if _, err := c.NetConn().Write(wire); err != nil {
				return
			}
		}
	})
	defer writer.Wait()
	defer func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.out[who] = nil
		close(out)
	}()
	for {
		if _, _, err := c.ReadMessage(); err != nil {
			return
		}
		r.mu.Lock()
		r.seq++
		a := &bare{room: id, seq: r.seq, kept: make(chan error, 1)}
		r.mu.Unlock()
		if a.seq == len(f.script) {
			return // played to its end
		}
		next := &f.script[a.seq]
		a.row = f.noise[:next.row]
		f.appends <- a
		if <-a.kept != nil {
			return
		}
		r.mu.Lock()
		for who, to := range r.out {
			if to != nil {
				to <- next.out[who]
			}
		}
		r.mu.Unlock()
	}
}

// couples sit down at a floor.
func (f *floor) couples(b *testing.B, sessions int) []*couple {
	b.Helper()
	couples := make([]*couple, sessions)
	for i := range couples {
		t := trioAt(f.url, uuid.NewString())
		var err error
		couples[i], err = dial(b.Context(), t, "speaking")
		fatal(b, err)
	}
	return couples
}

// trioAt are a session's three seats where the cookie is the role.
func trioAt(url, id string) bot.Trio {
	t := bot.Trio{Session: id, Seats: map[session.Role]bot.Place{}}
	for _, role := range session.Roles() {
		t.Seats[role] = bot.Place{Server: url, Session: id, Cookie: "mend=" + string(role)}
	}
	return t
}

// record holds a session at Mend, of so many commands, for floors to play back.
func (m *mended) record(b *testing.B, commands int) []scene {
	b.Helper()
	c := m.couples(b, 1)[0]
	defer c.leave()
	script := []scene{{}}
	for i, o := range c.seats {
		script[0].out[i] = onWire(o.view)
	}
	for range commands {
		by, body := c.next()
		_, err := c.say(b.Context(), by, body, c.seats[:]...)
		fatal(b, err)
		var s scene
		for i, o := range c.seats {
			if s.out[i] = onWire(o.view); o == by {
				s.out[i] = append(s.out[i], onWire([]byte(`{"is":"done","id":"`+string(bot.NewID())+`"}`))...)
			}
		}
		script = append(script, s)
	}
	fatal(b, m.store.Close()) // all of the log is in its table from now on
	db, err := sql.Open("sqlite3", "file:"+m.path+"?_query_only=1")
	fatal(b, err)
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(b.Context(), `SELECT length(command) + 8 + length(by) + length(type) + length(key_id) + length(payload)
		FROM events WHERE session = ? ORDER BY seq DESC LIMIT ?`, c.session, commands)
	fatal(b, err)
	defer func() { _ = rows.Close() }()
	for i := commands; rows.Next(); i-- {
		fatal(b, rows.Scan(&script[i].row))
	}
	fatal(b, rows.Err())
	if script[1].row == 0 {
		b.Fatal("a command has left no row")
	}
	return script
}

// onWire is a text frame as RFC 6455 lays it out.
func onWire(payload []byte) []byte {
	if n := len(payload); n < 126 {
		return append([]byte{0x81, byte(n)}, payload...)
	}
	return append(binary.BigEndian.AppendUint16([]byte{0x81, 126}, uint16(len(payload))), payload...)
}

func fatal(b testing.TB, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
