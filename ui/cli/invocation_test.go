package cli

import (
	"strings"
	"testing"

	"undercurrent/ui/session"
)

// What is copied runs as the program was called.
func TestTheProgramIsCalledAsItWas(t *testing.T) {
	t.Parallel()
	for started, want := range map[string]string{
		"undercurrent":                           "undercurrent",
		"./undercurrent":                         "./undercurrent",
		"/opt/my tools/current":                  "'/opt/my tools/current'",
		"/home/a/go-build/x":                     "go run .",
		"/tmp/go-builder/x":                      "/tmp/go-builder/x",
		"/tmp/go-build123/b001/exe/undercurrent": "go run .",
		"/var/cache/b0/" + strings.Repeat("b0f5", 16) + "-d/undercurrent":    "go run .",
		`C:\Temp\go-build7\b001\exe\undercurrent.exe`:                        "go run .",
		"/home/a/.cache/go-build/b0/" + strings.Repeat("0a", 32) + "-d/name": "go run .",
	} {
		if got := invocationOf(started); got != want {
			t.Errorf("%s is called by %s, expected %s", started, got, want)
		}
	}
}

// So does every command that a message or a help names.
func TestMessagesNameTheProgramAsItWasCalled(t *testing.T) {
	t.Parallel()
	if got := invoked("undercurrent list scenarios"); got != invocation()+" list scenarios" {
		t.Errorf("a command is called by %s", got)
	}
	got := reproducing(newShow().command())(session.Recipe{})
	if !strings.HasPrefix(got, invocation()+" --") {
		t.Errorf("a session is reproduced by %s", got)
	}
}
