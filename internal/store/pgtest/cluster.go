// Package pgtest starts a real PostgreSQL for tests: a cluster of its own, on a port of
// its own, in a folder that goes when the test's process does, however that ends.
package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Wanted tells whether this run of the tests is to be on PostgreSQL.
func Wanted() bool { return os.Getenv("MEND_TEST_DATABASE") == "postgres" }

// Cluster is a running PostgreSQL. Its disk flushes are real ones.
type Cluster struct {
	folder, programs string
	owner            *syscall.Credential // PostgreSQL does not run as root
	port             int
	server           *exec.Cmd
	lines            bytes.Buffer
	line             io.Closer // to whoever outlives this process
	made             atomic.Int64
}

var shared sharing

// sharing is the cluster of all tests of a process.
type sharing struct {
	once     sync.Once
	cluster  *Cluster
	prepared sync.Once
	model    string // the address of the database that others are copied from

	sync.Mutex
	all []*Cluster
}

func (s *sharing) get(t testing.TB) *Cluster {
	t.Helper()
	s.once.Do(func() { s.cluster = start(t) })
	if s.cluster == nil {
		t.Fatal("PostgreSQL did not start for an earlier test")
	}
	return s.cluster
}

// Database is the address of a new database in the cluster of this process, as prepare
// left an empty one. It is called once for them all, and may be nil.
func Database(t testing.TB, prepare func(url string) error) string {
	t.Helper()
	c := shared.get(t)
	if prepare == nil {
		return c.Database(t)
	}
	shared.prepared.Do(func() {
		url := c.Database(t)
		if err := prepare(url); err != nil {
			t.Fatal(err)
		}
		shared.model = url
	})
	if shared.model == "" {
		t.Fatal("the model of all databases was not made for an earlier test")
	}
	return c.copy(t, shared.model)
}

// Copy is a database of this process's cluster as it is now; nobody may be using it.
func Copy(t testing.TB, url string) string {
	t.Helper()
	return shared.get(t).copy(t, url)
}

// Files are those that a database of this process's cluster is kept in, by name, with
// all that was committed.
func Files(t testing.TB, url string) map[string][]byte {
	t.Helper()
	c := shared.get(t)
	var oid uint32
	c.ask(t, "CHECKPOINT")
	c.ask(t, "SELECT oid FROM pg_database WHERE datname = '"+nameOf(url)+"'", &oid)
	folder := filepath.Join(c.data(), "base", strconv.FormatUint(uint64(oid), 10))
	names, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, name := range names {
		content, err := os.ReadFile(filepath.Join(folder, name.Name()))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		all[name.Name()] = content
	}
	return all
}

// New starts a cluster for one test, which may stop it and start it again.
func New(t testing.TB) *Cluster {
	t.Helper()
	c := start(t)
	t.Cleanup(func() {
		if err := c.signal(syscall.SIGQUIT); err == nil {
			_ = c.server.Wait()
		}
		_ = os.RemoveAll(c.folder)
	})
	return c
}

func start(t testing.TB) *Cluster {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil || len(found) == 0 {
		t.Fatal("PostgreSQL is not installed: on Debian it is in the package postgresql (task postgres)")
	}
	c := &Cluster{programs: filepath.Dir(slices.Max(found))}
	if os.Getuid() == 0 {
		c.owner = credential(t)
	}
	if c.folder, err = os.MkdirTemp(place(), "mend-postgres-"); err != nil {
		t.Fatal(err)
	}
	if c.owner != nil {
		if err := os.Chown(c.folder, int(c.owner.Uid), int(c.owner.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	c.watch(t)
	initdb := c.command("initdb", "--pgdata", c.data(), "--username", "mend", "--auth", "trust",
		"--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync", "--no-instructions")
	if out, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	c.port = freePort(t)
	c.Start(t)
	return c
}

// place is a folder in memory where there is one with room, else the usual one. What a
// killed process leaves is the same in both, and nobody pulls the plug in a test.
func place() string {
	const memory, room = "/dev/shm", 4 << 30
	var space syscall.Statfs_t
	if err := syscall.Statfs(memory, &space); err != nil || space.Bavail*uint64(space.Bsize) < room { //nolint:gosec // a block has a size
		return ""
	}
	return memory
}

func (c *Cluster) data() string { return filepath.Join(c.folder, "data") }

func (c *Cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.programs, name), args...) //nolint:gosec,noctx // our own words, and it outlives a test
	cmd.Dir = c.folder
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.owner, Setpgid: true}
	return cmd
}

// watch has somebody outlive this process by a moment, to end the server and take the
// folder away: a test that panics or is killed leaves nothing behind.
func (c *Cluster) watch(t testing.TB) {
	t.Helper()
	const script = `cat >/dev/null
read -r pid rest < "$1/data/postmaster.pid" && kill -QUIT "$pid" && while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
rm -rf "$1"`
	watcher := exec.Command("sh", "-c", script, "sh", c.folder) //nolint:gosec,noctx // our own words, and it outlives a test
	watcher.SysProcAttr = &syscall.SysProcAttr{Credential: c.owner, Setpgid: true}
	watcher.Dir = "/"
	line, err := watcher.StdinPipe() // it ends as this process does
	if err != nil {
		t.Fatal(err)
	}
	c.line = line
	shared.Lock()
	shared.all = append(shared.all, c) // or the line would end when nobody looks at c any more
	shared.Unlock()
	if err := watcher.Start(); err != nil {
		t.Fatal(err)
	}
}

