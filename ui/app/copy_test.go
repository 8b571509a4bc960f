package app

import (
	"errors"
	"os/exec"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"undercurrent/ui/paint"
)

// copies presses y and gives the program what its commands bring, up to the last, which it returns.
func copies(t *testing.T, a *App) (last tea.Cmd) {
	t.Helper()
	last = a.onKey(press("y"))
	for range 2 {
		if last == nil {
			break
		}
		msg := last()
		switch msg.(type) {
		case recipeMsg, copied:
			_, last = a.Update(msg)
		}
	}
	a.draw()
	return last
}

const shortLine = "undercurrent --scenario uneven-ring --divergence reverse-kl --at 2"

// A tool that has copied is believed.
func TestWhatAToolCopiedIsSaidToBeCopied(t *testing.T) {
	t.Parallel()
	a, player := screen(t, "uneven-ring", 120, 40, 2, colorprofile.ASCII)
	clipboard := ""
	a.options.Clipboard = func(text string) error {
		clipboard = text
		return nil
	}
	copies(t, a)
	if plain := shows(a, player); clipboard != shortLine || !strings.Contains(plain, "copied: "+shortLine) || a.overlay != nil {
		t.Errorf("%q is copied, the screen is\n%s", clipboard, plain)
	}
}

// Without a tool, and where it fails, the line is sent to the terminal, which does not answer: it is shown to be
// selected, on a screen that the mouse of the terminal has, and nothing is said to be copied.
func TestWhatTheTerminalMayNotTakeIsShownToBeSelected(t *testing.T) {
	t.Parallel()
	for _, tool := range []func(string) error{nil, func(string) error { return errors.New("no display") }} {
		for _, tmux := range []bool{false, true} {
			a, player := screen(t, "uneven-ring", 80, 24, 2, colorprofile.ASCII)
			a.options.Clipboard, a.options.Tmux = tool, tmux
			if cmd := copies(t, a); cmd == nil {
				t.Error("nothing is sent to the terminal")
			}
			plain := shows(a, player)
			checkCells(t, a, 80, 24)
			joined := strings.Join(strings.Fields(plain), " ")
			if !strings.Contains(joined, shortLine) || strings.Contains(plain, "copied") || strings.Contains(plain, "stage") || tmux != strings.Contains(joined, "set -g set-clipboard on") {
				t.Errorf("the screen is\n%s", plain)
			}
			if mode := a.View().MouseMode; mode != tea.MouseModeNone {
				t.Errorf("the program has the mouse (%v)", mode)
			}
			send(a, press("x"))
			if plain := shows(a, player); !strings.Contains(plain, "stage") || a.View().MouseMode == tea.MouseModeNone {
				t.Errorf("after a key the screen is\n%s", plain)
			}
		}
	}
}

// A folded command line fits the screen, and is the same to a shell.
func TestAFoldedCommandIsTheSameToAShell(t *testing.T) {
	t.Parallel()
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no POSIX shell")
	}
	said := func(arguments string) string {
		t.Helper()
		out, err := exec.Command(shell, "-c", "printf '<%s>\\n' "+arguments).Output()
		if err != nil {
			t.Fatalf("%s: %v", arguments, err)
		}
		return string(out)
	}
	for _, command := range []string{
		"--scenario uneven-ring",
		"undercurrent --log-density '-(x^2-2)^2 - y^2/2 + sin(3*x)*cos(2*y) - 0.25*(x + y)^4' --window=-4,4,-3,3 --divergence reverse-kl",
		`--scenario '/a folder/it'\''s here/with a rather long name of seventy letters or more of them.yaml' --at 3`,
		"--switch " + strings.Repeat("0123456789", 12) + ` 'ß` + strings.Repeat("密度 ", 30) + `' \'x`,
	} {
		for _, width := range []int{20, 33, 60, 200} {
			lines := foldCommand(command, width)
			for _, l := range lines {
				if paint.Width(l) > width {
					t.Errorf("at %d columns a line is %q", width, ansi.Strip(l))
				}
			}
			if got, want := said(strings.Join(lines, "\n")), said(command); got != want {
				t.Errorf("at %d columns %q is to a shell %q, expected %q", width, lines, got, want)
			}
		}
	}
}
