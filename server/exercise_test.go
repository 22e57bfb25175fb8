package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What must never come in is told by line, path and mend on the command line too, and
// no file is touched.
func TestHostileFilesAreToldByLine(t *testing.T) {
	all := traps()
	delete(all, "an exercise of Mend's name") // that is the house's to say
	delete(all, "a frame around all sessions")
	all["a large file"] = trap{huge(), 1, "", "file-too-large"}
	for name, trap := range all {
		file := filepath.Join(t.TempDir(), "trap.yaml")
		if err := os.WriteFile(file, []byte(trap.source), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, problems bytes.Buffer
		if code := run(t.Context(), []string{"exercise", "lint", file}, &out, &problems); code != failed || problems.Len() > 0 {
			t.Errorf("%s: exit code %d, said %q", name, code, problems.String())
		}
		line := fmt.Sprintf("%s:%d: ", file, trap.line)
		if trap.path != "" {
			line += trap.path + ": "
		}
		at := strings.Index(out.String(), line)
		if at < 0 || !strings.HasSuffix(strings.SplitN(out.String()[at:], "\n", 2)[0], ")") {
			t.Errorf("%s: %q is missing in\n%s", name, line, out.String())
		}
		if after, err := os.ReadFile(file); err != nil || string(after) != trap.source {
			t.Errorf("%s: the file was changed: %v", name, err)
		}
	}
}
