package app

import (
	"testing"
	"undercurrent/ui/panel"

	"github.com/charmbracelet/colorprofile"
)

// Every flow keeps its own past: one that branches has that of its origin, and what
// is seen at full size is of the flow in focus.
func TestEveryFlowHasItsOwnPast(t *testing.T) {
	a, player := screen(t, "three-modes", 120, 40, 4, colorprofile.ASCII)
	moves := func(n int) {
		for range n {
			player.advance(1)
			send(a, tick{})
		}
	}
	before := len(history(a).Samples)
	send(a, press("c"))
	moves(5)
	for k, h := range histories(a) {
		if n := len(h.Samples); n < before+5 || h.Samples[0].Step != histories(a)[0].Samples[0].Step {
			t.Errorf("flow %d has %d samples from step %d", k, n, h.Samples[0].Step)
		}
	}
	first := history(a).Samples
	send(a, press("n"))
	moves(2)
	if got := history(a); got.Samples[len(got.Samples)-1].Divergence != "forward-kl" || got != histories(a)[1] {
		t.Errorf("the focus is on forward-kl, its past ends with %s", got.Samples[len(got.Samples)-1].Divergence)
	}
	if h := histories(a)[0].Samples; h[len(h)-1].Divergence != "reverse-kl" || len(h) < len(first) {
		t.Error("the first flow's past is mixed with another's")
	}
	kept := history(a)
	send(a, press("c"))
	moves(2)
	if history(a) != kept || len(a.past) != 1 {
		t.Errorf("after the comparison %d pasts are kept, the one in focus: %v", len(a.past), history(a) == kept)
	}
	player.driver.Scene.Open("banana")
	player.publish()
	send(a, tick{})
	if n := len(history(a).Samples); n != 1 {
		t.Errorf("on another scenario there are %d samples, expected 1", n)
	}
}

// history is that of the flow in focus, histories are those of the flows of a comparison.
func history(a *App) *panel.History     { return a.past.scene(a.frame).History }
func histories(a *App) []*panel.History { return a.past.scene(a.frame).Histories }
