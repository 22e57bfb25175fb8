package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"slices"
	"sync"
	"unsafe"

	"github.com/fxamacker/cbor/v2"
	"github.com/gofrs/flock"
)

// tail is where the newest records of the log wait to be brought into its table: a small
// file beside the database, in which one write makes a record durable. A transaction of
// SQLite's takes several times that, and touches pages all over the table; brought in by
// the hundred and in the table's order, records share both. A record is acknowledged once
// it is in either place.
//
// The file has two halves, of which one is written to until it is full. Records are brought
// in soon, without a flush that the disk would have to make for a table that can be told
// again; the one flush for a whole half comes before that half is written over. Until then
// nothing is taken out of it. What a crash leaves in the file waits again, most of it
// although the table has it already, and whoever brings it in takes that for done.
//
// The file is the server's own: it is locked while one has the database open.
type tail struct {
	file *os.File // none where the tail is another process's
	adds *os.File // the same, for what is added to it
	lock *flock.Flock

	mu      sync.Mutex     // guards waiting; all else is the writer's own
	waiting [2][]*eventRow // in each half and not in the table yet, in the order in which they came
	owed    [2]bool        // a half holds what may be on the disk nowhere else
	now     int            // the half that is written to
	end     int64          // of what stands there, in bytes from its beginning
	round   uint64         // tells it from what was written there before; the halves differ
	broken  bool           // a write or a flush has failed, and left nobody knows what
	laid    bytes.Buffer   // the entries written last
	blocks  []byte         // as they went to the disk; begins with what the block has that is written to next
}

const (
	// halfSize bounds a half, in bytes. What is too long for it goes to the table at once. It
	// is for good: where a crash left records, whoever starts next looks for the second half
	// there, a newer program too.
	halfSize = 1 << 20
	// blockSize is in what the file is written to, in bytes: no disk wants larger ones.
	blockSize = 4096
	// entryHead is what stands before a record: its length (4 bytes), a checksum of all
	// that follows (4) and the round (8), big-endian.
	entryHead = 16
)

// TailOf is the file beside a database in which its newest records wait.
func TailOf(database string) string { return database + "-tail" }

// openTail opens or makes the file. It refuses with ErrHeld while another process has it.
func openTail(path string) (_ *tail, err error) {
	t := &tail{lock: flock.New(path, flock.SetPermissions(0o600))}
	defer func() {
		if err != nil {
			err = errors.Join(err, t.letGo())
		}
	}()
	locked, err := t.lock.TryLock()
	if err == nil && locked {
		t.file, locked, err = opened(path, t.lock)
	}
	if err != nil {
		return nil, fmt.Errorf("store: database: %w", err)
	}
	if !locked {
		return nil, ErrHeld
	}
	if err := t.takeUp(); err != nil {
		return nil, fmt.Errorf("store: database: %w", err)
	}
	return t, nil
}

// tailFree refuses with ErrHeld while another process has the file.
func tailFree(path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	lock := flock.New(path)
	free, err := lock.TryLock()
	if err == nil && !free {
		err = ErrHeld
	}
	return errors.Join(err, lock.Close())
}

// opened opens the file that is locked; not where whoever had it before has just taken
// it away as they closed.
func opened(path string, lock *flock.Flock) (_ *os.File, same bool, err error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	is, err := file.Stat()
	locked, lockErr := lock.Stat()
	if err = errors.Join(err, lockErr); err != nil || !os.SameFile(is, locked) {
		return nil, false, errors.Join(err, file.Close())
	}
	return file, true, nil
}

// takeUp has what a crash left in the file wait again.
func (t *tail) takeUp() error {
	halves, err := readTail(t.file)
	if err != nil {
		return err
	}
	for i, half := range halves {
		t.waiting[i], t.owed[i] = half.rows, len(half.rows) > 0
		if half.round >= t.round {
			t.now, t.round, t.end = i, half.round, half.end
		}
	}
	if t.round == 0 {
		t.round = 1
	}
	t.broken = t.layOut() != nil // no room, perhaps, which is no reason not to start
	return t.openToAdd()
}

