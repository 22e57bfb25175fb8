package store

import (
	"bytes"
	"crypto/sha256"

	"gorm.io/gorm"

	"mend/internal/fault"
)

// Once makes a create repeatable: the same key with the same body is answered
// with what the first call made; with another body it is a conflict
// (idempotency_key_reused); for as long as Purge leaves it. The zero value asks for nothing.
type Once struct {
	Key  string
	Body [32]byte // SHA-256 of the request's body
}

var keyReused = fault.New(fault.Conflict, "idempotency_key_reused",
	"This key was used before for another request. Send a new key.")

// createRow remembers a create by its hashed key: the key is the client's own
// text, and no text is kept in clear. Of the body it keeps a keyed mark: a plain
// hash of a few names is as good as the names to whoever can guess them.
type createRow struct {
	Counselor string
	Key       []byte
	Body      []byte
	Made      string
	At        moment
}

func (createRow) TableName() string { return "creates" }

// once runs makeIt unless the same call was made before, and answers with the id
// of what was made, now or then.
func (s *Store) once(tx *gorm.DB, counselor, call string, o Once, makeIt func() (string, error)) (string, error) {
	if o.Key == "" {
		return makeIt()
	}
	key := sha256.Sum256([]byte(call + "\x00" + o.Key))
	body, err := s.index.Mark("creates.body", string(o.Body[:]))
	if err != nil {
		return "", err
	}
	var before []createRow
	err = tx.Where("counselor = ? AND key = ?", counselor, key[:]).Limit(1).Find(&before).Error
	if err != nil {
		return "", err
	}
	if len(before) == 1 {
		if !bytes.Equal(before[0].Body, body) {
			return "", keyReused
		}
		return before[0].Made, nil
	}
	made, err := makeIt()
	if err != nil {
		return "", err
	}
	row := createRow{Counselor: counselor, Key: key[:], Body: body, Made: made, At: momentOf(s.now())}
	return made, tx.Create(&row).Error
}
