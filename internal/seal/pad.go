package seal

import (
	"errors"
	"slices"
	"sync"
)

// Lengths tell: "no" and a page of fear are not the same size. Words are padded to
// one of a few sizes with a one bit and zeros (ISO/IEC 7816-4), which can always be
// taken off again.
const largest = 16 << 10

// bucket is the padded size of n bytes and their mark: 256 B, 1, 4, 16 KiB, and
// then whole multiples of the last.
func bucket(n int) int {
	for _, size := range []int{256, 1 << 10, 4 << 10, largest} {
		if n < size {
			return size
		}
	}
	return (n/largest + 1) * largest
}

// pad puts plain and its padding into the room of an earlier one.
func pad(room, plain []byte) []byte {
	size := bucket(len(plain))
	padded := append(slices.Grow(room[:0], size), plain...)
	padded = append(padded, 0x80)
	clear(padded[len(padded):size])
	return padded[:size]
}

// spare is where words are padded: it is emptied before another may have it.
var spare = sync.Pool{New: func() any { return new([]byte) }}

func unpad(padded []byte) ([]byte, error) {
	for i := len(padded) - 1; i >= 0; i-- {
		switch padded[i] {
		case 0:
		case 0x80:
			return padded[:i], nil
		default:
			return nil, errPadding
		}
	}
	return nil, errPadding
}

var errPadding = errors.New("seal: padding is damaged")
