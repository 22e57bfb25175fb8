package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// sealedColumns are those of which a check wants an envelope.
func (postgresServer) sealedColumns(ctx context.Context, db *sql.DB) (map[string][]string, error) {
	rows, err := db.QueryContext(ctx, `SELECT DISTINCT t.relname, a.attname
		FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (k.conkey)
		WHERE k.contype = 'c' AND k.connamespace = current_schema()::regnamespace AND pg_get_constraintdef(k.oid) LIKE '%substr%'
		AND t.relname NOT IN ('events', 'homework_events', 'keys') ORDER BY t.relname, a.attname`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns := map[string][]string{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			return nil, err
		}
		columns[table] = append(columns[table], column)
	}
	return columns, rows.Err()
}

// whole tells of what an operator's hand may have switched off. Whether the files are
// sound PostgreSQL itself watches over.
func (postgresServer) whole(ctx context.Context, db *sql.DB) (wrong []string, err error) {
	rows, err := db.QueryContext(ctx, `
		SELECT 'index: ' || c.relname || ' is not valid' FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
			WHERE NOT i.indisvalid AND c.relnamespace = current_schema()::regnamespace
		UNION ALL SELECT 'trigger: ' || g.tgname || ' is switched off' FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
			WHERE g.tgenabled NOT IN ('O', 'A') AND c.relnamespace = current_schema()::regnamespace
		UNION ALL SELECT 'constraint: ' || k.conname || ' was never verified' FROM pg_constraint k
			WHERE NOT k.convalidated AND k.connamespace = current_schema()::regnamespace
		ORDER BY 1`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		wrong = append(wrong, line)
	}
	return wrong, rows.Err()
}

// emptyJournal writes the table of wrapped keys anew, without the rows that were deleted:
// until then they lie where they lay. It gives way soon: whoever reads keys must not wait
// for it. What was archived of the server's own log, and every dump, is the operator's to
// let go of.
func (p postgresServer) emptyJournal(ctx context.Context) (err error) {
	db := p.open(1, false)
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, "SET lock_timeout = '250ms'"); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM (FULL) keys")
	return err
}

// seen is how long the server may take to notice that somebody left.
const seen = 2 * time.Second

// held answers with ErrHeld while a Mend serves on this database, or a tool works on it.
func (p postgresServer) held(ctx context.Context) (err error) {
	db := p.open(1, true)
	defer func() { err = errors.Join(err, db.Close()) }()
	for began := time.Now(); ; {
		var others int
		err = db.QueryRowContext(ctx, `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND application_name IN ($1, $2) AND pid <> pg_backend_pid()`, aNode, aTool).Scan(&others)
		switch {
		case err != nil:
			return fmt.Errorf("store: the database does not answer: %w", err)
		case others == 0:
			return nil
		case time.Since(began) > seen:
			return ErrHeld
		}
		select {
		case <-time.After(seen / 20):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
