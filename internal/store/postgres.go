package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"mend/internal/fault"
)

// Everything that is PostgreSQL's own stands in this file, in postgres_*.go and in
// migrations/postgres.
//
// Nothing here rests on this process being the only one. Whoever acts upon what they
// read does so in a serializable transaction, which is run again where another came
// between; the log has its order from its unique keys. What a process remembers is
// either never changed by another (whose a session is: places; a session that is gone
// takes no record, whoever remembers it) or believed for a short while (keys).

//go:embed migrations/postgres/*.sql
var postgresMigrations embed.FS

const (
	// aNode is how a Mend that serves calls itself at the server, and aTool how one does
	// that works beside it: see held.
	aNode = "mend"
	aTool = "mend beside"

	postgresWriters = 4

	// keyBelieved bounds for how long another node can read what was erased.
	keyBelieved = 5 * time.Second
)

// postgresServer is a database in a PostgreSQL server.
type postgresServer struct{ config *pgx.ConnConfig }

// postgresAt understands an address. What it may hold of a password is in no error.
func postgresAt(url string, beside bool) (postgresServer, error) {
	c, err := pgx.ParseConfig(url)
	if err != nil {
		return postgresServer{}, errors.New("store: the address of the database is not understood; it looks like postgres://user:password@host:5432/name")
	}
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = 5 * time.Second
	}
	params := map[string]string{
		"application_name": aNode,
		// An answer goes out when the record is on the server's disk.
		"synchronous_commit": "on",
		// A node that the network swallowed holds nothing up for long.
		"idle_in_transaction_session_timeout": "60s",
		"lock_timeout":                        "10s",
		"tcp_keepalives_idle":                 "10",
		"tcp_keepalives_interval":             "5",
		"tcp_keepalives_count":                "3",
	}
	if beside {
		params["application_name"] = aTool
	}
	if c.RuntimeParams["synchronous_commit"] == "remote_apply" { // more than on, where the operator asks for it
		delete(params, "synchronous_commit")
	}
	for name, value := range params {
		c.RuntimeParams[name] = value
	}
	return postgresServer{c}, nil
}

func (p postgresServer) open(connections int, readOnly bool) *sql.DB {
	c := p.config.Copy()
	if readOnly {
		c.RuntimeParams["default_transaction_read_only"] = "on"
	}
	db := stdlib.OpenDB(*c)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db
}

func (p postgresServer) openWriter() *sql.DB { return p.open(postgresWriters, false) }

func (p postgresServer) openReaders(connections int) *sql.DB { return p.open(connections, true) }

// through leaves prepared statements to pgx, which keeps them by connection.
func (postgresServer) through(db gorm.ConnPool) (gorm.Dialector, *gorm.Config) {
	return postgres.New(postgres.Config{Conn: db}), &gorm.Config{}
}

func (postgresServer) reading(db *sql.DB) gorm.ConnPool { return patientReads{db} }

func (p postgresServer) keeper(s *Store, _ *sql.DB, _ bool) (keeper, error) {
	return startPress(s, p), nil
}

func (postgresServer) shared() bool { return true }

func (postgresServer) believed() time.Duration { return keyBelieved }

// own refuses a server that does not answer and a database with another's tables.
func (p postgresServer) own(ctx context.Context, beside bool) error {
	db := p.open(1, true)
	defer db.Close()
	var encoding string
	var tables, ours int
	err := db.QueryRowContext(ctx, `SELECT current_setting('server_encoding'), count(*),
		count(*) FILTER (WHERE tablename IN ('goose_db_version', 'keys', 'events')) FROM pg_tables WHERE schemaname = current_schema()`).
		Scan(&encoding, &tables, &ours)
	switch {
	case err != nil:
		return fmt.Errorf("store: the database does not answer: %w", err)
	case encoding != "UTF8":
		return fmt.Errorf("store: the database's encoding is %s, and UTF8 is needed", encoding)
	case tables == 0 && beside:
		return errors.New("store: the database is empty: start Mend on it once")
	case tables > 0 && ours < 3 && tables != ours: // a first start that was cut off leaves goose's own table
		return errors.New("store: the database belongs to another application; Mend leaves it alone")
	}
	return nil
}

// openingLock is the number of the lock that a node holds while it opens the database:
// "Mend" in ASCII.
const openingLock = applicationID

func (p postgresServer) opening(ctx context.Context) (func(), error) {
	db := p.open(1, true)
	// Another node may be bringing the schema up to date, which takes its time.
	_, err := db.ExecContext(ctx, "SET lock_timeout = 0")
	if err == nil {
		_, err = db.ExecContext(ctx, "SELECT pg_advisory_lock($1)", openingLock)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("store: the database does not answer: %w", err), db.Close())
	}
	return func() { _ = db.Close() }, nil // the lock goes with its connection
}

func (p postgresServer) migrate(ctx context.Context, db *sql.DB) error {
	provider, err := p.migrations(db)
	if err != nil {
		return err
	}
	return upToDate(ctx, provider)
}

func (postgresServer) migrations(db *sql.DB) (*goose.Provider, error) {
	steps, err := fs.Sub(postgresMigrations, "migrations/postgres")
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, steps, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	return provider, nil
}

// Codes of PostgreSQL's errors (its documentation, appendix A).
const (
	codeSerialization = "40001"
	codeDeadlock      = "40P01"
	codeLockTimeout   = "55P03"
	codeDiskFull      = "53100"
	codeReadOnly      = "25006"
	codeNotNow        = "57P03" // it starts up or shuts down
)

func (postgresServer) trouble(err error) *fault.Error {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		switch e.Code[:2] {
		case "53": // out of something: the disk, memory, connections
			if e.Code == codeDiskFull {
				return storageFull
			}
			return storageBusy
		case "40", "08", "57":
			return storageBusy
		case "58", "XX", "F0":
			return storageFailed
		}
		if e.Code == codeLockTimeout || e.Code == codeReadOnly { // a standby, for the time being
			return storageBusy
		}
		return nil
	}
	if lost(err) {
		return storageBusy
	}
	return nil
}

// collided tells whether a transaction came to nothing because of another one, and may
// be run again at once. A duplicate key is what that looks like where the other's row was
// not there yet when this one looked.
func collided(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == codeSerialization || e.Code == codeDeadlock)
}

// lost tells whether the server went away or does not answer just now.
func lost(err error) bool {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code[:2] == "57" || e.Code[:2] == "08"
	}
	var connecting *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connecting) || errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, sql.ErrConnDone) || err != nil && err.Error() == "conn closed"
}
