package app

import (
	"testing"

	"github.com/charmbracelet/colorprofile"

	"undercurrent/ui/panel"
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
	before := len(focusHistory(a).Samples)
	player.session.Comparison.Here()
	moves(5)
	for k, h := range runHistories(a) {
		if n := len(h.Samples); n < before+5 || h.Samples[0].Step != runHistories(a)[0].Samples[0].Step {
			t.Errorf("flow %d has %d samples from step %d", k, n, h.Samples[0].Step)
		}
	}
	first := focusHistory(a).Samples
	send(a, press("n"))
	moves(2)
	if got := focusHistory(a); got.Samples[len(got.Samples)-1].Divergence != "forward-kl" || got != runHistories(a)[1] {
		t.Errorf("the focus is on forward-kl, its past ends with %s", got.Samples[len(got.Samples)-1].Divergence)
	}
	if h := runHistories(a)[0].Samples; h[len(h)-1].Divergence != "reverse-kl" || len(h) < len(first) {
		t.Error("the first flow's past is mixed with another's")
	}
	kept := focusHistory(a)
	send(a, press("c"))
	moves(2)
	if focusHistory(a) != kept || len(a.histories) != 1 {
		t.Errorf("after the comparison %d pasts are kept, the one in focus: %v", len(a.histories), focusHistory(a) == kept)
	}
	player.session.Scene.Open("banana")
	player.publish()
	send(a, tick{})
	if n := len(focusHistory(a).Samples); n != 1 {
		t.Errorf("on another scenario there are %d samples, expected 1", n)
	}
}

// focusHistory is that of the flow in focus, runHistories are those of the flows of a comparison.
func focusHistory(a *App) *panel.History   { return a.histories.scene(a.frame).History }
func runHistories(a *App) []*panel.History { return a.histories.scene(a.frame).Histories }
