package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// The ledger of what was erased is kept twice: in the database, and in a file beside
// it. The database may be replaced by an older one; the file stays, and Open erases
// again whatever it names, before anybody can read it.

type erasedKind string

const (
	erasedCouple  erasedKind = "couple"
	erasedPartner erasedKind = "partner"
	erasedProcess erasedKind = "process" // the key of process notes
)

// erasureRow stands in the ledger of what was erased.
type erasureRow struct {
	ID   string
	Kind erasedKind
	At   moment
}

func (erasureRow) TableName() string { return "erasures" }

func enterErasure(tx *gorm.DB, kind erasedKind, id string, at moment) error {
	return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&erasureRow{ID: id, Kind: kind, At: at}).Error
}

// LedgerOf is the file beside a database that outlives it.
func LedgerOf(database string) string { return database + ".erased" }

const ledgerAdvice = "# What was erased from this Mend, by id alone. Keep this file when the database is replaced.\n"

// ledgerFile is that file. A line is kind, id and time (nanoseconds since 1970).
type ledgerFile struct{ path string }

func (l ledgerFile) read() ([]erasureRow, error) {
	file, err := os.Open(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("store: ledger of erasures: %w", err)
	}
	defer file.Close()
	var rows []erasureRow
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		part := strings.Fields(line)
		if len(part) != 3 {
			return nil, fmt.Errorf("store: ledger of erasures: line %d of %s is damaged", n, filepath.Base(l.path))
		}
		at, err := strconv.ParseInt(part[2], 10, 64)
		if err != nil || !known(erasedKind(part[0])) {
			return nil, fmt.Errorf("store: ledger of erasures: line %d of %s is damaged", n, filepath.Base(l.path))
		}
		rows = append(rows, erasureRow{ID: part[1], Kind: erasedKind(part[0]), At: moment(at)})
	}
	return rows, lines.Err()
}

func known(k erasedKind) bool { return k == erasedCouple || k == erasedPartner || k == erasedProcess }

// add writes lines and waits for the disk.
func (l ledgerFile) add(rows []erasureRow) (err error) {
	if len(rows) == 0 {
		return nil
	}
	file, err := os.OpenFile(l.path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("store: ledger of erasures: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	var text strings.Builder
	if info, err := file.Stat(); err == nil && info.Size() == 0 {
		text.WriteString(ledgerAdvice)
	}
	for _, row := range rows {
		fmt.Fprintf(&text, "%s %s %d\n", row.Kind, row.ID, row.At)
	}
	if _, err := file.WriteString(text.String()); err != nil {
		return fmt.Errorf("store: ledger of erasures: %w", err)
	}
	return file.Sync()
}

// entered brings an erasure that was just committed into the file. Where that fails,
// the database has it still, and Open brings it over.
func (s *Store) entered(kind erasedKind, id string) {
	if err := s.ledger.add([]erasureRow{{ID: id, Kind: kind, At: momentOf(s.now())}}); err != nil {
		s.log.Error("an erasure is not in the file beside the database yet", "cause", err)
	}
}

// agree makes database and file say the same: what only the file knows is erased
// (again), what only the database knows is written down.
func (s *Store) agree(ctx context.Context) error {
	written, err := s.ledger.read()
	if err != nil {
		return err
	}
	var kept []erasureRow
	if err := s.reading(ctx).Find(&kept).Error; err != nil {
		return s.understood(err)
	}
	inTable := make(map[string]bool, len(kept))
	for _, row := range kept {
		inTable[row.ID] = true
	}
	inFile := make(map[string]bool, len(written))
	again := 0
	for _, row := range written {
		inFile[row.ID] = true
		if inTable[row.ID] {
			continue
		}
		if err := s.eraseAgain(ctx, row); err != nil {
			return err
		}
		again++
	}
	var missing []erasureRow
	for _, row := range kept {
		if !inFile[row.ID] {
			missing = append(missing, row)
		}
	}
	if again > 0 {
		s.log.Info("erased again what an older database still held", "count", again)
		s.shred(ctx)
	}
	return s.ledger.add(missing)
}

// eraseAgain does to an older database what was done to the one after it.
func (s *Store) eraseAgain(ctx context.Context, e erasureRow) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		switch e.Kind {
		case erasedCouple:
			if _, _, err := destroyCouple(tx, e.ID, e.At); err != nil {
				return err
			}
		case erasedPartner:
			var rows []partnerRow
			if err := tx.Select("id", "couple", "seat").Where("id = ?", e.ID).Find(&rows).Error; err != nil {
				return err
			}
			for _, row := range rows {
				if err := destroyPartner(tx, row, e.At); err != nil {
					return err
				}
			}
		case erasedProcess:
			var rows []coupleRow
			if err := tx.Select("id", "counselor", "process_key").
				Where("process_key = ? OR id IN (SELECT couple FROM process_keys WHERE key = ?)", e.ID, e.ID).Find(&rows).Error; err != nil {
				return err
			}
			for _, row := range rows {
				if err := destroyProcessKey(tx, row, e.ID, e.At); err != nil {
					return err
				}
			}
		}
		return enterErasure(tx, e.Kind, e.ID, e.At)
	})
}
