package store

import (
	"context"

	"mend/internal/protocol"
)

// DeedFilter narrows what is listed of the audit; the zero value shows all.
type DeedFilter struct {
	Actor  string
	Action Action
}

// Deeds lists what was done in an owner's practice, newest first.
func (s *Store) Deeds(ctx context.Context, owner string, f DeedFilter, p Page) (protocol.DeedList, error) {
	list := protocol.DeedList{Items: []protocol.Deed{}}
	db := s.reading(ctx)
	of, err := ownerOf(db, owner)
	if err != nil {
		return list, s.understood(err)
	}
	query := db.Where("practice = ?", of.Practice)
	if f.Actor != "" {
		query = query.Where("actor = ?", f.Actor)
	}
	if f.Action != "" {
		query = query.Where("action = ?", f.Action)
	}
	if query, err = p.of(query); err != nil {
		return list, err
	}
	var rows []deedRow
	if err := query.Find(&rows).Error; err != nil {
		return list, s.understood(err)
	}
	rows, list.NextCursor = cut(rows, p, func(r deedRow) string { return r.ID })
	who, err := names(db, idsOf(rows, func(r deedRow) string { return r.Actor }))
	if err != nil {
		return list, s.understood(err)
	}
	for _, row := range rows {
		list.Items = append(list.Items, protocol.Deed{
			ID: row.ID, At: row.At.time(), Actor: row.Actor, Name: who[row.Actor], Action: string(row.Action), Object: row.Object,
		})
	}
	return list, nil
}
