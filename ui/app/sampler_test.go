package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"undercurrent/sim/sampler"
)

// trainingScreen is the screen some iterations after g.
func trainingScreen(t *testing.T, scenario string, width, height, frames int, p colorprofile.Profile) (*App, *still) {
	t.Helper()
	a, player := screen(t, scenario, width, height, 2, p)
	player.session.Training.Inline(3)
	send(a, press("g"))
	play(a, player, frames)
	return a, player
}

func TestScreensOfTraining(t *testing.T) {
	t.Parallel()
	requireScreens(t, [][2]int{{80, 24}, {160, 48}}, func(t *testing.T, width, height int, p colorprofile.Profile) *App {
		a, _ := trainingScreen(t, "uneven-ring", width, height, 4, p)
		a.messages.left = 0
		send(a, tea.WindowSizeMsg{Width: width, Height: height})
		return a
	})
}

func TestEveryLineHasTheWidthOfTheScreenInTraining(t *testing.T) {
	t.Parallel()
	a, _ := trainingScreen(t, "three-modes", 120, 40, 2, colorprofile.TrueColor)
	for _, size := range [][2]int{{60, 20}, {61, 33}, {80, 24}, {80, 50}, {110, 31}, {120, 40}, {173, 47}, {200, 60}} {
		send(a, tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		for range 7 {
			checkCells(t, a, size[0], size[1])
			send(a, press("tab"))
		}
	}
}

func TestTheSamplerHasTheStageAndIsPutAway(t *testing.T) {
	t.Parallel()
	a, player := trainingScreen(t, "uneven-ring", 160, 48, 2, colorprofile.ASCII)
	for _, want := range []string{"one-step samples of a generator", "G(z)", "loss and TV of the generator", "target p and particles", "training 6"} {
		if !strings.Contains(ansi.Strip(a.drawn), want) {
			t.Errorf("the screen lacks %q:\n%s", want, a.drawn)
		}
	}
	send(a, press("G"))
	player.advance(1)
	send(a, tick{})
	if !strings.Contains(ansi.Strip(a.drawn), "one-step samples of a flow") {
		t.Errorf("after G the sampler is no flow:\n%s", a.drawn)
	}
	send(a, press("g"))
	player.advance(1)
	send(a, tick{})
	if strings.Contains(a.drawn, "G(z)") || !strings.Contains(ansi.Strip(a.drawn), "coverage log p/q") {
		t.Errorf("after g the sampler is still there:\n%s", a.drawn)
	}
}

// A sampler that is done says so, and what can be done; it is saved as it is shown.
func TestASamplerIsSaved(t *testing.T) {
	t.Parallel()
	a, player := screen(t, "three-modes", 160, 48, 2, colorprofile.ASCII)
	var names []string
	a.options.SaveModel = func(m *sampler.Model, name string) (string, error) {
		if name == "taken.json" {
			return name, errors.New("taken.json already exists, expected a new name")
		}
		names = append(names, fmt.Sprintf("%s %d", name, m.Iterations))
		return "a.json", nil
	}
	says := func(want string) {
		t.Helper()
		if text := ansi.Strip(a.drawn); !strings.Contains(text, want) {
			t.Errorf("the screen lacks %q:\n%s", want, text)
		}
	}
	send(a, press("Y"))
	says("there is no sampler: g trains one")
	player.session.Training.Inline(3)
	player.session.Training.SetIterations(5)
	send(a, press("g"))
	play(a, player, 3)
	for _, want := range []string{"generator trained", "done: 5 iterations", "M trains on · Y saves it", "the generator is done: TV"} {
		says(want)
	}
	save := func(cmd tea.Cmd) {
		t.Helper()
		if cmd == nil {
			t.Fatal("nothing is saved")
		}
		send(a, cmd())
	}
	save(a.saveModel())
	says("saved as a.json; undercurrent sample a.json draws from it")
	for _, c := range []struct{ name, says string }{{"taken.json", "taken.json already exists"}, {"mine.json", "saved as a.json"}} {
		send(a, press(":"))
		p := opensPalette(a)
		p.input.SetValue("save-model " + c.name)
		cmd, open := p.update(press("enter"))
		if !open {
			t.Error("the line does not wait for the file")
		}
		save(cmd)
		says(c.says)
		send(a, press("esc"))
	}
	if want := []string{" 5", "mine.json 5"}; !slices.Equal(names, want) {
		t.Errorf("saved are %q, expected %q", names, want)
	}
	send(a, press("M"))
	play(a, player, 1)
	says("training 8/1005")
}
