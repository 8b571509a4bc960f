package cli

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// between is the text of the README's watch section between two of its marks.
func between(t *testing.T, text, from, to string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, from)
	part, _, found := strings.Cut(rest, to)
	if !ok || !found {
		t.Fatalf("the README has no %q … %q", from, to)
	}
	return part
}

// The README's sampler and its commands do what the README says, to the letter.
func TestTheReadmeIsWatched(t *testing.T) {
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("the README's sampler needs python3")
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	section := between(t, string(readme), "<!-- watch -->", "<!-- /watch -->")
	script, commands := between(t, section, "```python\n", "```"), strings.Split(strings.TrimSpace(between(t, section, "```\n\n```\n", "```")), "\n")
	if n := strings.Count(script, "\n"); n > 10 || len(commands) != 3 {
		t.Fatalf("the sampler has %d lines, and there are %d commands", n, len(commands))
	}
	dir, binary := t.TempDir(), program(t)
	if err := os.WriteFile(dir+"/chain.py", []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	for k, command := range commands {
		command = strings.ReplaceAll(command, "go run .", binary)
		p := enters(t, dir, command)
		if k != 1 {
			p.sees("▶ watching").sees("against n").presses("q")
		}
		if status := p.leaves(); status != exitOK {
			t.Errorf("%s ends with status %d:\n%s", command, status, p.shows())
		}
	}
	reports, err := os.ReadFile(dir + "/reports.jsonl")
	if err != nil || strings.Count(string(reports), "\n") != 400 {
		t.Errorf("there are %d reports of 400 frames (%v)", strings.Count(string(reports), "\n"), err)
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

// The one-liners of the README write files that the program opens as they say.
func TestTheFilesOfTheReadmeAreOpened(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	dir, binary := t.TempDir(), program(t)
	for name, seen := range map[string]string{"grid": "regions", "points": "regions", "trace": "▶ watching"} {
		t.Run(name, func(t *testing.T) {
			block := between(t, string(readme), "<!-- "+name+" -->\n```\n", "```\n<!-- /"+name+" -->")
			write, open, _ := strings.Cut(strings.TrimSpace(block), "\n")
			python := "python3"
			if strings.Contains(write, "numpy") {
				python = withNumPy()
			}
			if _, err := exec.LookPath(python); err != nil {
				t.Skip("there is no python3, or none with NumPy")
			}
			command := exec.Command("sh", "-c", strings.Replace(write, "python3", python, 1))
			command.Dir = dir
			if text, err := command.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			p := enters(t, dir, strings.ReplaceAll(open, "go run .", binary))
			p.sees(seen).presses("q")
			if status := p.leaves(); status != exitOK {
				t.Errorf("%s ends with status %d:\n%s", open, status, p.shows())
			}
		})
	}
}
