package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"time"

	"github.com/mattn/go-sqlite3"

	"mend/internal/seal"
)

// Restoring says what is to be brought back, and where to.
type Restoring struct {
	Backup, Keys string // the two files that Backup wrote; Keys may be of a later day
	To           string // the database
	Replace      bool   // a database that is there is kept beside, under a name of its own
	Master       *seal.Master
	Now          func() time.Time
	Log          *slog.Logger
}

// Restored is what came of it.
type Restored struct {
	BackedUp
	Erased int    // couples and partners that were erased since, and are again
	Aside  string // where the database that was there is now
}

// ErrHeld says that somebody has the database open.
var ErrHeld = errors.New("a Mend is running on this database: stop it first")

// Restore brings a backup back. What the ledger names, the one beside the database and
// that of the keys, is erased before the database takes its place.
func Restore(ctx context.Context, r Restoring) (done Restored, err error) {
	if err := (sqliteFile{r.Backup}).mustBe(ctx, backupID); err != nil {
		return done, err
	}
	if err := (sqliteFile{r.Keys}).mustBe(ctx, keysID); err != nil {
		return done, err
	}
	if same, err := related(ctx, r.Backup, r.Keys); err != nil || !same {
		return done, errors.Join(err, fmt.Errorf("%s does not hold the keys of this backup", r.Keys))
	}
	there, err := free(ctx, r.To)
	if err != nil {
		return done, err
	}
	if there && !r.Replace {
		return done, fmt.Errorf("%s %w; with --replace it is kept beside", r.To, ErrThere)
	}
	ledger := ledgerFile{LedgerOf(r.To)}
	if there {
		if err := copyLedger(ctx, r.To, ledger); err != nil {
			r.log().Warn("the ledger of the database that is replaced could not be read; the file beside it is used", "cause", err)
		}
	}
	if err := copyLedger(ctx, r.Keys, ledger); err != nil {
		return done, err
	}
	next := r.To + ".next"
	defer func() {
		for _, end := range []string{"", "-wal", "-shm", "-tail"} {
			_ = os.Remove(next + end)
		}
	}()
	if err := copyFile(r.Backup, next); err != nil {
		return done, err
	}
	if err := together(ctx, next, r.Keys, ledger); err != nil {
		return done, err
	}
	if done, err = r.finish(ctx, next, ledger); err != nil {
		return done, err
	}
	aside := r.To + ".before-" + r.now().UTC().Format("20060102T150405Z")
	for _, end := range []string{"", "-wal", "-shm", "-tail"} { // a journal left over would be taken for the new one's
		if err := os.Rename(r.To+end, aside+end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return done, err
		}
	}
	if there {
		done.Aside = aside
	}
	return done, settle(next, r.To)
}

func (r Restoring) now() time.Time {
	if r.Now == nil {
		return time.Now()
	}
	return r.Now()
}

func (r Restoring) log() *slog.Logger {
	if r.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return r.Log
}

// finish opens what was brought back as a Mend would: that proves the master key, brings
// the schema up to date and erases again.
func (r Restoring) finish(ctx context.Context, path string, ledger ledgerFile) (done Restored, err error) {
	before, err := counts(ctx, path)
	if err != nil {
		return done, err
	}
	s, err := Open(ctx, Options{Path: path, Ledger: ledger.path, Master: r.Master, Now: r.Now, Log: r.log()})
	if err != nil {
		return done, err
	}
	if err := s.Close(); err != nil {
		return done, err
	}
	db := sqliteFile{path}.open(1, url.Values{"_journal_mode": {"DELETE"}})
	wrong, err := whole(ctx, db)
	if err = errors.Join(err, db.Close()); err != nil {
		return done, err
	}
	if len(wrong) > 0 {
		return done, fmt.Errorf("what was brought back is not sound, and took nobody's place: %s", wrong[0])
	}
	after, err := counts(ctx, path)
	done.BackedUp, done.Erased = after.BackedUp, after.erased-before.erased
	return done, err
}

type counted struct {
	BackedUp
	erased int
}

