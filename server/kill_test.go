package main

import (
	"math/rand/v2"
	"testing"
	"time"

	"mend/internal/promise"
)

// kills is how often the server is killed. Under the race detector it is seldom: CI runs
// this test once more without.
func kills() int {
	if raced {
		return 10
	}
	return promise.Times(200, 1000)
}

// The server is killed at random points of running load, and started again. Whoever was
// in a room comes back by themselves; every command that was ever acknowledged is in the
// log once, none is there twice, and every session goes on.
func TestAServerThatIsKilledLosesNothing(t *testing.T) {
	s := &served{T: t, data: t.TempDir() + "/house", listen: free(t)}
	s.start()
	defer func() { s.kill() }()
	talk := s.talk(6)
	slowest := time.Duration(0)
	for range kills() {
		talk.answered(1 + rand.IntN(25)) //nolint:gosec // chance, not secrecy
		s.kill()
		slowest = max(slowest, s.start())
	}
	talk.ends()
	s.kill()
	total := talk.isKept(s.data)
	t.Logf("killed %d times, looked for %d commands that were acknowledged, slowest start %v", kills(), total, slowest)
	s.start()
}
