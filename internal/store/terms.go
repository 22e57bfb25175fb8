package store

import (
	"context"
	"fmt"

	"mend/internal/protocol"
	"mend/internal/session"
)

// Terms tell of a couple's sessions, newest first, which policy each stood under and
// who accepted which version of it when and in which language. Of the log they open
// those records alone.
func (s *Store) Terms(ctx context.Context, counselor, couple string, p Page) (protocol.TermsList, error) {
	list := protocol.TermsList{Items: []protocol.Terms{}}
	db := s.reading(ctx)
	if _, err := ownCouple(db, counselor, couple); err != nil {
		return list, s.understood(err)
	}
	query, err := p.of(db.Omit("agenda").Where("couple = ? AND opened_at IS NOT NULL", couple))
	if err != nil {
		return list, err
	}
	var sessions []sessionRow
	if err := query.Find(&sessions).Error; err != nil {
		return list, s.understood(err)
	}
	sessions, list.NextCursor = cut(sessions, p, func(r sessionRow) string { return r.ID })
	ids := idsOf(sessions, func(r sessionRow) string { return r.ID })
	var rows []eventRow
	err = db.Where("session IN ? AND type IN ?", ids, []string{session.Opened{}.Type(), session.Consented{}.Type()}).
		Order("session, seq").Find(&rows).Error
	if err != nil {
		return list, s.understood(err)
	}
	of := make(map[string]*protocol.Terms, len(sessions))
	list.Items = make([]protocol.Terms, len(sessions))
	for i, row := range sessions {
		list.Items[i] = protocol.Terms{Session: row.ID, At: row.OpenedAt.time(), Consents: []protocol.Consent{}}
		of[row.ID] = &list.Items[i]
	}
	for i := range rows {
		row := &rows[i]
		event, err := s.eventOf(ctx, row)
		if err != nil {
			return list, s.understood(fmt.Errorf("session %s, seq %d: %w", row.Session, row.Seq, err))
		}
		terms := of[row.Session]
		switch e := event.(type) {
		case session.Opened:
			terms.Policy = e.Facts.Policy
		case session.Consented:
			if seat, ok := row.By.Seat(); ok {
				terms.Consents = append(terms.Consents, protocol.Consent{
					Who: seat, At: row.At.time(), Policy: e.Policy, Language: e.Language,
				})
			}
		}
	}
	return list, nil
}
