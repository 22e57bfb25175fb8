package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mend/internal/record"
	"mend/internal/seal"
)

// Checked is what a look at everything found. Wrong names tables, columns and ids, and
// never a word.
type Checked struct {
	Tables   int // with words in them
	Values   int // sealed, and opened
	Gone     int // sealed under a key that was destroyed when somebody was erased
	Keys     int
	Sessions int // replayed
	Records  int
	Erased   int // entries of the ledger
	Deeds    int // in the chains of who did what
	Wrong    []string
}

// Check opens every sealed value, replays every session, and holds database, ledger and
// keys against each other. It changes nothing, and may run beside a house that is in use.
func (s *Store) Check(ctx context.Context) (c Checked, err error) {
	db, err := s.read.DB()
	if err != nil {
		return c, err
	}
	if c.Wrong, err = s.engine.whole(ctx, db); err != nil {
		return c, fmt.Errorf("store: check: %w", err)
	}
	for _, look := range []func(context.Context, *sql.DB, *Checked) error{
		s.checkKeys, s.checkLedger, s.checkValues, s.checkSessions, s.checkHomework,
	} {
		if err := look(ctx, db, &c); err != nil {
			return c, fmt.Errorf("store: check: %w", err)
		}
	}
	if c.Deeds, err = s.VerifyDeeds(ctx); err != nil {
		c.wrong("%v", err)
	}
	slices.Sort(c.Wrong)
	return c, nil
}

func (c *Checked) wrong(form string, args ...any) {
	c.Wrong = append(c.Wrong, fmt.Sprintf(form, args...))
}

func (s *Store) checkKeys(ctx context.Context, _ *sql.DB, c *Checked) error {
	var rows []keyRow
	if err := s.read.WithContext(ctx).Select("id", "kind").Find(&rows).Error; err != nil {
		return err
	}
	for _, row := range rows {
		c.Keys++
		if row.Kind == indexKey { // Open has opened it
			continue
		}
		if _, err := s.ring.Key(ctx, row.ID); err != nil {
			c.wrong("keys/%s: does not open", row.ID)
		}
	}
	return nil
}

func (s *Store) checkLedger(ctx context.Context, _ *sql.DB, c *Checked) error {
	var rows []erasureRow
	if err := s.read.WithContext(ctx).Find(&rows).Error; err != nil {
		return err
	}
	written, err := s.ledger.read()
	if err != nil {
		c.wrong("ledger: the file beside the database cannot be read")
	}
	inFile := make(map[string]bool, len(written))
	for _, row := range written {
		inFile[row.ID] = true
	}
	c.Erased = len(rows)
	for _, row := range rows {
		// Another node's erasure comes into this node's file when it next starts.
		if err == nil && !inFile[row.ID] && !s.engine.shared() {
			c.wrong("ledger: %s %s is not in the file beside the database", row.Kind, row.ID)
		}
		delete(inFile, row.ID)
		var left int64
		err := s.read.WithContext(ctx).Raw(`SELECT (SELECT count(*) FROM keys WHERE id = @id) + (SELECT count(*) FROM couples WHERE id = @id OR process_key = @id)
			+ (SELECT count(*) FROM partners WHERE id = @id AND erased_at IS NULL)`, sql.Named("id", row.ID)).Scan(&left).Error
		if err != nil {
			return err
		}
		if left > 0 {
			c.wrong("ledger: %s %s was erased, and something of it is here", row.Kind, row.ID)
		}
	}
	for id := range inFile {
		c.wrong("ledger: %s was erased, and the database does not know it: start Mend once", id)
	}
	return nil
}

