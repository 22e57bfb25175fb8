package store

import (
	"context"

	"gorm.io/gorm"

	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
)

var (
	lastOwner   = fault.New(fault.Conflict, "last_owner", "A practice needs an owner. Make somebody else an owner first.")
	notYourself = fault.New(fault.Conflict, "not_yourself", "You cannot deactivate yourself. Another owner can.")
)

// activeCounselor is somebody who may sign in. Fault: not_found.
func activeCounselor(db *gorm.DB, counselor string) (of counselorRow, err error) {
	return of, db.Select("id", "key_id", "practice", "role").
		Where("id = ? AND deactivated_at IS NULL", counselor).Take(&of).Error
}

// ownerOf lets nobody but an owner go on: to all others there is nothing here.
func ownerOf(db *gorm.DB, owner string) (counselorRow, error) {
	of, err := activeCounselor(db, owner)
	if err == nil && of.Role != protocol.Owner {
		err = notFound
	}
	return of, err
}

// colleagueOf finds an active counselor of somebody's practice.
func colleagueOf(db *gorm.DB, practice, colleague string) (of counselorRow, err error) {
	return of, db.Where("id = ? AND practice = ? AND deactivated_at IS NULL", colleague, practice).Take(&of).Error
}

// Colleagues lists the other active counselors of the practice, oldest first.
func (s *Store) Colleagues(ctx context.Context, counselor string) (protocol.ColleagueList, error) {
	list := protocol.ColleagueList{Items: []protocol.Colleague{}}
	db := s.reading(ctx)
	of, err := counselorOf(db, counselor)
	if err != nil {
		return list, s.understood(err)
	}
	var rows []counselorRow
	err = db.Select("id", "key_id", "name").
		Where("practice = ? AND id <> ? AND deactivated_at IS NULL", of.Practice, counselor).Order("id").Find(&rows).Error
	for _, row := range rows {
		list.Items = append(list.Items, protocol.Colleague{ID: row.ID, Name: row.Name})
	}
	return list, s.understood(err)
}

// Counselors lists all of the practice, newest first, those deactivated too, with how
// much they have in hand.
func (s *Store) Counselors(ctx context.Context, owner string, p Page) (protocol.CounselorList, error) {
	list := protocol.CounselorList{Items: []protocol.Counselor{}}
	db := s.reading(ctx)
	of, err := ownerOf(db, owner)
	if err != nil {
		return list, s.understood(err)
	}
	query, err := p.of(db.Where("practice = ?", of.Practice))
	if err != nil {
		return list, err
	}
	var rows []counselorRow
	if err := query.Find(&rows).Error; err != nil {
		return list, s.understood(err)
	}
	rows, list.NextCursor = cut(rows, p, func(r counselorRow) string { return r.ID })
	counts, err := countsOf(db, idsOf(rows, func(r counselorRow) string { return r.ID }))
	if err != nil {
		return list, s.understood(err)
	}
	for _, row := range rows {
		list.Items = append(list.Items, row.counselor(counts[row.ID]))
	}
	return list, nil
}

// inHand is how much a counselor has.
type inHand struct {
	Counselor         string
	Couples, Sessions int
}

func countsOf(db *gorm.DB, counselors []string) (map[string]inHand, error) {
	var rows []inHand
	err := db.Table("couples").
		Select("couples.counselor, COUNT(DISTINCT couples.id) AS couples, COUNT(sessions.id) AS sessions").
		Joins("LEFT JOIN sessions ON sessions.couple = couples.id").
		Where("couples.counselor IN ?", counselors).Group("couples.counselor").Scan(&rows).Error
	of := make(map[string]inHand, len(rows))
	for _, row := range rows {
		of[row.Counselor] = row
	}
	return of, err
}

func (r counselorRow) counselor(has inHand) protocol.Counselor {
	return protocol.Counselor{
		ID: r.ID, Name: r.Name, Email: r.Email, Role: r.Role, JoinedAt: r.CreatedAt.time(),
		DeactivatedAt: r.DeactivatedAt.timeOrNil(), Couples: has.Couples, Sessions: has.Sessions,
	}
}

