package main

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The disk runs full under a server. Whoever says something is told that it cannot be
// saved, and why; nothing that was acknowledged is lost, and reading goes on. Once there
// is room again everything goes on by itself.
func TestAServerWhoseDiskIsFullRefusesHonestlyAndRecovers(t *testing.T) {
	s := onSmallDisk(t)
	s.start()
	defer func() { s.kill() }()
	talk := s.talk(3)
	talk.answered(20)
	ballast := filepath.Join(filepath.Dir(s.data), "ballast")
	fill(t, ballast)
	talk.refused("storage_full")
	if _, err := talk.desk.Invite(t.Context()); err == nil || !strings.HasSuffix(err.Error(), "503 storage_full") {
		t.Errorf("a call was answered with %v", err)
	}
	s.answers("/healthz", http.StatusOK)
	if _, err := talk.desk.Couples(t.Context()); err != nil {
		t.Errorf("reading: %v", err)
	}

	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	talk.goesOn()
	if _, err := talk.desk.Invite(t.Context()); err != nil {
		t.Errorf("there is room again: %v", err)
	}
	talk.ends()
	s.kill()
	total := talk.isKept(s.data)
	t.Logf("%d commands acknowledged; refused: %v", total, talk.refusals())
	s.start()
}

// The disk hangs: nothing fails, and nothing ends. Nobody is told that their words were
// kept, and nobody that they were not, since both could be wrong. When the disk is back
// everybody is answered, and each command has taken effect once.
func TestAServerWhoseDiskHangsPromisesNothing(t *testing.T) {
	d := onDiskOfItsOwn(t)
	s := &served{T: t, data: d.folder + "/house", listen: free(t)}
	s.start()
	defer func() { s.kill() }()
	talk := s.talk(3)
	talk.answered(20)
	d.freeze()
	before := talk.told()
	// Longer than a room waits for its log, after which it must not say more than it knows.
	pause(t.Context(), 13*time.Second)
	if now := talk.told(); now > before+9 { // what was on its way
		t.Errorf("%d commands were acknowledged while nothing could be kept", now-before)
	}
	s.answers("/healthz", http.StatusOK)
	d.thaw()
	talk.goesOn()
	talk.ends()
	s.kill()
	total := talk.isKept(s.data)
	t.Logf("%d commands acknowledged; refused: %v", total, talk.refusals())
	s.start()
}

// The disk fails and the system lets nobody write to it any more. People are told so and
// can read what there is. On the mended disk everything that was acknowledged is there.
func TestAServerWhoseDiskFailsRefusesHonestly(t *testing.T) {
	d := onDiskOfItsOwn(t)
	s := &served{T: t, data: d.folder + "/house", listen: free(t)}
	s.start()
	defer func() { s.kill() }()
	talk := s.talk(3)
	talk.answered(20)
	d.fails()
	patience := soon(t)
	for talk.refusals()["storage_full"]+talk.refusals()["storage_failed"] < 9 {
		if !pause(patience, 10*time.Millisecond) {
			t.Fatalf("refused were %v", talk.refusals())
		}
	}
	for code := range talk.refusals() {
		if code != "storage_full" && code != "storage_failed" {
			t.Errorf("somebody was refused with %s", code)
		}
	}
	if _, err := talk.desk.Invite(t.Context()); err == nil || !strings.Contains(err.Error(), " 503 storage_") {
		t.Errorf("a call was answered with %v", err)
	}
	if _, err := talk.desk.Couples(t.Context()); err != nil {
		t.Errorf("reading: %v", err)
	}
	talk.ends()
	s.kill()
	d.mend()
	total := talk.isKept(s.data)
	t.Logf("%d commands acknowledged; refused: %v", total, talk.refusals())
	s.start()
}

