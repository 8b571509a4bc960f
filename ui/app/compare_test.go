package app

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// compared is the screen some frames after c.
func compared(t *testing.T, scenario string, width, height, frames int, p colorprofile.Profile) (*App, *still) {
	t.Helper()
	a, player := screen(t, scenario, width, height, 2, p)
	send(a, press("c"))
	play(a, player, frames)
	return a, player
}

func TestScreensOfComparison(t *testing.T) {
	t.Parallel()
	a, _ := compared(t, "uneven-ring", 200, 60, 6, colorprofile.TrueColor)
	a.messages.left = 0
	requireScreensIn(t, everyDepth(), everySize(), shownAs(a))
}

func TestEveryLineHasTheWidthOfTheScreenInComparison(t *testing.T) {
	t.Parallel()
	a, player := compared(t, "gmm40", 120, 40, 3, colorprofile.TrueColor)
	for range 3 {
		for _, size := range [][2]int{{60, 20}, {61, 33}, {80, 24}, {80, 50}, {110, 31}, {120, 40}, {173, 47}, {200, 60}} {
			send(a, tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			checkCells(t, a, size[0], size[1])
			send(a, press("v"))
		}
		send(a, press("x"))
		player.advance(1)
		send(a, tick{})
	}
}

func TestTheFlowInFocusOpensAtFullSize(t *testing.T) {
	a, player := compared(t, "uneven-ring", 120, 40, 2, colorprofile.ASCII)
	send(a, press("n"), press("enter"))
	player.advance(1)
	send(a, tick{})
	plain := ansi.Strip(a.drawn)
	if !strings.Contains(plain, "forward KL") || !strings.Contains(plain, "stage target p and particles") {
		t.Errorf("the flow in focus is not at full size:\n%s", plain)
	}
	send(a, press("enter"))
	if plain = ansi.Strip(a.drawn); !strings.Contains(plain, "B forward-kl") || !strings.Contains(plain, "▲▲ fastest") {
		t.Errorf("the comparison does not come back:\n%s", plain)
	}
}

// The chart shows U, and with V TV, both above the best; the steps at which regions are reached stand in a
// table.
func TestAComparisonSaysHowFarFromTheBestAndWhen(t *testing.T) {
	t.Parallel()
	a, player := compared(t, "uneven-ring", 120, 40, 4, colorprofile.ASCII)
	plain := shows(a, player)
	for _, want := range []string{"U above its best 0.5, logarithmic", "exact samples: U 0.50", "reached step at 90% of target mass", "all at once"} {
		if !strings.Contains(plain, want) {
			t.Errorf("the screen lacks %q:\n%s", want, plain)
		}
	}
	send(a, press("V"))
	if plain = shows(a, player); !strings.Contains(plain, "TV above exact samples, log") {
		t.Errorf("the chart is not that of TV:\n%s", plain)
	}
	send(a, press("x"))
	player.advance(1)
	if plain = shows(a, player); !strings.Contains(plain, "C jensen-shannon") || strings.Contains(plain, "D ") {
		t.Errorf("three flows are not shown:\n%s", plain)
	}
}

// A flow that begins at a later step has its past in the charts.
func TestAFlowThatBeginsLaterHasItsPastInTheCharts(t *testing.T) {
	t.Parallel()
	a, player := newStill(t, "three-modes", "reverse-kl")
	if err := player.session.Play(nil, 12); err != nil {
		t.Fatal(err)
	}
	send(a, tea.ColorProfileMsg{Profile: colorprofile.ASCII}, tea.WindowSizeMsg{Width: 120, Height: 40})
	plain := shows(a, player)
	if samples := focusHistory(a).Samples; len(samples) != 13 || samples[0].Step != 0 || strings.Contains(plain, "recorded from this step on") {
		t.Errorf("there are %d samples:\n%s", len(samples), plain)
	}
}
