package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// headBytes of a mark name it well enough.
const headBytes = 16

// AuditHeads names the newest deed of each practice: "number-mark". Kept where whoever
// can write to the database cannot, each shows later that nothing until then was cut off,
// and that no older database was put in place of the newer one.
func (s *Store) AuditHeads(ctx context.Context) (heads []string, err error) {
	var rows []deedRow
	if err := s.reading(ctx).Where("seq = (SELECT max(seq) FROM deeds d WHERE d.practice = deeds.practice)").
		Order("practice").Find(&rows).Error; err != nil {
		return nil, s.understood(err)
	}
	for _, r := range rows {
		heads = append(heads, fmt.Sprintf("%d-%s", r.Seq, hex.EncodeToString(r.Mark[:min(headBytes, len(r.Mark))])))
	}
	return heads, nil
}

// ErrNoHead is a text that names no deed.
var ErrNoHead = errors.New("an audit head is a number and a mark, as mend check prints it: 12-0123456789abcdef0123456789abcdef")

// AuditHolds tells whether the deed that a head names is still where it was. With a chain
// that is as it was written, so is then all that stands before it.
func (s *Store) AuditHolds(ctx context.Context, head string) (bool, error) {
	number, text, _ := strings.Cut(head, "-")
	seq, err := strconv.ParseUint(number, 10, 63)
	mark, wrong := hex.DecodeString(text)
	if err != nil || wrong != nil || len(mark) != headBytes {
		return false, ErrNoHead
	}
	var rows []deedRow
	if err := s.reading(ctx).Where("seq = ?", seq).Find(&rows).Error; err != nil {
		return false, s.understood(err)
	}
	for _, r := range rows {
		if len(r.Mark) >= headBytes && string(r.Mark[:headBytes]) == string(mark) {
			return true, nil
		}
	}
	return false, nil
}
