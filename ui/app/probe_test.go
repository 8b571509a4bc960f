package app

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"undercurrent/ui/panel"
)

// shows lets the program take a frame and returns the plain screen.
func shows(a *App, player *still) string {
	player.publish()
	send(a, tick{})
	return ansi.Strip(a.drawn)
}

func TestTheProbeReadsWhereItStands(t *testing.T) {
	a, player := screen(t, "uneven-ring", 120, 40, 5, colorprofile.ASCII)
	send(a, press("h"))
	first := shows(a, player)
	for _, want := range []string{"┼", "region", "log r", "V = w(r)·∇log r", "= 1 ×", "elasticity 0", "−div V"} {
		if !strings.Contains(first, want) {
			t.Errorf("the probe lacks %q:\n%s", want, first)
		}
	}
	was := *a.probe.at
	send(a, press("l"), press("l"), press("k"))
	moved := shows(a, player)
	if !(a.probe.at.X > was.X) || !(a.probe.at.Y > was.Y) || moved == first {
		t.Errorf("the probe went from %v to %v", was, *a.probe.at)
	}
	if got := a.frame.Probe.Point; got.X < a.probe.at.X-a.frame.Fields.Grid.Spacing || got.X > a.probe.at.X+a.frame.Fields.Grid.Spacing {
		t.Errorf("the probe stands at %v and reads %v", *a.probe.at, got)
	}
	send(a, press("esc"))
	if plain := shows(a, player); strings.Contains(plain, "┼") || strings.Contains(plain, "V = w") {
		t.Errorf("the probe does not end:\n%s", plain)
	}
}

func TestTheFormulaOfAReferenceHasTwoParts(t *testing.T) {
	a, player := newStill(t, "uneven-ring", "lv")
	send(a, tea.ColorProfileMsg{Profile: colorprofile.ASCII}, tea.WindowSizeMsg{Width: 120, Height: 40})
	player.session.Motion.NextReference()
	player.session.Motion.NextReference()
	player.advance(2)
	send(a, tick{}, press("h"), press("l"), press("l"), press("l"), press("l"), press("l"), press("l"), press("l"), press("l"), press("l"))
	if plain := shows(a, player); !strings.Contains(plain, "V = a·∇log r + b·∇log(ρ/q)") {
		t.Errorf("the formula is missing:\n%s", plain)
	}
}

func TestTheMouseProbesUntilItIsSwitchedOff(t *testing.T) {
	a, player := screen(t, "uneven-ring", 120, 40, 2, colorprofile.ASCII)
	r := a.board.screen.Place[panel.Stage]
	click := tea.MouseClickMsg{X: r.X + r.W/4, Y: r.Y + r.H/3, Button: tea.MouseLeft}
	send(a, click)
	shows(a, player)
	if a.probe.at == nil || !(a.probe.at.X < 0) || !(a.probe.at.Y > 0) {
		t.Fatalf("a click up and left of the middle probes %v", a.probe.at)
	}
	if a.View().MouseMode == tea.MouseModeNone {
		t.Error("the terminal is not asked for the mouse")
	}
	send(a, press("%"))
	if a.View().MouseMode != tea.MouseModeNone {
		t.Error("after % the terminal is still asked for the mouse")
	}
	at := *a.probe.at
	send(a, tea.MouseClickMsg{X: a.board.screen.Width - 1, Y: a.board.screen.Height - 1, Button: tea.MouseLeft}, tea.MouseClickMsg{X: r.X + 5, Y: r.Y + 5, Button: tea.MouseRight})
	if *a.probe.at != at {
		t.Error("clicks beside the maps or with the other button probe")
	}
}

func TestTheProbeStaysOnTheScreen(t *testing.T) { probeStays(t, [][2]int{{60, 20}}) }

func probeStays(t *testing.T, sizes [][2]int) {
	t.Helper()
	a, player := screen(t, "three-modes", 120, 40, 2, colorprofile.TrueColor)
	for _, size := range sizes {
		send(a, tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		for _, key := range []string{"h", "left", "up", "k", "right", "l", "down", "j", "j", "j"} {
			for range 30 {
				send(a, press(key))
			}
			player.publish()
			send(a, tick{})
			checkCells(t, a, size[0], size[1])
		}
	}
}

func TestTheListOfKeysIsFilteredAndRun(t *testing.T) {
	a, player := screen(t, "uneven-ring", 80, 24, 1, colorprofile.ASCII)
	send(a, press("?"))
	for _, r := range "reseed" {
		send(a, press(string(r)))
	}
	if plain := ansi.Strip(a.drawn); !strings.Contains(plain, "▸ R") || strings.Contains(plain, "wider kernel") {
		t.Errorf("the list is not narrowed:\n%s", plain)
	}
	seed := a.frame.Settings.Seed
	send(a, press("enter"))
	shows(a, player)
	if a.overlay != nil || a.frame.Settings.Seed != seed+1 {
		t.Errorf("enter leads to seed %d, expected %d", a.frame.Settings.Seed, seed+1)
	}
}

// Where the list is longer than the screen, walking down shows all of it.
func TestTheWholeListOfKeysCanBeWalked(t *testing.T) {
	a, _ := screen(t, "uneven-ring", 60, 20, 1, colorprofile.ASCII)
	send(a, press("?"))
	seen := ""
	for range a.keys {
		seen += ansi.Strip(a.drawn)
		checkCells(t, a, 60, 20)
		send(a, press("down"))
	}
	for _, k := range available(a.keys, a.frame) {
		if !strings.Contains(seen, k.Help().Desc) {
			t.Errorf("%q is never seen", k.Help().Desc)
		}
	}
}
