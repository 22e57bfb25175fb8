package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

type coupleRow struct {
	ID         string
	KeyID      string
	Counselor  string
	ProcessKey string
	CreatedAt  moment       `gorm:"autoCreateTime:false"`
	Label      private.Text `gorm:"serializer:sealed"`
}

func (coupleRow) TableName() string { return "couples" }

type partnerRow struct {
	ID       string
	KeyID    string
	Couple   string
	Seat     session.Seat
	ErasedAt *moment
	Name     private.Text `gorm:"serializer:sealed"`
	Pronouns private.Text `gorm:"serializer:sealed"`
}

func (partnerRow) TableName() string { return "partners" }

type partners map[session.Seat]partnerRow

func (p partners) partner(seat session.Seat) protocol.Partner {
	return protocol.Partner{Name: p[seat].Name, Pronouns: p[seat].Pronouns}
}

// erased tells who of the two is no longer known, and since when; nil where both are.
func (p partners) erased() map[session.Seat]time.Time {
	var since map[session.Seat]time.Time
	for seat, row := range p {
		if row.ErasedAt != nil {
			if since == nil {
				since = make(map[session.Seat]time.Time, 1)
			}
			since[seat] = row.ErasedAt.time()
		}
	}
	return since
}

// notOwn are people whose names do not lie under a key of their own; there is an index of
// exactly these.
const notOwn = "key_id <> id AND erased_at IS NULL"

