package app

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"undercurrent/ui/paint"
)

// levels are the colour levels by name.
func levels() map[string]colorprofile.Profile {
	return map[string]colorprofile.Profile{"truecolor": colorprofile.TrueColor, "256": colorprofile.ANSI256, "16": colorprofile.ANSI, "none": colorprofile.ASCII}
}

// Every theme at every colour level, on two targets and at two sizes.
func TestScreensOfEveryTheme(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scenario      string
		width, height int
	}{{"uneven-ring", 80, 24}, {"two-moons", 80, 24}, {"uneven-ring", 132, 40}} {
		a, _ := screen(t, c.scenario, c.width, c.height, 4, colorprofile.TrueColor)
		for _, theme := range paint.Themes() {
			for name, level := range levels() {
				if level == colorprofile.ASCII && theme != paint.DarkTheme {
					continue
				}
				t.Run(fmt.Sprintf("%s-%dx%d-%s-%s", c.scenario, c.width, c.height, theme, name), func(t *testing.T) {
					send(a, tea.ColorProfileMsg{Profile: level})
					a.look.theme = paint.New(paint.Look{Theme: theme}, a.look.theme.Depth)
					send(a, tea.WindowSizeMsg{Width: c.width, Height: c.height})
					golden.RequireEqual(t, a.drawn)
				})
			}
		}
	}
}

// Without colour a theme changes nothing.
func TestThemesAreColoursAlone(t *testing.T) {
	a, _ := screen(t, "uneven-ring", 120, 40, 2, colorprofile.ASCII)
	was := a.drawn
	send(a, press("T"), press("C"))
	a.messages.left = 0
	send(a, tea.WindowSizeMsg{Width: 120, Height: 40})
	if a.drawn != was {
		t.Errorf("without colour a theme changes the screen to\n%s", a.drawn)
	}
}

func TestThemesAndPalettesAreSwitchedLive(t *testing.T) {
	a, player := screen(t, "uneven-ring", 120, 40, 2, colorprofile.TrueColor)
	seen := []string{a.drawn}
	for _, key := range []string{"T", "T", "T", "C", "C"} {
		send(a, press(key))
		plain := shows(a, player)
		if !strings.Contains(plain, "theme "+a.look.theme.Look().Theme) {
			t.Errorf("%s does not say its theme:\n%s", key, plain)
		}
		checkCells(t, a, 120, 40)
		seen = append(seen, a.drawn)
	}
	slices.Sort(seen)
	if n := len(slices.Compact(seen)); n != 6 {
		t.Errorf("three themes and two palettes more give %d screens", n)
	}
	if a.View().BackgroundColor == nil {
		t.Error("a theme that was asked for has no ground of its own")
	}
}

func TestTheThemeFollowsTheTerminal(t *testing.T) {
	a, _ := screen(t, "uneven-ring", 80, 24, 1, colorprofile.TrueColor)
	send(a, tea.BackgroundColorMsg{Color: color.White})
	if a.look.theme.Look().Theme == paint.LightTheme {
		t.Error("a theme that is not auto follows the terminal")
	}
	a.look.theme = paint.New(paint.Look{Theme: AutoTheme}, paint.True)
	send(a, tea.BackgroundColorMsg{Color: color.White})
	if got := a.look.theme.Look().Theme; got != paint.LightTheme {
		t.Errorf("on a white terminal the theme is %s", got)
	}
}

func TestActionsHaveNamesOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range keymap() {
		name := k.name()
		if name == "" || seen[name] || strings.ContainsAny(name, " ,()") || ansi.StringWidth(name) != len(name) {
			t.Errorf("%q is called %q", k.Help().Desc, name)
		}
		seen[name] = true
	}
}

func TestKeysAreBoundAgain(t *testing.T) {
	keys, err := rebound(keymap(), map[string][]string{"pause": {"p", "f5"}, "reseed": {}})
	if err != nil {
		t.Fatal(err)
	}
	at := map[string][]string{}
	for _, k := range keys {
		at[k.name()] = k.Keys()
		if k.name() == "pause" && k.Help().Key != "p" {
			t.Errorf("the help shows %q for pause", k.Help().Key)
		}
	}
	if !slices.Equal(at["pause"], []string{"p", "f5"}) || len(at["reseed"]) != 0 || len(at["add-particles"]) != 0 {
		t.Errorf("pause is on %v, reseed on %v, what had p on %v", at["pause"], at["reseed"], at["add-particles"])
	}
	// Names that actions had before are names still, so that a configuration stays valid.
	for former, now := range formerNames() {
		keys, err := rebound(keymap(), map[string][]string{former: {"f7"}})
		if err != nil {
			t.Errorf("%s: %v", former, err)
		}
		if !slices.ContainsFunc(keys, func(k action) bool { return k.name() == now && slices.Equal(k.Keys(), []string{"f7"}) }) {
			t.Errorf("%s does not bind %s", former, now)
		}
	}
	for want, other := range map[string]map[string][]string{
		"no action":          {"paws": {"p"}},
		"given to pause and": {"pause": {"x"}, "reseed": {"x"}},
	} {
		if _, err := rebound(keymap(), other); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v gives %v, expected %q", other, err, want)
		}
	}
}

func TestANewKeyWorks(t *testing.T) {
	_, player := newStill(t, "uneven-ring", "reverse-kl")
	a := New(player, Options{FPS: 30, Keys: map[string][]string{"pause": {"p"}}})
	send(a, tea.WindowSizeMsg{Width: 80, Height: 24}, tick{}, press("p"))
	if shows(a, player); !a.frame.Paused {
		t.Error("p does not pause")
	}
	send(a, press("space"))
	if shows(a, player); !a.frame.Paused {
		t.Error("space still does")
	}
}
