package target_test

import (
	"math"
	"runtime"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/formula"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// square is a scenario with a window of ±half and the default bandwidth of these tests.
func square(t scenarios.Target, half float64) scenarios.Scenario {
	return scenarios.Scenario{ID: "square", Target: t, Window: scenarios.Window{XMin: -half, XMax: half, YMin: -half, YMax: half}, Bandwidth: 0.3}
}

// cut is a mixture of two equal Gaussians with the second outside the window.
func cut(t *testing.T) scenarios.Scenario {
	t.Helper()
	m, err := scenarios.Isotropic([]scenarios.Point{{X: 0, Y: 0}, {X: 9, Y: 1}}, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := square(m, 4)
	s.Truth = m.Truth()
	return s
}

func fromFormula(t *testing.T, text string, log bool, half float64) scenarios.Scenario {
	t.Helper()
	f, err := formula.NewTarget(text, log)
	if err != nil {
		t.Fatal(err)
	}
	return square(f, half)
}

func gridOf(t *testing.T, s scenarios.Scenario) grid.Grid {
	t.Helper()
	g, err := grid.New(s.Window, s.Bandwidth, 0)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func logZ(t *testing.T, s scenarios.Scenario) float64 {
	t.Helper()
	on, err := target.New(s, gridOf(t, s), s.Bandwidth, target.Matched, grid.NewWorkers())
	if err != nil {
		t.Fatal(err)
	}
	return on.LogZ
}

func outside(t *testing.T, s scenarios.Scenario) target.OutsideMass {
	t.Helper()
	return target.MassOutside(s, gridOf(t, s), logZ(t, s), grid.NewWorkers())
}

func warnings(t *testing.T, s scenarios.Scenario) []string {
	t.Helper()
	on, err := target.New(s, gridOf(t, s), s.Bandwidth, target.Matched, grid.NewWorkers())
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, w := range target.Warnings(s, on, grid.NewWorkers()) {
		texts = append(texts, w.Text)
	}
	return texts
}

func TestMassOutsideOfACutMixture(t *testing.T) {
	s := cut(t)
	// The padded window ends at 5.2: half the target less Φ(−3.8) of it, to the right.
	b := gridOf(t, s).Bounds()
	tail := math.Erfc((9-b.XMax)/math.Sqrt2) / 2
	o := outside(t, s)
	if o.How != target.Exact || math.Abs(o.Mass-(1-tail)/2) > 2e-5 || !o.Missing() || o.Unknown() != "" {
		t.Errorf("%+v is outside, expected %g", o, (1-tail)/2)
	}
	if got := o.String(); !strings.HasPrefix(got, "50.0 % of the target lies outside the window") {
		t.Errorf("the sentence is %q", got)
	}
}

// The same target by draws and as a formula, of which the search knows nothing but values.
func TestMassOutsideIsTheSameHoweverItIsFound(t *testing.T) {
	s := cut(t)
	want := outside(t, s).Mass
	drawn := s
	drawn.Target = plain{s.Target}
	o := outside(t, drawn)
	if o.How != target.Drawn || math.Abs(o.Mass-want) > 4*o.SE || o.SE > 0.002 || o.SE < 0.001 {
		t.Errorf("by draws %+v is outside, expected %g", o, want)
	}
	drawn.Truth.Sampler = nil
	if o := outside(t, drawn); o.How != target.Searched || math.Abs(o.Mass-want) > 1e-4 {
		t.Errorf("by a search %+v is outside, expected %g", o, want)
	}
}

// plain hides what a target knows but for its density.
type plain struct{ scenarios.Target }

func TestMassOutsideOfFormulas(t *testing.T) {
	// The fine nodes end two of their spacings beyond the grid, and each stands for one more half.
	g := gridOf(t, cut(t))
	a := g.Spacing * (float64(g.NX-1)/2 + 1.25)
	for _, c := range []struct {
		what, text string
		log        bool
		want, off  float64
		says       string
	}{
		{"all inside", "-(x^2+y^2)/2", true, 0, 1e-6, "nothing found"},
		{"a mode ten windows away", "gauss(x,0,1)*gauss(y,0,1)+gauss(x,81,0.3)*gauss(y,-17,0.3)", false, 0.5, 1e-4, "50.0 %"},
		{"a thin one, by logarithms", "logsumexp(-(x^2+y^2)/2, -((x+83)^2+(y-31)^2)/0.02+log(300))", true, 0.75, 1e-4, "75.0 %"},
		// The square |x|, |y| < a has 2/π atan(a²/√(1 + 2a²)) of the mass of (1 + r²)^−3/2.
		{"a Cauchy tail", "-1.5*log(1+x^2+y^2)", true, 1 - 2/math.Pi*math.Atan(a*a/math.Sqrt(1+2*a*a)), 2e-5, "searched to"},
		{"a heavier tail", "-1.1*log(1+x^2+y^2)", true, 0.72, 0.06, "heavy tail"},
		{"no integral", "-log(1+x^2+y^2)", true, 1, 0.2, "keeps growing"},
		{"a constant", "0*x", true, 1, 1e-6, "not integrable"},
		{"growth", "x^2", true, 1, 1e-6, "keeps growing"},
		{"an edge", "x > 0 ? -x-y^2/2 : -1/0", true, math.Exp(-a), 1e-4, "0.5"},
		{"no value outside", "abs(x) < 6 && abs(y) < 6 ? -x^2-y^2 : sqrt(-1)", true, 0, 1e-6, "no finite value"},
		{"the flank of a mode", "-((x-50)^2+y^2)/2", true, 1, 1e-6, "100.0 %"},
	} {
		o := outside(t, fromFormula(t, c.text, c.log, 4))
		if math.Abs(o.Mass-c.want) > c.off {
			t.Errorf("%s: %.6f is outside, expected %.6f within %g", c.what, o.Mass, c.want, c.off)
		}
		if got := o.String(); !strings.Contains(got, c.says) {
			t.Errorf("%s: the sentence is %q, expected %q in it", c.what, got, c.says)
		}
		if o.Missing() != (c.want > target.MaxOutside) || o.Unknown() == "" {
			t.Errorf("%s: %+v", c.what, o)
		}
	}
}

func TestMassOutsideIsDeterministic(t *testing.T) {
	s := fromFormula(t, "gauss(x,0,1)*gauss(y,0,1)+gauss(x,81,0.3)*gauss(y,-17,0.3)", false, 4)
	want := outside(t, s)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if got := outside(t, s); got != want {
		t.Errorf("one processor gives %+v, several %+v", got, want)
	}
}

// A mixture, a formula with a heavy tail, one with many peaks, and data.
func TestTheCatalogueLiesInItsWindows(t *testing.T) {
	liesInItsWindow(t, 2, "uneven-ring", "funnel", "rastrigin", "moons")
}

// liesInItsWindow tests that no scenario is warned of, and that what samplers and data know of every
// n-th is found by a search of the density alone.
func liesInItsWindow(t *testing.T, n int, ids ...string) {
	t.Helper()
	for k, id := range ids {
		s, err := catalogue.Named(id)
		if err != nil {
			t.Fatal(err)
		}
		if list := warnings(t, s); len(list) > 0 {
			t.Errorf("%s: %q", s.ID, list)
		}
		if k%n != 0 {
			continue // a search takes a while
		}
		known := outside(t, s)
		s.Target, s.Truth.Sampler = plain{s.Target}, nil
		if o := outside(t, s); math.Abs(o.Mass-known.Mass) > 1e-5+4*known.SE {
			t.Errorf("%s: a search finds %.3g outside, expected %.3g", s.ID, o.Mass, known.Mass)
		}
	}
}

func TestWarnings(t *testing.T) {
	s := cut(t)
	list := warnings(t, s)
	if len(list) != 1 || !strings.Contains(list[0], "50.0 %") || !strings.Contains(list[0], "expected a window that holds at least 99.9 %") {
		t.Errorf("the warnings are %q", list)
	}
	s = fromFormula(t, thinFormula, false, 6)
	list = warnings(t, s)
	if len(list) != 1 || !strings.Contains(list[0], "features narrower than about 0.029 are not resolved") {
		t.Errorf("the warnings are %q", list)
	}
}
