package app

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// screen is the program's screen after the given number of frames.
func screen(t testing.TB, scenario string, width, height, frames int, p colorprofile.Profile) (*App, *still) {
	t.Helper()
	a, player := newStill(t, scenario, "reverse-kl")
	send(a, tea.ColorProfileMsg{Profile: p}, tea.WindowSizeMsg{Width: width, Height: height})
	play(a, player, frames)
	return a, player
}

// play lets the program run on for some frames.
func play(a *App, player *still, frames int) {
	for range frames {
		player.advance(1)
		send(a, tick{})
	}
}

// everyDepth are the depths of colour of terminals.
func everyDepth() map[string]colorprofile.Profile {
	return map[string]colorprofile.Profile{"truecolor": colorprofile.TrueColor, "256": colorprofile.ANSI256, "16": colorprofile.ANSI, "none": colorprofile.ASCII}
}

// everySize are sizes of every layout.
func everySize() [][2]int { return [][2]int{{80, 24}, {120, 40}, {160, 48}, {200, 60}} }

// shownAs is a program as terminals of other sizes and depths show it.
func shownAs(a *App) func(t *testing.T, width, height int, p colorprofile.Profile) *App {
	return func(_ *testing.T, width, height int, p colorprofile.Profile) *App {
		send(a, tea.ColorProfileMsg{Profile: p}, tea.WindowSizeMsg{Width: width, Height: height}, tick{})
		return a
	}
}

// requireScreens compares the program's screen in every size, with colours and without,
// to the one on file.
func requireScreens(t *testing.T, sizes [][2]int, open func(t *testing.T, width, height int, p colorprofile.Profile) *App) {
	t.Helper()
	requireScreensIn(t, map[string]colorprofile.Profile{"truecolor": colorprofile.TrueColor, "none": colorprofile.ASCII}, sizes, open)
}

// requireScreensIn is requireScreens in some depths.
func requireScreensIn(t *testing.T, depths map[string]colorprofile.Profile, sizes [][2]int, open func(t *testing.T, width, height int, p colorprofile.Profile) *App) {
	t.Helper()
	for _, size := range sizes {
		var a *App
		for _, name := range slices.Sorted(maps.Keys(depths)) {
			p := depths[name]
			t.Run(fmt.Sprintf("%dx%d-%s", size[0], size[1], name), func(t *testing.T) {
				if a == nil {
					a = open(t, size[0], size[1], p)
				} else {
					shownAs(a)(t, size[0], size[1], p)
				}
				checkCells(t, a, size[0], size[1])
				golden.RequireEqual(t, a.drawn)
			})
		}
	}
}

func TestScreens(t *testing.T) {
	t.Parallel()
	requireScreens(t, [][2]int{{80, 24}, {120, 40}, {200, 60}}, func(t *testing.T, width, height int, p colorprofile.Profile) *App {
		a, _ := screen(t, "uneven-ring", width, height, 12, p)
		return a
	})
}

func TestScreensOfOtherDepths(t *testing.T) {
	for name, p := range map[string]colorprofile.Profile{"256": colorprofile.ANSI256, "16": colorprofile.ANSI} {
		t.Run(name, func(t *testing.T) {
			a, _ := screen(t, "grid9", 80, 24, 5, p)
			golden.RequireEqual(t, a.drawn)
		})
	}
}

// checkCells fails unless the screen is exactly width × height cells.
func checkCells(t *testing.T, a *App, width, height int) {
	t.Helper()
	lines := strings.Split(a.drawn, "\n")
	if len(lines) != height {
		t.Fatalf("%d×%d: the screen has %d lines:\n%s", width, height, len(lines), a.drawn)
	}
	for y, l := range lines {
		if w := paint.Width(l); w != width {
			t.Fatalf("%d×%d: line %d is %d cells wide:\n%s", width, height, y, w, l)
		}
	}
}

func TestEveryLineHasTheWidthOfTheScreen(t *testing.T) { linesHaveTheWidth(t, "gmm40") }

func linesHaveTheWidth(t *testing.T, ids ...string) {
	t.Helper()
	for _, scenario := range ids {
		a, player := newStill(t, scenario, "pearson")
		player.advance(3)
		send(a, tick{})
		for _, depth := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ASCII} {
			send(a, tea.ColorProfileMsg{Profile: depth})
			for _, size := range [][2]int{{60, 20}, {61, 33}, {80, 24}, {80, 50}, {109, 39}, {110, 31}, {110, 32}, {120, 40}, {173, 47}, {200, 60}, {301, 90}} {
				send(a, tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				for range 7 {
					checkCells(t, a, size[0], size[1])
					send(a, press("tab"))
				}
			}
		}
	}
}

