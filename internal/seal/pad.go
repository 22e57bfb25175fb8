package seal

import "errors"

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

func pad(plain []byte) []byte {
	padded := make([]byte, bucket(len(plain)))
	copy(padded, plain)
	padded[len(plain)] = 0x80
	return padded
}

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
