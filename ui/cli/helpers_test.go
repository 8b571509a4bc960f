package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// result is how a command line ended.
type result struct {
	status   int
	out, err string
}

func (r result) String() string {
	return "status " + string(rune('0'+r.status)) + "\nstandard output:\n" + r.out + "\nstandard error:\n" + r.err
}

// runs gives args to the command line in this process.
func runs(args ...string) result {
	var out, err bytes.Buffer
	status := Main(args, strings.NewReader(""), &out, &err)
	return result{status, out.String(), err.String()}
}

// small is a run that takes no time.
func small(args ...string) []string {
	return append([]string{"run", "--particles", "300", "--steps", "7"}, args...)
}

// lines decodes JSON lines.
func lines(t *testing.T, text string) []map[string]json.RawMessage {
	t.Helper()
	var list []map[string]json.RawMessage
	for _, l := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		var m map[string]json.RawMessage
		if err := json.Unmarshal([]byte(l), &m); err != nil {
			t.Fatalf("%v in %q", err, l)
		}
		list = append(list, m)
	}
	return list
}

// program is the built program, for what needs a process of its own.
func program(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "undercurrent")
	build := exec.Command("go", "build", "-o", path, "undercurrent")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, text)
	}
	return path
}

// entries are the names in a directory, none where it does not exist.
func entries(t *testing.T, dir string) []string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}
