//go:build unix

package cli

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode"

	"undercurrent/scenarios/data/arrays/arraytest"
)

// hostile is a text that terminals obey; files may be called so.
const hostile = "a\x1b]0;title\x07\x1b[2Jb\u009b31m\x9bc\rd\u202e"

// saysPlainly fails unless a command line is refused in one sentence that a terminal shows.
func saysPlainly(t *testing.T, r result) {
	t.Helper()
	text := strings.TrimSuffix(r.err, "\n")
	if r.status != exitUsage && r.status != exitFailure || !strings.HasPrefix(text, "undercurrent: ") {
		t.Errorf("the end is %q", r)
	}
	isPlain(t, text)
	isPlain(t, strings.ReplaceAll(r.out, "\n", ""))
	if len(text) > 3000 {
		t.Errorf("the sentence has %d bytes", len(text))
	}
}

func isPlain(t *testing.T, text string) {
	t.Helper()
	if at := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) || r == unicode.ReplacementChar }); at >= 0 {
		t.Errorf("%q is not plain text", text)
	}
}

// writes writes a file and is its name.
func writes(t *testing.T, name string, content []byte) string {
	t.Helper()
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// hostileArchive is a NumPy archive whose arrays have hostile names.
func hostileArchive(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{hostile + "1", hostile + "2", hostile + strings.Repeat("long", 5000)} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(arraytest.NumPy("<f8", false, "(2, 2)", make([]byte, 32))); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// No escape sequence of a file's name, its content, a flag or a key comes out in a message.
func TestHostileTextsAreSaidPlainly(t *testing.T) {
	t.Chdir(t.TempDir())
	archive := writes(t, "a.npz", hostileArchive(t))
	yaml := func(name, text string) string { return writes(t, name, []byte(text)) }
	escaped := `"\u001b]0;x\u0007\u009b"`
	for _, args := range [][]string{
		{"--log-density-grid", archive},
		{"--log-density-grid", hostile + ".npy"},
		{"--target-samples", writes(t, hostile+".csv", []byte("1,2\n"+hostile))},
		{"--target-image", writes(t, hostile+".png", []byte(hostile))},
		{"--target-samples", hostile + ".unknown"},
		{"--start-samples", writes(t, "b.npy", []byte("\x93NUMPY\x01\x00v\x00{'descr': '"+hostile+"'"))},
		{"--scenario", hostile + ".yaml"},
		{"--scenario", hostile},
		{"--scenario", yaml("raw.yaml", hostile)},
		{"--scenario", yaml("escaped.yaml", "version: 1\nname: "+escaped+"\n")},
		{"--scenario", yaml("key.yaml", "version: 1\n"+escaped+": 1\n")},
		{"--scenario", yaml("formula.yaml", "version: 1\nwindow: [-1, 1, -1, 1]\ntarget:\n  log_density: "+escaped+"\n")},
		{"--log-density", hostile, "--window=-1,1,-1,1"},
		{"--weight", hostile}, {"--divergence", hostile}, {"--" + hostile}, {"--steps", hostile}, {"--window", hostile}, {hostile},
		{"--out", writes(t, "file", nil) + "/" + hostile},
	} {
		saysPlainly(t, runs(small(args...)...))
	}
	saysPlainly(t, runs(hostile))
	saysPlainly(t, runs("sample", hostile))
	saysPlainly(t, runs("sample", writes(t, "model.json", []byte("{\"version\":\""+hostile+"\"}"))))
	saysPlainly(t, runs("watch", "--json", writes(t, hostile+".jsonl", []byte("{\"particles\": [["+hostile+"]]}\n"))))
	saysPlainly(t, runs("watch", "--json", hostile))
	saysPlainly(t, runsOn(strings.NewReader(hostile), "watch", "--scenario", "three-modes", "--json"))
	saysPlainly(t, runs("scenario", "validate", hostile))
	saysPlainly(t, runs("scenario", "new", filepath.Join("none", hostile)))
}

func TestAHostileConfigurationIsSaidPlainly(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", dir)
	if err := os.Mkdir(filepath.Join(dir, "undercurrent"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		hostile, "theme: " + hostile, `"\e]0;x\a": 1`, `keys: {"\e]0;x\a": ["a"]}`, `theme: "\e]0;x\a"`, `keys: {quit: ["\e]0;x\a", "a"], help: ["\e]0;x\a"]}`,
		"a: &a [1, 1]\nb: *a\n", "<<: 1", strings.Repeat("theme: dark # long\n", 20_000), strings.Repeat("[", 1000),
	} {
		writes(t, filepath.Join(dir, "undercurrent", "config.yaml"), []byte(text))
		saysPlainly(t, runs("--print-config"))
	}
}

// What is well called comes out plainly too: the id of a scenario is its file's name.
func TestAHostileNameIsReportedPlainly(t *testing.T) {
	t.Chdir(t.TempDir())
	name := hostile + ".yaml"
	writes(t, name, []byte("version: 1\ntarget:\n  catalogue: ring8\n"))
	for _, args := range [][]string{small("--scenario", name), small("--scenario", name, "--json"), {"scenario", "validate", name}, {"scenario", "show", name}} {
		r := runs(args...)
		if r.status != exitOK {
			t.Errorf("%q: %s", args, r)
		}
		isPlain(t, strings.ReplaceAll(r.out+r.err, "\n", ""))
	}
}

// What s saves stays in the working directory, however the scenario is called, and says so
// where it cannot be.
func TestASavedScenarioStaysInItsDirectory(t *testing.T) {
	outside := t.TempDir()
	dir := filepath.Join(outside, "a", "work")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	writes(t, "file", nil)
	s := builtIn(t, "grid9")
	for _, id := range []string{"../../x", filepath.Join(outside, "x"), "file/below", strings.Repeat("long", 100), "..", "", "-x", ".hidden", "a b;c"} {
		s.ID = id
		for range 2 {
			name, err := saveScenario(s)
			if err != nil || filepath.Base(name) != name {
				t.Errorf("%.40q is saved as %q: %v", id, name, err)
			}
			if _, err := os.Stat(name); err != nil {
				t.Error(err)
			}
		}
	}
	if all := append(entries(t, outside), entries(t, filepath.Dir(dir))...); len(all) != 2 {
		t.Errorf("outside there are %v", all)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if name, err := saveScenario(s); err == nil {
		t.Errorf("%s is saved in a directory that is gone", name)
	}
}

func TestAFullOutputIsNamed(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	binary := program(t)
	for _, args := range [][]string{{"list", "scenarios"}, small(), small("--json"), {"scenario", "schema"}, {"list", "divergences", "--json"}} {
		cmd := exec.Command(binary, args...)
		var stderr strings.Builder
		cmd.Stdout, cmd.Stderr = full, &stderr
		_ = cmd.Run()
		if want := "undercurrent: standard output cannot be written (no space left on device), expected one with space left\n"; cmd.ProcessState.ExitCode() != exitFailure || stderr.String() != want {
			t.Errorf("%q ends with %d, %q", args, cmd.ProcessState.ExitCode(), stderr.String())
		}
	}
}

// Signals that end a command remove what is unfinished, and the directories made for it.
func TestASignalLeavesNothing(t *testing.T) {
	binary := program(t)
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		dir := t.TempDir()
		cmd := exec.Command(binary, "run", "--steps", "100000000", "--particles", "10", "--json", "--out", filepath.Join(dir, "a", "b"))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(out, make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		go func() { _, _ = io.Copy(io.Discard, out) }()
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if left := entries(t, dir); cmd.ProcessState.ExitCode() != exitFailure || len(left) > 0 {
			t.Errorf("%v ends it with %v and leaves %v", signal, cmd.ProcessState, left)
		}
	}
}

// A pipe that nobody writes to is opened beside, and read once somebody does.
func TestAPipeIsOpenedBeside(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	f, err := openFrames(pipe, -1)
	if err != nil || f.regular() {
		t.Fatalf("the pipe is a regular file, or %v", err)
	}
	f.close() // has nothing to close, and does not wait
	if err := os.WriteFile(pipe, []byte("1,2"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(f); err != nil || string(got) != "1,2" {
		t.Errorf("%q is read (%v)", got, err)
	}
	f.close()
}
