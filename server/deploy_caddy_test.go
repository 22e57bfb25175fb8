package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mend/internal/account"
	"mend/internal/bot"
	"mend/internal/session"
)

// Caddy itself, with the Caddyfile as it is deployed, before two nodes: the three of a
// session meet at one of them, a rehearsal is found by whoever began it, and whoever sat at
// a node that dies comes back at the other.
func TestAServerBehindCaddyIsFoundByThoseOfItsRooms(t *testing.T) {
	if raced {
		t.Skip("tried without the race detector")
	}
	n := startNodesBehind(t, 2, deployedCaddy)
	n.isSetUp()

	n.meetInPlace(16)
	talk := n.whole().talk(8)
	talk.answered(80)

	for range 6 { // counselors' browsers: by their cookies they are sent to both nodes
		desk := n.whole().desk()
		id, err := desk.Rehearse(t.Context(), "floor-and-echo")
		if err != nil {
			t.Fatal(err)
		}
		for _, role := range session.Roles() {
			line, err := bot.Dial(t.Context(), bot.Place{Server: desk.Server, Session: id, Cookie: desk.Cookie, As: string(role)})
			if err != nil {
				t.Fatalf("the %s of a rehearsal: %v", role, err)
			}
			first, err := line.Read()
			if err != nil || !strings.HasPrefix(string(first), `{"is":"welcome"`) {
				t.Errorf("the %s of a rehearsal was told %q, %v", role, first, err)
			}
			line.Close()
		}
	}

	n.all[0].kill()
	talk.goesOn()
	talk.ends()
	t.Logf("%d commands acknowledged; refused: %v", talk.isKeptAt(n.onDisk()), talk.refusals())
}

// meetInPlace has three people come to each of some sessions, as browsers do, and wants the
// three at one node, and not all of them at the same.
func (n *nodes) meetInPlace(sessions int) {
	n.Helper()
	desk, at := n.whole().desk(), [2]int64{}
	for range sessions {
		trio, err := desk.Invite(n.Context())
		if err != nil {
			n.Fatal(err)
		}
		for _, place := range trio.Seats {
			place.Page = string(bot.NewID())
			line, err := bot.Dial(n.Context(), place)
			if err != nil {
				n.Fatal(err)
			}
			defer line.Close()
			if _, err := line.Read(); err != nil {
				n.Fatal(err)
			}
		}
		for i, numbers := range n.numbers {
			if at[i] = n.all[i].figures(numbers).sockets; at[i]%3 != 0 {
				n.Fatalf("node %d has %d sockets: some of a session's three", i+1, at[i])
			}
		}
	}
	if at[0] == 0 || at[1] == 0 || at[0]+at[1] != int64(3*sessions) {
		n.Errorf("the nodes have %d sockets, of %d sessions", at, sessions)
	}
}

// isSetUp makes the first account with the code that a node prints for whoever comes from
// elsewhere, as everybody does behind a balancer.
func (n *nodes) isSetUp() {
	n.Helper()
	house, err := n.onDisk().open(n.Context())
	if err != nil {
		n.Fatal(err)
	}
	defer func() { _ = house.Close() }()
	secret, err := house.SetupSecret()
	if err != nil {
		n.Fatal(err)
	}
	first := bot.Account{Email: "load@example.org", Password: password, Code: account.CodeFrom(secret)}
	if _, err := bot.OpenDesk(n.Context(), "http://"+n.address, first); err != nil {
		n.Fatal(err)
	}
}

// deployedCaddy is Caddy with the deployed file, but for the names of the nodes, and for
// what Debian's version does not know yet and only matters when the file is read anew.
func deployedCaddy(t *testing.T, nodes []string) (address string, begin func()) {
	t.Helper()
	program, err := exec.LookPath("caddy")
	if err != nil {
		t.Skip("Caddy is not installed: task caddy")
	}
	address = free(t)
	file := filepath.Join(t.TempDir(), "Caddyfile")
	text := "{\n\tadmin off\n\tauto_https off\n}\n" +
		strings.NewReplacer("one:8080", nodes[0], "two:8080", nodes[1], "\tstream_close_delay 1h\n", "").Replace(deployed(t, "Caddyfile"))
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	caddy := exec.CommandContext(ctx, program, "run", "--adapter", "caddyfile", "--config", file) //nolint:gosec // Debian's own
	home := t.TempDir()
	caddy.Env = append(os.Environ(), "DOMAIN=http://"+address, "HOME="+home, "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home)
	return address, func() {
		t.Helper()
		if err := caddy.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			stop()
			_ = caddy.Wait()
		})
		(&served{T: t, listen: address}).isReady()
	}
}
