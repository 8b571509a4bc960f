package panel

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/sim"
	"undercurrent/sim/metrics"
	"undercurrent/sim/sampler"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// In every width all numbers of a training are whole and named, during it and in the end.
func TestTheNumbersOfATrainingAreWhole(t *testing.T) {
	t.Parallel()
	p := &session.TrainingSnapshot{Route: sampler.Generator, Iterations: 1000, Rate: 35, Bandwidth: 5.7, Parameters: 8642, TV: 0.104,
		Exact: metrics.Spread{Mean: 0.0604, SD: 0.0031, SE: 0.001, Draws: 8}, Trend: sampler.Level}
	p.Progress.Iteration, p.Progress.Loss = 412, 0.0123
	for k := range 40 {
		p.Past = append(p.Past, session.Trained{Iteration: 10 * (k + 1), Loss: 1 / float64(k+1), TV: 0.5})
	}
	s := &Scene{Frame: &session.Frame{Report: &sim.Report{}, Training: p}, Theme: paint.Dark(paint.None)}
	s.Report.TV = 0.321
	running := []string{"iteration 412 of 1000", "35/s", "target still blurred 5.7×", "TV 0.104~", "exact 0.060±0.003", "particles 0.321", "loss 0.012", "loss L", "TV T", "particles P", "exact E"}
	done := []string{"done: 1000 iterations", "the loss no longer falls", "M trains on · Y saves it", "comparing with exact", "TV 0.104~", "loss 0.012"}
	for _, width := range []int{27, 30, 34, 39, 51, 60, 98} {
		p.Done, p.Progress.Iteration = false, 412
		trainingSays(t, s, width, running)
		p.Done, p.Progress.Iteration = true, 1000
		trainingSays(t, s, width, done)
	}
}

// trainingSays tests that the panel of a training has some texts, each in one line, and every line its width.
func trainingSays(t *testing.T, s *Scene, width int, texts []string) {
	t.Helper()
	const height = 24
	lines := renderTraining(s, width, height)
	all := ansi.Strip(strings.Join(lines, "\n"))
	for _, text := range texts {
		if !strings.Contains(all, text) {
			t.Errorf("in %d columns %q is missing in\n%s", width, text, all)
		}
	}
	for _, l := range lines {
		if paint.Width(l) != width {
			t.Errorf("in %d columns a line has %d: %q", width, paint.Width(l), l)
		}
	}
	if len(lines) != height {
		t.Errorf("in %d columns there are %d lines, expected %d", width, len(lines), height)
	}
}
