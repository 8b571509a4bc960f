package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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
	return append([]string{"run", "--particles", "300", "--steps", "4"}, args...)
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

// asProgram names the variable under which the binary of the tests is the program itself.
const asProgram = "TEST_AS_UNDERCURRENT"

func TestMain(m *testing.M) {
	// As if it had been found in PATH; the workers of a fuzzing are started by the name of the file.
	if !slices.ContainsFunc(os.Args, func(a string) bool { return strings.HasPrefix(a, "-test.fuzz") }) {
		os.Args[0] = programName
	}
	if os.Getenv(asProgram) != "" {
		os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// program is a file that is the program as a process of its own. It is the binary of the tests: to link
// another takes longer than most tests that need it. The documents are tested with the one that is built.
func program(t *testing.T) string {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "undercurrent")
	script := fmt.Sprintf("#!/bin/sh\n%s=1 exec '%s' \"$@\"\n", asProgram, binary)
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// builtProgram builds the program.
func builtProgram(t *testing.T) string {
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
