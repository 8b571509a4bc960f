package panel

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/divergences"
	"undercurrent/sim/metrics"
	"undercurrent/sim/movers"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// excessFrame is a comparison of two flows with exact samples of TV 0.06 ± 0.002 and U 0.504 ± 0.0003.
func excessFrame(t *testing.T) *session.Frame {
	t.Helper()
	u, err := session.NewFunctional("under-coverage", 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	exact := &session.Exact{TV: metrics.Spread{Mean: 0.06, SD: 0.002, Draws: 8}, Coverage: metrics.Spread{Mean: 0.504, SD: 0.0003, Draws: 8}}
	f := &session.Frame{Functional: u, Runs: []session.Run{{Label: "reverse-kl", Exact: exact}, {Label: "neyman", Exact: exact}}}
	f.Info.ID, f.Catalogue = "reverse-kl", divergences.Standard()
	return f
}

// TV counts from the mean of exact samples, U from ½; what is within the standard deviation of exact samples,
// or below, is drawn there.
func TestTheExcessCountsFromTheBestAndEndsAtTheSpread(t *testing.T) {
	f := excessFrame(t)
	h := NewHistory([]session.Sample{{Step: 0, TV: 0.36, Coverage: 0.7}, {Step: 1, TV: 0.16, Coverage: 0.51}, {Step: 2, TV: 0.061, Coverage: 0.5001}, {Step: 3, TV: 0.05, Coverage: math.NaN()}})
	for e, want := range map[Excess][]float64{
		TVExcess:       {0.3, 0.1, 0.002, 0.002},
		CoverageExcess: {0.2, 0.01, 0.0003, math.NaN()},
	} {
		curves, lo, hi := e.curves([]*History{h, h}, f)
		for i, v := range want {
			if got := math.Pow(10, curves[1][i]); math.Abs(got-v) > 1e-9 && !(math.IsNaN(got) && math.IsNaN(v)) {
				t.Errorf("%s of sample %d is drawn at %g, expected %g", e.symbol(), i, got, v)
			}
		}
		if lo >= math.Log10(want[2]) || hi <= math.Log10(want[0]) {
			t.Errorf("%s: the axis goes from %g to %g", e.symbol(), lo, hi)
		}
	}
}

// The chart says what its axis counts from, and waits for exact samples where it needs them.
func TestTheExcessNamesWhatItCountsFrom(t *testing.T) {
	f, theme := excessFrame(t), paint.Dark(paint.None)
	h := NewHistory([]session.Sample{{Step: 0, TV: 0.36, Coverage: 0.7}, {Step: 20, TV: 0.1, Coverage: 0.505}})
	shown := func(e Excess) string {
		return ansi.Strip(strings.Join(append([]string{e.Title(f, theme, 70)}, e.Chart([]*History{h, h}, f, theme, 70, 20)...), "\n"))
	}
	for _, want := range []string{"U above its best 0.5, logarithmic", "exact samples of N 0: U 0.504 ± 0.0003", "A reverse-kl  B neyman", "0.1┤", "exact┤", "step 0"} {
		if text := shown(CoverageExcess); !strings.Contains(text, want) {
			t.Errorf("the chart of U lacks %q:\n%s", want, text)
		}
	}
	if text := shown(TVExcess); !strings.Contains(text, "TV above the mean of exact samples") || !strings.Contains(text, "TV 0.06 ± 0.002") {
		t.Errorf("the chart of TV is:\n%s", text)
	}
	f.Runs[0].Exact, f.Runs[1].Exact = nil, nil
	if text := shown(TVExcess); !strings.Contains(text, "drawing exact samples") || strings.Contains(text, "┤") {
		t.Errorf("without exact samples the chart of TV is:\n%s", text)
	}
}

// Where a mover is compared the quantities are charted over the evaluations of the target as well: a flow has made
// those of its table at its first step, a mover one for every particle and step.
func TestTheExcessIsChartedOverEvaluationsWhereAMoverIsCompared(t *testing.T) {
	f, theme := excessFrame(t), paint.Dark(paint.None)
	if order := []Excess{CoverageExcess.Next(f), TVExcess.Next(f), TVByEvaluations.Of(f)}; !slices.Equal(order, []Excess{TVExcess, CoverageExcess, CoverageExcess}) {
		t.Errorf("without a mover the charts follow as %v", order)
	}
	ula, err := movers.Parse("ula")
	if err != nil {
		t.Fatal(err)
	}
	f.Runs[1].Settings.Mover = ula
	e := CoverageExcess
	for _, want := range []Excess{TVExcess, TVByEvaluations, CoverageByEvaluations, CoverageExcess} {
		if e = e.Next(f); e != want {
			t.Errorf("chart %d comes in place of %d", e, want)
		}
	}
	flow := NewHistory([]session.Sample{{Step: 0, Evaluations: 70_000, TV: 0.36}, {Step: 20, Evaluations: 70_000, TV: 0.1}})
	mover := NewHistory([]session.Sample{{Step: 0, TV: 0.36}, {Step: 1, Evaluations: 4000, TV: 0.3}, {Step: 200, Evaluations: 800_000, TV: 0.2}})
	c, xs := TVByEvaluations.axis([]*History{flow, mover}, theme, 70, 20, -2, 0)
	if math.Abs(c.xlo-math.Log10(4000)) > 1e-12 || math.Abs(c.xhi-math.Log10(800_000)) > 1e-12 || xs[0][0] != xs[0][1] {
		t.Errorf("the axis goes from %g to %g, the flow stands at %v", c.xlo, c.xhi, xs[0])
	}
	text := ansi.Strip(strings.Join(append([]string{TVByEvaluations.Title(f, theme, 70)}, TVByEvaluations.Chart([]*History{flow, mover}, f, theme, 70, 20)...), "\n"))
	for _, want := range []string{"by evaluations of the target", "100k", "10k"} {
		if !strings.Contains(text, want) {
			t.Errorf("the chart lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "step") {
		t.Errorf("the chart counts steps:\n%s", text)
	}
}