// openToAdd opens the file past the system's cache, or else through it: some file systems
// know no other way, and some say so only once they are asked for a block.
func (t *tail) openToAdd() (err error) {
	t.blocks = aligned(blockSize)
	for _, way := range waysToAdd {
		if t.adds, err = os.OpenFile(t.file.Name(), os.O_RDWR|way, 0); err != nil {
			continue
		}
		if _, err = t.adds.ReadAt(t.blocks, t.at()/blockSize*blockSize); err == nil || errors.Is(err, io.EOF) {
			return nil
		}
		err = errors.Join(err, t.adds.Close())
		t.adds = nil
	}
	return err
}

// at is where the next record goes.
func (t *tail) at() int64 { return int64(t.now)*halfSize + t.end }

// layOut makes the file as long as it will ever be: with zeros, and not with a hole or with
// room set aside, of which ext4 only notes after a write that something is there now. When
// a disk fails in between, a flush that succeeded would be worth nothing.
func (t *tail) layOut() error {
	info, err := t.file.Stat()
	if err != nil || info.Size() >= 2*halfSize {
		return err
	}
	if _, err := t.file.WriteAt(make([]byte, 2*halfSize-info.Size()), info.Size()); err != nil {
		return err
	}
	return t.file.Sync()
}

// tailBeside is the tail as it is just now of a database that another process may have
// open: to look at, and not to be brought in.
func tailBeside(path string) (*tail, error) {
	waiting, err := leftWaiting(path)
	if err != nil {
		return nil, fmt.Errorf("store: database: %w", err)
	}
	return &tail{waiting: [2][]*eventRow{waiting}}, nil
}

// leftWaiting is what waits in a file that another process may have open.
func leftWaiting(path string) ([]*eventRow, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	halves, err := readTail(file)
	if halves[0].round > halves[1].round {
		halves[0], halves[1] = halves[1], halves[0]
	}
	return append(halves[0].rows, halves[1].rows...), err
}

// written is what is found in a half; the one of the higher round was written to later.
type written struct {
	rows  []*eventRow
	end   int64
	round uint64
}

func readTail(file io.ReaderAt) (halves [2]written, err error) {
	all := make([]byte, halfSize)
	for i := range halves {
		n, err := file.ReadAt(all, int64(i)*halfSize)
		if err != nil && !errors.Is(err, io.EOF) {
			return halves, err
		}
		halves[i] = readHalf(all[:n]) // which copies what it takes
	}
	return halves, nil
}

