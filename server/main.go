// Command mend is a room for couples counseling: one binary serves it all. app.go
// shows on one screen how its parts are wired; each subcommand has a file.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"

	"mend/internal/store"
)

// commands is the whole command line.
type commands struct {
	Serve       serveCmd       `cmd:"" help:"Serve Mend."`
	Demo        demoCmd        `cmd:"" help:"Serve an invented couple with four past sessions, to look around."`
	Account     accountCmd     `cmd:"" help:"List the accounts, and let somebody back in."`
	Exercise    exerciseCmd    `cmd:"" help:"Begin an exercise of your own, find what is wrong with it, and play it."`
	Backup      backupCmd      `cmd:"" help:"Copy everything while Mend runs, the keys into a file of their own."`
	Restore     restoreCmd     `cmd:"" help:"Bring a backup back; what was erased since stays erased."`
	Doctor      doctorCmd      `cmd:"" help:"Look at settings, keys, disk, clock, ports and database, and say how to mend what is wrong; exits 1 where anything is."`
	Check       checkCmd       `cmd:"" help:"Open every sealed value and replay every session; exits 1 where anything is wrong."`
	Keys        keysCmd        `cmd:"" help:"Replace the master key by a new one."`
	Retention   retentionCmd   `cmd:"" help:"Tell what has been kept for as long as the practice says, and delete it where asked."`
	Import      importCmd      `cmd:"" help:"Bring in couples and the days of their past sessions from a CSV."`
	Loadtest    loadtestCmd    `cmd:"" help:"Fill a running Mend with invented couples that take turns, and measure."`
	Healthcheck healthcheckCmd `cmd:"" help:"Ask a running Mend whether it is ready; exits 1 where it is not."`
	OpenAPI     openapiCmd     `cmd:"" name:"openapi" help:"Print the HTTP calls as OpenAPI 3.1."`
	AsyncAPI    asyncapiCmd    `cmd:"" name:"asyncapi" help:"Print the socket's messages as AsyncAPI 3."`
	Version     versionCmd     `cmd:"" help:"Print the version."`
}

// Exit codes: 1 where it failed, 2 where it was asked for wrongly.
const (
	failed = 1
	misuse = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program, from its arguments to its exit code.
func run(ctx context.Context, args []string, out, problems io.Writer) int {
	exited := -1
	var c commands
	k := kong.Must(&c,
		kong.Name("mend"), kong.Description("A room for couples counseling."),
		kong.Writers(out, problems), kong.Exit(func(code int) { exited = code }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.BindTo(out, (*io.Writer)(nil)))
	call, err := k.Parse(args)
	if exited >= 0 { // help was asked for, and given
		return exited
	}
	if err == nil {
		err = call.Run()
	} else {
		err = wrongUse{err}
	}
	if err == nil {
		return 0
	}
	if errors.Is(err, errTold) {
		return failed
	}
	fmt.Fprintf(problems, "mend: %v\n", err)
	var unfit store.Unfit
	if errors.As(err, &wrongUse{}) || errors.As(err, &unfit) {
		fmt.Fprintln(problems, "Run mend --help to see what there is.")
		return misuse
	}
	return failed
}

// wrongUse is an error in what was asked for, rather than in doing it.
type wrongUse struct{ error }

func (e wrongUse) Unwrap() error { return e.error }

// errTold is a failure of which everything was said already.
var errTold = errors.New("it was told")

type versionCmd struct{}

func (versionCmd) Run(out io.Writer) error {
	_, err := fmt.Fprintln(out, version())
	return err
}

// version is the module's, or that of the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
