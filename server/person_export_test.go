package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/rogpeppe/go-internal/testscript"
)

// take fetches a file: its status is on stdout, and its text as it came; of an archive,
// each file's name and text.
func (p *person) take(ctx context.Context, ts *testscript.TestScript, path string) error {
	status, got, err := p.call(ctx, "GET", path, nil)
	if err != nil {
		return err
	}
	fmt.Fprintln(ts.Stdout(), status)
	archive, err := zip.NewReader(bytes.NewReader(got), int64(len(got)))
	if err != nil {
		_, err = ts.Stdout().Write(got)
		return err
	}
	for _, f := range archive.File {
		fmt.Fprintln(ts.Stdout(), "== "+f.Name)
		file, err := f.Open()
		if err != nil {
			return err
		}
		if _, err := io.Copy(ts.Stdout(), file); err != nil {
			return err
		}
	}
	return nil
}
