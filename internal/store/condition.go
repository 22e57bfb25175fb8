package store

import (
	"context"
	"fmt"
	"time"
)

// Condition is how a database is, as far as it can be told without reading a word.
type Condition struct {
	Schema   int64
	Keys     int      // that open
	Wrong    []string // damage, by table and id
	Sessions int64
	Newest   time.Time // when its last record was made; zero where there is none
	Backup   time.Time // when it was last backed up; zero for never
}

// Condition looks at the file, the keys and the newest of everything. It changes
// nothing, and may run beside a house that is in use.
func (s *Store) Condition(ctx context.Context) (c Condition, err error) {
	db, err := s.read.DB()
	if err != nil {
		return c, err
	}
	var found Checked
	if found.Wrong, err = s.engine.whole(ctx, db); err == nil {
		err = s.checkKeys(ctx, db, &found)
	}
	if err != nil {
		return c, s.understood(err)
	}
	c.Keys, c.Wrong = found.Keys, found.Wrong
	var newest, backup moment
	for _, ask := range []struct {
		query string
		into  any
	}{
		{"SELECT max(version_id) FROM goose_db_version WHERE is_applied", &c.Schema},
		{"SELECT count(*) FROM sessions", &c.Sessions},
		{"SELECT coalesce(max(at), 0) FROM (SELECT max(at) AS at FROM events UNION ALL SELECT max(at) FROM deeds) newest", &newest},
		{"SELECT coalesce(max(at), 0) FROM deeds WHERE action = '" + string(BackupMade) + "'", &backup},
	} {
		if err := db.QueryRowContext(ctx, ask.query).Scan(ask.into); err != nil {
			return c, fmt.Errorf("store: condition: %w", err)
		}
	}
	for _, m := range []struct {
		of   moment
		into *time.Time
	}{{newest, &c.Newest}, {backup, &c.Backup}} {
		if m.of != 0 {
			*m.into = m.of.time()
		}
	}
	return c, nil
}