// ownNames brings names from the couple's key under each person's own, where an older
// Mend put them.
func (s *Store) ownNames(ctx context.Context) error {
	return s.transact(ctx, func(tx *gorm.DB) error {
		var rows []partnerRow
		if err := tx.Where(notOwn).Find(&rows).Error; err != nil {
			return err
		}
		for _, row := range rows {
			row.KeyID = row.ID
			if err := tx.Select("KeyID", "Name", "Pronouns").Updates(&row).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// ownCouple is where a counselor's couple is looked up, and nowhere else.
func ownCouple(db *gorm.DB, counselor, couple string) (row coupleRow, err error) {
	return row, db.Where("id = ? AND counselor = ?", couple, counselor).Take(&row).Error
}

// partnersOf couples, by couple and seat.
func partnersOf(db *gorm.DB, couples ...string) (map[string]partners, error) {
	var rows []partnerRow
	if err := db.Where("couple IN ?", couples).Find(&rows).Error; err != nil {
		return nil, err
	}
	of := make(map[string]partners, len(couples))
	for _, row := range rows {
		if of[row.Couple] == nil {
			of[row.Couple] = make(partners, 2)
		}
		of[row.Couple][row.Seat] = row
	}
	return of, nil
}

// CreateCouple makes a couple with keys of its own.
func (s *Store) CreateCouple(ctx context.Context, counselor string, c protocol.NewCouple, once Once) (protocol.Couple, error) {
	var couple string
	err := s.transact(ctx, func(tx *gorm.DB) (err error) {
		var of counselorRow
		if err := tx.Select("id", "practice").Where("id = ?", counselor).Take(&of).Error; err != nil {
			return err
		}
		couple, err = s.once(tx, counselor, "couple", once, func() (string, error) {
			made, err := s.makeCouple(tx, of, c)
			if err != nil {
				return "", err
			}
			return made, s.audited(tx, Deed{Actor: counselor, Action: CoupleCreated, Object: "couple/" + made})
		})
		return err
	})
	if err != nil {
		return protocol.Couple{}, err
	}
	return s.Couple(ctx, counselor, couple)
}

func (s *Store) makeCouple(tx *gorm.DB, of counselorRow, c protocol.NewCouple) (string, error) {
	at := momentOf(s.now())
	row := coupleRow{ID: newID(), Counselor: of.ID, ProcessKey: newID(), CreatedAt: at, Label: c.Label}
	row.KeyID = row.ID
	if err := newKey(tx, coupleKey, row.ID, of.Practice, at); err != nil {
		return "", err
	}
	if err := newKey(tx, processKey, row.ProcessKey, of.Practice, at); err != nil {
		return "", err
	}
	if err := tx.Create(&row).Error; err != nil {
		return "", err
	}
	for _, seat := range session.Seats() {
		who := c.One
		if seat == session.SeatTwo {
			who = c.Two
		}
		partner := partnerRow{ID: newID(), Couple: row.ID, Seat: seat, Name: who.Name, Pronouns: who.Pronouns}
		partner.KeyID = partner.ID
		if err := newKey(tx, personKey, partner.ID, row.ID, at); err != nil {
			return "", err
		}
		if err := tx.Create(&partner).Error; err != nil {
			return "", err
		}
	}
	return row.ID, nil
}

// Couple answers with the couple, its sessions newest first, its current
// suitability statement and its agreements in force. No slice is nil.
func (s *Store) Couple(ctx context.Context, counselor, couple string) (protocol.Couple, error) {
	db := s.reading(ctx)
	row, err := ownCouple(db, counselor, couple)
	if err != nil {
		return protocol.Couple{}, s.understood(err)
	}
	of, err := partnersOf(db, couple)
	if err != nil {
		return protocol.Couple{}, s.understood(err)
	}
	c := protocol.Couple{
		ID: row.ID, Label: row.Label, CreatedAt: row.CreatedAt.time(),
		One: of[couple].partner(session.SeatOne), Two: of[couple].partner(session.SeatTwo),
		Erased: of[couple].erased(),
	}
	if c.Suitability, err = suitability(db, couple); err != nil {
		return protocol.Couple{}, s.understood(err)
	}
	if c.Agreements, err = agreements(db, couple, s.now(), false); err != nil {
		return protocol.Couple{}, s.understood(err)
	}
	var sessions []sessionRow
	if err := db.Omit("agenda").Where("couple = ?", couple).Order("id DESC").Find(&sessions).Error; err != nil {
		return protocol.Couple{}, s.understood(err)
	}
	if c.Sessions, err = heads(db, counselor, sessions, map[string]private.Text{couple: row.Label}); err != nil {
		return protocol.Couple{}, s.understood(err)
	}
	c.TakenOver, err = takenOver(db, counselor, couple)
	return c, s.understood(err)
}

// Couples lists the counselor's own, newest first.
func (s *Store) Couples(ctx context.Context, counselor string, p Page) (protocol.CoupleList, error) {
	list := protocol.CoupleList{Items: []protocol.CoupleHead{}}
	db := s.reading(ctx)
	query, err := p.of(db.Where("counselor = ?", counselor))
	if err != nil {
		return list, err
	}
	var rows []coupleRow
	if err := query.Find(&rows).Error; err != nil {
		return list, s.understood(err)
	}
	rows, list.NextCursor = cut(rows, p, func(r coupleRow) string { return r.ID })
	of, err := partnersOf(db, idsOf(rows, func(r coupleRow) string { return r.ID })...)
	if err != nil {
		return list, s.understood(err)
	}
	list.Items, err = coupleHeads(db, rows, of)
	return list, s.understood(err)
}

// coupleHeads of couples whose partners are known, in the order of the rows.
func coupleHeads(db *gorm.DB, rows []coupleRow, of map[string]partners) ([]protocol.CoupleHead, error) {
	counts, err := sessionCounts(db, idsOf(rows, func(r coupleRow) string { return r.ID }))
	if err != nil {
		return nil, err
	}
	list := make([]protocol.CoupleHead, len(rows))
	for i, row := range rows {
		list[i] = protocol.CoupleHead{
			ID: row.ID, Label: row.Label,
			One: of[row.ID][session.SeatOne].Name, Two: of[row.ID][session.SeatTwo].Name,
			Sessions: counts[row.ID].Number, LastSessionAt: counts[row.ID].Last.timeOrNil(),
		}
	}
	return list, nil
}

type sessionCount struct {
	Couple string
	Number int
	Last   *moment // when the last one began
}

func sessionCounts(db *gorm.DB, couples []string) (map[string]sessionCount, error) {
	var counts []sessionCount
	err := db.Model(&sessionRow{}).Select("couple, COUNT(*) AS number, MAX(started_at) AS last").
		Where("couple IN ?", couples).Group("couple").Scan(&counts).Error
	of := make(map[string]sessionCount, len(counts))
	for _, count := range counts {
		of[count.Couple] = count
	}
	return of, err
}

func idsOf[Row any](rows []Row, id func(Row) string) []string {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = id(row)
	}
	return ids
}

// CoupleChange says what to change; nil leaves as it is.
type CoupleChange struct {
	Label    *private.Text
	One, Two *protocol.Partner
}

// UpdateCouple changes the label and the display names; records keep the names
// they were made with.
func (s *Store) UpdateCouple(ctx context.Context, counselor, couple string, c CoupleChange) (protocol.Couple, error) {
	err := s.transact(ctx, func(tx *gorm.DB) error {
		row, err := ownCouple(tx, counselor, couple)
		if err != nil {
			return err
		}
		if c.Label != nil {
			row.Label = *c.Label
			if err := tx.Select("Label").Updates(&row).Error; err != nil {
				return err
			}
		}
		of, err := partnersOf(tx, couple)
		if err != nil {
			return err
		}
		for seat, to := range map[session.Seat]*protocol.Partner{session.SeatOne: c.One, session.SeatTwo: c.Two} {
			if to == nil {
				continue
			}
			partner := of[couple][seat]
			if partner.ErasedAt != nil {
				return partnerErased
			}
			partner.Name, partner.Pronouns = to.Name, to.Pronouns
			if err := tx.Select("Name", "Pronouns").Updates(&partner).Error; err != nil {
				return err
			}
		}
		return s.audited(tx, Deed{Actor: counselor, Action: CoupleChanged, Object: "couple/" + couple})
	})
	if err != nil {
		return protocol.Couple{}, err
	}
	return s.Couple(ctx, counselor, couple)
}

type suitabilityRow struct {
	ID        string
	KeyID     string
	Couple    string
	Statement string
	At        moment
	Reason    private.Text `gorm:"serializer:sealed"`
}

func (suitabilityRow) TableName() string { return "suitability_statements" }

func (r suitabilityRow) suitability() session.Suitability {
	return session.Suitability{Statement: r.Statement, Reason: r.Reason, At: r.At.time()}
}

// suitability is the newest statement; nil where there is none.
func suitability(db *gorm.DB, couple string) (*session.Suitability, error) {
	var rows []suitabilityRow
	err := db.Where("couple = ?", couple).Order("id DESC").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	current := rows[0].suitability()
	return &current, nil
}

// SuitabilityStatements are all that were ever made, the newest first.
func (s *Store) SuitabilityStatements(ctx context.Context, counselor, couple string) (protocol.SuitabilityList, error) {
	list := protocol.SuitabilityList{Items: []session.Suitability{}}
	db := s.reading(ctx)
	if _, err := ownCouple(db, counselor, couple); err != nil {
		return list, s.understood(err)
	}
	var rows []suitabilityRow
	if err := db.Where("couple = ?", couple).Order("id DESC").Find(&rows).Error; err != nil {
		return list, s.understood(err)
	}
	for _, row := range rows {
		list.Items = append(list.Items, row.suitability())
	}
	return list, nil
}

// AddSuitability records the gate; the newest statement is the current one.
func (s *Store) AddSuitability(ctx context.Context, counselor, couple string, n protocol.NewSuitability, once Once) (session.Suitability, error) {
	var row suitabilityRow
	err := s.transact(ctx, func(tx *gorm.DB) error {
		if _, err := ownCouple(tx, counselor, couple); err != nil {
			return err
		}
		made, err := s.once(tx, counselor, "suitability/"+couple, once, func() (string, error) {
			id := newID()
			err := tx.Create(&suitabilityRow{
				ID: id, KeyID: couple, Couple: couple, Statement: n.Statement, At: momentOf(s.now()), Reason: n.Reason,
			}).Error
			if err != nil || n.Statement != "override" {
				return id, err
			}
			return id, s.audited(tx, Deed{Actor: counselor, Action: SuitabilityOverridden, Object: "couple/" + couple})
		})
		if err != nil {
			return err
		}
		return tx.Where("id = ?", made).Take(&row).Error
	})
	return row.suitability(), err
}
