package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// What the image holds is one file. Built as the Dockerfile says, it runs where nothing
// else is, as the image's user, and says itself that it is well.
func TestAServerOfTheImageNeedsNothingBesideIt(t *testing.T) {
	if raced {
		t.Skip("tried without the race detector")
	}
	if os.Getuid() != 0 {
		t.Skip("only root can shut a process into a folder")
	}
	const user = 65532
	image := t.TempDir()
	for folder, mode := range map[string]os.FileMode{"usr/bin": 0o755, "data": 0o700} {
		if err := os.MkdirAll(filepath.Join(image, folder), mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chown(filepath.Join(image, "data"), user, user); err != nil {
		t.Fatal(err)
	}
	for at := image; at != os.TempDir(); at = filepath.Dir(at) { // which are this test's own
		if err := os.Chmod(at, 0o755); err != nil { //nolint:gosec // the image's user is to pass
			t.Fatal(err)
		}
	}
	line := regexp.MustCompile(`CGO_ENABLED=1 go build (?:.|\n)* -o /out/mend ./server`).FindString(deployed(t, "Dockerfile"))
	if line == "" {
		t.Fatal("the Dockerfile does not build the program as it did")
	}
	build := exec.Command("sh", "-ec", strings.Replace(line, "/out/mend", image+"/usr/bin/mend", 1)) //nolint:gosec // our own words
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	address := free(t)
	within := func(arguments ...string) *exec.Cmd {
		c := exec.Command("/usr/bin/mend", arguments...) //nolint:gosec // our own words
		c.Dir = "/"
		c.Env = []string{"MEND_DATA=/data", "MEND_LISTEN=" + address, "MEND_METRICS=off"}
		c.SysProcAttr = &syscall.SysProcAttr{Chroot: image, Credential: &syscall.Credential{Uid: user, Gid: user}}
		return c
	}
	server := within("serve")
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	s := &served{T: t, listen: address, child: server}
	t.Cleanup(s.kill)
	s.isReady()
	s.answers("/", 200)
	if out, err := within("healthcheck").CombinedOutput(); err != nil {
		t.Errorf("healthcheck: %v: %s", err, out)
	}
}
