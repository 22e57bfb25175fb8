package main

import (
	"bytes"
	"context"
	"database/sql"
	"net"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	fasthttpws "github.com/fasthttp/websocket"
	"github.com/gofiber/contrib/websocket"
	"github.com/gofiber/fiber/v2"

	"mend/internal/bot"
	"mend/internal/protocol"
	"mend/internal/session"
)

// floor is the least that any server on these parts must do for a durable turn: a
// frame comes in, its bytes are appended to SQLite with a full flush, shared with
// whoever else is waiting, and go out to three sockets. It knows no rules, no views,
// no roles, no encryption and no one's name.
type floor struct {
	db      *sql.DB
	appends chan *bare
	mu      sync.Mutex
	rooms   map[string]*bareRoom
}

type bareRoom struct {
	mu  sync.Mutex
	seq int
	out map[string]chan []byte
}

// bare is one append.
type bare struct {
	room string
	seq  int
	raw  []byte
	kept chan error
}

func openFloor(b *testing.B) (server string) {
	b.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(b.TempDir(), "floor.db")+"?_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000")
	checkBench(b, err)
	db.SetMaxOpenConns(1)
	_, err = db.Exec(`CREATE TABLE events (session TEXT NOT NULL, seq INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (session, seq)) STRICT, WITHOUT ROWID`)
	checkBench(b, err)
	f := &floor{db: db, appends: make(chan *bare, 512), rooms: map[string]*bareRoom{}}
	go f.commit(b)
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/live/:session", websocket.New(f.serve, websocket.Config{
		ReadBufferSize: 512, WriteBufferSize: 4096, WriteBufferPool: &sync.Pool{}, Subprotocols: []string{protocol.Subprotocol},
	}))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	checkBench(b, err)
	go func() { _ = app.Listener(listener) }()
	b.Cleanup(func() {
		_ = app.Shutdown()
		close(f.appends)
	})
	return "http://" + listener.Addr().String()
}

// commit writes whatever is waiting in one transaction.
func (f *floor) commit(b *testing.B) {
	defer func() { _ = f.db.Close() }()
	insert, err := f.db.Prepare(`INSERT INTO events (session, seq, payload) VALUES (?, ?, ?)`)
	if err != nil {
		b.Error(err)
		return
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
		err := f.write(insert, batch)
		for _, a := range batch {
			a.kept <- err
		}
	}
}

func (f *floor) write(insert *sql.Stmt, batch []*bare) error {
	tx, err := f.db.Begin()
	if err != nil {
		return err
	}
	stmt := tx.Stmt(insert)
	for _, a := range batch {
		if _, err := stmt.Exec(a.room, a.seq, a.raw); err != nil {
			_ = tx.Rollback()
			return err
		}
	}
	return tx.Commit()
}

func (f *floor) serve(c *websocket.Conn) {
	id, who := c.Params("session"), c.Cookies("mend")
	f.mu.Lock()
	r := f.rooms[id]
	if r == nil {
		r = &bareRoom{out: map[string]chan []byte{}}
		f.rooms[id] = r
	}
	f.mu.Unlock()
	out := make(chan []byte, 16)
	out <- []byte(`{"is":"view","rev":0}`) // seated
	r.mu.Lock()
	r.out[who] = out
	r.mu.Unlock()
	var writer sync.WaitGroup
	writer.Go(func() {
		for raw := range out {
			_ = c.SetWriteDeadline(time.Now().Add(protocol.WriteWithin))
			if c.WriteMessage(fasthttpws.TextMessage, raw) != nil {
				return
			}
		}
	})
	defer writer.Wait()
	defer func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.out, who)
		close(out)
	}()
	for {
		_, raw, err := c.ReadMessage()
		if err != nil {
			return
		}
		r.mu.Lock()
		r.seq++
		a := &bare{room: id, seq: r.seq, raw: raw, kept: make(chan error, 1)}
		r.mu.Unlock()
		f.appends <- a
		if <-a.kept != nil {
			return
		}
		r.mu.Lock()
		for _, to := range r.out {
			to <- raw
		}
		r.mu.Unlock()
	}
}

// bareCouple takes turns on the floor. What it sends is laid out as a view is, so
// that its onlookers are those of a real session.
type bareCouple struct {
	seats [3]*onlooker
	rev   int
	words []byte
}

// bareCouples sit down at a floor; each of their frames has so many bytes.
func bareCouples(b *testing.B, server string, sessions, size int) []*bareCouple {
	b.Helper()
	couples := make([]*bareCouple, sessions)
	for i := range couples {
		couples[i] = &bareCouple{words: bytes.Repeat([]byte("w"), size)}
		for j, role := range session.Roles() {
			line, err := bot.Dial(b.Context(), bot.Place{Server: server, Session: strconv.Itoa(i), Cookie: "mend=" + string(role)})
			checkBench(b, err)
			o := &onlooker{role: role, line: line, views: make(chan []byte, 8), done: make(chan string, 8), over: make(chan error, 1)}
			couples[i].seats[j] = o
			go o.read()
			checkBench(b, o.look(b.Context()))
		}
	}
	b.Cleanup(func() {
		for _, c := range couples {
			for _, o := range c.seats {
				o.line.Close()
			}
		}
	})
	return couples
}

func (c *bareCouple) turn(ctx context.Context) (time.Duration, error) {
	c.rev++
	raw := append([]byte(`{"is":"view","rev":`), strconv.Itoa(c.rev)...)
	raw = append(append(append(raw, `,"words":"`...), c.words...), `"}`...)
	began := time.Now()
	if err := c.seats[1+c.rev%2].line.Write(raw); err != nil {
		return 0, err
	}
	for _, o := range c.seats {
		if err := o.look(ctx); err != nil {
			return 0, err
		}
	}
	return time.Since(began), nil
}

func checkBench(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
