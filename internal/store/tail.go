package store

import (
	"bytes"
	"cmp"
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
// the thousand and in the table's order, records share both. A record is acknowledged once
// it is in either place.
//
// The file is made of segments, of which one is written to until it is full. Records are
// brought in soon, without a flush that the disk would have to make for a table that can be
// told again; a flush of all that is in the table comes before a segment is written over.
// Until then nothing is taken out of it. What a crash leaves in the file waits again, most
// of it although the table has it already, and whoever brings it in takes that for done.
//
// The file is the server's own: it is locked while one has the database open.
type tail struct {
	file *os.File // none where the tail is another process's
	adds *os.File // the same, for what is added to it
	lock *flock.Flock

	mu       sync.Mutex // guards the list, and what waits in each; all else is the writer's own
	segments []*segment // in the order in which they were written to; the last is

	broken bool         // a write or a flush has failed, and left nobody knows what
	laid   bytes.Buffer // the entries written last
	blocks []byte       // as they went to the disk; begins with what the block has that is written to next
}

// segment is a part of the file.
type segment struct {
	begin   int64       // where it does, in bytes from the file's beginning
	end     int64       // of what stands there, in bytes from its own
	round   uint64      // tells it from what was written there before; each has another
	waiting []*eventRow // not in the table yet, in the order in which they came
	owed    bool        // it holds what may be on the disk nowhere else
}

const (
	// segmentSize bounds a segment, in bytes. What is too long for it goes to the table at
	// once. It is for good: where a crash left records, whoever starts next looks for a
	// segment at each multiple of it, a newer program too.
	segmentSize = 1 << 20
	// fewestSegments make a file. Where they fill up faster than the table takes their records,
	// the file grows: the more of a session's records are brought in together, the fewer
	// pages are written, and with the most a turn in a thousand sessions costs a sixth less
	// than with the fewest.
	fewestSegments, mostSegments = 2, 16
	// roomToGrow is what the disk must have free, in bytes: to bring in what waits takes
	// more room than to have it wait.
	roomToGrow = 8 * mostSegments * segmentSize
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
func (t *tail) takeUp() (err error) {
	if t.segments, err = readTail(t.file); err != nil {
		return err
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

// now is the segment that is written to.
func (t *tail) now() *segment { return t.segments[len(t.segments)-1] }

// at is where the next record goes.
func (t *tail) at() int64 { return t.now().begin + t.now().end }

// layOut makes the file as long as its segments are: with zeros, and not with a hole or
// with room set aside, of which ext4 only notes after a write that something is there now.
// When a disk fails in between, a flush that succeeded would be worth nothing.
func (t *tail) layOut() error {
	info, err := t.file.Stat()
	size := int64(len(t.segments)) * segmentSize
	if err != nil || info.Size() >= size {
		return err
	}
	if _, err := t.file.WriteAt(make([]byte, size-info.Size()), info.Size()); err != nil {
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
	return &tail{segments: []*segment{{waiting: waiting}}}, nil
}

// leftWaiting is what waits in a file that another process may have open.
func leftWaiting(path string) (rows []*eventRow, err error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	segments, err := readTail(file)
	for _, s := range segments {
		rows = append(rows, s.waiting...)
	}
	return rows, err
}

// readTail finds the segments of a file, and what stands in them.
func readTail(file *os.File) (segments []*segment, err error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	all := make([]byte, segmentSize)
	for begin := int64(0); begin < max(info.Size(), fewestSegments*segmentSize); begin += segmentSize {
		n, err := file.ReadAt(all, begin)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		s := readSegment(all[:n]) // which copies what it takes
		s.begin = begin
		segments = append(segments, s)
	}
	slices.SortStableFunc(segments, func(a, b *segment) int { return cmp.Compare(a.round, b.round) })
	return segments, nil
}

// readSegment reads records up to the first that is not whole, or of another round: there
// the writing was cut off, or what follows was there before.
func readSegment(all []byte) *segment {
	s := &segment{}
	for rest := all; len(rest) > entryHead; rest = all[s.end:] {
		length := int(binary.BigEndian.Uint32(rest))
		if length == 0 || length > len(rest)-entryHead || crc32.Checksum(rest[8:entryHead+length], castagnoli) != binary.BigEndian.Uint32(rest[4:]) {
			break
		}
		round := binary.BigEndian.Uint64(rest[8:])
		if len(s.waiting) > 0 && round != s.round {
			break
		}
		var row eventRow
		if err := cbor.Unmarshal(rest[entryHead:entryHead+length], &row); err != nil {
			break
		}
		s.waiting, s.round, s.owed = append(s.waiting, &row), round, true
		s.end += int64(entryHead + length)
	}
	return s
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// add makes records durable and has them wait; none of them where it fails, and
// errTailFull where this segment has no room for them. A sector that is written again while
// it holds earlier records must come through a loss of power whole, as SQLite's own
// journal expects too.
func (t *tail) add(rows []*eventRow) error {
	entries, err := t.entries(rows)
	if err != nil {
		return err
	}
	now := t.now()
	if now.end+int64(len(entries)) > segmentSize {
		return errTailFull
	}
	if err := t.write(entries); err != nil {
		t.broken = true
		return err
	}
	now.end += int64(len(entries))
	now.owed = true
	t.mu.Lock()
	now.waiting = append(now.waiting, rows...)
	t.mu.Unlock()
	return nil
}

// write has entries on the disk, in whole blocks, the first with what stands in it already.
// What comes after them in the last, of an older round, is overwritten with nothing.
func (t *tail) write(entries []byte) error {
	begin := int(t.now().end % blockSize)
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
	if t.laid.Cap() > segmentSize { // none takes as much
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
		binary.BigEndian.PutUint32(entry, uint32(len(entry)-entryHead)) //nolint:gosec // what is longer than a segment is not written
		binary.BigEndian.PutUint64(entry[8:], t.now().round)
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
	if _, err := t.file.WriteAt(make([]byte, segmentSize-t.now().end), t.at()); err != nil {
		return err
	}
	if err := flushed(t.file); err != nil {
		return err
	}
	t.broken = false
	return nil
}

// of answers with the waiting records of a session, from any goroutine.
func (t *tail) of(session string) []*eventRow {
	return t.those(func(row *eventRow) bool { return row.Session == session })
}

// uses are those of a couple that wait along with their records, from any goroutine.
func (t *tail) uses(couple string) (uses []*useRow) {
	for _, row := range t.those(func(row *eventRow) bool { return row.Use != nil && row.Use.Couple == couple }) {
		uses = append(uses, row.Use)
	}
	return uses
}

// those are the waiting records of which something is so, from any goroutine.
func (t *tail) those(so func(*eventRow) bool) (rows []*eventRow) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range t.segments {
		for _, row := range s.waiting {
			if so(row) {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// turn has another segment written to from now on, to which nothing may be owed; it is made
// where there is none, as long as there may be more. It answers false where there is none.
func (t *tail) turn() bool {
	next := slices.IndexFunc(t.segments, func(s *segment) bool { return !s.owed && s != t.now() })
	if next < 0 {
		return t.grow()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.segments[next]
	s.end, s.round = 0, t.now().round+1
	t.segments = append(slices.Delete(t.segments, next, next+1), s)
	return true
}

// grow makes the segment that is written to from now on.
func (t *tail) grow() bool {
	count := int64(len(t.segments))
	if count >= mostSegments || !hasRoom(t.file, roomToGrow) {
		return false
	}
	t.mu.Lock()
	t.segments = append(t.segments, &segment{begin: count * segmentSize, round: t.now().round + 1})
	t.mu.Unlock()
	if t.layOut() == nil {
		return true
	}
	t.mu.Lock()
	t.segments = t.segments[:count]
	t.mu.Unlock()
	_ = t.file.Truncate(count * segmentSize)
	return false
}

// crowded tells whether the table should take up what waits, before there is no room.
func (t *tail) crowded() bool {
	owed := 0
	for _, s := range t.segments {
		if s.owed {
			owed++
		}
	}
	return owed > mostSegments/2
}

// next is what the mover should do now: bring in what waits, and where a segment is full,
// or all is wanted on the disk, have it flushed there. It has no records and no flush where
// there is nothing to do.
func (t *tail) next(all bool) (m move) {
	for _, s := range t.segments {
		if s.owed {
			m.rows = append(m.rows, s.waiting...)
			m.flush = m.flush || all || s != t.now()
		}
	}
	return m
}

// moved says that a move is done. What came meanwhile waits behind what was moved.
func (t *tail) moved(m move) {
	t.mu.Lock()
	defer t.mu.Unlock()
	left := len(m.rows)
	for _, s := range t.segments {
		n := min(left, len(s.waiting))
		left -= n
		s.waiting = slices.Delete(s.waiting, 0, n)
		if m.flush && len(s.waiting) == 0 {
			s.owed = false
		}
	}
}

// empty tells whether the file holds nothing that is not on the disk elsewhere.
func (t *tail) empty() bool {
	return !slices.ContainsFunc(t.segments, func(s *segment) bool { return s.owed })
}

// wipe takes what was brought in out of the file as well. It must be empty.
func (t *tail) wipe() error {
	if err := t.file.Truncate(0); err != nil {
		return err
	}
	t.now().end = 0
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

// after are those of a session's rows that follow upon a seq, one upon another. Whoever read
// the file while it was written to may have missed some, and then leaves what came later.
func after(rows []*eventRow, seq uint64) []*eventRow {
	return slices.DeleteFunc(rows, func(row *eventRow) bool {
		if row.Seq != seq+1 {
			return true
		}
		seq++
		return false
	})
}
