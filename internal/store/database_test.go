package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "github.com/mattn/go-sqlite3"

	"mend/internal/store"
	"mend/internal/store/pgtest"
)

// The tests of this package hold on both databases: on SQLite as they stand, and on
// PostgreSQL with MEND_TEST_DATABASE=postgres. A path stands for a database on either.

var addresses sync.Map // of PostgreSQL's databases, by path

// addressOf is where the database of a path is; "" where it is the file itself.
func addressOf(t testing.TB, path string) string {
	t.Helper()
	if !pgtest.Wanted() {
		return ""
	}
	if url, known := addresses.Load(path); known {
		return url.(string)
	}
	url := pgtest.Database(t, store.Migrated)
	addresses.Store(path, url)
	return url
}

// at completes options with the database of their path.
func at(t testing.TB, o store.Options) store.Options {
	t.Helper()
	o.URL = addressOf(t, o.Path)
	return o
}

// ofSQLite ends a test of what SQLite alone does.
func ofSQLite(t testing.TB, what string) {
	t.Helper()
	if pgtest.Wanted() {
		t.Skip("SQLite's own: " + what)
	}
}

// ofPostgres ends a test of what PostgreSQL alone does.
func ofPostgres(t testing.TB) {
	t.Helper()
	if !pgtest.Wanted() {
		t.Skip("PostgreSQL's own: run with MEND_TEST_DATABASE=postgres")
	}
}

// raw is the database as anybody sees it who has the file, or the server's password. Its
// statements are written with question marks.
type raw struct{ *sql.DB }

func (h *house) raw() raw {
	h.t.Helper()
	driver, source := "sqlite3", "file:"+h.path+"?_foreign_keys=1&_busy_timeout=5000"
	if url := addressOf(h.t, h.path); url != "" {
		driver, source = "pgx", url
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = db.Close() })
	return raw{db}
}

// numbered puts $1, $2 and so on in the place of question marks, where PostgreSQL is asked.
func numbered(query string) string {
	if !pgtest.Wanted() {
		return query
	}
	parts := strings.Split(query, "?")
	for i := range parts[1:] {
		parts[i] += "$" + strconv.Itoa(i+1)
	}
	return strings.Join(parts, "")
}

func (r raw) Exec(query string, args ...any) (sql.Result, error) {
	return r.ExecContext(context.Background(), numbered(query), args...)
}

func (r raw) Query(query string, args ...any) (*sql.Rows, error) {
	return r.QueryContext(context.Background(), numbered(query), args...)
}

func (r raw) QueryRow(query string, args ...any) *sql.Row {
	return r.QueryRowContext(context.Background(), numbered(query), args...)
}

// dropping takes a trigger off a table.
func dropping(trigger, table string) string {
	if pgtest.Wanted() {
		return "DROP TRIGGER " + trigger + " ON " + table
	}
	return "DROP TRIGGER " + trigger
}

// unhurried has this connection not wait for the disk.
func unhurried() string {
	if pgtest.Wanted() {
		return "SET synchronous_commit = off"
	}
	return "PRAGMA synchronous = OFF"
}

// onDisk are the files that the database is kept in, by name. Of PostgreSQL its own log is not
// among them: what was deleted stays in that, until the server writes over it.
func (h *house) onDisk() map[string][]byte {
	h.t.Helper()
	if url := addressOf(h.t, h.path); url != "" {
		return pgtest.Files(h.t, url)
	}
	all := map[string][]byte{}
	for _, end := range []string{"", "-wal", "-shm", "-tail"} {
		content, err := os.ReadFile(h.path + end)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			h.t.Fatal(err)
		}
		all[h.path+end] = content
	}
	return all
}

// holds tells whether bytes are in any of the database's files.
func (h *house) holds(sought []byte) bool {
	h.t.Helper()
	for _, content := range h.onDisk() {
		if bytes.Contains(content, sought) {
			return true
		}
	}
	return false
}
