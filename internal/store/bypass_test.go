package store

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"mend/internal/account"
	"mend/internal/protocol"
	"mend/internal/seal"
	"mend/internal/session"
	"mend/internal/store/pgtest"
)

// The ways past a GORM serializer are known. The database itself closes them.
func TestTheDatabaseRefusesPlainText(t *testing.T) {
	master, err := seal.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Path: filepath.Join(t.TempDir(), "mend.db"), Master: master}
	if pgtest.Wanted() {
		o.URL = pgtest.Database(t, Migrated)
	}
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	counselor, err := s.CreateAccount(t.Context(), account.NewAccount{
		Name: "N", Email: "e@x", PasswordHash: "$argon2id$x", Practice: "P", Secrets: session.NoSecrets, At: time.Now(),
	})
	if err != nil {
		t.Fatal(err)
	}
	couple, err := s.CreateCouple(t.Context(), counselor, protocol.NewCouple{Label: "before"}, Once{})
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("plain words ", 40)
	for name, write := range map[string]func(tx *gorm.DB) error{
		"Update of a column": func(tx *gorm.DB) error {
			return tx.Model(&coupleRow{}).Where("id = ?", couple.ID).Update("label", long).Error
		},
		"Update of a column with bytes": func(tx *gorm.DB) error {
			return tx.Model(&coupleRow{}).Where("id = ?", couple.ID).Update("label", []byte(long)).Error
		},
		"bytes that begin as an envelope does, but are too short for one": func(tx *gorm.DB) error {
			return tx.Model(&coupleRow{}).Where("id = ?", couple.ID).Update("label", []byte("\x01plain words")).Error
		},
		"Updates with a map": func(tx *gorm.DB) error {
			return tx.Model(&coupleRow{}).Where("id = ?", couple.ID).Updates(map[string]any{"label": long}).Error
		},
		"UpdateColumn": func(tx *gorm.DB) error {
			return tx.Model(&coupleRow{}).Where("id = ?", couple.ID).UpdateColumn("label", long).Error
		},
		"Create with a map": func(tx *gorm.DB) error {
			return tx.Model(&coupleRow{}).Create(map[string]any{
				"id": "x", "key_id": couple.ID, "counselor": counselor, "process_key": "x", "created_at": 1, "label": long,
			}).Error
		},
		"Exec": func(tx *gorm.DB) error {
			return tx.Exec("UPDATE couples SET label = ?", long).Error
		},
		"a struct without an id": func(tx *gorm.DB) error {
			return tx.Create(&coupleRow{KeyID: couple.ID, Counselor: counselor, ProcessKey: "x", Label: "words"}).Error
		},
		"a struct without a key": func(tx *gorm.DB) error {
			return tx.Create(&coupleRow{ID: "x", Counselor: counselor, ProcessKey: "x", Label: "words"}).Error
		},
	} {
		if err := s.transact(t.Context(), write); err == nil {
			t.Errorf("%s: was taken", name)
		}
	}
	if again, err := s.Couple(t.Context(), counselor, couple.ID); err != nil || again.Label != "before" {
		t.Errorf("the row has changed: %v", err)
	}

	// Reading past the serializer gives envelopes, never words.
	var labels []string
	if err := s.reading(t.Context()).Model(&coupleRow{}).Pluck("label", &labels).Error; err == nil {
		for _, label := range labels {
			if strings.Contains(label, "before") {
				t.Error("Pluck read words in clear")
			}
		}
	}
	// A query that leaves out the id or the key is refused rather than misread.
	var rows []coupleRow
	if err := s.reading(t.Context()).Select("label").Find(&rows).Error; err == nil {
		t.Error("a sealed column was read without its id")
	}
}