func counts(ctx context.Context, path string) (c counted, err error) {
	db := sqliteFile{path}.openReaders(1)
	defer func() { err = errors.Join(err, db.Close()) }()
	return c, db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM couples), (SELECT count(*) FROM sessions),
		(SELECT count(*) FROM events), (SELECT count(*) FROM keys), (SELECT count(*) FROM erasures)`).
		Scan(&c.Couples, &c.Sessions, &c.Events, &c.Keys, &c.erased)
}

// Free answers with ErrHeld while anybody has the database open: that at url, or, where
// there is none, the file.
func Free(ctx context.Context, path, url string) error {
	if url != "" {
		p, err := postgresAt(url, true)
		if err != nil {
			return err
		}
		return p.held(ctx)
	}
	_, err := free(ctx, path)
	return err
}

// free tells whether a database is there, and refuses one that is in use.
func free(ctx context.Context, path string) (there bool, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	db := sqliteFile{path}.open(1, url.Values{"_locking_mode": {"EXCLUSIVE"}, "_busy_timeout": {"0"}})
	defer func() { err = errors.Join(err, db.Close()) }()
	var n int
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&n)
	var trouble sqlite3.Error
	if errors.As(err, &trouble) {
		switch trouble.Code {
		case sqlite3.ErrBusy, sqlite3.ErrLocked:
			return true, ErrHeld
		case sqlite3.ErrNotADB, sqlite3.ErrCorrupt:
			return true, nil // the very thing that a backup is for
		}
	}
	return true, err
}

// copyLedger brings what a file of SQLite's says was erased into the ledger.
func copyLedger(ctx context.Context, path string, to ledgerFile) (err error) {
	written, err := to.read()
	if err != nil {
		return err
	}
	known := make(map[string]bool, len(written))
	for _, row := range written {
		known[row.ID] = true
	}
	db := sqliteFile{path}.openReaders(1)
	defer func() { err = errors.Join(err, db.Close()) }()
	rows, err := db.QueryContext(ctx, "SELECT id, kind, at FROM erasures")
	if err != nil {
		return err
	}
	defer rows.Close()
	var missing []erasureRow
	for rows.Next() {
		var row erasureRow
		if err := rows.Scan(&row.ID, &row.Kind, &row.At); err != nil {
			return err
		}
		if !known[row.ID] {
			missing = append(missing, row)
		}
	}
	return errors.Join(rows.Err(), to.add(missing))
}

func copyFile(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	_ = os.Remove(to) // of a restore that was cut off
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Sync(), target.Close())
}

// together puts keys back into a copy of a backup: the newest of those that any row
// needs. It refuses keys older than the backup, which would leave somebody unreadable
// who was never erased.
func together(ctx context.Context, copied, keys string, ledger ledgerFile) (err error) {
	erased, err := ledger.read()
	if err != nil {
		return err
	}
	db := sqliteFile{copied}.open(1, url.Values{"_foreign_keys": {"0"}, "_secure_delete": {"1"}, "_journal_mode": {"MEMORY"}})
	defer func() { err = errors.Join(err, db.Close()) }()
	if wrong, err := whole(ctx, db); err != nil {
		return fmt.Errorf("the backup cannot be read: %w", err)
	} else if at := firstOf(wrong, "file: "); at != "" {
		return fmt.Errorf("the backup is damaged: %s", at)
	}
	for _, statement := range []string{
		"ATTACH DATABASE " + quoted(keys) + " AS apart",
		`INSERT INTO main.keys (id, parent, kind, wrapped, created_at) SELECT id, parent, kind, wrapped, created_at FROM apart.keys
			WHERE kind IN ('index', 'practice') OR id IN (SELECT id FROM main.couples UNION SELECT process_key FROM main.couples UNION SELECT id FROM main.partners)
			ON CONFLICT (id) DO UPDATE SET wrapped = excluded.wrapped`,
		"DETACH DATABASE apart",
		fmt.Sprintf("PRAGMA application_id = %d", applicationID),
		"CREATE TEMP TABLE gone (id TEXT PRIMARY KEY)",
	} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	for _, row := range erased {
		if _, err := db.ExecContext(ctx, "INSERT OR IGNORE INTO gone VALUES (?)", row.ID); err != nil {
			return err
		}
	}
	var lost int
	err = db.QueryRowContext(ctx, `SELECT count(*) FROM couples c WHERE c.id NOT IN (SELECT id FROM gone) AND (
		c.id NOT IN (SELECT id FROM keys)
		OR c.process_key NOT IN (SELECT id FROM keys UNION SELECT id FROM gone)
		OR EXISTS (SELECT 1 FROM partners p WHERE p.couple = c.id AND p.erased_at IS NULL AND p.id NOT IN (SELECT id FROM keys UNION SELECT id FROM gone)))`).Scan(&lost)
	if err == nil && lost > 0 {
		err = fmt.Errorf("these keys are older than the backup: %d of its couples could not be read. Give the keys that were written with it, or later ones", lost)
	}
	return err
}

func firstOf(lines []string, prefix string) string {
	for _, line := range lines {
		if len(line) > len(prefix) && line[:len(prefix)] == prefix {
			return line[len(prefix):]
		}
	}
	return ""
}
