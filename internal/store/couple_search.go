package store

import (
	"context"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

// searched is how many couples are opened at a time while looking for some. Labels are
// sealed, so that no index can find them; a counselor has hundreds, not millions.
const searched = 100

// SearchCouples lists those of the counselor's own couples whose label or names have
// every one of the words, newest first. Without a word it lists all.
func (s *Store) SearchCouples(ctx context.Context, counselor string, words private.Text, p Page) (protocol.CoupleList, error) {
	list := protocol.CoupleList{Items: []protocol.CoupleHead{}}
	db := s.reading(ctx)
	wanted := strings.Fields(folded(string(words)))
	var found []coupleRow
	names := make(map[string]partners)
	for from := (Page{Cursor: p.Cursor, Limit: searched}); ; {
		query, err := from.of(db.Where("counselor = ?", counselor))
		if err != nil {
			return list, err
		}
		var rows []coupleRow
		if err := query.Find(&rows).Error; err != nil {
			return list, s.understood(err)
		}
		rows, from.Cursor = cut(rows, from, func(r coupleRow) string { return r.ID })
		of, err := partnersOf(db, idsOf(rows, func(r coupleRow) string { return r.ID })...)
		if err != nil {
			return list, s.understood(err)
		}
		for _, row := range rows {
			one, two := of[row.ID][session.SeatOne].Name, of[row.ID][session.SeatTwo].Name
			if holdsAll(folded(string(row.Label+" "+one+" "+two)), wanted) {
				found = append(found, row)
				names[row.ID] = of[row.ID]
			}
		}
		if from.Cursor == "" || len(found) > p.limit() {
			break
		}
	}
	found, list.NextCursor = cut(found, p, func(r coupleRow) string { return r.ID })
	var err error
	list.Items, err = coupleHeads(db, found, names)
	return list, s.understood(err)
}

func holdsAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// crossed are letters whose stroke or tie is part of the letter, and not a mark upon it.
var crossed = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ħ", "h", "ı", "i", "æ", "ae", "œ", "oe")

// folded is text as it is looked for: without case, and without the marks upon letters.
func folded(text string) string {
	// Made anew each time: a transformer keeps state and is no two searches' at once.
	plain := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), cases.Fold())
	out, _, err := transform.String(plain, text)
	if err != nil { // it holds no letters that can be folded
		out = strings.ToLower(text)
	}
	return crossed.Replace(out)
}
