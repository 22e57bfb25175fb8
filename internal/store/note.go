package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"

	"gorm.io/gorm"

	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
)

// A session has notes in two sets of tables: one progress note under the couple's key,
// and of each counselor who keeps one a process note, under a key of their own. The rows
// are alike, so each query says which table it means; a ciphertext of the one does not
// open in the other, because the keys differ.

type noteRow struct {
	ID        string
	KeyID     string
	Session   string
	Version   int
	SignedAt  *moment
	Signature signature `gorm:"serializer:sealed"`
}

func (noteRow) TableName() string { return "notes" }

// processNoteRow is a noteRow that says whose thoughts they are, too: nobody else's.
type processNoteRow struct {
	ID        string
	KeyID     string
	Session   string
	Counselor string
	Version   int
	SignedAt  *moment
	Signature signature `gorm:"serializer:sealed"`
}

func (processNoteRow) TableName() string { return noteRow{}.TableName() }

type signature struct {
	By   private.Text `json:"by,omitempty"`
	Hash string       `json:"hash,omitempty"` // of words that a guess could confirm: sealed as they are
}

type noteVersionRow struct {
	ID       string
	KeyID    string
	Note     string
	Version  int
	Format   protocol.NoteFormat
	SavedAt  moment
	Sections map[string]private.Text `gorm:"serializer:sealed"`
}

func (noteVersionRow) TableName() string { return "note_versions" }

type addendumRow struct {
	ID    string
	KeyID string
	Note  string
	At    moment
	Words addendumWords `gorm:"serializer:sealed"`
}

func (addendumRow) TableName() string { return "note_addenda" }

type addendumWords struct {
	By   private.Text `json:"by"`
	Text private.Text `json:"text"`
}

// notebook is where the notes of one kind stand, as a counselor reads and writes them.
type notebook struct {
	db        *gorm.DB
	kind      protocol.NoteKind
	counselor string
}

func (b notebook) notes() *gorm.DB    { return b.db.Table(string(b.kind) + "_notes") }
func (b notebook) versions() *gorm.DB { return b.db.Table(string(b.kind) + "_note_versions") }
func (b notebook) addenda() *gorm.DB  { return b.db.Table(string(b.kind) + "_note_addenda") }

var (
	badKind      = fault.New(fault.Invalid, "note_kind", "A note is a progress note or a process note.").At("kind")
	staleVersion = fault.New(fault.Conflict, "stale_version", "This note was changed elsewhere. Compare the two and save again.")
	noteSigned   = fault.New(fault.Conflict, "note_signed", "This note is signed and locked. Write an addendum instead.")
	noteUnsigned = fault.New(fault.Conflict, "note_unsigned", "This note is not signed yet. Change the note itself.")
	noteEmpty    = fault.New(fault.Conflict, "note_empty", "There is nothing to sign yet.")
)

// openNotebook checks that the session is the counselor's.
func openNotebook(db *gorm.DB, counselor, sessionID string, kind protocol.NoteKind) (notebook, sessionRow, error) {
	if kind != protocol.ProgressNote && kind != protocol.ProcessNote {
		return notebook{}, sessionRow{}, badKind
	}
	row, err := ownSession(db, counselor, sessionID)
	return notebook{db, kind, counselor}, row, err
}

// openKeptNotebook opens a process note to whoever wrote it, when the session is no
// longer theirs, to be read.
func openKeptNotebook(db *gorm.DB, counselor, sessionID string, kind protocol.NoteKind) (notebook, error) {
	book, _, err := openNotebook(db, counselor, sessionID, kind)
	if errors.Is(err, gorm.ErrRecordNotFound) && kind == protocol.ProcessNote {
		kept, headErr := book.head(sessionID)
		if headErr != nil {
			return book, headErr
		}
		if kept.ID != "" {
			return book, nil
		}
	}
	return book, err
}

// head finds a session's note; one without an id where nothing was saved yet.
func (b notebook) head(sessionID string) (row noteRow, err error) {
	var rows []noteRow
	query := b.notes().Where("session = ?", sessionID)
	if b.kind == protocol.ProcessNote {
		query = query.Where("counselor = ?", b.counselor)
	}
	err = query.Limit(1).Find(&rows).Error
	if len(rows) == 1 {
		row = rows[0]
	}
	return row, err
}

