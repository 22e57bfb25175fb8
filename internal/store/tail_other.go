//go:build !linux

package store

import (
	"errors"
	"os"
)

// waysToAdd are flags to open a file with to which toDisk writes.
var waysToAdd = []int{0}

// toDisk has blocks on the disk.
func toDisk(file *os.File, blocks []byte, at int64) error {
	_, err := file.WriteAt(blocks, at)
	return errors.Join(err, flushed(file))
}

// hasRoom tells whether the disk that a file is on is known to have room for more.
func hasRoom(*os.File, int64) bool { return false }

// flushed waits until a file's bytes are on the disk.
func flushed(file *os.File) error { return file.Sync() }
