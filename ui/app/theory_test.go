package app

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"

	"undercurrent/ui/layout"
	"undercurrent/ui/panel"
)

// pieces are the parts of a screen that a divergence moves.
func pieces(a *App) map[string]string {
	s := a.histories.scene(a.frame)
	s.Theme = a.look.theme
	drawn := func(id layout.ID) string {
		r := a.board.screen.Place[id]
		return strings.Join(a.board.panels.At(id, a.frame).Render(s, r.W, r.H-1), "\n")
	}
	return map[string]string{
		"the zero line": drawn(panel.Coverage), "the effort bars": drawn("weight"),
		"the regions": drawn(panel.Regions), "the response": drawn(panel.Response),
	}
}

// Switching 1–9 while paused shows what each would do before a single step.
func TestSwitchingWhilePausedMovesTheForecasts(t *testing.T) {
	t.Parallel()
	a, player := newStill(t, "uneven-ring", "reverse-kl")
	send(a, tea.ColorProfileMsg{Profile: colorprofile.TrueColor}, tea.WindowSizeMsg{Width: 200, Height: 60})
	player.advance(20)
	send(a, tick{}, press("space"))
	player.publish()
	send(a, tick{})
	step := a.frame.Report.Step
	seen := map[string][]string{}
	for _, key := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"} {
		send(a, press(key))
		player.publish()
		send(a, tick{})
		if a.frame.Report.Step != step || !a.frame.Report.Ahead {
			t.Fatalf("after %s the flow is at step %d, ahead %v, expected %d", key, a.frame.Report.Step, a.frame.Report.Ahead, step)
		}
		for what, drawn := range pieces(a) {
			if slices.Contains(seen[what], drawn) {
				t.Errorf("%s do not move when %s is pressed", what, key)
			}
			seen[what] = append(seen[what], drawn)
		}
	}
}

func TestWhatIsHiddenIsNotAskedFor(t *testing.T) {
	a, player := newStill(t, "uneven-ring", "reverse-kl")
	send(a, tea.ColorProfileMsg{Profile: colorprofile.TrueColor}, tea.WindowSizeMsg{Width: 80, Height: 24})
	for _, c := range []struct {
		tab                               string
		response, effort, identity, lines bool
	}{
		{"regions", true, true, false, false}, {"coverage", false, false, false, true}, {"transport", false, false, false, false},
		{"weight", false, true, false, false}, {"response", true, true, true, false}, {"distance", false, false, false, false},
	} {
		if got := string(a.board.open()); got != c.tab {
			t.Fatalf("the open tab is %s, expected %s", got, c.tab)
		}
		player.advance(1)
		send(a, tick{})
		r := a.frame.Report
		if (r.UnderCoverageChange.FirstOrder != 0) != c.response || (len(r.Effort) > 0) != c.effort || (r.IdentityResidual == r.IdentityResidual) != c.identity || a.frame.Fields.Complete != c.lines {
			t.Errorf("with %s open the report has response %v, effort %d, identity %g, fields %v", c.tab, r.UnderCoverageChange, len(r.Effort), r.IdentityResidual, a.frame.Fields.Complete)
		}
		send(a, press("tab"))
	}
}
