package seal_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"mend/internal/promise"
	"mend/internal/seal"
)

func newMaster(t testing.TB) *seal.Master {
	t.Helper()
	m, err := seal.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func newKey(t testing.TB) *seal.Key {
	t.Helper()
	key, _, err := newMaster(t).Key().NewKey("k")
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestWhatIsSealedOpensInItsPlaceAlone(t *testing.T) {
	promise.Histories(t, 10_000)
	key, other := newKey(t), newKey(t)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOfN(rapid.Byte(), 0, 6000).Draw(t, "plain")
		place := rapid.String().Draw(t, "place")
		sealed, err := key.Seal(plain, place)
		if err != nil {
			t.Fatal(err)
		}
		opened, err := key.Open(sealed, place)
		if err != nil || !bytes.Equal(opened, plain) {
			t.Fatalf("came back as %q, %v", opened, err)
		}
		if _, err := key.Open(sealed, place+"'"); !errors.Is(err, seal.ErrWrong) {
			t.Fatalf("opened elsewhere: %v", err)
		}
		if _, err := other.Open(sealed, place); !errors.Is(err, seal.ErrWrong) {
			t.Fatalf("opened with another key: %v", err)
		}
		bit := rapid.IntRange(0, len(sealed)*8-1).Draw(t, "bit")
		bent := bytes.Clone(sealed)
		bent[bit/8] ^= 1 << (bit % 8)
		if _, err := key.Open(bent, place); err == nil {
			t.Fatalf("opened with bit %d turned", bit)
		}
		cut := rapid.IntRange(0, len(sealed)-1).Draw(t, "cut")
		if _, err := key.Open(sealed[:cut], place); err == nil {
			t.Fatalf("opened when cut to %d bytes", cut)
		}
	})
}

func TestPlainTextIsNotTakenForSealed(t *testing.T) {
	for _, text := range []string{"", "plain words", "\x02later version"} {
		if _, err := newKey(t).Open([]byte(text), "x"); !errors.Is(err, seal.ErrNotSealed) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestLengthTellsOnlyTheBucket(t *testing.T) {
	key := newKey(t)
	size := func(n int) int {
		sealed, err := key.Seal(bytes.Repeat([]byte{0}, n), "x")
		if err != nil {
			t.Fatal(err)
		}
		return len(sealed)
	}
	for _, b := range []struct{ from, to int }{{0, 255}, {256, 1023}, {1024, 4095}, {4096, 16383}, {16384, 32767}, {32768, 49151}} {
		if size(b.from) != size(b.to) {
			t.Errorf("%d and %d bytes differ in length when sealed", b.from, b.to)
		}
		if size(b.to) == size(b.to+1) {
			t.Errorf("no new bucket at %d", b.to+1)
		}
	}
}

func TestNoNonceRepeats(t *testing.T) {
	n := 1_000_000
	if testing.Short() {
		n = 50_000
	}
	key := newKey(t)
	seen := make(map[[12]byte]bool, n)
	for range n {
		sealed, err := key.Seal([]byte("the same"), "x")
		if err != nil {
			t.Fatal(err)
		}
		nonce := [12]byte(sealed[6:18]) // after our version, Tink's mark and key id
		if seen[nonce] {
			t.Fatal("a nonce came twice")
		}
		seen[nonce] = true
	}
}

func TestMarksFindAgainAndTellNothingElse(t *testing.T) {
	root := newMaster(t).Key()
	index, wrapped, err := root.NewIndex("index")
	if err != nil {
		t.Fatal(err)
	}
	mark := func(i *seal.Index, column, value string) string {
		m, err := i.Mark(column, value)
		if err != nil || len(m) != 32 {
			t.Fatalf("mark of %d bytes, %v", len(m), err)
		}
		return string(m)
	}
	again, err := root.OpenIndex(wrapped, "index")
	if err != nil {
		t.Fatal(err)
	}
	if mark(index, "email", "a@b") != mark(again, "email", "a@b") {
		t.Error("the same value is not found again")
	}
	if mark(index, "email", "a@b") == mark(index, "code", "a@b") {
		t.Error("two columns share marks")
	}
	other, _, err := root.NewIndex("index")
	if err != nil {
		t.Fatal(err)
	}
	if mark(index, "email", "a@b") == mark(other, "email", "a@b") {
		t.Error("a mark does not depend on the key")
	}
}

func TestMasterIsRotatedByWrappingAgain(t *testing.T) {
	old := newMaster(t)
	key, wrapped, err := old.Key().NewKey("practice")
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := key.Seal([]byte("words"), "x")
	if err != nil {
		t.Fatal(err)
	}
	both, err := old.Rotated()
	if err != nil {
		t.Fatal(err)
	}
	rewrapped, err := both.Key().Rewrap(wrapped, "practice")
	if err != nil {
		t.Fatal(err)
	}
	newest, err := both.Newest()
	if err != nil {
		t.Fatal(err)
	}
	reopened, err := newest.Key().OpenKey(rewrapped, "practice")
	if err != nil {
		t.Fatal(err)
	}
	if words, err := reopened.Open(sealed, "x"); err != nil || string(words) != "words" {
		t.Fatalf("after the rotation: %q, %v", words, err)
	}
	if _, err := old.Key().OpenKey(rewrapped, "practice"); !errors.Is(err, seal.ErrWrong) {
		t.Errorf("the old master still opens: %v", err)
	}
	if _, err := newest.Key().OpenKey(wrapped, "practice"); !errors.Is(err, seal.ErrWrong) {
		t.Errorf("the newest opens what only the old one wrapped: %v", err)
	}
	if _, err := newest.Key().OpenKey(rewrapped, "couple"); !errors.Is(err, seal.ErrWrong) {
		t.Errorf("opened under another name: %v", err)
	}
}

func TestMasterFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	first, made, err := seal.LoadMaster(path)
	if err != nil || !made {
		t.Fatalf("made %v, %v", made, err)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %04o", info.Mode().Perm())
	}
	_, wrapped, err := first.Key().NewKey("k")
	if err != nil {
		t.Fatal(err)
	}
	second, made, err := seal.LoadMaster(path)
	if err != nil || made {
		t.Fatalf("made %v, %v", made, err)
	}
	if _, err := second.Key().OpenKey(wrapped, "k"); err != nil {
		t.Errorf("the file holds another key: %v", err)
	}
	if text, _ := os.ReadFile(path); !strings.Contains(string(text), "Copy this file now") {
		t.Error("nothing tells the operator to copy the file")
	}

	rotated, err := second.Rotated()
	if err != nil {
		t.Fatal(err)
	}
	if err := rotated.Save(path); err != nil {
		t.Fatal(err)
	}
	third, _, err := seal.LoadMaster(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := third.Key().OpenKey(wrapped, "k"); err != nil {
		t.Errorf("the rotated master forgot: %v", err)
	}

	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, _, err := seal.LoadMaster(path); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a file that others can read: %v", err)
	}
}

func TestDamagedMasterIsRefusedAndNeverShown(t *testing.T) {
	text, err := newMaster(t).Text()
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"", "nonsense", text[:len(text)-9], text + "!", "mend-master-key-1:"} {
		_, err := seal.ParseMaster(bad)
		if err == nil {
			t.Errorf("%d characters were taken for a key", len(bad))
		} else if len(bad) > 40 && strings.Contains(err.Error(), bad[30:40]) {
			t.Errorf("the error shows the key")
		}
	}
}

