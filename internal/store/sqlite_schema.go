package store

import (
	"context"
	"database/sql"
	"regexp"
)

// sealedColumn is how the migrations declare a column of words.
var sealedColumn = regexp.MustCompile(`(\w+) BLOB NOT NULL CHECK \(typeof\(\w+\) = 'blob' AND substr`)

func (sqliteFile) sealedColumns(ctx context.Context, db *sql.DB) (map[string][]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT IN ('events', 'homework_events', 'keys') ORDER BY name")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns := map[string][]string{}
	for rows.Next() {
		var table, ddl string
		if err := rows.Scan(&table, &ddl); err != nil {
			return nil, err
		}
		for _, found := range sealedColumn.FindAllStringSubmatch(ddl, -1) {
			columns[table] = append(columns[table], found[1])
		}
	}
	return columns, rows.Err()
}
