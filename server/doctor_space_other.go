//go:build !linux

package main

import "errors"

// spaceOf is not known here.
func spaceOf(string) (free uint64, overNetwork bool, err error) {
	return 0, false, errors.ErrUnsupported
}
