//go:build unix

package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The documents are README.md and docs/*.md. Every line of their command blocks (fenced,
// without a language or with sh) is tested, in the order of the document:
//
//   - the flags of every command are read;
//   - run are the quick commands (list, lesson without a name, scenario, completion, --print-config), and among the
//     long tests design, a screen that is opened at a step (--at), and every line of a block in which another program
//     stands (python3, awk); a screen is opened on a terminal and left when it is seen;
//   - resolved are all others among the long tests: scenario, divergence, formula and files are resolved, and for the
//     commands without a screen the flow is built; the context has ended, so that they stop before the first step,
//     iteration, sample or cell;
//   - of go's own commands the folder and the benchmark are looked for.
//
// Blocks in yaml are validated as scenario files or read as a configuration or a lesson, one in python is
// the file that the line before it names. Blocks in text, go or json are not looked at.

// block is a fenced block of a document.
type block struct {
	line     int // of its first line
	language string
	text     string
	before   string // the last line of text before it
}

// blocks are the fenced blocks of a text, without the indentation of their fence.
func blocks(text string) (list []block) {
	var open *block
	indent, before := "", ""
	for n, line := range strings.Split(text, "\n") {
		body := strings.TrimPrefix(line, indent)
		switch fence := strings.HasPrefix(strings.TrimSpace(line), "```"); {
		case fence && open == nil:
			trimmed := strings.TrimLeft(line, " ")
			indent = line[:len(line)-len(trimmed)]
			open = &block{line: n + 2, language: strings.TrimPrefix(trimmed, "```"), before: before}
		case fence:
			open.text = strings.TrimSuffix(open.text, "\n")
			list, open, indent = append(list, *open), nil, ""
		case open != nil:
			open.text += body + "\n"
		case strings.TrimSpace(line) != "":
			before = line
		}
	}
	return list
}

// reader does what documents say, one after the other in a folder of its own.
type reader struct {
	binary string // the built program
	root   string // of the module
	python string // with NumPy, "" where there is none
}

func TestTheCommandsOfTheDocumentsWork(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	texts, r := documents(t), reader{root: root}
	if everyCommandRuns {
		r.binary, r.python = builtProgram(t), withNumPy()
	}
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	for name, text := range texts {
		t.Chdir(t.TempDir())
		for _, b := range blocks(text) {
			t.Run(fmt.Sprintf("%s:%d", name, b.line), func(t *testing.T) {
				switch b.language {
				case "", "sh":
					r.commands(t, b)
				case "yaml":
					documentedYAML(t, b)
				case "python":
					documentedPython(t, b)
				case "text", "go", "json":
				default:
					t.Errorf("a block in %s, expected commands, yaml, python, text, go or json", b.language)
				}
			})
		}
	}
}

// commands tests the lines of a block.
func (r reader) commands(t *testing.T, b block) {
	list := strings.Split(b.text, "\n")
	for _, line := range list {
		if !ours.MatchString(line) {
			continue
		}
		if err := understands(shellWords(t, line)); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
	if !regexp.MustCompile(`\b(python3|awk) `).MatchString(b.text) {
		for _, line := range list {
			r.command(t, line)
		}
		return
	}
	python := "python3"
	if strings.Contains(b.text, "numpy") {
		python = r.python
	}
	if _, err := exec.LookPath(python); err != nil && strings.Contains(b.text, "python3") {
		t.Skip("there is no python3, or none with NumPy")
	}
	for _, line := range list {
		// What is short and not ours makes files that are read later.
		if !everyCommandRuns && (ours.MatchString(line) || strings.Contains(line, ".py")) {
			continue
		}
		r.onATerminal(t, strings.Replace(line, "python3 ", python+" ", 1))
		if _, name, ok := strings.Cut(line, " > "); ok && strings.HasSuffix(name, ".jsonl") {
			everyFrameIsReported(t, name)
		}
	}
}

// everyFrameIsReported counts the reports on the sampler of the documents.
func everyFrameIsReported(t *testing.T, name string) {
	t.Helper()
	script, err := os.ReadFile("chain.py")
	if err != nil {
		t.Fatal(err)
	}
	reports, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	frames := regexp.MustCompile(`step in range\((\d+)\)`).FindSubmatch(script)
	if n := len(lines(t, string(reports))); frames == nil || fmt.Sprint(n) != string(frames[1]) {
		t.Errorf("there are %d reports of a sampler with %s", n, frames)
	}
}

// command tests a line without another program in it.
func (r reader) command(t *testing.T, line string) {
	t.Helper()
	if !ours.MatchString(line) {
		goCommand(t, line, r.root)
		return
	}
	switch args := shellWords(t, line); {
	case isScreen(args) && slices.Contains(args, "--at") && everyCommandRuns:
		r.onATerminal(t, line)
	case isQuick(args) || everyCommandRuns && slices.Contains(args, "design"):
		if ended := runs(args...); ended.status != exitOK {
			t.Errorf("%s: %v", line, ended)
		}
	case everyCommandRuns:
		if err := resolves(args...); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// isQuick reports whether a command ends at once.
func isQuick(args []string) bool {
	return len(args) > 0 && (args[0] == "list" || args[0] == "lesson" && len(args) == 1 || args[0] == "scenario" || args[0] == "completion" || slices.Contains(args, "--print-config") || slices.Contains(args, "--help"))
}

// onATerminal runs a line of a shell to its end; a screen is left when it is seen.
func (r reader) onATerminal(t *testing.T, line string) {
	t.Helper()
	p := enters(t, ".", ours.ReplaceAllString(line, "${1}"+r.binary+"${2}"))
	if ours.MatchString(line) && !strings.Contains(line, "--json") && !strings.Contains(line, "--check") && !strings.Contains(line, " diagnose ") {
		if strings.Contains(line, " watch ") {
			// The metrics say what they are of: particles, or an effective size.
			p.sees("▶ watching").sees("particles, ", "n_eff ").presses("q")
		} else {
			p.sees("regions").presses("q")
		}
	}
	if status := p.leaves(); status != exitOK {
		t.Errorf("%s ends with status %d:\n%s", line, status, p.shows())
	}
}

// withNumPy is a python3 that has NumPy, "" where there is none.
func withNumPy() string {
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import numpy").Run() == nil {
			return python
		}
	}
	return ""
}

// goCommand looks for what a command of go, or of the repository, names.
func goCommand(t *testing.T, line, root string) {
	t.Helper()
	fields := strings.Fields(line)
	last := strings.TrimSuffix(fields[len(fields)-1], "...")
	if _, err := os.Stat(filepath.Join(root, last)); err != nil {
		t.Errorf("%s: there is no %s", line, last)
	}
	bench := regexp.MustCompile(`-bench (\w+)`).FindStringSubmatch(line)
	switch known := regexp.MustCompile(`^(go (test|vet|doc|install|build -o undercurrent)|\.ci/run)\b`); {
	case !known.MatchString(line):
		t.Errorf("%s: nothing here tests this line", line)
	case bench != nil:
		files, _ := filepath.Glob(filepath.Join(root, last, "*_test.go"))
		if !slices.ContainsFunc(files, func(file string) bool {
			text, err := os.ReadFile(file)
			return err == nil && bytes.Contains(text, []byte("func Benchmark"+bench[1]))
		}) {
			t.Errorf("%s: there is no such benchmark", line)
		}
	}
}

// documentedLesson reads a lesson, and keeps it under the name that the line before it says.
func documentedLesson(t *testing.T, b block) {
	t.Helper()
	name := regexp.MustCompile("`(\\w+\\.yaml)`").FindStringSubmatch(b.before)
	if name == nil {
		t.Fatalf("%q names no file", b.before)
	}
	if err := os.WriteFile(name[1], []byte(b.text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readLesson(name[1]); err != nil {
		t.Error(err)
	}
}

// documentedYAML validates a scenario file, or reads a configuration or a lesson.
func documentedYAML(t *testing.T, b block) {
	t.Helper()
	if strings.HasPrefix(b.text, "version:") {
		// In the folder of the commands, where its data is.
		name := fmt.Sprintf("line-%d.yaml", b.line)
		if err := os.WriteFile(name, []byte(b.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if r := runs("scenario", "validate", name); r.status != exitOK {
			t.Error(r)
		}
		return
	}
	if strings.HasPrefix(b.text, "id:") {
		documentedLesson(t, b)
		return
	}
	folder := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", folder)
	if err := os.Mkdir(folder+"/undercurrent", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder+"/undercurrent/config.yaml", []byte(b.text), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := runs("--print-config"); r.status != exitOK {
		t.Error(r)
	}
}

// documentedPython keeps a program under the name that the line before it says.
func documentedPython(t *testing.T, b block) {
	t.Helper()
	name := regexp.MustCompile("`(\\w+\\.py)`").FindStringSubmatch(b.before)
	if n := strings.Count(b.text, "\n") + 1; name == nil || n > 10 {
		t.Fatalf("%q names no file, or the program has %d lines", b.before, n)
	}
	if err := os.WriteFile(name[1], []byte(b.text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A mistake in a document is found.
func TestAWrongCommandIsNoticed(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Chdir(t.TempDir())
	for _, line := range []string{
		"go run . --nope", "go run . --divergence forwrd-kl", "go run . --scenario gmm4", "go run . --theme pink",
		"go run . --density x --window=-1,1,-1,1", "go run . run --steps many", "go run . run --scenario none.yaml",
		"go run . compare --divergences reverse-kl", "go run . train --scenario ring8", "go run . train --route x --out m.json",
		"go run . bench --suite none", "go run . sample none.json", "go run . check --alpha 1", "go run . rnu",
		"go run . --weight 'r +'", "go run . --functional none", "go run . --switch 3=none",
	} {
		if err := resolves(shellWords(t, line)...); err == nil {
			t.Errorf("%s: nothing is wrong", line)
		}
	}
	for _, line := range []string{"go run .", "go run . --scenario gmm40", "undercurrent run --steps 100000", "go run . --theme light --at 3"} {
		if err := resolves(shellWords(t, line)...); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}
