package seal

// Master is the key at the root. It is kept outside the database.
type Master struct{}
