package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// A backup is two files. The one is the database without the keys of couples, persons
// and process notes: it may be kept for years, since nothing of somebody who was erased
// can be read in it. The other holds the keys, is small, and is replaced by that of
// the next backup, so that a destroyed key is nowhere any more from then on. Keys of a
// later day open a backup of an earlier one.

const (
	backupID = 0x4d656e42 // "MenB", in SQLite's header: a backup is no database to start with
	keysID   = 0x4d656e4b // "MenK"
)

// KeysBeside is where a backup's keys go when nothing else is said: into the backup's
// folder, in place of those of the backup before.
func KeysBeside(backup string) string { return filepath.Join(filepath.Dir(backup), "mend.keys") }

// BackedUp is what a backup holds.
type BackedUp struct {
	Couples, Sessions, Events, Keys int64
}

// ErrThere says that a file is there already, and was left as it is.
var ErrThere = errors.New("is there already, and was left as it is")

// Unfit says that a file is not there, or is not of the kind that is needed, and how to
// mend that: it was asked for wrongly.
type Unfit string

func (u Unfit) Error() string { return string(u) }

// Backup copies the database at path into the file to and its keys into the file keys,
// both as of one moment, while it is being written to. It needs no master key: all that
// it copies is sealed.
func Backup(ctx context.Context, path, to, keys string) (b BackedUp, err error) {
	from := sqliteFile{path}
	if err := from.mustBe(ctx, applicationID); err != nil {
		return b, err
	}
	if err := sameHouse(ctx, path, keys); err != nil {
		return b, err
	}
	// The name is taken first, and filled at the end.
	if err := touch(to); err != nil {
		return b, err
	}
	part, keysPart := to+".part", keys+".part"
	defer func() {
		remove := []string{part, keysPart}
		if err != nil {
			remove = append(remove, to)
		}
		for _, name := range remove {
			_ = os.Remove(name)
		}
	}()
	for _, name := range []string{part, keysPart} {
		_ = os.Remove(name) // of a backup that was cut off
		if err := touch(name); err != nil {
			return b, err
		}
	}
	waiting, err := leftWaiting(TailOf(path)) // first: meanwhile they may go to the table
	if err != nil {
		return b, fmt.Errorf("store: backup: %w", err)
	}
	db := from.open(1, url.Values{})
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", part)
	if err = errors.Join(err, db.Close()); err != nil {
		return b, fmt.Errorf("store: backup: %w", err)
	}
	if b, err = apart(ctx, part, keysPart, waiting); err != nil {
		return b, fmt.Errorf("store: backup: %w", err)
	}
	return b, errors.Join(settle(keysPart, keys), settle(part, to))
}

// touch makes an empty file for its owner alone where there is none.
func touch(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s %w", path, ErrThere)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return Unfit(fmt.Sprintf("there is no folder %s: make it first, or name another", filepath.Dir(path)))
	}
	if err != nil {
		return err
	}
	return file.Close()
}

