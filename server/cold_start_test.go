package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

// BenchmarkColdStart measures from a program's start to the first page, on a database of
// 10,000 sessions, beside a bare Fiber app that has GORM open the same file and count its
// tables. Both are this program, with all that tests bring along, and take turns.
func BenchmarkColdStart(b *testing.B) {
	const sessions, starts = 10_000, 15
	m := openMend(b)
	for range sessions - 1 {
		m.open(b)
	}
	m.couples(b, 1)[0].leave() // who has begun an exercise, as in any house
	m.close()
	checkBench(b, m.master.Save(filepath.Join(filepath.Dir(m.path), "master.key")))
	mend, bare := make([]float64, starts), make([]float64, starts)
	mendCPU, bareCPU := make([]float64, starts), make([]float64, starts)
	for i := range starts {
		bare[i], bareCPU[i] = firstPage(b, func(address string) *exec.Cmd {
			return exec.Command("bare", address, m.path) //nolint:gosec // our own words
		})
		mend[i], mendCPU[i] = firstPage(b, func(address string) *exec.Cmd {
			return exec.Command("mend", "serve", "--listen", address, "--data", filepath.Dir(m.path), "--metrics", "off") //nolint:gosec // our own words
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
	checkBench(b, err)
	address := l.Addr().String()
	checkBench(b, l.Close())
	p := program(address)
	began := time.Now()
	checkBench(b, p.Start())
	defer func() {
		checkBench(b, p.Process.Kill())
		_ = p.Wait()
		cpu = inMillis(p.ProcessState.UserTime() + p.ProcessState.SystemTime())
	}()
	for {
		answer, err := http.Get("http://" + address + "/") //nolint:noctx // refused at once, or answered
		if err == nil {
			checkBench(b, answer.Body.Close())
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

// bareApp is the least that the same parts can do.
func bareApp() {
	db, err := gorm.Open(sqlite.Open(os.Args[2]), &gorm.Config{})
	if err == nil {
		err = db.Exec("SELECT count(*) FROM sqlite_master").Error
	}
	if err == nil {
		app := fiber.New(fiber.Config{DisableStartupMessage: true})
		app.Get("/", func(c *fiber.Ctx) error { return c.SendString("Here.") })
		err = app.Listen(os.Args[1])
	}
	fmt.Fprintln(os.Stderr, err)
}