// begin keeps a note that was not there yet.
func (b notebook) begin(head *noteRow) error {
	if b.kind == protocol.ProcessNote {
		return b.notes().Create(&processNoteRow{
			ID: head.ID, KeyID: head.KeyID, Session: head.Session, Counselor: b.counselor, Version: head.Version,
		}).Error
	}
	return b.notes().Create(head).Error
}

// note puts together what the tables hold, as it was at a version.
func (b notebook) note(head noteRow, version int) (protocol.Note, error) {
	n := protocol.Note{
		Kind: b.kind, Format: protocol.SOAP, Sections: map[string]private.Text{},
		Addenda: []protocol.Addendum{}, Versions: []protocol.NoteVersion{},
	}
	if head.ID == "" {
		return n, nil
	}
	draft, err := b.draft(head.ID)
	if err != nil {
		return n, err
	}
	var current noteVersionRow
	if draft != nil && draft.Version == version {
		current = draft.version()
	} else if err := b.versions().Where("note = ? AND version = ?", head.ID, version).Take(&current).Error; err != nil {
		return n, err
	}
	saved := current.SavedAt.time()
	n.Format, n.Version, n.SavedAt = current.Format, current.Version, &saved
	if current.Sections != nil {
		n.Sections = current.Sections
	}
	n.SignedAt, n.SignedBy, n.Hash = head.SignedAt.timeOrNil(), head.Signature.By, head.Signature.Hash

	var versions []noteVersionRow
	if err := b.versions().Omit("sections").Where("note = ?", head.ID).Order("version").Find(&versions).Error; err != nil {
		return n, err
	}
	for _, v := range versions {
		n.Versions = append(n.Versions, protocol.NoteVersion{Version: v.Version, At: v.SavedAt.time()})
	}
	if draft != nil {
		n.Versions = append(n.Versions, protocol.NoteVersion{Version: draft.Version, At: draft.SavedAt.time()})
	}
	var addenda []addendumRow
	if err := b.addenda().Where("note = ?", head.ID).Order("id").Find(&addenda).Error; err != nil {
		return n, err
	}
	for _, a := range addenda {
		n.Addenda = append(n.Addenda, protocol.Addendum{At: a.At.time(), By: a.Words.By, Text: a.Words.Text})
	}
	return n, nil
}

// Note answers with a session's progress or process note; Version 0 where nothing
// was saved yet. Maps and slices are never nil.
func (s *Store) Note(ctx context.Context, counselor, sessionID string, kind protocol.NoteKind) (protocol.Note, error) {
	return s.noteAt(ctx, counselor, sessionID, kind, 0)
}

// NoteVersion answers with the note as it was.
func (s *Store) NoteVersion(ctx context.Context, counselor, sessionID string, kind protocol.NoteKind, version int) (protocol.Note, error) {
	if version < 1 {
		return protocol.Note{}, notFound
	}
	return s.noteAt(ctx, counselor, sessionID, kind, version)
}

func (s *Store) noteAt(ctx context.Context, counselor, sessionID string, kind protocol.NoteKind, version int) (protocol.Note, error) {
	book, err := openKeptNotebook(s.reading(ctx), counselor, sessionID, kind)
	if err != nil {
		return protocol.Note{}, s.understood(err)
	}
	head, err := book.head(sessionID)
	if err != nil {
		return protocol.Note{}, s.understood(err)
	}
	if version == 0 {
		version = head.Version
	} else if head.ID == "" {
		return protocol.Note{}, notFound
	}
	n, err := book.note(head, version)
	return n, s.understood(err)
}

// changeNote runs change in a transaction on the note as it stands, and answers
// with the note as it is then; also when change refuses.
func (s *Store) changeNote(
	ctx context.Context, counselor, sessionID string, kind protocol.NoteKind,
	change func(b notebook, of sessionRow, head noteRow) error,
) (n protocol.Note, err error) {
	err = s.transact(ctx, func(tx *gorm.DB) error {
		book, of, err := openNotebook(tx, counselor, sessionID, kind)
		if err != nil {
			return err
		}
		head, err := book.head(sessionID)
		if err != nil {
			return err
		}
		refusal := change(book, of, head)
		if head, err = book.head(sessionID); err == nil {
			n, err = book.note(head, head.Version)
		}
		if refusal != nil {
			return refusal
		}
		return err
	})
	return n, err
}

