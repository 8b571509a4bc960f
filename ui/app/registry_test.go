package app

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"

	"undercurrent/ui/layout"
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// clock is a panel of one's own: its definition here is all that the program knows of it.
func clock() *panel.Panel {
	return &panel.Panel{
		Panel:   layout.Panel{ID: "clock", Kind: layout.Chart},
		Caption: "clock",
		Shows:   func(s *panel.Scene) []string { return []string{"since the start"} },
		Help:    "the time of the flow, which starts again with it",
		Keys:    []panel.Group{panel.EditKeys},
		Needs:   func() session.Shown { return session.Shown{Identity: true} },
		Render: func(s *panel.Scene, width, height int) []string {
			lines := panel.Nothing(width, height)
			lines[0] = "12 o'clock" + lines[0][len("12 o'clock"):]
			return lines
		},
	}
}

// A panel that is added to the list is laid out, named, in the help and in the focus, and
// what it reads is measured, on a screen of any shape.
func TestAPanelIsAddedInOnePlace(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 20}, {80, 24}, {80, 50}, {120, 28}, {120, 40}, {200, 60}} {
		_, player := newStill(t, "uneven-ring", "reverse-kl")
		a := newApp(player, Options{FPS: 30}, panel.NewRegistry(append(panel.All(), clock())...))
		send(a, tea.ColorProfileMsg{Profile: colorprofile.ASCII}, tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		play(a, player, 1)
		for range a.board.panels.Places(a.frame) {
			if a.board.focus == "clock" {
				break
			}
			send(a, press("tab"))
		}
		play(a, player, 1)
		plain := shows(a, player)
		if a.board.focus != "clock" || !strings.Contains(plain, "clo") || !strings.Contains(plain, "12 o'clock") || !strings.Contains(plain, clock().Help) {
			t.Errorf("%v: with the focus on %q the screen is\n%s", size, a.board.focus, plain)
		}
		if r := a.frame.Report; r.IdentityResidual != r.IdentityResidual {
			t.Errorf("%v: what the panel reads is not measured", size)
		}
		a.messages.left = 0
		plain = shows(a, player)
		if keys := plain[strings.LastIndex(plain, "\n"):]; !strings.Contains(keys, "grab mode") {
			t.Errorf("%v: its keys are not first: %s", size, keys)
		}
		checkCells(t, a, size[0], size[1])
	}
}

// A panel that stands in the place of another does so for as long as it says.
func TestAPanelStandsInForAnother(t *testing.T) {
	late := clock()
	late.ID = "weight"
	late.While = func(f *session.Frame) bool { return f.Paused }
	_, player := newStill(t, "uneven-ring", "reverse-kl")
	a := newApp(player, Options{FPS: 30}, panel.NewRegistry(append(panel.All(), late)...))
	send(a, tea.ColorProfileMsg{Profile: colorprofile.ASCII}, tea.WindowSizeMsg{Width: 120, Height: 40})
	play(a, player, 1)
	if plain := shows(a, player); !strings.Contains(plain, "weight share of movement by log r") || strings.Contains(plain, "12 o'clock") {
		t.Errorf("the weight is not in its place:\n%s", plain)
	}
	send(a, press("space"))
	if plain := shows(a, player); strings.Contains(plain, "share of movement by log r") || !strings.Contains(plain, "clock since the start") || !strings.Contains(plain, "12 o'clock") {
		t.Errorf("the other is not in its place:\n%s", plain)
	}
}
