package panel

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/sim"
	"undercurrent/sim/movers"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// The panel of a mover has its cost, and its acceptance where there is one.
func TestTheMoverSaysWhatItDoesAndCosts(t *testing.T) {
	for _, k := range movers.Kinds() {
		f := &session.Frame{Report: &sim.Report{Progress: sim.Progress{Step: 3, Evaluations: 1_250_000, Accepted: 0.625}}, Histogram: make([]float64, 40)}
		f.Settings.Mover = movers.Spec{Kind: k, Step: 0.25}
		s := &Scene{Frame: f, Theme: paint.Dark(paint.None)}
		for _, size := range [][2]int{{27, 10}, {40, 14}, {90, 24}, {1, 1}} {
			lines := renderMover(s, size[0], size[1])
			if len(lines) != size[1] || paint.Width(lines[0]) != size[0] {
				t.Fatalf("%s at %v has %d lines of width %d", k, size, len(lines), paint.Width(lines[0]))
			}
		}
		text := ansi.Strip(strings.Join(renderMover(s, 90, 24), "\n"))
		has := strings.Contains(text, "accepted in this step 62%")
		if !strings.Contains(text, "evaluations of the target 1.25M") || !strings.Contains(text, "step ε = 0.25 ") || has != (k == movers.MALA || k == movers.HMC) {
			t.Errorf("%s is\n%s", k, text)
		}
		status := ansi.Strip(Status(f, paint.Dark(paint.None), 200, Clock{}))
		if !strings.Contains(status, k.Info().Name) && !strings.Contains(status, "│ "+string(k)+" │") || strings.Contains(status, "step limits") || strings.Contains(status, "w = ") || strings.Contains(status, "accepted") != has {
			t.Errorf("%s: the status is %q", k, status)
		}
	}
}