// shelf is a real, if small, source: wrapped keys in a map.
type shelf struct {
	mu    sync.Mutex
	rows  map[string][2]string // wrapped, parent
	reads int
}

func (s *shelf) Wrapped(_ context.Context, id string) ([]byte, string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reads++
	row, found := s.rows[id]
	if !found {
		return nil, "", seal.ErrGone
	}
	return []byte(row[0]), row[1], nil
}

func TestRingOpensDownTheTreeAndForgets(t *testing.T) {
	ctx, master := t.Context(), newMaster(t)
	practice, wrappedPractice, _ := master.Key().NewKey("practice")
	couple, wrappedCouple, _ := practice.NewKey("couple")
	source := &shelf{rows: map[string][2]string{
		"practice": {string(wrappedPractice), ""}, "couple": {string(wrappedCouple), "practice"},
	}}
	ring := seal.NewRing(master, source, 8, 0)
	sealed, err := couple.Seal([]byte("words"), "x")
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		key, err := ring.Key(ctx, "couple")
		if err != nil {
			t.Fatal(err)
		}
		if words, err := key.Open(sealed, "x"); err != nil || string(words) != "words" {
			t.Fatalf("%q, %v", words, err)
		}
	}
	if source.reads != 2 {
		t.Errorf("the source was read %d times; the keys were to be remembered", source.reads)
	}
	delete(source.rows, "couple")
	ring.Forget("couple")
	if _, err := ring.Key(ctx, "couple"); !errors.Is(err, seal.ErrGone) {
		t.Errorf("a destroyed key: %v", err)
	}
}

func TestRingIsBoundedAndSafeForMany(t *testing.T) {
	master := newMaster(t)
	source := &shelf{rows: map[string][2]string{}}
	for i := range 50 {
		id := fmt.Sprint(i)
		_, wrapped, err := master.Key().NewKey(id)
		if err != nil {
			t.Fatal(err)
		}
		source.rows[id] = [2]string{string(wrapped), ""}
	}
	ring := seal.NewRing(master, source, 10, 0)
	var all sync.WaitGroup
	for w := range 4 {
		all.Go(func() {
			for i := range 200 {
				if _, err := ring.Key(t.Context(), fmt.Sprint((i*7+w)%50)); err != nil {
					t.Error(err)
				}
				if i%50 == 0 {
					ring.Forget(fmt.Sprint(i % 50))
				}
			}
		})
	}
	all.Wait()
	if kept := ring.Len(); kept > 10 {
		t.Errorf("%d keys kept, bound is 10", kept)
	}
}

func BenchmarkSeal(b *testing.B) {
	key, words := newKey(b), []byte(strings.Repeat("word ", 30))
	for b.Loop() {
		if _, err := key.Seal(words, "events.payload/x/1"); err != nil {
			b.Fatal(err)
		}
	}
}

// Where another may destroy a key too, it is looked for again after a while.
func TestAKeyThatAnotherDestroyedIsBelievedNoLongerThanSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, master := t.Context(), newMaster(t)
		_, wrapped, _ := master.Key().NewKey("couple")
		source := &shelf{rows: map[string][2]string{"couple": {string(wrapped), ""}}}
		ring := seal.NewRing(master, source, 8, 5*time.Second)
		for range 3 {
			if _, err := ring.Key(ctx, "couple"); err != nil {
				t.Fatal(err)
			}
		}
		if source.reads != 1 {
			t.Errorf("read %d times within the time in which it is believed", source.reads)
		}
		delete(source.rows, "couple")
		<-time.After(4 * time.Second)
		if _, err := ring.Key(ctx, "couple"); err != nil {
			t.Errorf("believed for less than said: %v", err)
		}
		<-time.After(time.Second)
		if _, err := ring.Key(ctx, "couple"); !errors.Is(err, seal.ErrGone) || ring.Len() != 0 {
			t.Errorf("believed for longer: %v", err)
		}
	})
}
