package seal

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/aead/aesgcm"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Version is the first byte of everything sealed. Another way of sealing will get
// another byte, so that old rows stay readable.
const Version byte = 0x01

// ErrNotSealed says that bytes are not an envelope of a known version.
var ErrNotSealed = errors.New("seal: not sealed, or by a newer version")

// ErrWrong says that an envelope does not open: another key, another place, or
// changed bytes. Which of them is not to be told apart.
var ErrWrong = errors.New("seal: does not open here")

// Key seals words and wraps other keys. It is safe for concurrent use.
type Key struct{ aead tink.AEAD }

// Seal encrypts plain for one place. The place ("notes.sections/<id>") is not
// stored: who opens must name it again, so that an envelope moved elsewhere does
// not open. The envelope's length tells only the bucket plain falls into.
func (k *Key) Seal(plain []byte, place string) ([]byte, error) {
	room := spare.Get().(*[]byte)
	defer spare.Put(room)
	padded := pad(*room, plain)
	*room = padded
	defer clear(padded)
	sealed, err := k.aead.Encrypt(padded, []byte(place))
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return append([]byte{Version}, sealed...), nil
}

// Open decrypts what Seal made for the same place.
func (k *Key) Open(sealed []byte, place string) ([]byte, error) {
	if len(sealed) == 0 || sealed[0] != Version {
		return nil, ErrNotSealed
	}
	padded, err := k.aead.Decrypt(sealed[1:], []byte(place))
	if err != nil {
		return nil, ErrWrong
	}
	return unpad(padded)
}

// NewKey makes a key and wraps it with this one, for one name.
func (k *Key) NewKey(name string) (key *Key, wrapped []byte, err error) {
	handle, wrapped, err := k.newHandle(aead.AES256GCMKeyTemplate(), name)
	if err != nil {
		return nil, nil, err
	}
	key, err = keyOf(handle)
	return key, wrapped, err
}

// OpenKey unwraps what NewKey made under the same name.
func (k *Key) OpenKey(wrapped []byte, name string) (*Key, error) {
	handle, err := k.unwrap(wrapped, name)
	if err != nil {
		return nil, err
	}
	return keyOf(handle)
}

// Wraps tells whether it is this key that wrapped, under this name.
func (k *Key) Wraps(wrapped []byte, name string) bool {
	_, err := k.unwrap(wrapped, name)
	return err == nil
}

// Rewrap wraps again with the newest of this key's generations.
func (k *Key) Rewrap(wrapped []byte, name string) ([]byte, error) {
	handle, err := k.unwrap(wrapped, name)
	if err != nil {
		return nil, err
	}
	return k.wrap(handle, name)
}

// Index finds a value again without storing it: the same value always has the
// same mark, and without the key a mark tells nothing, not even by guessing.
type Index struct{ set *prf.Set }

// NewIndex makes an index key and wraps it.
func (k *Key) NewIndex(name string) (index *Index, wrapped []byte, err error) {
	handle, wrapped, err := k.newHandle(prf.HMACSHA256PRFKeyTemplate(), name)
	if err != nil {
		return nil, nil, err
	}
	index, err = indexOf(handle)
	return index, wrapped, err
}

// OpenIndex unwraps what NewIndex made under the same name.
func (k *Key) OpenIndex(wrapped []byte, name string) (*Index, error) {
	handle, err := k.unwrap(wrapped, name)
	if err != nil {
		return nil, err
	}
	return indexOf(handle)
}

// Mark is 32 bytes. Marks of the same value in two columns differ.
func (i *Index) Mark(column, value string) ([]byte, error) {
	mark, err := i.set.ComputePrimaryPRF([]byte(column+"\x00"+value), 32)
	if err != nil {
		return nil, fmt.Errorf("seal: mark: %w", err)
	}
	return mark, nil
}

func (k *Key) newHandle(template *tinkpb.KeyTemplate, name string) (*keyset.Handle, []byte, error) {
	handle, err := keyset.NewHandle(template)
	if err != nil {
		return nil, nil, fmt.Errorf("seal: new key: %w", err)
	}
	wrapped, err := k.wrap(handle, name)
	return handle, wrapped, err
}

func (k *Key) wrap(handle *keyset.Handle, name string) ([]byte, error) {
	out := bytes.NewBuffer([]byte{Version})
	if err := handle.WriteWithAssociatedData(keyset.NewBinaryWriter(out), k.aead, []byte("key/"+name)); err != nil {
		return nil, fmt.Errorf("seal: wrap: %w", err)
	}
	return out.Bytes(), nil
}

func (k *Key) unwrap(wrapped []byte, name string) (*keyset.Handle, error) {
	if len(wrapped) == 0 || wrapped[0] != Version {
		return nil, ErrNotSealed
	}
	in := keyset.NewBinaryReader(bytes.NewReader(wrapped[1:]))
	handle, err := keyset.ReadWithAssociatedData(in, k.aead, []byte("key/"+name))
	if err != nil {
		return nil, ErrWrong
	}
	return handle, nil
}

func keyOf(handle *keyset.Handle) (*Key, error) {
	primitive, err := primitiveOf(handle)
	if err != nil {
		return nil, fmt.Errorf("seal: key: %w", err)
	}
	return &Key{primitive}, nil
}

// primitiveOf goes without Tink's table of generations where there is one: every session
// that is open has three keys open, and a table takes as much memory as the key.
func primitiveOf(handle *keyset.Handle) (tink.AEAD, error) {
	if handle.Len() == 1 {
		only, err := handle.Primary()
		if err != nil {
			return nil, err
		}
		if key, ok := only.Key().(*aesgcm.Key); ok {
			return aesgcm.NewAEAD(key)
		}
	}
	return aead.New(handle)
}

func indexOf(handle *keyset.Handle) (*Index, error) {
	set, err := prf.NewPRFSet(handle)
	if err != nil {
		return nil, fmt.Errorf("seal: index: %w", err)
	}
	return &Index{set}, nil
}
