package app

import (
	"math/rand/v2"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"

	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/ui/session"
)

// randomEvent is what a careless user does next.
func randomEvent(rng *rand.Rand, keys []string) tea.Msg {
	at := tea.Mouse{X: rng.IntN(230) - 5, Y: rng.IntN(80) - 5, Button: tea.MouseButton(rng.IntN(4)), Mod: tea.KeyMod(rng.IntN(3))}
	switch n := rng.IntN(24); {
	case n == 0:
		return tea.WindowSizeMsg{Width: 1 + rng.IntN(180), Height: 1 + rng.IntN(55)}
	case n < 3:
		return tea.MouseClickMsg(at)
	case n < 5:
		return tea.MouseMotionMsg(at)
	case n == 5:
		return tea.MouseReleaseMsg(at)
	case n == 6:
		at.Button = []tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown}[rng.IntN(2)]
		return tea.MouseWheelMsg(at)
	case n == 7:
		return tea.ColorProfileMsg{Profile: []colorprofile.Profile{colorprofile.ASCII, colorprofile.ANSI, colorprofile.ANSI256, colorprofile.TrueColor}[rng.IntN(4)]}
	case n < 12:
		return tick{}
	}
	return press(keys[rng.IntN(len(keys))])
}

// usable are all keys but those that end the program or take a test too long.
func usable() (list []string) {
	for _, k := range keymap() {
		for _, s := range k.Keys() {
			switch s {
			case "q", "ctrl+c", "g", "G", "shift+left", "shift+right", "+", "=":
			default:
				list = append(list, s)
			}
		}
	}
	return append(list, "enter", "esc", "backspace", "shift+tab", "0", "é")
}

func TestRandomUseNeverBreaksTheProgram(t *testing.T) { survives(t, 1, 800) }

// survives tests that for all keys, clicks and sizes the screen stays whole, nothing panics, and r
// brings the flow back to its start.
func survives(t *testing.T, users uint64, events int) {
	t.Helper()
	for seed := range users {
		a, player := newStill(t, "three-modes", "reverse-kl")
		settle(t, a, player)
		send(a, tea.ColorProfileMsg{Profile: colorprofile.TrueColor}, tea.WindowSizeMsg{Width: 120, Height: 40})
		rng, keys := rand.New(rand.NewPCG(seed, 77)), usable()
		for k := range events {
			event := randomEvent(rng, keys)
			if size, ok := event.(tea.WindowSizeMsg); ok {
				send(a, event)
				checkSize(t, a, size)
				continue
			}
			if k%7 == 0 {
				player.advance(1)
			}
			if k%250 == 0 {
				settle(t, a, player)
			}
			send(a, event)
		}
		recovers(t, a, player)
	}
}

// settle puts a small flow on a coarse grid in the place of what the keys have made of it:
// what is tried here is not the numbers.
func settle(t *testing.T, a *App, player *still) {
	t.Helper()
	s, err := catalogue.Named("three-modes")
	if err != nil {
		t.Fatal(err)
	}
	player.session = newSession(t, s, "reverse-kl", func(settings *sim.Settings) {
		settings.Particles, settings.Bandwidth, settings.Spacing = 60, 1.2, 0.3
	})
	player.session.Show(a.shown)
	player.publish()
}

func checkSize(t *testing.T, a *App, size tea.WindowSizeMsg) {
	t.Helper()
	if !a.board.screen.TooSmall && a.frame != nil {
		checkCells(t, a, size.Width, size.Height)
	}
}

// recovers closes what is open and restarts.
func recovers(t *testing.T, a *App, player *still) {
	t.Helper()
	send(a, tea.WindowSizeMsg{Width: 120, Height: 40}, press("esc"), press("esc"), press("r"))
	f := &session.Frame{}
	player.session.Frame(f)
	if f.Report.Step != 0 {
		t.Errorf("after r the flow is at step %d", f.Report.Step)
	}
	if f.Paused {
		send(a, press("space"))
	}
	// A slow flow takes a step in several frames.
	player.advance(f.Pace.Frames)
	send(a, tick{})
	if a.frame.Report.Step != f.Pace.Steps {
		t.Errorf("after r and %d frames at %v the flow is at step %d, expected %d", f.Pace.Frames, f.Pace, a.frame.Report.Step, f.Pace.Steps)
	}
	checkCells(t, a, 120, 40)
}
