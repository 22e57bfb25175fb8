package store

import (
	"bytes"
	"crypto/sha256"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"mend/internal/private"
	"mend/internal/protocol"
)

// A note is saved each second while it is typed, and every save is flushed to the disk.
// What its history shows are stretches of writing: a draft row takes the seconds, and
// becomes a version when its stretch is over and before other words take its place.
const (
	stretchAtMost = 10 * time.Minute // of writing without a break
	stretchBreak  = 5 * time.Minute  // without a word
	muchTaken     = 200              // characters that one save may take away within a stretch
)

// noteDraftRow is what stands in a note now, while it is being written.
type noteDraftRow struct {
	ID       string // the note's
	KeyID    string
	Version  int
	Writer   []byte // a hash of the window's name, which is the client's own text
	Since    moment
	Format   protocol.NoteFormat
	SavedAt  moment
	Sections map[string]private.Text `gorm:"serializer:sealed"`
}

func (noteDraftRow) TableName() string { return "note_drafts" }

func (b notebook) drafts() *gorm.DB { return b.db.Table(string(b.kind) + "_note_drafts") }

// draft is a note's unfinished stretch; nil where there is none.
func (b notebook) draft(note string) (*noteDraftRow, error) {
	var rows []noteDraftRow
	if err := b.drafts().Where("id = ?", note).Limit(1).Find(&rows).Error; err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

// over tells whether a save begins a new stretch, so that what stood before is to be
// kept as a version: by another window, in another format, after a break, after long
// enough, or taking much away.
func (d *noteDraftRow) over(p protocol.PutNote, now time.Time) bool {
	return !bytes.Equal(d.Writer, windowMark(p)) || d.Format != p.Format ||
		now.Sub(d.SavedAt.time()) >= stretchBreak || now.Sub(d.Since.time()) >= stretchAtMost ||
		length(d.Sections)-length(p.Sections) > muchTaken
}

func windowMark(p protocol.PutNote) []byte {
	sum := sha256.Sum256([]byte(p.Window))
	return sum[:]
}

func length(sections map[string]private.Text) (n int) {
	for _, text := range sections {
		n += utf8.RuneCountInString(string(text))
	}
	return n
}

// version is the draft as its note's history keeps it.
func (d *noteDraftRow) version() noteVersionRow {
	return noteVersionRow{
		ID: newID(), KeyID: d.KeyID, Note: d.ID, Version: d.Version,
		Format: d.Format, SavedAt: d.SavedAt, Sections: d.Sections,
	}
}

// finish makes a version of the unfinished stretch, if there is one.
func (b notebook) finish(note string) error {
	d, err := b.draft(note)
	if err != nil || d == nil {
		return err
	}
	kept := d.version()
	if err := b.versions().Create(&kept).Error; err != nil {
		return err
	}
	return b.drafts().Where("id = ?", note).Delete(&noteDraftRow{}).Error
}

// write puts words into a note whose head has been moved on to their version.
func (b notebook) write(head noteRow, p protocol.PutNote, now time.Time) error {
	next := noteDraftRow{
		ID: head.ID, KeyID: head.KeyID, Version: head.Version, Writer: windowMark(p),
		Since: momentOf(now), Format: p.Format, SavedAt: momentOf(now), Sections: p.Sections,
	}
	before, err := b.draft(head.ID)
	if err != nil {
		return err
	}
	switch {
	case before != nil && before.over(p, now):
		if err := b.finish(head.ID); err != nil {
			return err
		}
	case before != nil:
		next.Since = before.Since
	}
	if p.Window == "" {
		kept := next.version()
		return b.versions().Create(&kept).Error
	}
	return b.drafts().Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "id"}},
		DoUpdates: clause.AssignmentColumns([]string{"version", "writer", "since", "format", "saved_at", "sections"}),
	}).Create(&next).Error
}
