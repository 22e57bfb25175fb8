package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"

	"mend/internal/account"
	"mend/internal/catalog"
	"mend/internal/session"
	"mend/internal/store"
	"mend/internal/web"
)

type exercisePreviewCmd struct {
	File   string `arg:"" type:"path" help:"The exercise, in YAML."`
	Listen string `default:"127.0.0.1:0" placeholder:"HOST:PORT" help:"Where to listen; on this machine alone."`
}

// Run serves one rehearsal after another of the file, to one visitor, out of a folder
// that is gone when it ends.
func (p exercisePreviewCmd) Run(ctx context.Context, out io.Writer) (err error) {
	if err := p.onlyHere(); err != nil {
		return err
	}
	source, err := p.read()
	if err != nil {
		return wrongUse{err}
	}
	if err := p.check(source, os.Stderr); err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "mend-preview-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	c := config{Listen: p.Listen, Data: folder}
	signIn, err := visitor(ctx, c)
	if err != nil {
		return fmt.Errorf("preview: %w", err)
	}
	c.Preview = &web.Preview{Token: rand.Text(), SignIn: signIn, Read: p.read}
	a, err := open(ctx, c, newLog(os.Stderr))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	fmt.Fprintf(out, "%-10s %s\n", "Preview", p.File)
	fmt.Fprintf(out, "%-10s %s/desk/preview#%s\n", "Address", a.base, c.Preview.Token)
	fmt.Fprintln(out, "Open it once, in one browser. Nothing that is played is kept. Ctrl+C ends it.")
	return a.run(ctx)
}

// onlyHere refuses to be reached from elsewhere: nobody signs in to a preview.
func (p exercisePreviewCmd) onlyHere() error {
	host, _, err := net.SplitHostPort(p.Listen)
	if err != nil {
		return wrongUse{fmt.Errorf("--listen: %w", err)}
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return wrongUse{errors.New("a preview is for this machine alone: --listen takes an address such as 127.0.0.1:8080")}
	}
	return nil
}

// read is the file as it is now.
func (p exercisePreviewCmd) read() ([]byte, error) { return readExercise(p.File) }

// check tells everything that keeps the file from being played.
func (p exercisePreviewCmd) check(source []byte, to io.Writer) error {
	problems := catalog.ReadDraft(source).Problems
	for _, problem := range problems {
		fmt.Fprintln(to, lintLine(p.File, problem))
	}
	if len(problems) > 0 {
		return errTold
	}
	return nil
}

// visitor makes the one account of a preview and gives the cookie's value for it.
func visitor(ctx context.Context, c config) (signIn string, err error) {
	master, _, err := c.master()
	if err != nil {
		return "", err
	}
	kept, err := store.Open(ctx, store.Options{Path: filepath.Join(c.Data, "mend.db"), Master: master})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	door := account.NewDoor(kept, account.Options{})
	signIn, _, err = door.Setup(ctx, account.First{
		Name: "Mara", Email: "preview@mend.example", Password: rand.Text(),
		Practice: "Preview", Secrets: session.LimitedSecrets,
	}, "127.0.0.1", true)
	return signIn, err
}
