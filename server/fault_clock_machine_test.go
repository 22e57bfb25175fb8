package main

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"mend/internal/promise"
)

// setClock names a file that holds, in nanoseconds, by how much the machine's clock was set:
// where package time was built to read it (TestTheMachinesOwnClockIsSet).
const setClock = "MEND_TEST_CLOCK"

// The same as TestAClockThatIsSetShortensNoTurnAndLocksNobodyOut, where the clock is set for
// all of the program, for every part that it is made of, and for the people's browsers. Go
// asks the kernel by itself, whatever stands between other programs and their clock: so that
// very test is built with a package time that adds to what the wall clock says, and runs
// once more. What is built anew is nearly everything, which takes minutes.
func TestTheMachinesOwnClockIsSet(t *testing.T) {
	if !promise.Whole() {
		t.Skip("built anew in task chaos alone")
	}
	const again = "TestAClockThatIsSetShortensNoTurnAndLocksNobodyOut"
	clock := filepath.Join(t.TempDir(), "clock")
	fatal(t, os.WriteFile(clock, make([]byte, 8), 0o600))
	line := []string{"test", "-count=1", "-v", "-tags", "netgo,osusergo,sqlite_omit_load_extension", "-overlay", clockOverlay(t), "-run", "^" + again + "$", "."}
	run := exec.CommandContext(t.Context(), "go", line...) //nolint:gosec // our own words
	run.Env = append(os.Environ(), setClock+"="+clock)
	told, err := run.CombinedOutput()
	if err != nil || strings.Count(string(told), "--- PASS: "+again+"/") != 6 {
		t.Errorf("%v\n%s", err, told)
	}
	t.Logf("%s", told)
}

// clockOverlay is for go build: package time as this Go has it, but that the wall clock, and
// it alone, is said to be as much later as a file has it. It is read where it lies, since
// package time can be told nothing.
func clockOverlay(t *testing.T) string {
	t.Helper()
	folder, theirs := t.TempDir(), filepath.Join(runtime.GOROOT(), "src", "time", "time.go") //nolint:staticcheck // the one that builds
	source, err := os.ReadFile(theirs)
	fatal(t, err)
	const asks = "sec, nsec, mono := runtimeNow()\n"
	if strings.Count(string(source), asks) != 1 {
		t.Fatal("package time asks for the time in another way than this test believes")
	}
	ours := strings.Replace(string(source), asks, asks+"\tsec += setBy()\n", 1)
	for name, text := range map[string]string{
		"time.go": ours,
		"set.go": `package time

import (
	"syscall"
	"unsafe"
)

var set = func() *int64 {
	path, _ := syscall.Getenv("` + setClock + `")
	file, err := syscall.Open(path, syscall.O_RDONLY, 0)
	if err != nil {
		return new(int64)
	}
	at, err := syscall.Mmap(file, 0, 8, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		panic(err)
	}
	return (*int64)(unsafe.Pointer(&at[0]))
}()

func setBy() int64 { return *set / int64(Second) }
`,
	} {
		fatal(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {
		theirs: filepath.Join(folder, "time.go"), filepath.Join(filepath.Dir(theirs), "set.go"): filepath.Join(folder, "set.go"),
	}})
	fatal(t, err)
	file := filepath.Join(folder, "overlay.json")
	fatal(t, os.WriteFile(file, overlay, 0o600))
	return file
}

// set sets the house's clock, as one sets a machine's: what was measured goes on.
func (h *house) set(by time.Duration) {
	h.Helper()
	set := h.jump.Add(int64(by))
	if clock := os.Getenv(setClock); clock != "" { // the machine's
		before := time.Now()
		file, err := os.OpenFile(clock, os.O_WRONLY, 0) // never shorter: it is read where it lies
		fatal(h.T, err)
		_, err = file.Write(binary.NativeEndian.AppendUint64(nil, uint64(set))) //nolint:gosec // two's complement
		fatal(h.T, errors.Join(err, file.Close()))
		now := time.Now()
		if went := now.Round(0).Sub(before.Round(0)); (went-by).Abs() > time.Minute || now.Sub(before) > time.Minute {
			h.Fatalf("the machine's clock was to be set by %v, and went from %v to %v", by, before, now)
		}
	}
}

// jumped is the moment now by the house's clock, where the machine's is as it was.
func (h *house) jumped() time.Time {
	now := time.Now().Add(time.Duration(h.skew.Load()))
	if os.Getenv(setClock) != "" {
		return now
	}
	return jumped(now, time.Duration(h.jump.Load()))
}
