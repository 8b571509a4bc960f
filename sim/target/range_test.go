package target_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/formula"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// massOf is Σ p·dx² in the order of the nodes.
func massOf(t *target.Table) (mass float64) {
	for _, p := range t.P {
		mass += p * t.Grid.Area()
	}
	return mass
}

// p is a density on the grid, however large its constant, narrow its peak or steep its slope: its mass
// is one, less what the kernel carries beyond the edge, most of it where the peak is a corner.
func TestTheMassOnTheGridIsAtMostOne(t *testing.T) {
	for _, text := range []string{"1e12-x^2-y^2", "-1e12-x^2-y^2", "1e5*y", "-1e5*(x+y)", "-10000*(x^2+y^2)", "-1e300*(x^2+y^2)", "1e3*(x^2+y^2)",
		"x > 0.1 ? -1e20 : -x^2-y^2", "-1e8*(sqrt(x^2+y^2)-1)^2", "0", "-abs(x)*1e7"} {
		s := fromFormula(t, text, true, 4)
		for _, m := range []target.Smoothing{target.Matched, target.Sharp} {
			table, err := target.Tabulate(s.Target, gridOf(t, s), s.Bandwidth, m, grid.NewWorkers())
			if err != nil {
				t.Errorf("%s: %v", text, err)
				continue
			}
			if mass := massOf(table); !(mass > 0.03 && mass <= 1+1e-8) {
				t.Errorf("%s, %v: the mass is %.12g, expected one at most", text, m, mass)
			}
		}
	}
}

// A component beyond the edge, of a weight that still counts as inside, is smoothed into the grid.
func TestTheMassOfAMixtureAtTheEdgeIsAtMostOne(t *testing.T) {
	m, err := scenarios.NewMixture([]scenarios.Component{{Cov: scenarios.Cov{XX: 0.1, YY: 0.1}, Weight: 0.9991},
		{Mean: scenarios.Point{X: 5.41}, Cov: scenarios.Cov{XX: 1e-4, YY: 1e-4}, Weight: 0.0009}})
	if err != nil {
		t.Fatal(err)
	}
	s := square(m, 4)
	s.Bandwidth = 0.35
	table, err := target.Tabulate(m, gridOf(t, s), s.Bandwidth, target.Matched, grid.NewWorkers())
	if err != nil {
		t.Fatal(err)
	}
	if mass := massOf(table); !(mass > 0.99 && mass <= 1+1e-8) {
		t.Errorf("the mass is %.12g, expected one at most", mass)
	}
}

// A constant of the log-density changes the constant alone.
func TestAConstantChangesTheConstantAlone(t *testing.T) {
	without := fromFormula(t, "-x^2-y^2", true, 4)
	want, err := target.Tabulate(without.Target, gridOf(t, without), without.Bandwidth, target.Matched, grid.NewWorkers())
	if err != nil {
		t.Fatal(err)
	}
	for constant, text := range map[float64]string{1e9: "1e9-x^2-y^2", -1e9: "-1e9-x^2-y^2"} {
		s := fromFormula(t, text, true, 4)
		got, err := target.Tabulate(s.Target, gridOf(t, s), s.Bandwidth, target.Matched, grid.NewWorkers())
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range want.P {
			// Neighbouring numbers at the constant are 1.2e-7 apart.
			if math.Abs(got.P[i]-p) > 1e-6*p+1e-12 {
				t.Fatalf("%s: p is %g at node %d, expected %g", text, got.P[i], i, p)
			}
		}
		if d := got.LogZ - constant - math.Log(math.Pi); math.Abs(d) > 1e-6 {
			t.Errorf("%s: log Z is %.9g, expected %g + ln π", text, got.LogZ, constant)
		}
	}
}

func TestAConstantThatTheShapeIsLostInIsRefused(t *testing.T) {
	for _, text := range []string{"1e17-x^2-y^2", "1e300", "-1e17-x^2-y^2", "1e17*y"} {
		s := fromFormula(t, text, true, 4)
		for _, m := range []target.Smoothing{target.Matched, target.Sharp} {
			_, err := target.Tabulate(s.Target, gridOf(t, s), s.Bandwidth, m, grid.NewWorkers())
			var bad *target.DensityError
			if !errors.As(err, &bad) || !strings.Contains(err.Error(), "the highest log-density is") || !strings.Contains(err.Error(), "expected") {
				t.Errorf("%s: %v, expected it to be refused", text, err)
			}
		}
	}
}

// Beyond the truncation of the kernel the logarithm of an estimate is that of the whole Gaussians, here
// summed one by one; between two clusters, of which a sum takes the nearer one, it may be ln 2 lower along
// each axis.
func TestTheLogarithmOfAnEstimateIsThatOfWholeGaussians(t *testing.T) {
	g, err := grid.New(scenarios.Window{XMin: -4, XMax: 4, YMin: -4, YMax: 4}, 0.25, 0)
	if err != nil {
		t.Fatal(err)
	}
	const h, reach = 0.25, 4
	nodes, mass, estimate := []int{g.Nearest(-2, -1), g.Nearest(-1.8, -1.1), g.Nearest(2.5, 1)}, make([]float64, g.Len()), make([]float64, g.Len())
	for _, k := range nodes {
		mass[k] = 1. / 3
	}
	variance := h*h - g.Spacing*g.Spacing/6
	term := func(i, k int) float64 {
		a, b := g.Node(i), g.Node(k)
		return math.Log(1./3/(2*math.Pi*variance)) - (square2(a.X-b.X)+square2(a.Y-b.Y))/(2*variance)
	}
	want := make([]float64, g.Len())
	for i := range want {
		top, sum := math.Inf(-1), 0.0
		for _, k := range nodes {
			top = max(top, term(i, k))
		}
		for _, k := range nodes {
			sum += math.Exp(term(i, k) - top)
			if a, b := g.Node(i), g.Node(k); math.Abs(a.X-b.X) <= reach*h && math.Abs(a.Y-b.Y) <= reach*h {
				estimate[i] += math.Exp(term(i, k))
			}
		}
		if want[i] = top + math.Log(sum); estimate[i] > 0 {
			want[i] = math.Log(estimate[i])
		}
	}
	for i, got := range target.LogEstimate(mass, estimate, g, h, grid.NewWorkers()) {
		if d := want[i] - got; !(d > -1e-6 && d < 2*math.Ln2+1e-6) {
			t.Fatalf("log ρ is %g at %v, expected %g", got, g.Node(i), want[i])
		}
	}
}

func square2(x float64) float64 { return x * x }

func TestAFormulaThatTakesTooLongIsRefused(t *testing.T) {
	long, err := formula.NewTarget("-x^2-y^2"+strings.Repeat("+0*x", 700), true)
	if err != nil {
		t.Fatal(err)
	}
	for nodes, refused := range map[int]bool{150: false, 1000: true} {
		g := grid.Grid{X0: -4, Y0: -4, Spacing: 8 / float64(nodes-1), NX: nodes, NY: nodes}
		_, err := target.Tabulate(long, g, 4*g.Spacing, target.Matched, grid.NewWorkers())
		var cost target.CostError
		if errors.As(err, &cost) != refused {
			t.Errorf("on %d nodes along a side %d operations give %v", nodes, long.Operations(), err)
		}
	}
}
