package store

import (
	"encoding/base64"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"mend/internal/fault"
)

// Page asks for part of a list; the zero value for its beginning.
type Page struct {
	Cursor string // from the part before
	Limit  int    // 1 to 100; 50 where 0
}

var badCursor = fault.New(fault.Invalid, "bad_cursor", "This list cannot be continued from there; please load it again.").At("cursor")

// of narrows a query to the page: newest first, because ids are made in order of
// time. It asks for one row more than the page holds, to know whether there is another.
func (p Page) of(query *gorm.DB) (*gorm.DB, error) {
	if p.Cursor != "" {
		raw, err := base64.RawURLEncoding.DecodeString(p.Cursor)
		if err != nil {
			return nil, badCursor
		}
		last, err := uuid.FromBytes(raw)
		if err != nil {
			return nil, badCursor
		}
		query = query.Where("id < ?", last.String())
	}
	return query.Order("id DESC").Limit(p.limit() + 1), nil
}

func (p Page) limit() int {
	switch {
	case p.Limit <= 0:
		return 50
	case p.Limit > 100:
		return 100
	}
	return p.Limit
}

// cut takes off the row too many and names the cursor of the next page.
func cut[Row any](rows []Row, p Page, id func(Row) string) ([]Row, string) {
	if len(rows) <= p.limit() {
		return rows, ""
	}
	rows = rows[:p.limit()]
	last := uuid.MustParse(id(rows[len(rows)-1]))
	return rows, base64.RawURLEncoding.EncodeToString(last[:])
}