func TestEveryFieldOfEveryMapIsDrawn(t *testing.T) {
	a, player := screen(t, "uneven-ring", 120, 40, 3, colorprofile.TrueColor)
	seen := map[string]bool{}
	for range 5 {
		player.advance(1)
		send(a, tick{})
		checkCells(t, a, 120, 40)
		lines := strings.Split(a.drawn, "\n")
		seen[lines[1]+lines[15]] = true
		send(a, press("v"), press("V"))
	}
	if len(seen) != 5 {
		t.Errorf("five fields gave %d different screens", len(seen))
	}
}

func TestArrowsAndTrailsAreDrawn(t *testing.T) {
	for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ASCII} {
		a, player := screen(t, "three-modes", 120, 40, 3, p)
		send(a, press("o"), press("o"), press("o"))
		play(a, player, 4)
		checkCells(t, a, 120, 40)
		if plain := ansi.Strip(a.drawn); !strings.ContainsAny(strings.Join(strings.Split(plain, "\n")[2:20], ""), "↗↑↖↙↓↘") {
			t.Errorf("no arrow is seen:\n%s", plain)
		}
		send(a, press("o"))
		checkCells(t, a, 120, 40)
	}
}

func TestOverlaysKeepTheScreenWhole(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 40}} {
		a, _ := screen(t, "uneven-ring", size[0], size[1], 2, colorprofile.TrueColor)
		send(a, press("?"))
		checkCells(t, a, size[0], size[1])
		send(a, press("?"), press("t"))
		checkCells(t, a, size[0], size[1])
	}
}

// An action that is not always ready may share the key of one that is.
func TestNothingIsBoundTwice(t *testing.T) {
	for _, always := range []bool{true, false} {
		bound := map[string]string{}
		for _, k := range keymap() {
			for _, s := range k.Keys() {
				if other, ok := bound[s]; ok && (k.when == nil) == always {
					t.Errorf("%q is bound to %q and to %q", s, other, k.Help().Desc)
				}
				if (k.when == nil) == always {
					bound[s] = k.Help().Desc
				}
			}
		}
	}
}

// All keys as they are can be given in a configuration, a shared one to one of its actions or to both; one
// that is given to an action that is always ready is taken from the other.
func TestSharedKeysAreRebound(t *testing.T) {
	as := map[string][]string{}
	for _, k := range keymap() {
		as[k.name()] = k.Keys()
	}
	keysOf := func(other map[string][]string, name string) []string {
		t.Helper()
		keys, err := rebound(keymap(), other)
		if err != nil {
			t.Fatal(err)
		}
		return keys[slices.IndexFunc(keys, func(k action) bool { return k.name() == name })].Keys()
	}
	for _, c := range []struct {
		other map[string][]string
		name  string
		want  []string
	}{
		{as, "target", []string{"t"}}, {as, "columns", []string{"t"}},
		{map[string][]string{"columns": {"t", "I"}}, "target", []string{"t"}},
		{map[string][]string{"columns": {"<"}}, "previous-columns", []string{}},
		{map[string][]string{"pause": {"<"}}, "previous-columns", []string{}},
		{map[string][]string{"pause": {"<"}}, "less-alpha-or-lambda", []string{}},
	} {
		if got := keysOf(c.other, c.name); !slices.Equal(got, c.want) {
			t.Errorf("with %d keys given, %s has %v, expected %v", len(c.other), c.name, got, c.want)
		}
	}
	if _, err := rebound(keymap(), map[string][]string{"columns": {"I"}, "next-columns": {"I"}}); err == nil {
		t.Error("two actions of columns share a key")
	}
}

func TestSwitchingTheDivergenceKeepsTheParticles(t *testing.T) {
	_, player := screen(t, "uneven-ring", 120, 40, 5, colorprofile.TrueColor)
	before, after := &session.Frame{}, &session.Frame{}
	player.session.Frame(before)
	player.session.Motion.Next(1)
	player.session.Frame(after)
	if after.Info.ID != "forward-kl" {
		t.Fatalf("after d the divergence is %s, expected forward-kl", after.Info.ID)
	}
	for i := range before.Particles {
		if before.Particles[i] != after.Particles[i] {
			t.Fatalf("particle %d moved from %v to %v", i, before.Particles[i], after.Particles[i])
		}
	}
}
