package app

import (
	"strings"
	"testing"

	"undercurrent/scenarios/file"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// named is the ring in three regions of one's own, of which the last has no target mass.
const named = `version: 1
id: parted-ring
target: {catalogue: uneven-ring}
regions:
  - {name: heart, disc: {centre: [0, 0], radius: 1.5}}
  - {name: left wing, half_plane: {through: [0, 0], normal: [-1, 0]}}
  - {name: far east, box: [9.5, 99, -99, 99]}
`

func namedScreen(t *testing.T, width, height int, p colorprofile.Profile) (*App, *still) {
	t.Helper()
	s, err := file.Decode([]byte(named), nil)
	if err != nil {
		t.Fatal(err)
	}
	a, player := newStillOf(t, s, "reverse-kl")
	send(a, tea.ColorProfileMsg{Profile: p}, tea.WindowSizeMsg{Width: width, Height: height})
	play(a, player, 12)
	return a, player
}

func TestScreensOfNamedRegions(t *testing.T) {
	t.Parallel()
	requireScreens(t, [][2]int{{80, 24}, {132, 40}}, func(t *testing.T, width, height int, p colorprofile.Profile) *App {
		a, _ := namedScreen(t, width, height, p)
		return a
	})
}

// Names come where there is room, and nowhere make a line too long.
func TestNamesFitTheScreen(t *testing.T) {
	t.Parallel()
	namesFit(t, [][2]int{{60, 20}, {80, 24}, {110, 31}, {132, 40}})
}

func namesFit(t *testing.T, sizes [][2]int) {
	t.Helper()
	a, player := namedScreen(t, 80, 24, colorprofile.ASCII)
	for range 2 {
		for _, size := range sizes {
			send(a, tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			for range 7 {
				checkCells(t, a, size[0], size[1])
				send(a, press("tab"))
			}
		}
		send(a, press("c"))
		player.advance(2)
		send(a, tick{})
	}
}

func TestNamesAreSeen(t *testing.T) {
	t.Parallel()
	a, player := namedScreen(t, 200, 60, colorprofile.ASCII)
	sees := func(what string, words ...string) {
		t.Helper()
		for _, w := range words {
			if plain := ansi.Strip(a.drawn); !strings.Contains(plain, w) {
				t.Errorf("%s lacks %q:\n%s", what, w, plain)
			}
		}
	}
	sees("the screen", "2 left wing", "3 far east", "no target", "4 elsewhere")
	send(a, press("up"), press("left"))
	player.publish()
	send(a, tick{})
	sees("the probe", "region 1 heart")
	send(a, press("c"))
	player.advance(2)
	send(a, tick{})
	sees("a comparison", "2 left wing", "none", "4 elsewhere")
}