// settle waits until a file is on the disk and gives it its name.
func settle(part, name string) error {
	file, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(part, name); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// apart brings the keys out of a copy of the database into a file of their own, and into
// the copy what waited in the tail.
func apart(ctx context.Context, copied, keys string, waiting []*eventRow) (b BackedUp, err error) {
	db := sqliteFile{copied}.open(1, url.Values{"_secure_delete": {"1"}, "_foreign_keys": {"0"}})
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := bringInto(ctx, db, waiting); err != nil {
		return b, err
	}
	// A journal on the disk would hold the pages that the keys stood in.
	for _, statement := range []string{
		"PRAGMA journal_mode = MEMORY",
		"PRAGMA synchronous = FULL",
		"ATTACH DATABASE " + quoted(keys) + " AS apart",
		fmt.Sprintf("PRAGMA apart.application_id = %d", keysID),
		"CREATE TABLE apart.keys AS SELECT * FROM main.keys",
		"CREATE TABLE apart.erasures AS SELECT * FROM main.erasures",
		"CREATE TABLE apart.houses AS SELECT id FROM main.practices",
		"DETACH DATABASE apart",
		"DELETE FROM keys WHERE kind NOT IN ('index', 'practice')",
		"DELETE FROM sign_ins", // nobody is signed in to what is brought back
		fmt.Sprintf("PRAGMA application_id = %d", backupID),
		"VACUUM",
	} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return b, err
		}
	}
	err = db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM couples), (SELECT count(*) FROM sessions), (SELECT count(*) FROM events)`).
		Scan(&b.Couples, &b.Sessions, &b.Events)
	if err != nil {
		return b, err
	}
	other := sqliteFile{keys}.open(1, url.Values{"_query_only": {"1"}})
	defer func() { err = errors.Join(err, other.Close()) }()
	return b, other.QueryRowContext(ctx, "SELECT count(*) FROM keys").Scan(&b.Keys)
}

// bringInto adds what waited, of sessions that are there still.
func bringInto(ctx context.Context, db *sql.DB, waiting []*eventRow) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // which does nothing after Commit
	for _, row := range waiting {
		var there bool
		if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM sessions WHERE id = ?)", row.Session).Scan(&there); err != nil {
			return err
		}
		if !there {
			continue
		}
		values := row.values()
		if _, err := tx.ExecContext(ctx, insertEvent, values[:]...); outOfTurn(err) {
			continue
		} else if err != nil {
			return err
		}
		if row.Use != nil {
			values := row.Use.values()
			if _, err := tx.ExecContext(ctx, noteUse, values[:]...); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// mustBe refuses a file that is not what is expected of it.
func (f sqliteFile) mustBe(ctx context.Context, id int) error {
	name := filepath.Base(f.path)
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Unfit(fmt.Sprintf("%s is not there: %s", f.path, nameOf(id)))
	case err != nil:
		return err
	case info.IsDir():
		return Unfit(fmt.Sprintf("%s is a folder: %s", f.path, nameOf(id)))
	case info.Size() == 0:
		return fmt.Errorf("%s is empty: nothing was ever written to it, or the backup was cut off; take another backup", name)
	}
	db := f.openReaders(1)
	defer db.Close()
	var got int
	err = db.QueryRowContext(ctx, "SELECT application_id FROM pragma_application_id").Scan(&got)
	var trouble sqlite3.Error
	switch {
	case errors.As(err, &trouble) && trouble.Code == sqlite3.ErrNotADB:
		return fmt.Errorf("%s is not a database, or is damaged; take another backup", name)
	case err != nil:
		return fmt.Errorf("%s: %w", name, err)
	case got != id:
		return Unfit(fmt.Sprintf("%s is %s, and %s is needed here: %s", name, kindOfFile(got), kindOfFile(id), nameOf(id)))
	}
	return nil
}

// nameOf is how somebody who named the wrong file names the right one.
func nameOf(id int) string {
	switch id {
	case backupID:
		return "name the file that mend backup was given"
	case keysID:
		return "name the keys with --keys; mend backup said where they went"
	}
	return "name Mend's folder with --data"
}

func kindOfFile(id int) string {
	switch id {
	case applicationID:
		return "a Mend's own database"
	case backupID:
		return "a backup of Mend's"
	case keysID:
		return "a file of a backup's keys"
	}
	return "of another application"
}

// sameHouse refuses to replace the keys of another Mend: they may be the only ones.
func sameHouse(ctx context.Context, path, keys string) error {
	if _, err := os.Stat(keys); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := (sqliteFile{keys}).mustBe(ctx, keysID); err != nil {
		return err
	}
	same, err := related(ctx, path, keys)
	if err == nil && !same {
		err = fmt.Errorf("%s holds the keys of another Mend, and was left as it is: back up into a folder of its own, or name another file with --keys", keys)
	}
	return err
}

// related tells whether keys are those of a database or a backup.
func related(ctx context.Context, path, keys string) (same bool, err error) {
	db := sqliteFile{path}.openReaders(1)
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, "ATTACH DATABASE "+quoted(keys)+" AS apart"); err != nil {
		return false, err
	}
	err = db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM apart.houses) = 0
		OR EXISTS (SELECT 1 FROM apart.houses JOIN main.practices USING (id))`).Scan(&same)
	return same, err
}

func (sqliteFile) whole(ctx context.Context, db *sql.DB) (wrong []string, err error) {
	return whole(ctx, db)
}

// whole asks SQLite whether a file is sound; each line is one thing that is wrong.
func whole(ctx context.Context, db *sql.DB) (wrong []string, err error) {
	for _, check := range []struct{ what, pragma string }{
		{"file", "PRAGMA integrity_check(20)"}, {"reference", "PRAGMA foreign_key_check"},
	} {
		lines, err := linesOf(ctx, db, check.pragma)
		if err != nil {
			return wrong, err
		}
		for _, line := range lines {
			if line != "ok" {
				wrong = append(wrong, check.what+": "+line)
			}
		}
	}
	return wrong, nil
}

func linesOf(ctx context.Context, db *sql.DB, pragma string) (lines []string, err error) {
	rows, err := db.QueryContext(ctx, pragma)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		line, err := lineOf(rows)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, rows.Err()
}

// lineOf is a row of a check as one line. These rows hold names of tables, numbers and
// places in the file, never a value.
func lineOf(rows *sql.Rows) (string, error) {
	columns, err := rows.Columns()
	if err != nil {
		return "", err
	}
	values := make([]sql.NullString, len(columns))
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	if err := rows.Scan(into...); err != nil {
		return "", err
	}
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = v.String
	}
	return strings.Join(parts, " "), nil
}
