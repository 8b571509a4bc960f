package check

import (
	"context"
	"math"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/formula"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// cut is a mixture of two equal Gaussians, the second outside the window.
func cut(t *testing.T) scenarios.Scenario {
	t.Helper()
	m, err := scenarios.Isotropic([]scenarios.Point{{X: 0, Y: 0}, {X: 9, Y: 1}}, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	return scenarios.Scenario{ID: "cut", Target: m, Truth: m.Truth(), Start: scenarios.NewGaussianStart(0, 0, 1),
		Window: scenarios.Window{XMin: -4, XMax: 4, YMin: -4, YMax: 4}, Particles: 1000, Bandwidth: 0.3}
}

func ofFormula(t *testing.T, text string) scenarios.Scenario {
	t.Helper()
	f, err := formula.NewTarget(text, false)
	if err != nil {
		t.Fatal(err)
	}
	s := cut(t)
	s.ID, s.Target, s.Truth = "formula", f, scenarios.Truth{LogZ: math.NaN()}
	return s
}

// targetFindings are the findings about a scenario by their check, after a change of the
// checker.
func targetFindings(t *testing.T, s scenarios.Scenario, change func(*checker)) map[string]Finding {
	t.Helper()
	c := newChecker(context.Background(), s, nil, quiet)
	change(c)
	if err := c.checkTarget(); err != nil {
		t.Fatal(err)
	}
	findings := map[string]Finding{}
	for _, f := range c.list {
		findings[f.Check] = f
	}
	return findings
}

func right(*checker) {}

func TestTheCheckFindsMassOutside(t *testing.T) {
	f := targetFindings(t, cut(t), right)
	if got := f["outside"]; got.Pass || math.Abs(got.Figures[0]-0.5) > 1e-3 || got.Note != "" {
		t.Errorf("%+v, expected one half", got)
	}
	if got := f["outside-draws"]; !got.Pass || len(got.Figures) != 2 {
		t.Errorf("%+v, expected draws that agree", got)
	}
	// Ten windows away, and with a tail that no window holds.
	f = targetFindings(t, ofFormula(t, "gauss(x,0,1)*gauss(y,0,1)+gauss(x,80,0.4)*gauss(y,3,0.4)"), right)
	if got := f["outside"]; got.Pass || math.Abs(got.Figures[0]-0.5) > 1e-3 || !strings.Contains(got.Note, "searched to") {
		t.Errorf("%+v, expected one half", got)
	}
	if got := f["outside-draws"]; !got.Pass || len(got.Figures) != 0 {
		t.Errorf("%+v, expected nothing to compare", got)
	}
	f = targetFindings(t, ofFormula(t, "(1+x^2+y^2)^-1.1"), right)
	if got := f["outside"]; got.Pass || !strings.Contains(got.Note, "heavy tail") {
		t.Errorf("%+v, expected a heavy tail", got)
	}
}

// searchNearby is how the mass outside was found once: the mass beyond the padded window,
// relative to that in a window half as wide again.
func searchNearby(t *testing.T) func(scenarios.Scenario, grid.Grid, float64, *grid.Workers) target.OutsideMass {
	return func(s scenarios.Scenario, _ grid.Grid, logZ float64, w *grid.Workers) target.OutsideMass {
		v := s.Window
		mx, my := (v.XMax-v.XMin)/4, (v.YMax-v.YMin)/4
		wide, err := grid.New(scenarios.Window{XMin: v.XMin - mx, XMax: v.XMax + mx, YMin: v.YMin - my, YMax: v.YMax + my}, s.Bandwidth, 0)
		if err != nil {
			t.Fatal(err)
		}
		all, err := target.New(s, wide, s.Bandwidth, target.Matched, w)
		if err != nil {
			t.Fatal(err)
		}
		return target.OutsideMass{Mass: max(0, -math.Expm1(logZ-all.LogZ))}
	}
}

// A search that ends too early is found by the row of the draws.
func TestTheCheckFindsAWrongMassOutside(t *testing.T) {
	f := targetFindings(t, cut(t), func(c *checker) { c.program.massOutside = searchNearby(t) })
	if got := f["outside"]; math.Abs(got.Figures[0]-0.046) > 0.01 {
		t.Errorf("the early search says %g, expected about 0.046", got.Figures)
	}
	if got := f["outside-draws"]; got.Pass {
		t.Errorf("%q passes with %g, expected it to fail", got.Quantity, got.Figures)
	}
}

func TestTheCheckFindsAnUnresolvedTarget(t *testing.T) {
	f := targetFindings(t, ofFormula(t, "gauss(x,0.013,0.01)*gauss(y,0.017,0.01)+gauss(x,2.021,0.3)*gauss(y,1.013,0.3)"), right)
	if got := f["resolution"]; got.Pass || !strings.Contains(got.Note, "features narrower than about 0.0") {
		t.Errorf("%+v, expected an unresolved target", got)
	}
	f = targetFindings(t, ofFormula(t, "gauss(x,0.013,0.3)*gauss(y,0.017,0.3)"), right)
	if got := f["resolution"]; !got.Pass || got.Note != "" {
		t.Errorf("%+v, expected a resolved target", got)
	}
}
