package store

import (
	"cmp"
	"context"
	"time"

	"gorm.io/gorm"

	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

type sessionRow struct {
	ID        string
	KeyID     string
	Couple    string
	Counselor string
	State     protocol.SessionState
	CreatedAt moment `gorm:"autoCreateTime:false"`
	StartsAt  *moment
	OpenedAt  *moment
	StartedAt *moment
	EndedAt   *moment
	Minutes   int
	Imported  bool
	Agenda    []session.Planned `gorm:"serializer:sealed"`
}

func (sessionRow) TableName() string { return "sessions" }

// ownSession is where a counselor's session is looked up, and nowhere else: one of
// their own couple, or one that they are a co-therapist in.
func ownSession(db *gorm.DB, counselor, sessionID string) (row sessionRow, err error) {
	return row, db.Where("id = ? AND "+attends, sessionID, counselor, counselor).Take(&row).Error
}

// attends is attendedBy for one session. It makes no list of them: that took a tenth of an
// answer's time, and only where the session was there, which nobody is to learn.
const attends = `(counselor = ? OR EXISTS (
	SELECT 1 FROM co_therapists WHERE co_therapists.session = sessions.id AND co_therapists.counselor = ?))`

// attendedBy narrows a query for sessions to those that a counselor leads or shares.
func attendedBy(db *gorm.DB, counselor string) *gorm.DB {
	return db.Where("(counselor = ? OR id IN (SELECT session FROM co_therapists WHERE co_therapists.counselor = ?))", counselor, counselor)
}

// heads of sessions whose couples' labels are known, in the order of the rows.
func heads(db *gorm.DB, counselor string, rows []sessionRow, labels map[string]private.Text) ([]protocol.SessionHead, error) {
	notes, err := noteStates(db, idsOf(rows, func(r sessionRow) string { return r.ID }))
	if err != nil {
		return nil, err
	}
	list := make([]protocol.SessionHead, len(rows))
	for i, r := range rows {
		list[i] = protocol.SessionHead{
			ID: r.ID, Couple: r.Couple, Label: labels[r.Couple], State: r.State, Note: notes[r.ID],
			StartsAt: r.StartsAt.timeOrNil(), StartedAt: r.StartedAt.timeOrNil(), EndedAt: r.EndedAt.timeOrNil(),
			CoTherapist: r.Counselor != counselor,
			Imported:    r.Imported,
		}
		if list[i].Note == "" {
			list[i].Note = protocol.NoteNone
		}
	}
	return list, nil
}

// NewSession is a session to be planned; the agenda's ids are already resolved.
type NewSession struct {
	Agenda   []session.Planned
	Minutes  int // 0: as long as most
	StartsAt *time.Time
}

// usualMinutes is how long a session is meant to be where nobody says.
const usualMinutes = 50

// CreateSession plans a session of the counselor's own couple. Fault: partner_erased.
func (s *Store) CreateSession(ctx context.Context, counselor, couple string, n NewSession, once Once) (protocol.Session, error) {
	var made string
	err := s.transact(ctx, func(tx *gorm.DB) error {
		if _, err := ownCouple(tx, counselor, couple); err != nil {
			return err
		}
		of, err := partnersOf(tx, couple)
		if err != nil {
			return err
		}
		if of[couple].erased() != nil {
			return partnerErased
		}
		made, err = s.once(tx, counselor, "session/"+couple, once, func() (string, error) {
			row := sessionRow{
				ID: newID(), KeyID: couple, Couple: couple, Counselor: counselor, State: protocol.SessionPlanned,
				CreatedAt: momentOf(s.now()), StartsAt: momentOrNil(n.StartsAt), Agenda: n.Agenda,
				Minutes: cmp.Or(n.Minutes, usualMinutes),
			}
			return row.ID, tx.Create(&row).Error
		})
		return err
	})
	if err != nil {
		return protocol.Session{}, err
	}
	return s.Session(ctx, counselor, made)
}

// Session answers with its head, agenda, people and links (the newest of each
// seat, seat one first). No slice is nil.
func (s *Store) Session(ctx context.Context, counselor, sessionID string) (protocol.Session, error) {
	db := s.reading(ctx)
	row, err := ownSession(db, counselor, sessionID)
	if err != nil {
		return protocol.Session{}, s.understood(err)
	}
	var couple coupleRow
	if err := db.Where("id = ?", row.Couple).Take(&couple).Error; err != nil {
		return protocol.Session{}, s.understood(err)
	}
	head, err := heads(db, counselor, []sessionRow{row}, map[string]private.Text{couple.ID: couple.Label})
	if err != nil {
		return protocol.Session{}, s.understood(err)
	}
	full := protocol.Session{SessionHead: head[0], Minutes: row.Minutes, Agenda: noNil(row.Agenda), Links: []protocol.Link{}}
	if full.People, err = people(db, row); err != nil {
		return protocol.Session{}, s.understood(err)
	}
	if full.Colleagues, err = coTherapists(db, sessionID); err != nil {
		return protocol.Session{}, s.understood(err)
	}
	stated, err := suitability(db, row.Couple)
	if err != nil {
		return protocol.Session{}, s.understood(err)
	}
	full.Suitable = stated != nil
	var links []linkRow
	if err := db.Where("session = ?", sessionID).Order("id DESC").Find(&links).Error; err != nil {
		return protocol.Session{}, s.understood(err)
	}
	for _, seat := range session.Seats() {
		for _, link := range links {
			if link.Seat == seat {
				full.Links = append(full.Links, link.link(s.now()))
				break
			}
		}
	}
	return full, nil
}

func noNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// people of a session. A co-therapist is named beside the counselor: whoever writes in
// the room has to know who reads.
func people(db *gorm.DB, row sessionRow) (session.People, error) {
	name, err := counselorsOf(db, row)
	if err != nil {
		return session.People{}, err
	}
	of, err := partnersOf(db, row.Couple)
	return session.People{
		Counselor: name, One: of[row.Couple][session.SeatOne].Name, Two: of[row.Couple][session.SeatTwo].Name,
	}, err
}

// Sessions lists the counselor's own and those they are a co-therapist in, newest first.
func (s *Store) Sessions(ctx context.Context, counselor string, p Page) (protocol.SessionList, error) {
	return s.sessions(ctx, counselor, p, attendedBy(s.reading(ctx), counselor))
}

// SessionsOf lists those of one couple, newest first.
func (s *Store) SessionsOf(ctx context.Context, counselor, couple string, p Page) (protocol.SessionList, error) {
	db := s.reading(ctx)
	if _, err := ownCouple(db, counselor, couple); err != nil {
		return protocol.SessionList{}, s.understood(err)
	}
	return s.sessions(ctx, counselor, p, db.Where("couple = ?", couple))
}

func (s *Store) sessions(ctx context.Context, counselor string, p Page, which *gorm.DB) (protocol.SessionList, error) {
	list := protocol.SessionList{Items: []protocol.SessionHead{}}
	db := s.reading(ctx)
	query, err := p.of(which.Omit("agenda"))
	if err != nil {
		return list, err
	}
	var rows []sessionRow
	if err := query.Find(&rows).Error; err != nil {
		return list, s.understood(err)
	}
	rows, list.NextCursor = cut(rows, p, func(r sessionRow) string { return r.ID })
	var couples []coupleRow
	err = db.Where("id IN ?", idsOf(rows, func(r sessionRow) string { return r.Couple })).Find(&couples).Error
	if err != nil {
		return list, s.understood(err)
	}
	labels := make(map[string]private.Text, len(couples))
	for _, couple := range couples {
		labels[couple.ID] = couple.Label
	}
	list.Items, err = heads(db, counselor, rows, labels)
	return list, s.understood(err)
}

// SessionChange says what to change; nil leaves as it is.
type SessionChange struct {
	Agenda   []session.Planned // nil leaves; refused once the session is open: then it is session.SetAgenda's
	StartsAt *time.Time        // the zero time takes the date off; refused once the session is live
	Minutes  *int              // refused once the session is live
}

var (
	sessionOpen    = fault.New(fault.Conflict, "session_open", "This session is open; its agenda is changed in the session itself.")
	sessionStarted = fault.New(fault.Conflict, "session_started", "This session has started; its time stays as it is.")
)

// heldElsewhere refuses to open what is over, and was never here.
var heldElsewhere = fault.New(fault.Conflict, "session_imported", "This session was held before Mend was used; only its day is here.")

// UpdateSession changes a plan. Faults: session_open (agenda), session_started.
func (s *Store) UpdateSession(ctx context.Context, counselor, sessionID string, c SessionChange) (protocol.Session, error) {
	err := s.transact(ctx, func(tx *gorm.DB) error {
		row, err := ownSession(tx, counselor, sessionID)
		if err != nil {
			return err
		}
		if c.Agenda != nil {
			if row.State != protocol.SessionPlanned {
				return sessionOpen
			}
			row.Agenda = c.Agenda
		}
		if c.StartsAt != nil {
			if row.StartedAt != nil || row.EndedAt != nil {
				return sessionStarted
			}
			row.StartsAt = momentOrNil(c.StartsAt)
		}
		if c.Minutes != nil {
			if row.StartedAt != nil || row.EndedAt != nil {
				return sessionStarted
			}
			row.Minutes = *c.Minutes
		}
		return tx.Select("Agenda", "StartsAt", "Minutes").Updates(&row).Error
	})
	if err != nil {
		return protocol.Session{}, err
	}
	return s.Session(ctx, counselor, sessionID)
}

// Facts are what session.Open needs, as they stand now. Suitability is nil where
// nothing was stated.
func (s *Store) Facts(ctx context.Context, counselor, sessionID string) (f session.Facts, err error) {
	db := s.reading(ctx)
	row, err := ownSession(db, counselor, sessionID)
	if err != nil {
		return f, s.understood(err)
	}
	if row.Imported {
		return f, heldElsewhere
	}
	of, err := partnersOf(db, row.Couple)
	if err != nil {
		return f, s.understood(err)
	}
	if of[row.Couple].erased() != nil {
		return f, partnerErased
	}
	f.Session, f.Agenda = sessionID, noNil(row.Agenda)
	if f.People, err = people(db, row); err != nil {
		return f, s.understood(err)
	}
	who, practice, err := counselorAndPractice(db, counselor)
	if err != nil {
		return f, s.understood(err)
	}
	f.Policy, f.Language = practice.Policy, who.Language
	if f.Suitability, err = suitability(db, row.Couple); err != nil {
		return f, s.understood(err)
	}
	f.Agreements, err = agreements(db, row.Couple, s.now(), false)
	return f, s.understood(err)
}

// Owns answers nil where the session is the counselor's, or they are a co-therapist
// in it. It asks each time: a couple may be handed over, and a colleague taken off.
func (s *Store) Owns(ctx context.Context, counselor, sessionID string) error {
	var owns bool
	err := s.readOne(ctx, ownedSession, []any{sessionID, counselor}, []any{&owns})
	return s.understood(err)
}

// ownedSession is attends, asked by itself. Each socket asks with every pong: GORM would
// lay the question out anew each time, which took longer than the answer.
const ownedSession = `SELECT true FROM sessions WHERE id = $1 AND (counselor = $2 OR EXISTS (
	SELECT 1 FROM co_therapists WHERE co_therapists.session = sessions.id AND co_therapists.counselor = $2))`

// Leads is the counselor whose session it is.
func (s *Store) Leads(ctx context.Context, sessionID string) (counselor string, err error) {
	var row sessionRow
	err = s.reading(ctx).Select("id", "counselor").Where("id = ?", sessionID).Take(&row).Error
	return row.Counselor, s.understood(err)
}

type consentRow struct {
	ID      string
	Session string
	Seat    session.Seat
	Policy  int
	At      moment
}

func (consentRow) TableName() string { return "consents" }

// Consent is a partner's word to a version of the policy.
type Consent struct {
	Seat   session.Seat
	Policy int
	At     time.Time
}

// Consents of a session, oldest first.
func (s *Store) Consents(ctx context.Context, counselor, sessionID string) ([]Consent, error) {
	if err := s.Owns(ctx, counselor, sessionID); err != nil {
		return nil, err
	}
	var rows []consentRow
	if err := s.reading(ctx).Where("session = ?", sessionID).Order("at, id").Find(&rows).Error; err != nil {
		return nil, s.understood(err)
	}
	list := make([]Consent, len(rows))
	for i, row := range rows {
		list[i] = Consent{row.Seat, row.Policy, row.At.time()}
	}
	return list, nil
}
