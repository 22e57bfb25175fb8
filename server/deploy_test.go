package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"

	"mend/internal/natsbus/natstest"
	"mend/internal/store/pgtest"
)

func deployed(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// composed is the file as docker compose would read it, held against its schema.
func composed(t *testing.T) *types.Project {
	t.Helper()
	project, err := loader.LoadWithContext(t.Context(), types.ConfigDetails{
		WorkingDir:  "deploy",
		ConfigFiles: []types.ConfigFile{{Filename: "deploy/compose.yaml", Content: []byte(deployed(t, "compose.yaml"))}},
		Environment: types.Mapping{"DOMAIN": "room.example.org", "POSTGRES_PASSWORD": "9f2c", "NATS_TOKEN": "77ab"},
	}, func(o *loader.Options) { o.SetProjectName("mend", true) })
	if err != nil {
		t.Fatal(err)
	}
	return project
}

// The file is one that docker compose understands, and what it starts are nodes of one
// house: the same but for their data folders.
func TestComposeStartsNodesOfOneHouse(t *testing.T) {
	project := composed(t)
	one, two := project.Services["one"], project.Services["two"]
	if reflect.DeepEqual(one.Volumes, two.Volumes) {
		t.Error("two nodes have one data folder")
	}
	one.Volumes, two.Volumes, one.Name, two.Name = nil, nil, "", ""
	if !reflect.DeepEqual(one, two) {
		t.Error("the nodes differ in more than their folders")
	}
	for _, name := range []string{"postgres", "nats"} {
		_, within := project.Services[name].Networks["within"]
		if s := project.Services[name]; len(s.Ports) > 0 || !within || len(s.Networks) != 1 || !project.Networks["within"].Internal {
			t.Errorf("%s can be reached from outside", name)
		}
	}
	if len(one.Ports) > 0 {
		t.Error("a node is open to everybody beside the balancer")
	}
	if strings.Contains(strings.Join(project.Services["nats"].Command, " "), "jetstream") {
		t.Error("the broker keeps what it hears")
	}

	// The settings are such as this program takes, and start it.
	settings := map[string]string{}
	for name, value := range one.Environment {
		settings[name] = *value
	}
	if want := "postgres://mend:9f2c@postgres:5432/mend?sslmode=disable"; settings["MEND_DATABASE_URL"] != want {
		t.Errorf("the database is %s", settings["MEND_DATABASE_URL"])
	}
	if want := "nats://77ab@nats:4222"; settings["MEND_NATS_URL"] != want {
		t.Errorf("the broker is %s", settings["MEND_NATS_URL"])
	}
	settings["MEND_DATABASE_URL"], settings["MEND_NATS_URL"] = pgtest.Database(t, nil), "nats://"+natstest.New(t).Address()
	settings["MEND_LISTEN"], settings["MEND_METRICS"] = "127.0.0.1:0", "127.0.0.1:0"
	settings["MEND_MASTER_KEY_FILE"], settings["MEND_DATA"] = filepath.Join(t.TempDir(), "master.key"), t.TempDir()
	for name, value := range settings {
		t.Setenv(name, value)
	}
	var c serveCmd
	parser, err := kong.New(&c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(nil); err != nil {
		t.Fatal(err)
	}
	h := &house{T: t, log: &transcript{}, settings: func(s *config) { now := s.Now; *s = c.config; s.Now = now }}
	h.start()
	h.stop()
}

// Every variable that a file of the folder sets is one that Mend reads.
func TestDeployedSettingsAreKnown(t *testing.T) {
	known := map[string]bool{}
	parser, err := kong.New(&commands{})
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range parser.Model.Leaves(false) {
		for _, flag := range command.Flags {
			for _, name := range flag.Envs {
				known[name] = true
			}
		}
	}
	seen := 0
	for _, file := range []string{"Dockerfile", "compose.yaml", "mend.service", "Caddyfile"} {
		for _, name := range regexp.MustCompile(`\bMEND_[A-Z_]+\b`).FindAllString(deployed(t, file), -1) {
			if seen++; !known[name] {
				t.Errorf("%s sets %s, which nobody reads", file, name)
			}
		}
	}
	if seen < 12 {
		t.Errorf("only %d settings were found", seen)
	}
}

// The image is built as everything else is, and the balancer asks for what is there.
func TestDeployedFilesFitTheProgram(t *testing.T) {
	raw, err := os.ReadFile("../Taskfile.yml")
	if err != nil {
		t.Fatal(err)
	}
	tags := regexp.MustCompile(`TAGS: (\S+)`).FindStringSubmatch(string(raw))[1]
	docker := deployed(t, "Dockerfile")
	if !strings.Contains(docker, "-tags "+tags+" ") {
		t.Errorf("the image is not built with the tags %s", tags)
	}
	module, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(string(module))[1]
	if !strings.Contains(docker, "FROM golang:"+version+"-") {
		t.Errorf("the image is not built with Go %s", version)
	}
	caddy := deployed(t, "Caddyfile")
	h := openHouse(t)
	desk := h.counselor()
	for path, method := range map[string]string{"/readyz": "GET", "/live/x": "GET", "/api/v1/rehearsals": "POST"} {
		if named := strings.TrimSuffix(path, "/x"); !strings.Contains(caddy, named) {
			t.Errorf("the Caddyfile does not name %s", named)
		}
		if a := desk.call(method, path, nil); a.status == http.StatusNotFound || a.status == http.StatusMethodNotAllowed {
			t.Errorf("%s answers %d", path, a.status)
		}
	}
}

// systemd understands the unit, and finds it hardened.
func TestTheUnitIsSoundAndHardened(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd is not installed")
	}
	program, err := exec.LookPath("mend") // the stories' own
	if err != nil {
		t.Fatal(err)
	}
	unit := filepath.Join(t.TempDir(), "mend.service")
	text := strings.ReplaceAll(deployed(t, "mend.service"), "/usr/bin/mend", program)
	if err := os.WriteFile(unit, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{{"verify", unit}, {"security", "--offline=true", "--threshold=20", "--no-pager", unit}} {
		said, err := exec.CommandContext(t.Context(), "systemd-analyze", command...).CombinedOutput() //nolint:gosec // our own words
		if err != nil || command[0] == "verify" && len(said) > 0 {
			t.Errorf("systemd-analyze %s: %v\n%s", command[0], err, said)
		}
	}
}