// PutNote saves a note. What was there stays among its versions, a stretch of writing
// in one window each; where no window is named, each save is one. With fault stale_version or note_signed it answers
// with the current note as well.
func (s *Store) PutNote(ctx context.Context, counselor, sessionID string, p protocol.PutNote) (protocol.Note, error) {
	return s.changeNote(ctx, counselor, sessionID, p.Kind, func(b notebook, of sessionRow, head noteRow) error {
		switch {
		case head.SignedAt != nil:
			return noteSigned
		case head.Version != p.Version:
			return staleVersion
		}
		if head.ID == "" {
			keyID, err := s.noteKey(b, of)
			if err != nil {
				return err
			}
			head = noteRow{ID: newID(), KeyID: keyID, Session: sessionID, Version: 1}
			if err := b.begin(&head); err != nil {
				return err
			}
		} else {
			head.Version++
			if err := b.notes().Select("Version").Updates(&head).Error; err != nil {
				return err
			}
		}
		return b.write(head, p, s.now())
	})
}

func (s *Store) noteKey(b notebook, of sessionRow) (string, error) {
	if b.kind == protocol.ProgressNote {
		return of.Couple, nil
	}
	return processKeyOf(b.db, of.Couple, b.counselor, momentOf(s.now()))
}

// SignNote locks a note. Faults: stale_version and note_signed (both with the
// current note), note_empty.
func (s *Store) SignNote(ctx context.Context, counselor, sessionID string, n protocol.SignNote) (protocol.Note, error) {
	return s.changeNote(ctx, counselor, sessionID, n.Kind, func(b notebook, _ sessionRow, head noteRow) error {
		switch {
		case head.ID == "":
			return noteEmpty
		case head.SignedAt != nil:
			return noteSigned
		case head.Version != n.Version:
			return staleVersion
		}
		current, err := b.note(head, head.Version)
		if err != nil {
			return err
		}
		if err := b.finish(head.ID); err != nil {
			return err
		}
		by, err := names(b.db, []string{counselor})
		if err != nil {
			return err
		}
		head.SignedAt = new(moment)
		*head.SignedAt = momentOf(s.now())
		head.Signature.By = by[counselor]
		if head.Signature.Hash, err = NoteHash(sessionID, current); err != nil {
			return err
		}
		if err := b.notes().Select("SignedAt", "Signature").Updates(&head).Error; err != nil {
			return err
		}
		return s.audited(b.db, Deed{Actor: counselor, Action: NoteWasSigned, Object: "session/" + sessionID})
	})
}

// NoteHash is what a signature stands for: the SHA-256 in hex of the JSON array
// [session, kind, format, version, sections], the sections' names in order.
func NoteHash(sessionID string, n protocol.Note) (string, error) {
	text, err := json.Marshal([]any{sessionID, n.Kind, n.Format, n.Version, n.Sections})
	if err != nil {
		return "", errors.New("store: a note cannot be written as JSON")
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// AddAddendum adds to a signed note. Fault note_unsigned where it is not.
func (s *Store) AddAddendum(ctx context.Context, counselor, sessionID string, a protocol.NewAddendum, once Once) (protocol.Note, error) {
	return s.changeNote(ctx, counselor, sessionID, a.Kind, func(b notebook, _ sessionRow, head noteRow) error {
		if head.SignedAt == nil {
			return noteUnsigned
		}
		by, err := names(b.db, []string{counselor})
		if err != nil {
			return err
		}
		_, err = s.once(b.db, counselor, "addendum/"+sessionID, once, func() (string, error) {
			row := addendumRow{
				ID: newID(), KeyID: head.KeyID, Note: head.ID, At: momentOf(s.now()),
				Words: addendumWords{By: by[counselor], Text: a.Text},
			}
			return row.ID, b.addenda().Create(&row).Error
		})
		return err
	})
}

// noteStates tells of each session how far its progress note is.
func noteStates(db *gorm.DB, sessions []string) (map[string]protocol.NoteState, error) {
	var rows []struct {
		Session  string
		SignedAt *moment
	}
	err := db.Table("progress_notes").Select("session, signed_at").Where("session IN ?", sessions).Scan(&rows).Error
	states := make(map[string]protocol.NoteState, len(rows))
	for _, row := range rows {
		states[row.Session] = protocol.NoteDraft
		if row.SignedAt != nil {
			states[row.Session] = protocol.NoteSigned
		}
	}
	return states, err
}
