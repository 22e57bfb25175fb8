package store

import (
	"crypto/sha256"

	"gorm.io/gorm"

	"mend/internal/fault"
)

// Once makes a create repeatable: the same key with the same body is answered
// with what the first call made; with another body it is a conflict
// (idempotency_key_reused). The zero value asks for nothing.
type Once struct {
	Key  string
	Body [32]byte // SHA-256 of the request's body
}

var keyReused = fault.New(fault.Conflict, "idempotency_key_reused",
	"This key was used before for another request. Send a new key.")

// createRow remembers a create by its hashed key: the key is the client's own
// text, and no text is kept in clear.
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
	var before []createRow
	err := tx.Where("counselor = ? AND key = ?", counselor, key[:]).Limit(1).Find(&before).Error
	if err != nil {
		return "", err
	}
	if len(before) == 1 {
		if [32]byte(before[0].Body) != o.Body {
			return "", keyReused
		}
		return before[0].Made, nil
	}
	made, err := makeIt()
	if err != nil {
		return "", err
	}
	row := createRow{Counselor: counselor, Key: key[:], Body: o.Body[:], Made: made, At: momentOf(s.now())}
	return made, tx.Create(&row).Error
}
