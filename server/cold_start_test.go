package main

import (
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkColdStart measures from a program's start to the first page, on a database of
// 10,000 sessions, beside a bare Fiber app that has GORM open the same file and count its
// tables. Both are built as Mend is, and take turns.
func BenchmarkColdStart(b *testing.B) {
	const sessions, starts = 10_000, 15
	m := openMend(b)
	for range sessions - 1 {
		m.open(b)
	}
	m.couples(b, 1)[0].leave() // who has begun an exercise, as in any house
	m.close()
	fatal(b, m.master.Save(filepath.Join(filepath.Dir(m.path), "master.key")))
	programs := b.TempDir()
	for name, source := range map[string]string{"mend": ".", "bare": "./testdata/bare"} {
		build := exec.Command("go", "build", "-trimpath", "-tags", "netgo,osusergo,sqlite_omit_load_extension", "-o", filepath.Join(programs, name), source) //nolint:gosec // our own words
		if out, err := build.CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
	}
	mend, bare := make([]float64, starts), make([]float64, starts)
	mendCPU, bareCPU := make([]float64, starts), make([]float64, starts)
	for i := range starts {
		bare[i], bareCPU[i] = firstPage(b, func(address string) *exec.Cmd {
			return exec.Command(filepath.Join(programs, "bare"), address, m.path) //nolint:gosec // our own words
		})
		mend[i], mendCPU[i] = firstPage(b, func(address string) *exec.Cmd {
			return exec.Command(filepath.Join(programs, "mend"), "serve", "--listen", address, "--data", filepath.Dir(m.path), "--metrics", "off") //nolint:gosec // our own words
		})
	}
	fmt.Printf("\nFirst page after a start on %d sessions: %.0f ms, %.0f of processor time; of a bare app on the same file: %.0f, %.0f (%.1f, %.1f times)\n",
		sessions, median(mend), median(mendCPU), median(bare), median(bareCPU), median(mend)/median(bare), median(mendCPU)/median(bareCPU))
}

// firstPage is how many milliseconds pass until a program that is started answers, and how
// many of the processors' it has used by then.
func firstPage(b *testing.B, program func(address string) *exec.Cmd) (took, cpu float64) {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	fatal(b, err)
	address := l.Addr().String()
	fatal(b, l.Close())
	p := program(address)
	began := time.Now()
	fatal(b, p.Start())
	defer func() {
		fatal(b, p.Process.Kill())
		_ = p.Wait()
		cpu = inMillis(p.ProcessState.UserTime() + p.ProcessState.SystemTime())
	}()
	for {
		answer, err := http.Get("http://" + address + "/") //nolint:noctx // refused at once, or answered
		if err == nil {
			fatal(b, answer.Body.Close())
			if answer.StatusCode != http.StatusOK {
				b.Fatalf("answered %d", answer.StatusCode)
			}
			return inMillis(time.Since(began)), 0
		}
		if time.Since(began) > time.Minute {
			b.Fatal(err)
		}
	}
}

func inMillis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
