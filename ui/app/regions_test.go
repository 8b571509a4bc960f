package app

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"undercurrent/ui/panel"
)

// chosen is the number of the region of which the screen has the detail.
func chosen(a *App) int { return a.frame.Chosen() }

// give gives messages and takes the frame that they lead to.
func give(a *App, player *still, messages ...tea.Msg) {
	send(a, messages...)
	player.publish()
	send(a, tick{})
}

// A user asks why region 1 is under-covered: its row is chosen by a key or a click, the maps outline it,
// and the detail says where its mass comes from, when it is covered and what would be faster.
func TestARegionIsAskedAbout(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		a, player := screen(t, "uneven-ring", size[0], size[1], 20, colorprofile.TrueColor)
		give(a, player, press("space"), press("J"))
		text := ansi.Strip(a.drawn)
		for _, want := range []string{"region", "gains from", "loses to", "particles from", "best next", "do better than reverse-kl", "at this rate"} {
			if !strings.Contains(text, want) {
				t.Errorf("%d×%d: the screen has no %q:\n%s", size[0], size[1], want, text)
			}
		}
		outlined := a.drawn
		give(a, player, press("esc"))
		if chosen(a) != 0 || outlined == a.drawn || strings.Contains(ansi.Strip(a.drawn), "gains from") {
			t.Errorf("%d×%d: after esc region %d is chosen", size[0], size[1], chosen(a))
		}
	}
}

// A user takes the best weight for region 1: the panels have its efficiency before, and the flow runs under
// the table after.
func TestTheBestWeightForARegionIsTaken(t *testing.T) {
	t.Parallel()
	a, player := screen(t, "uneven-ring", 200, 60, 20, colorprofile.TrueColor)
	give(a, player, press("space"), press("J"))
	if text := ansi.Strip(a.drawn); !strings.Contains(text, "% for region 1, ┄ w*") || strings.Count(text, " η ") < 8 {
		t.Errorf("the efficiencies are not shown:\n%s", text)
	}
	give(a, player, press("*"))
	text := ansi.Strip(a.drawn)
	for _, want := range []string{"w = table of", "w* of region 1: the best weight for its mass at this step", "0 of 12 do better than table"} {
		if !strings.Contains(text, want) {
			t.Errorf("the screen has no %q:\n%s", want, text)
		}
	}
	if events := player.session.Recipe().Events; len(events) != 1 || !strings.HasPrefix(events[0].Motion.String(), "table:") {
		t.Errorf("the recipe has the events %v", events)
	}
}

func TestARegionIsChosenByAClick(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		a, player := screen(t, "uneven-ring", size[0], size[1], 3, colorprofile.TrueColor)
		give(a, player, press("O"))
		r := a.board.screen.Tabbed
		if place, ok := a.board.screen.Place[panel.Regions]; ok {
			r = place
		}
		order := a.board.order.Numbers(a.frame)
		click := tea.MouseClickMsg{X: r.X + 5, Y: r.Y + 5, Button: tea.MouseLeft}
		if give(a, player, click); chosen(a) != order[2] {
			t.Errorf("%v: the third row chooses region %d, expected %d", size, chosen(a), order[2])
		}
		if give(a, player, click); chosen(a) != 0 {
			t.Errorf("%v: a second click leaves region %d chosen", size, chosen(a))
		}
		if give(a, player, tea.MouseClickMsg{X: 10, Y: 10, Button: tea.MouseLeft}); chosen(a) != 0 || a.probe.at == nil {
			t.Errorf("%v: a click on the map chooses region %d", size, chosen(a))
		}
	}
}

// With the focus on a table of regions the arrows choose rows, otherwise they move the probe.
func TestArrowsChooseRowsInATable(t *testing.T) {
	t.Parallel()
	a, player := screen(t, "gmm40", 120, 40, 2, colorprofile.TrueColor)
	for a.board.focus != panel.Regions {
		send(a, press("tab"))
	}
	give(a, player, press("down"), press("down"), press("down"), press("up"))
	if chosen(a) != 2 || a.probe.at != nil {
		t.Errorf("region %d is chosen, expected 2", chosen(a))
	}
	give(a, player, press("esc"), press("down"))
	if chosen(a) != 0 || a.probe.at == nil {
		t.Errorf("without the focus the arrows choose region %d", chosen(a))
	}
}

func TestScreensOfAChosenRegion(t *testing.T) {
	t.Parallel()
	a, player := screen(t, "uneven-ring", 200, 60, 3, colorprofile.TrueColor)
	give(a, player, press("J"), press("J"))
	requireScreensIn(t, everyDepth(), everySize(), shownAs(a))
}

// In a comparison all maps outline the region, and the table has it among its rows.
func TestARegionIsChosenInAComparison(t *testing.T) {
	t.Parallel()
	a, player := screen(t, "gmm40", 80, 24, 2, colorprofile.TrueColor)
	give(a, player, press("c"))
	plain := a.drawn
	give(a, player, press("K"))
	last := len(a.frame.Report.Regions)
	if chosen(a) != last || a.drawn == plain || !strings.Contains(ansi.Strip(a.drawn), fmt.Sprintf("▸%d", last)) {
		t.Errorf("region %d is chosen, expected %d:\n%s", chosen(a), last, ansi.Strip(a.drawn))
	}
	r := a.compared.layout(a.frame).Table
	give(a, player, tea.MouseClickMsg{X: r.X + 3, Y: r.Y + 3, Button: tea.MouseLeft})
	if got := chosen(a); !strings.Contains(ansi.Strip(strings.Split(a.drawn, "\n")[r.Y+3]), fmt.Sprintf("▸%d", got)) {
		t.Errorf("a click chooses region %d, which is not in its row:\n%s", got, ansi.Strip(a.drawn))
	}
}