// checkValues finds the sealed columns in the schema itself, so that no table is
// forgotten. Logs are bound to more than an id: checkSessions and checkHomework open them.
func (s *Store) checkValues(ctx context.Context, db *sql.DB, c *Checked) error {
	columns, err := s.engine.sealedColumns(ctx, db)
	if err != nil {
		return err
	}
	for table, sealed := range columns {
		c.Tables++
		if err := s.checkTable(ctx, db, c, table, sealed); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	return nil
}

// modelOf is the name that a table's values are bound to: the two kinds of notes share
// their models, and differ by their keys.
func modelOf(table string) string {
	for _, kind := range []string{"progress_", "process_"} {
		table = strings.TrimPrefix(table, kind)
	}
	return table
}

func (s *Store) checkTable(ctx context.Context, db *sql.DB, c *Checked, table string, columns []string) error {
	rows, err := db.QueryContext(ctx, "SELECT id, key_id, "+strings.Join(columns, ", ")+" FROM "+table) //nolint:gosec // names from the schema
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, keyID string
		envelopes := make([][]byte, len(columns))
		into := []any{&id, &keyID}
		for i := range envelopes {
			into = append(into, &envelopes[i])
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		key, err := s.ring.Key(ctx, keyID)
		if err != nil {
			c.wrong("%s/%s: its key cannot be had", table, id)
			continue
		}
		for i, column := range columns {
			if _, err := key.Open(envelopes[i], place(modelOf(table), column, id)); err != nil {
				c.wrong("%s does not open", place(table, column, id))
				continue
			}
			c.Values++
		}
	}
	return rows.Err()
}

// checkSessions replays every log, and holds the table beside it against what it says.
func (s *Store) checkSessions(ctx context.Context, _ *sql.DB, c *Checked) error {
	var sessions []sessionRow
	if err := s.read.WithContext(ctx).Omit("agenda").Order("id").Find(&sessions).Error; err != nil {
		return err
	}
	for _, row := range sessions {
		if err := s.checkPayloads(ctx, c, row.ID); err != nil {
			return err
		}
		log, err := s.Read(ctx, row.ID, 0)
		if err != nil {
			c.wrong("sessions/%s: its log cannot be read", row.ID)
			continue
		}
		c.Sessions++
		c.Records += len(log)
		sum, err := record.Build(log)
		switch {
		case err != nil:
			c.wrong("sessions/%s: its log has a gap", row.ID)
		case row.Imported && len(log) > 0:
			c.wrong("sessions/%s: it was held elsewhere, and has a log", row.ID)
		case !row.Imported && string(sum.State) != string(row.State):
			c.wrong("sessions/%s: the table says %s, its log says %s", row.ID, row.State, sum.State)
		}
	}
	return nil
}

// checkHomework opens the logs of what was done between sessions.
func (s *Store) checkHomework(ctx context.Context, db *sql.DB, c *Checked) error {
	rows, err := db.QueryContext(ctx, `SELECT e.homework, e.seq, e.command, e.at, e.by, e.type, e.key_id, e.payload, r.id IS NOT NULL
		FROM homework_events e LEFT JOIN erasures r ON r.id = e.key_id ORDER BY e.homework, e.seq`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var e homeworkEventRow
		var erased bool
		if err := rows.Scan(&e.Homework, &e.Seq, &e.Command, &e.At, &e.By, &e.Type, &e.KeyID, &e.Payload, &erased); err != nil {
			return err
		}
		c.Records++
		s.checkPayload(ctx, c, fmt.Sprintf("homework_events/%s/%d", e.Homework, e.Seq), e.KeyID, e.Payload, e.place(), erased)
	}
	return rows.Err()
}

// checkPayloads counts what opens of a log, and finds what should and does not.
func (s *Store) checkPayloads(ctx context.Context, c *Checked, sessionID string) error {
	rows, err := s.read.WithContext(ctx).Raw(`SELECT e.seq, e.command, e.at, e.by, e.type, e.key_id, e.payload, r.id IS NOT NULL
		FROM events e LEFT JOIN erasures r ON r.id = e.key_id WHERE e.session = ? ORDER BY e.seq`, sessionID).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		e := eventRow{Session: sessionID}
		var erased bool
		if err := rows.Scan(&e.Seq, &e.Command, &e.At, &e.By, &e.Type, &e.KeyID, &e.Payload, &erased); err != nil {
			return err
		}
		s.checkPayload(ctx, c, fmt.Sprintf("events/%s/%d", sessionID, e.Seq), e.KeyID, e.Payload, e.place(), erased)
	}
	return rows.Err()
}

// checkPayload of one record of a log, which what names.
func (s *Store) checkPayload(ctx context.Context, c *Checked, what, keyID string, payload []byte, place string, erased bool) {
	key, err := s.ring.Key(ctx, keyID)
	switch {
	case errors.Is(err, seal.ErrGone) && erased:
		c.Gone++
	case err != nil:
		c.wrong("%s: its key cannot be had", what)
	default:
		if _, err := key.Open(payload, place); err != nil {
			c.wrong("%s: does not open", what)
			return
		}
		c.Values++
	}
}