// readHalf reads records up to the first that is not whole, or of another round: there
// the writing was cut off, or what follows was there before.
func readHalf(all []byte) (half written) {
	for rest := all; len(rest) > entryHead; rest = all[half.end:] {
		length := int(binary.BigEndian.Uint32(rest))
		if length == 0 || length > len(rest)-entryHead || crc32.Checksum(rest[8:entryHead+length], castagnoli) != binary.BigEndian.Uint32(rest[4:]) {
			break
		}
		round := binary.BigEndian.Uint64(rest[8:])
		if len(half.rows) > 0 && round != half.round {
			break
		}
		var row eventRow
		if err := cbor.Unmarshal(rest[entryHead:entryHead+length], &row); err != nil {
			break
		}
		half.rows, half.round = append(half.rows, &row), round
		half.end += int64(entryHead + length)
	}
	return half
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// add makes records durable and has them wait; none of them where it fails, and
// errTailFull where this half has no room for them. A sector that is written again while
// it holds earlier records must come through a loss of power whole, as SQLite's own
// journal expects too.
func (t *tail) add(rows []*eventRow) error {
	entries, err := t.entries(rows)
	if err != nil {
		return err
	}
	if t.end+int64(len(entries)) > halfSize {
		return errTailFull
	}
	if err := t.write(entries); err != nil {
		t.broken = true
		return err
	}
	t.end += int64(len(entries))
	t.owed[t.now] = true
	t.mu.Lock()
	t.waiting[t.now] = append(t.waiting[t.now], rows...)
	t.mu.Unlock()
	return nil
}

// write has entries on the disk, in whole blocks, the first with what stands in it already.
// What comes after them in the last, of an older round, is overwritten with nothing.
func (t *tail) write(entries []byte) error {
	begin := int(t.end % blockSize)
	end := begin + len(entries)
	whole := (end + blockSize - 1) / blockSize * blockSize
	if len(t.blocks) < whole {
		more := aligned(whole)
		copy(more, t.blocks[:begin])
		t.blocks = more
	}
	copy(t.blocks[begin:], entries)
	clear(t.blocks[end:whole])
	if err := toDisk(t.adds, t.blocks[:whole], t.at()-int64(begin)); err != nil {
		return err
	}
	copy(t.blocks, t.blocks[end/blockSize*blockSize:end])
	return nil
}

// aligned are bytes that begin where a block of memory does, as the disk wants them that
// takes them from there itself.
func aligned(size int) []byte {
	room := make([]byte, size+blockSize)
	skip := -int(uintptr(unsafe.Pointer(&room[0]))) & (blockSize - 1) //nolint:gosec // where it begins, and nothing else
	return room[skip : skip+size : skip+size]
}

// entries are records as they stand in the file, until it is called again.
func (t *tail) entries(rows []*eventRow) ([]byte, error) {
	if t.laid.Cap() > halfSize { // no half takes as much
		t.laid = bytes.Buffer{}
	}
	t.laid.Reset()
	for _, row := range rows {
		start := t.laid.Len()
		var head [entryHead]byte
		t.laid.Write(head[:])
		if err := cbor.MarshalToBuffer(row, &t.laid); err != nil {
			return nil, err
		}
		entry := t.laid.Bytes()[start:]
		binary.BigEndian.PutUint32(entry, uint32(len(entry)-entryHead)) //nolint:gosec // what is longer than a half is not written
		binary.BigEndian.PutUint64(entry[8:], t.round)
		binary.BigEndian.PutUint32(entry[4:], crc32.Checksum(entry[8:], castagnoli))
	}
	return t.laid.Bytes(), nil
}

var errTailFull = errors.New("no room")

// mend makes a tail fit again that failed: what a write left behind whose record was
// refused, or kept in the table, must not be taken for one that waited after a crash.
func (t *tail) mend() error {
	if err := t.layOut(); err != nil {
		return err
	}
	if _, err := t.file.WriteAt(make([]byte, halfSize-t.end), t.at()); err != nil {
		return err
	}
	if err := flushed(t.file); err != nil {
		return err
	}
	t.broken = false
	return nil
}

// of answers with a session's waiting records, from any goroutine.
func (t *tail) of(session string) (rows []*eventRow) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, half := range []int{1 - t.now, t.now} {
		for _, row := range t.waiting[half] {
			if row.Session == session {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// uses are those of a couple that wait along with their records, from any goroutine.
func (t *tail) uses(couple string) (uses []*useRow) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, half := range t.waiting {
		for _, row := range half {
			if row.Use != nil && row.Use.Couple == couple {
				uses = append(uses, row.Use)
			}
		}
	}
	return uses
}

// turn has the other half, to which nothing may be owed, written to from now on.
func (t *tail) turn() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now, t.end, t.round = 1-t.now, 0, t.round+1
}

// next is what the mover should do now: bring in what waits, and where a half is full, or
// all is wanted on the disk, have it flushed there. It has no records and no flush where
// there is nothing to do.
func (t *tail) next(all bool) move {
	half := t.now
	if t.owed[1-half] {
		half = 1 - half
	}
	return move{half, t.waiting[half], t.owed[half] && (all || half != t.now)}
}

// moved says that a move is done.
func (t *tail) moved(m move) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.waiting[m.half] = slices.Delete(t.waiting[m.half], 0, len(m.rows))
	if m.flush && len(t.waiting[m.half]) == 0 {
		t.owed[m.half] = false
	}
}

// empty tells whether the file holds nothing that is not on the disk elsewhere.
func (t *tail) empty() bool { return t.owed == [2]bool{} }

// wipe takes what was brought in out of the file as well. It must be empty.
func (t *tail) wipe() error {
	if err := t.file.Truncate(0); err != nil {
		return err
	}
	t.end = 0
	err := t.layOut()
	t.broken = err != nil
	return err
}

// Close takes the file away where it is empty, and lets go of it.
func (t *tail) Close() error {
	if t.file == nil {
		return nil
	}
	var err error
	if t.empty() {
		err = os.Remove(t.file.Name())
	}
	return errors.Join(err, t.letGo())
}

func (t *tail) letGo() (err error) {
	for _, file := range []**os.File{&t.adds, &t.file} {
		if *file != nil {
			err = errors.Join(err, (*file).Close())
			*file = nil
		}
	}
	return errors.Join(err, t.lock.Close())
}

// after are those of a session's rows that come after a seq.
func after(rows []*eventRow, seq uint64) []*eventRow {
	return slices.DeleteFunc(rows, func(row *eventRow) bool { return row.Seq <= seq })
}
