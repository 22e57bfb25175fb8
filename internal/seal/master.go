package seal

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// masterPrefix begins the one line of a master key file that counts.
const masterPrefix = "mend-master-key-1:"

const masterAdvice = `# This is Mend's master key. Together with the database it opens every word in it;
# without it nobody can read the database again, and nobody can make a second one.
# Copy this file now to a place apart from the database and from its backups.
`

// Master is the key at the root, kept outside the database. While it is being
// rotated it has several generations: the newest wraps, all of them unwrap.
type Master struct {
	handle *keyset.Handle
	key    *Key
}

// NewMaster makes one.
func NewMaster() (*Master, error) {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("seal: new master key: %w", err)
	}
	return masterOf(handle)
}

// ParseMaster reads a master key from the text that Text made, for example from
// an environment variable.
func ParseMaster(text string) (*Master, error) {
	for line := range strings.Lines(text) {
		encoded, found := strings.CutPrefix(strings.TrimSpace(line), masterPrefix)
		if !found {
			continue
		}
		raw, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			return nil, errors.New("seal: the master key is damaged: it is not whole base64")
		}
		handle, err := insecurecleartextkeyset.Read(keyset.NewBinaryReader(bytes.NewReader(raw)))
		if err != nil {
			return nil, errors.New("seal: the master key is damaged")
		}
		return masterOf(handle)
	}
	return nil, fmt.Errorf("seal: no master key here: a line that begins with %s is expected", masterPrefix)
}

// Text is the master key in clear, as ParseMaster reads it.
func (m *Master) Text() (string, error) {
	var raw bytes.Buffer
	if err := insecurecleartextkeyset.Write(m.handle, keyset.NewBinaryWriter(&raw)); err != nil {
		return "", fmt.Errorf("seal: write master key: %w", err)
	}
	return masterPrefix + base64.StdEncoding.EncodeToString(raw.Bytes()), nil
}

// Key wraps the keys that stand highest in the database.
func (m *Master) Key() *Key { return m.key }

// Rotating tells whether there is more than one generation: a rotation was begun and
// not finished.
func (m *Master) Rotating() bool { return m.handle.Len() > 1 }

// Rotated has a new generation on top, and still unwraps what the older ones did.
func (m *Master) Rotated() (*Master, error) {
	manager := keyset.NewManagerFromHandle(m.handle)
	id, err := manager.Add(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("seal: rotate: %w", err)
	}
	if err := manager.SetPrimary(id); err != nil {
		return nil, fmt.Errorf("seal: rotate: %w", err)
	}
	return masterFrom(manager)
}

// Newest has forgotten every generation but the newest. Keep it once everything
// was wrapped again.
func (m *Master) Newest() (*Master, error) {
	manager := keyset.NewManagerFromHandle(m.handle)
	info := m.handle.KeysetInfo()
	for _, generation := range info.GetKeyInfo() {
		if generation.GetKeyId() == info.GetPrimaryKeyId() {
			continue
		}
		if err := manager.Delete(generation.GetKeyId()); err != nil {
			return nil, fmt.Errorf("seal: forget generation: %w", err)
		}
	}
	return masterFrom(manager)
}

// LoadMaster reads the master key from a file, or makes both where there is none;
// made tells which, so that the operator can be told to copy the file. A file that
// others may read is refused.
func LoadMaster(path string) (m *Master, made bool, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if m, err = NewMaster(); err != nil {
			return nil, false, err
		}
		return m, true, m.write(path, os.O_EXCL)
	}
	if err != nil {
		return nil, false, fmt.Errorf("seal: master key: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, false, fmt.Errorf("seal: the master key %s can be read by others (mode %04o): run chmod 600 on it", path, info.Mode().Perm())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, false, fmt.Errorf("seal: master key: %w", err)
	}
	m, err = ParseMaster(string(text))
	return m, false, err
}

// Save replaces the file at once and wholly: after a power cut there is the old
// one or the new one.
func (m *Master) Save(path string) error {
	next := path + ".next"
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("seal: master key: %w", err)
	}
	if err := m.write(next, os.O_EXCL); err != nil {
		return err
	}
	if err := os.Rename(next, path); err != nil {
		return fmt.Errorf("seal: master key: %w", err)
	}
	return syncFolder(filepath.Dir(path))
}

func (m *Master) write(path string, flag int) (err error) {
	text, err := m.Text()
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|flag, 0o600)
	if err != nil {
		return fmt.Errorf("seal: master key: %w", err)
	}
	_, err = file.WriteString(masterAdvice + text + "\n")
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("seal: master key: %w", err)
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("seal: master key: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("seal: master key: %w", err)
	}
	return nil
}

func masterFrom(manager *keyset.Manager) (*Master, error) {
	handle, err := manager.Handle()
	if err != nil {
		return nil, fmt.Errorf("seal: master key: %w", err)
	}
	return masterOf(handle)
}

func masterOf(handle *keyset.Handle) (*Master, error) {
	key, err := keyOf(handle)
	if err != nil {
		return nil, err
	}
	return &Master{handle, key}, nil
}