// Some file systems take no write past the system's cache. A server that is killed there
// loses nothing either.
func TestAServerWhoseDiskHasOnlyACacheLosesNothing(t *testing.T) {
	s := inMemory(t, "ramfs", "")
	if file, err := os.OpenFile(filepath.Dir(s.data)+"/direct", os.O_CREATE|os.O_RDWR|syscall.O_DIRECT, 0o600); !errors.Is(err, syscall.EINVAL) {
		t.Fatalf("%v, %v: this proves nothing here", file, err)
	}
	s.start()
	defer func() { s.kill() }()
	talk := s.talk(3)
	talk.answered(60)
	s.kill()
	talk.ends()
	t.Logf("%d commands acknowledged", talk.isKept(s.data))
	s.start()
}

// disk is a file system in a file, which can be frozen and broken.
type disk struct {
	*testing.T
	image, folder string
	frozen        bool
}

func onDiskOfItsOwn(t *testing.T) *disk {
	t.Helper()
	if raced {
		t.Skip("tried without the race detector")
	}
	folder := t.TempDir()
	d := &disk{T: t, image: folder + "/image", folder: folder + "/mounted"}
	if err := os.Mkdir(d.folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(d.image, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(d.image, 32<<20); err != nil {
		t.Fatal(err)
	}
	d.does("mkfs.ext4", "-q", d.image)
	if out, err := d.mount(); err != nil {
		t.Skipf("only root can mount a disk in a file: %s", out)
	}
	t.Cleanup(func() {
		d.thaw()
		d.does("umount", d.folder)
	})
	return d
}

func (d *disk) mount() ([]byte, error) {
	return exec.Command("mount", "-o", "loop,errors=remount-ro", d.image, d.folder).CombinedOutput() //nolint:gosec // our own words
}

func (d *disk) does(line ...string) {
	d.Helper()
	if out, err := exec.Command(line[0], line[1:]...).CombinedOutput(); err != nil { //nolint:gosec // our own words
		d.Fatalf("%s: %v: %s", line[0], err, out)
	}
}

// freeze has every write wait.
func (d *disk) freeze() {
	d.Helper()
	d.does("fsfreeze", "--freeze", d.folder)
	d.frozen = true
}

func (d *disk) thaw() {
	d.Helper()
	if d.frozen {
		d.does("fsfreeze", "--unfreeze", d.folder)
		d.frozen = false
	}
}

// fails is what a file system does that found itself damaged: no writes from now on.
func (d *disk) fails() {
	d.Helper()
	device, err := exec.Command("findmnt", "--noheadings", "--output=SOURCE", d.folder).Output() //nolint:gosec // our own words
	if err != nil {
		d.Fatal(err)
	}
	name := filepath.Base(strings.TrimSpace(string(device)))
	if err := os.WriteFile("/sys/fs/ext4/"+name+"/trigger_fs_error", []byte("planted"), 0o200); err != nil {
		d.Fatal(err)
	}
}

// mend checks the file system, as a machine does when it starts.
func (d *disk) mend() {
	d.Helper()
	d.does("umount", d.folder)
	if err := exec.Command("e2fsck", "-p", "-f", d.image).Run(); err != nil { //nolint:gosec // our own words
		if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 1 { // 1: mended
			d.Fatal(err)
		}
	}
	if out, err := d.mount(); err != nil {
		d.Fatalf("mount: %s", out)
	}
}

// onSmallDisk is a server with a disk of its own that is soon full.
func onSmallDisk(t *testing.T) *served {
	t.Helper()
	return inMemory(t, "tmpfs", "size=8m")
}

// inMemory is a server on a file system of its own, which only root can give it.
func inMemory(t *testing.T, kind, options string) *served {
	t.Helper()
	if raced {
		t.Skip("tried without the race detector")
	}
	folder := t.TempDir()
	if err := syscall.Mount(kind, folder, kind, 0, options); err != nil {
		t.Skipf("only root can mount it (%v)", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
	return &served{T: t, data: folder + "/house", listen: free(t)}
}

// fill writes until there is no room.
func fill(t *testing.T, path string) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for block := make([]byte, 4096); err == nil; {
		_, err = file.Write(block)
	}
}
