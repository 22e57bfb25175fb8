package store

import (
	"context"
	"os"
)

// journal is SQLite's write-ahead log, as a file to be flushed: afterwards all that was
// committed without a flush is on the disk. SQLite itself would do so only with the next
// commit that is to be flushed and writes something.
//
// A flush that failed is told once to each who had the file open, so it stays open here;
// and from then on the system takes what it could not write for written. Only a database
// file that has taken in the whole log, and was flushed itself, counts after that.
type journal struct {
	of       sqliteFile
	file     *os.File
	doubtful bool
}

// openJournal is for a database that somebody has open, who made the file.
func openJournal(of sqliteFile) (*journal, error) {
	file, err := os.OpenFile(of.path+"-wal", os.O_RDWR, 0)
	return &journal{of: of, file: file}, err
}

func (j *journal) flush() error {
	if !j.doubtful {
		err := flushed(j.file)
		j.doubtful = err != nil
		return err
	}
	err := j.of.emptyJournal(context.Background())
	j.doubtful = err != nil
	return err
}

func (j *journal) close() { _ = j.file.Close() }
