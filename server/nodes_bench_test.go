package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"mend/internal/session"
)

// shareOfACore is what a node may use of one processor here, so that two of them, their
// database, their broker and the driver all have what they need on a machine of two.
const shareOfACore = 0.15

// What a second node adds, where nothing but the nodes' own processor time is short. Their
// database, the broker and the driver are not held back; how busy the machine was is printed,
// so that one can see that they were not short of anything.
//
//	task bench:nodes
func TestTwoNodesTakeMoreThanOne(t *testing.T) {
	if os.Getenv("MEND_BENCH_NODES") == "" {
		t.Skip("measured by task bench:nodes")
	}
	n := startNodes(t, 2)
	for i, s := range n.all {
		heldBack(t, strconv.Itoa(i), s.child.Process.Pid)
	}
	placements := []*placement{
		{name: "one node", of: func(int) [3]int { return [3]int{} }},
		{name: "two, each session at one", of: func(i int) [3]int { return [3]int{i % 2, i % 2, i % 2} }},
		{name: "two, each seat at either", of: func(int) [3]int { return [3]int{rand.N(2), rand.N(2), rand.N(2)} }},
	}
	for _, p := range placements {
		p.couples = n.seated(80, p.of)
	}
	for range 7 {
		for _, p := range placements {
			p.run(t, n)
		}
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "\nFlat out, each node held to %.0f%% of a processor. Medians of runs that took turns with each other.\n", 100*shareOfACore)
	fmt.Fprintln(w, "sessions at\tturns/s\tratio\tp50\tnodes' processor time a turn\tmachine busy\t")
	for _, p := range placements {
		fmt.Fprintf(w, "%s\t%.0f\t%.2f\t%s\t%s\t%.0f%%\t\n", p.name, median(p.rate), median(p.rate)/median(placements[0].rate),
			micros(median(p.p50)), micros(median(p.cpu)), 100*median(p.machine))
	}
	_ = w.Flush()
}

// placement says which node each of a session's three comes to.
type placement struct {
	name    string
	of      func(session int) [3]int
	couples []*couple
	figure            // its processor time is that of the nodes
	machine []float64 // how busy it was in each run
}

func (p *placement) run(t *testing.T, n *nodes) {
	t.Helper()
	nodes := n.processorTime()
	busy, all := machineTime(t)
	r := takeTurns(t.Context(), p.couples, float64(len(p.couples)*perSession), 3*time.Second)
	for _, err := range r.failures {
		t.Fatalf("%s: %v", p.name, err)
	}
	p.add(r, n.processorTime()-nodes)
	busyThen, allThen := machineTime(t)
	p.machine = append(p.machine, float64(busyThen-busy)/float64(allThen-all))
}

// seated are sessions that take turns, their three each at a node of its own.
func (n *nodes) seated(sessions int, at func(session int) [3]int) []*couple {
	n.Helper()
	desk := n.whole().desk()
	couples := make([]*couple, sessions)
	for i := range couples {
		trio, err := desk.Invite(n.Context())
		if err != nil {
			n.Fatal(err)
		}
		where := at(i)
		for j, role := range session.Roles() {
			place := trio.Seats[role]
			place.Server, place.Origin = "http://"+n.all[where[j]].listen, "http://"+n.address
			trio.Seats[role] = place
		}
		if couples[i], err = sitDown(n.Context(), trio, "floor-and-echo"); err != nil {
			n.Fatal(err)
		}
		n.Cleanup(couples[i].leave)
	}
	return couples
}

func (n *nodes) processorTime() (all time.Duration) {
	for _, s := range n.all {
		all += processorTime(s.child.Process.Pid)
	}
	return all
}

// machineTime is what all processors together have done, and how long they were there, in
// the kernel's ticks.
func machineTime(t *testing.T) (busy, all uint64) {
	t.Helper()
	stat, err := os.ReadFile("/proc/stat")
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(stat), "\n")
	for i, field := range strings.Fields(first)[1:9] { // guests are counted among users
		ticks, err := strconv.ParseUint(field, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		all += ticks
		if i != 3 && i != 4 { // idle, or waiting for the disk
			busy += ticks
		}
	}
	return busy, all
}

// heldBack holds a process to shareOfACore, by a group of the kernel's.
func heldBack(t *testing.T, name string, pid int) {
	t.Helper()
	const period = 10_000 // microseconds: short, so that nobody stands still for long
	group := filepath.Join("/sys/fs/cgroup/cpu", fmt.Sprintf("mend-%d-%s", os.Getpid(), name))
	if err := os.Mkdir(group, 0o700); err != nil {
		t.Skipf("only root can hold a process back, and here by groups of the first kind alone: %v", err)
	}
	t.Cleanup(func() {
		_ = os.WriteFile("/sys/fs/cgroup/cpu/cgroup.procs", []byte(strconv.Itoa(pid)), 0o600)
		if err := os.Remove(group); err != nil {
			t.Error(err)
		}
	})
	for file, value := range map[string]int{"cpu.cfs_period_us": period, "cpu.cfs_quota_us": period * shareOfACore} {
		if err := os.WriteFile(filepath.Join(group, file), []byte(strconv.Itoa(value)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(group, "cgroup.procs"), []byte(strconv.Itoa(pid)), 0o600); err != nil {
		t.Fatal(err)
	}
}