func credential(t testing.TB) *syscall.Credential {
	t.Helper()
	of, err := user.Lookup("postgres")
	if err != nil {
		t.Fatal(err)
	}
	uid, err := strconv.ParseUint(of.Uid, 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	gid, err := strconv.ParseUint(of.Gid, 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// Start has it listen, again after Stop or Kill, and waits until it answers.
func (c *Cluster) Start(t testing.TB) {
	t.Helper()
	c.server = c.command("postgres", "-D", c.data(), "-p", strconv.Itoa(c.port), "-h", "127.0.0.1", "-k", "",
		"-c", "max_connections=400", "-c", "shared_buffers=64MB", "-c", "log_min_messages=log")
	c.lines.Reset()
	c.server.Stdout, c.server.Stderr = &c.lines, &c.lines
	if err := c.server.Start(); err != nil {
		t.Fatal(err)
	}
	look, enough := time.NewTicker(20*time.Millisecond), time.After(30*time.Second)
	defer look.Stop()
	for {
		conn, err := pgx.Connect(context.Background(), c.URL("postgres"))
		if err == nil {
			_ = conn.Close(context.Background())
			return
		}
		select {
		case <-look.C:
		case <-enough:
			t.Fatalf("PostgreSQL does not answer: %v\n%s", err, c.lines.String())
		}
	}
}

// Stop ends it in good order, as an upgrade does: whoever is connected is sent away.
func (c *Cluster) Stop(t testing.TB) { c.end(t, syscall.SIGINT) }

// Kill ends every process of it, as kill -9 does and a power cut would.
func (c *Cluster) Kill(t testing.TB) {
	t.Helper()
	c.Hang(t) // so that it makes no more of them
	for _, pid := range c.workers(t) {
		_ = syscall.Kill(pid, syscall.SIGKILL) // it may have ended meanwhile
	}
	c.end(t, syscall.SIGKILL)
}

// Hang has it stand still, every process of it: what is sent to it is taken by the
// system, and nothing is answered.
func (c *Cluster) Hang(t testing.TB) { c.signalAll(t, syscall.SIGSTOP) }

// GoOn ends that. Whatever was sent meanwhile is then done.
func (c *Cluster) GoOn(t testing.TB) { c.signalAll(t, syscall.SIGCONT) }

// signalAll reaches the server first, which then makes no more processes, and those that
// it made, each of which is in a group of its own.
func (c *Cluster) signalAll(t testing.TB, s syscall.Signal) {
	t.Helper()
	if err := c.signal(s); err != nil {
		t.Fatal(err)
	}
	for _, pid := range c.workers(t) {
		_ = syscall.Kill(pid, s) // it may have ended meanwhile
	}
}

// workers are the processes that the server made.
func (c *Cluster) workers(t testing.TB) (pids []int) {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range all {
		stat, err := os.ReadFile(path) //nolint:gosec // a name that the system gave
		if err != nil {
			continue // it has ended
		}
		var pid, parent int
		before, after, _ := strings.Cut(string(stat), " (")
		_, after, _ = strings.Cut(after, ") ")
		if _, err := fmt.Sscan(before, &pid); err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Sscanf(after, "%1s %d", new(string), &parent); err != nil {
			t.Fatal(err)
		}
		if parent == c.server.Process.Pid {
			pids = append(pids, pid)
		}
	}
	return pids
}

func (c *Cluster) end(t testing.TB, how syscall.Signal) {
	t.Helper()
	if err := c.signal(how); err != nil {
		t.Fatal(err)
	}
	_ = c.server.Wait() // it says how it was ended
}

func (c *Cluster) signal(s syscall.Signal) error { return c.server.Process.Signal(s) }

// Address is host and port.
func (c *Cluster) Address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(c.port)) }

// URL is the address of a database in it.
func (c *Cluster) URL(database string) string {
	return fmt.Sprintf("postgres://mend@%s/%s?sslmode=disable", c.Address(), database)
}

// Database makes one that is empty and answers with its address.
func (c *Cluster) Database(t testing.TB) string {
	t.Helper()
	name := c.name()
	c.ask(t, "CREATE DATABASE "+name)
	return c.URL(name)
}

func (c *Cluster) copy(t testing.TB, url string) string {
	t.Helper()
	name := c.name()
	// Whoever still has it open, a store that a test will close later, is sent away.
	c.ask(t, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '"+nameOf(url)+"'")
	c.ask(t, "CREATE DATABASE "+name+" TEMPLATE "+nameOf(url))
	return c.URL(name)
}

func (c *Cluster) name() string { return fmt.Sprintf("house%d", c.made.Add(1)) }

func nameOf(address string) string {
	whole, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(whole.Path, "/")
}

// ask has the server do something, and takes one row's answer where it is wanted.
func (c *Cluster) ask(t testing.TB, query string, into ...any) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, c.URL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx) //nolint:errcheck // nothing is left to say
	if len(into) > 0 {
		err = conn.QueryRow(ctx, query).Scan(into...)
	} else {
		_, err = conn.Exec(ctx, query)
	}
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}
