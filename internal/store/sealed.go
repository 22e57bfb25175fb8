package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sync"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/schema"

	"mend/internal/seal"
)

// sealed is the GORM serializer of every column that holds words. A model with
// such a column has ID and KeyID, both set before a write and both read before the
// column. GORM passes serializers by in Update(column), Updates(map),
// UpdateColumn and Create(map), and Pluck reads around them: the schema's CHECKs
// refuse the former, Scan refuses what is not sealed.
type sealed struct{}

var registerSealed = sync.OnceFunc(func() { schema.RegisterSerializer("sealed", sealed{}) })

func (sealed) Value(ctx context.Context, field *schema.Field, row reflect.Value, value any) (any, error) {
	key, place, err := keyAndPlace(ctx, field, row)
	if err != nil {
		return nil, err
	}
	plain, err := plainOf(value)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", field.DBName, err)
	}
	return key.Seal(plain, place)
}

func (sealed) Scan(ctx context.Context, field *schema.Field, row reflect.Value, stored any) error {
	envelope, isBytes := stored.([]byte)
	if !isBytes {
		return fmt.Errorf("%s.%s: %w", field.Schema.Table, field.DBName, seal.ErrNotSealed)
	}
	key, place, err := keyAndPlace(ctx, field, row)
	if err != nil {
		return err
	}
	plain, err := key.Open(envelope, place)
	if err != nil {
		return fmt.Errorf("%s: %w", place, err)
	}
	target := field.ReflectValueOf(ctx, row)
	if target.Kind() == reflect.String {
		target.SetString(string(plain))
		return nil
	}
	target.SetZero()
	if json.Unmarshal(plain, target.Addr().Interface()) != nil { // its error may quote the words
		return fmt.Errorf("%s: damaged", place)
	}
	return nil
}

func plainOf(value any) ([]byte, error) {
	if v := reflect.ValueOf(value); v.Kind() == reflect.String {
		return []byte(v.String()), nil
	}
	return json.Marshal(value)
}

func keyAndPlace(ctx context.Context, field *schema.Field, row reflect.Value) (*seal.Key, string, error) {
	id, err := textOf(ctx, field.Schema, row, "ID")
	if err != nil {
		return nil, "", err
	}
	keyID, err := textOf(ctx, field.Schema, row, "KeyID")
	if err != nil {
		return nil, "", err
	}
	key, err := keyFrom(ctx, keyID)
	return key, place(field.Schema.Table, field.DBName, id), err
}

func textOf(ctx context.Context, model *schema.Schema, row reflect.Value, name string) (string, error) {
	field := model.LookUpField(name)
	if field == nil {
		return "", fmt.Errorf("%s has a sealed column and no %s", model.Table, name)
	}
	text := field.ReflectValueOf(ctx, row).String()
	if text == "" {
		return "", fmt.Errorf("%s: %s is not known where a sealed column needs it", model.Table, name)
	}
	return text, nil
}

// place is the associated data of a sealed column.
func place(table, column, id string) string { return table + "." + column + "/" + id }

// keysIn is how keys reach the serializer, which GORM keeps for the whole process:
// with the statement's context.
type keysIn struct{}

type keys struct {
	ring  *seal.Ring
	fresh map[string]*seal.Key // made in this very transaction: no other connection can read them yet
}

func withKeys(ctx context.Context, ring *seal.Ring) context.Context {
	return context.WithValue(ctx, keysIn{}, &keys{ring: ring, fresh: make(map[string]*seal.Key)})
}

func keysOf(ctx context.Context) (*keys, error) {
	k, known := ctx.Value(keysIn{}).(*keys)
	if !known {
		return nil, errors.New("store: a sealed column was touched outside reading and transact")
	}
	return k, nil
}

func keyFrom(ctx context.Context, id string) (*seal.Key, error) {
	k, err := keysOf(ctx)
	if err != nil {
		return nil, err
	}
	if key, fresh := k.fresh[id]; fresh {
		return key, nil
	}
	return k.ring.Key(ctx, id)
}

type keyKind string

