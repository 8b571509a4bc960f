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
