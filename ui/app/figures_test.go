package app

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"undercurrent/scenarios"
	"undercurrent/ui/panel"
)

// typedLine types a line into the palette and returns what enter asks for.
func typedLine(a *App, text string) tea.Cmd {
	send(a, press(":"))
	for _, r := range text {
		if r == ' ' {
			send(a, press("space"))
			continue
		}
		send(a, press(string(r)))
	}
	_, cmd := a.Update(press("enter"))
	return cmd
}

// A figure is drawn by the command that Update returns, of what is seen at the current step, with all that
// the charts have.
func TestAFigureIsOfWhatIsSeen(t *testing.T) {
	a, player := screen(t, "three-modes", 120, 40, 5, colorprofile.ASCII)
	var drawn Figure
	var name string
	a.options.Figure = func(f Figure, n string) (string, error) {
		drawn, name = f, n
		return n, nil
	}
	figure := typedLine(a, "figure a b.pdf")
	if name != "" || figure == nil {
		t.Fatalf("enter has drawn %q", name)
	}
	send(a, figure())
	if name != "a b.pdf" || !strings.Contains(shows(a, player), "saved as a b.pdf") || a.overlay != nil {
		t.Errorf("the figure is %q, the screen is\n%s", name, shows(a, player))
	}
	f := drawn.Frame
	if !f.Fields.Complete || f.Report.Step != 5 || drawn.Recipe.Step != 5 || drawn.Seen != "maps" || !drawn.Reproducible {
		t.Errorf("step %d of %d is drawn as %s, reproducible: %t, expected maps of step 5", f.Report.Step, drawn.Recipe.Step, drawn.Seen, drawn.Reproducible)
	}
	if n := len(f.Past); n != 5 || f.Past[n-1].Step != 5 {
		t.Errorf("the figure has %d samples, expected those of 5 steps", n)
	}
	for _, c := range []struct{ focus, seen string }{{string(panel.Weight), "weight"}, {string(panel.Mass), "masses"}, {string(panel.Stage), "maps"}} {
		for a.board.focus = ""; string(a.board.focus) != c.focus; {
			send(a, press("tab"))
		}
		if a.seen() != c.seen {
			t.Errorf("with the focus on %s a figure is %s, expected %s", c.focus, a.seen(), c.seen)
		}
	}
}

// In a comparison all flows are drawn, unless one fills the screen; after one has been changed no command line
// makes the figure again.
func TestAFigureOfAComparison(t *testing.T) {
	a, player := screen(t, "three-modes", 120, 40, 1, colorprofile.ASCII)
	var drawn Figure
	a.options.Figure = func(f Figure, n string) (string, error) { drawn = f; return n, nil }
	draw := func() {
		send(a, typedLine(a, "figure x.pdf")())
		a.overlay = nil
	}
	send(a, press("c"), tick{})
	play(a, player, 3)
	draw()
	if drawn.Seen != "compare" || len(drawn.Frame.Runs) != 4 || len(drawn.Recipe.Compared) != 4 || !drawn.Reproducible {
		t.Fatalf("%s of %d flows, reproducible: %t, expected four", drawn.Seen, len(drawn.Frame.Runs), drawn.Reproducible)
	}
	for k, r := range drawn.Frame.Runs {
		if n := len(r.Past); n == 0 || r.Past[n-1].Step != r.Report.Step || r.Exact == nil {
			t.Errorf("flow %d has %d samples up to its step %d", k, n, r.Report.Step)
		}
	}
	send(a, press("enter"), tick{})
	draw()
	if drawn.Seen != "maps" || len(drawn.Frame.Runs) != 0 || drawn.Recipe.Compared != nil {
		t.Errorf("of one flow on the screen %s is drawn with %d flows", drawn.Seen, len(drawn.Frame.Runs))
	}
	send(a, press("enter"), press("]"), tick{})
	play(a, player, 1)
	draw()
	if drawn.Reproducible {
		t.Error("a comparison with a flow that was changed is said to be reproducible")
	}
}

func TestTheKeyOfTheTargetDrawsAFigureToo(t *testing.T) {
	a, player := screen(t, "three-modes", 120, 40, 1, colorprofile.ASCII)
	var failure error
	a.options.Save = func(scenarios.Scenario) (string, error) { return "modes.yaml", nil }
	a.options.Figure = func(Figure, string) (string, error) { return "modes.pdf", failure }
	save := func() string {
		_, cmd := a.Update(press("s"))
		send(a, cmd())
		return shows(a, player)
	}
	if got := save(); !strings.Contains(got, "saved as modes.yaml and modes.pdf; ") {
		t.Errorf("the screen says\n%s", got)
	}
	failure = errors.New("the disk is full")
	if got := save(); !strings.Contains(got, "saved as modes.yaml; ") || !strings.Contains(got, "no figure: the disk is full") {
		t.Errorf("the screen says\n%s", got)
	}
}

func TestAFigureThatCannotBeDrawnLeavesTheLineOpen(t *testing.T) {
	a, player := screen(t, "three-modes", 120, 40, 1, colorprofile.ASCII)
	a.options.Figure = func(Figure, string) (string, error) { return "", errors.New("x.gif is no figure") }
	send(a, typedLine(a, "figure x.gif")())
	if opensPalette(a) == nil || !strings.Contains(shows(a, player), "x.gif is no figure") {
		t.Errorf("the screen is\n%s", shows(a, player))
	}
}