// CouplesOf lists a counselor's couples to an owner, newest first: that they exist,
// and no word of them.
func (s *Store) CouplesOf(ctx context.Context, owner, counselor string, p Page) (protocol.OpaqueCoupleList, error) {
	list := protocol.OpaqueCoupleList{Items: []protocol.OpaqueCouple{}}
	db := s.reading(ctx)
	of, err := ownerOf(db, owner)
	if err != nil {
		return list, s.understood(err)
	}
	var whose counselorRow
	if err := db.Select("id").Where("id = ? AND practice = ?", counselor, of.Practice).Take(&whose).Error; err != nil {
		return list, s.understood(err)
	}
	query, err := p.of(db.Select("id", "created_at").Where("counselor = ?", counselor))
	if err != nil {
		return list, err
	}
	var rows []coupleRow
	if err := query.Find(&rows).Error; err != nil {
		return list, s.understood(err)
	}
	rows, list.NextCursor = cut(rows, p, func(r coupleRow) string { return r.ID })
	ids := idsOf(rows, func(r coupleRow) string { return r.ID })
	counts, err := sessionCounts(db, ids)
	if err != nil {
		return list, s.understood(err)
	}
	var taken []struct {
		Couple string
		At     moment
	}
	err = db.Model(&handOverRow{}).Select("couple, MAX(at) AS at").Where("couple IN ?", ids).Group("couple").Scan(&taken).Error
	if err != nil {
		return list, s.understood(err)
	}
	since := make(map[string]moment, len(taken))
	for _, t := range taken {
		since[t.Couple] = t.At
	}
	for _, row := range rows {
		c := protocol.OpaqueCouple{
			ID: row.ID, Since: max(row.CreatedAt, since[row.ID]).time(),
			Sessions: counts[row.ID].Number, LastSessionAt: counts[row.ID].Last.timeOrNil(),
		}
		list.Items = append(list.Items, c)
	}
	return list, nil
}

// ChangeCounselor makes an owner of a counselor or a counselor of an owner, and
// deactivates somebody or makes them active again; nil leaves as it is. Whoever is
// deactivated is signed out everywhere. Faults: last_owner, not_yourself.
func (s *Store) ChangeCounselor(ctx context.Context, owner, counselor string, c protocol.PatchCounselor) (changed protocol.Counselor, err error) {
	err = s.transact(ctx, func(tx *gorm.DB) error {
		of, err := ownerOf(tx, owner)
		if err != nil {
			return err
		}
		var row counselorRow
		if err := tx.Where("id = ? AND practice = ?", counselor, of.Practice).Take(&row).Error; err != nil {
			return err
		}
		before := row
		set(&row.Role, c.Role)
		at := momentOf(s.now())
		if c.Active != nil {
			switch {
			case *c.Active:
				row.DeactivatedAt = nil
			case counselor == owner:
				return notYourself
			case row.DeactivatedAt == nil:
				row.DeactivatedAt = &at
			}
		}
		if err := tx.Select("Role", "DeactivatedAt").Updates(&row).Error; err != nil {
			return err
		}
		if err := hasOwner(tx, of.Practice); err != nil {
			return err
		}
		if before.DeactivatedAt == nil && row.DeactivatedAt != nil {
			err := tx.Model(&signInRow{}).Where("counselor = ? AND revoked_at IS NULL", counselor).Update("revoked_at", at).Error
			if err != nil {
				return err
			}
		}
		for _, action := range became(before, row) {
			if err := s.audited(tx, Deed{Actor: owner, Action: action, Object: "counselor/" + counselor}); err != nil {
				return err
			}
		}
		counts, err := countsOf(tx, []string{counselor})
		changed = row.counselor(counts[counselor])
		return err
	})
	return changed, err
}

func hasOwner(tx *gorm.DB, practice string) error {
	var owners int64
	err := tx.Model(&counselorRow{}).
		Where("practice = ? AND role = ? AND deactivated_at IS NULL", practice, protocol.Owner).Count(&owners).Error
	if err == nil && owners == 0 {
		err = lastOwner
	}
	return err
}

// became says in the audit's words what changed.
func became(before, now counselorRow) (all []Action) {
	if before.Role != now.Role {
		if now.Role == protocol.Owner {
			all = append(all, OwnerMade)
		} else {
			all = append(all, OwnerUnmade)
		}
	}
	if (before.DeactivatedAt == nil) != (now.DeactivatedAt == nil) {
		if now.DeactivatedAt != nil {
			all = append(all, CounselorDeactivated)
		} else {
			all = append(all, CounselorMadeActive)
		}
	}
	return all
}

// names of counselors, by id.
func names(db *gorm.DB, ids []string) (map[string]private.Text, error) {
	var rows []counselorRow
	err := db.Select("id", "key_id", "name").Where("id IN ?", ids).Find(&rows).Error
	of := make(map[string]private.Text, len(rows))
	for _, row := range rows {
		of[row.ID] = row.Name
	}
	return of, err
}
