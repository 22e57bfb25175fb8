package store

import (
	"context"
	"database/sql"

	"gorm.io/gorm"
)

// patientReads are a pool of readers that ask again where the server went away: of many
// connections that stood idle meanwhile each would fail once. To read twice changes nothing.
type patientReads struct{ *sql.DB }

var _ gorm.ConnPool = patientReads{}

// GetDBConn is how GORM asks for what is beneath.
func (p patientReads) GetDBConn() (*sql.DB, error) { return p.DB, nil }

// QueryContext asks until the server answers, for a while.
func (p patientReads) QueryContext(ctx context.Context, query string, args ...any) (rows *sql.Rows, err error) {
	err = patiently(ctx, func(ctx context.Context) (bool, error) {
		rows, err = p.DB.QueryContext(ctx, query, args...) //nolint:rowserrcheck,sqlclosecheck // whoever asked does
		return true, err
	})
	return rows, err
}

// QueryRowContext asks until the server answers, for a while.
func (p patientReads) QueryRowContext(ctx context.Context, query string, args ...any) (row *sql.Row) {
	_ = patiently(ctx, func(ctx context.Context) (bool, error) {
		row = p.DB.QueryRowContext(ctx, query, args...)
		return true, row.Err()
	})
	return row
}