const (
	indexKey    keyKind = "index"
	practiceKey keyKind = "practice"
	coupleKey   keyKind = "couple"
	personKey   keyKind = "person"
	processKey  keyKind = "process"
)

// keyRow is a wrapped key. Destroying the row shreds what the key sealed.
type keyRow struct {
	ID        string
	Parent    *string
	Kind      keyKind
	Wrapped   []byte
	CreatedAt moment `gorm:"autoCreateTime:false"`
}

func (keyRow) TableName() string { return "keys" }

// newKey makes a key below parent ("": the master) in the running transaction.
func newKey(tx *gorm.DB, kind keyKind, id, parent string, at moment) error {
	ctx := tx.Statement.Context
	above, err := keyFrom(ctx, parent)
	if err != nil {
		return err
	}
	key, wrapped, err := above.NewKey(id)
	if err != nil {
		return err
	}
	k, err := keysOf(ctx)
	if err != nil {
		return err
	}
	k.fresh[id] = key
	row := keyRow{ID: id, Kind: kind, Wrapped: wrapped, CreatedAt: at}
	if parent != "" {
		row.Parent = &parent
	}
	return tx.Create(&row).Error
}

// keyRows reads wrapped keys for the ring.
type keyRows struct{ db *gorm.DB }

func (k keyRows) Wrapped(ctx context.Context, id string) ([]byte, string, error) {
	var row keyRow
	err := k.db.WithContext(ctx).Where("id = ?", id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, "", seal.ErrGone
	}
	if err != nil || row.Parent == nil {
		return row.Wrapped, "", err
	}
	return row.Wrapped, *row.Parent, nil
}

const indexID = "index"

// openIndex opens the key of the marks by which emails and spoken codes are found
// again, and makes it in a new database. That it opens also proves the master key.
func (s *Store) openIndex(ctx context.Context) (*seal.Index, error) {
	var found []keyRow
	if err := s.keys.WithContext(ctx).Where("id = ?", indexID).Limit(1).Find(&found).Error; err != nil {
		return nil, s.understood(err)
	}
	if len(found) == 1 {
		index, err := s.master.Key().OpenIndex(found[0].Wrapped, indexID)
		if errors.Is(err, seal.ErrWrong) {
			return nil, errors.New("store: this master key does not open this database: give the one that belongs to it")
		}
		return index, err
	}
	index, wrapped, err := s.master.Key().NewIndex(indexID)
	if err != nil {
		return nil, err
	}
	row := keyRow{ID: indexID, Kind: indexKey, Wrapped: wrapped, CreatedAt: momentOf(s.now())}
	return index, s.transact(ctx, func(tx *gorm.DB) error { return tx.Create(&row).Error })
}

// Rewrap wraps again, with the newest generation of master, every key that an older one
// wraps, and writes the deed down. The rotation, each step of which may be repeated:
// save Master.Rotated, Rewrap with it, save Master.Newest. Nobody else may have the
// database open meanwhile; see Free.
func (s *Store) Rewrap(ctx context.Context, master *seal.Master) (rewrapped int, err error) {
	newest, err := master.Newest()
	if err != nil {
		return 0, err
	}
	err = s.transact(ctx, func(tx *gorm.DB) error {
		rewrapped = 0
		var rows []keyRow
		if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("parent IS NULL").Find(&rows).Error; err != nil {
			return err
		}
		for _, row := range rows {
			if newest.Key().Wraps(row.Wrapped, row.ID) {
				continue
			}
			wrapped, err := master.Key().Rewrap(row.Wrapped, row.ID)
			if err != nil {
				return fmt.Errorf("key %s: %w", row.ID, err)
			}
			if err := tx.Model(&keyRow{}).Where("id = ?", row.ID).Update("wrapped", wrapped).Error; err != nil {
				return err
			}
			rewrapped++
		}
		if rewrapped == 0 {
			return nil
		}
		return s.auditedEverywhere(tx, MasterKeyRotated)
	})
	if err == nil {
		// What the former key wraps is not to be found in the journal either.
		err = s.understood(s.engine.emptyJournal(ctx))
	}
	return rewrapped, err
}
