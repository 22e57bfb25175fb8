package store

import (
	"context"
	"database/sql"
	"net/url"
	"sync"
)

// A checkpoint brings what the write-ahead log holds into the database file, with
// flushes of its own. SQLite would make one inside the commit that finds the log
// long, and whoever waits for that commit would wait for it.
const (
	checkpointAfter = 1000 // records
	// atTheLatest is when a commit makes a checkpoint all the same, in pages: other
	// tables may grow the log without a record, and a disk may be too slow.
	atTheLatest = "PRAGMA wal_autocheckpoint = 8192"
	checkpoint  = "PRAGMA wal_checkpoint(PASSIVE)" // gives way to whoever reads or writes
)

// checkpointer makes checkpoints beside the writer.
type checkpointer struct {
	store    *Store
	db       *sql.DB // a connection of its own
	due      chan struct{}
	made     chan struct{} // the bulk is done; the writer does the rest
	finished sync.WaitGroup
}

func startCheckpointer(s *Store) *checkpointer {
	c := &checkpointer{store: s, db: s.file.(sqliteFile).open(1, url.Values{}), due: make(chan struct{}, 1), made: make(chan struct{}, 1)}
	c.finished.Go(func() {
		for range c.due {
			c.store.checkpoint(c.db)
			c.made <- struct{}{} // never full: the writer asks again only after it took this
		}
	})
	return c
}

// stop lets a checkpoint under way finish.
func (c *checkpointer) stop() {
	close(c.due)
	c.finished.Wait()
	_ = c.db.Close()
}

func (s *Store) checkpoint(db *sql.DB) {
	if _, err := db.ExecContext(context.Background(), checkpoint); err != nil {
		_ = s.understood(err) // told in the log; the next one makes up for it
	}
}

// grown has a checkpoint made once the log has grown by enough records.
func (w *writer) grown(records int) {
	if w.sinceCheckpoint += records; w.sinceCheckpoint >= checkpointAfter && !w.checkpointing {
		w.sinceCheckpoint, w.checkpointing = 0, true
		w.checkpoints.due <- struct{}{}
	}
}

// finishCheckpoint brings over what was committed while the bulk was: only a log
// that is wholly in the database file begins anew at its front, and only between two
// commits is it ever whole.
func (w *writer) finishCheckpoint() {
	w.checkpointing = false
	w.store.checkpoint(w.pen.db)
}
