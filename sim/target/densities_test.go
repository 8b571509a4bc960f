package target

import (
	"math"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
)

// plain hides what kind of a target it is.
type plain struct{ scenarios.Target }

// A mixture is smoothed in closed form, as what every other target is smoothed to: up to the
// fourth cumulant of the deposit, a hat in place of a Gaussian, which shows far out alone.
func TestMixturesAreTabulatedLikeOtherTargets(t *testing.T) {
	c := grid.NewWorkers()
	m := simtest.Scenario(t, "gmm40").Target
	for _, w := range []scenarios.Window{{XMin: -50, XMax: 50, YMin: -50, YMax: 50}, {XMin: 60, XMax: 90, YMin: 0, YMax: 30}, {XMin: 400, XMax: 420, YMin: 0, YMax: 20}} {
		h := (w.XMax - w.XMin) / 60
		g, err := grid.New(w, h, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []Smoothing{Matched, Sharp} {
			got, err := Tabulate(m, g, h, s, c)
			if err != nil {
				t.Fatal(err)
			}
			want, err := Tabulate(plain{m}, g, h, s, c)
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(got.LogZ-want.LogZ) > 1e-9*max(1, math.Abs(want.LogZ)) {
				t.Errorf("%+v %v: log Z is %.15g, expected %.15g", w, s, got.LogZ, want.LogZ)
			}
			for i := range want.P {
				if l := want.LogP[i]; math.Abs(got.LogP[i]-l) > 1e-4*max(1, -l) {
					t.Fatalf("%+v %v: log p is %.12g at node %d, expected %.12g", w, s, got.LogP[i], i, l)
				}
				if math.Abs(got.P[i]-want.P[i]) > 1e-4*want.P[i]+1e-9 {
					t.Fatalf("%+v %v: p is %.15g at node %d, expected %.15g", w, s, got.P[i], i, want.P[i])
				}
			}
		}
	}
}

// The smoothed logarithm is that of the two Gaussians however deep it lies: here up to
// 1100 nats below the peak, with the narrow one alone.
func TestTheSmoothedTailIsExactHoweverDeep(t *testing.T) {
	const h, sigma = 0.3, 0.2
	w := scenarios.Window{XMin: -14, XMax: 14, YMin: -14, YMax: 14}
	g, err := grid.New(w, h, 0)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Tabulate(plain{scenarios.Gaussian{Sigma: sigma}}, g, h, Matched, grid.NewWorkers())
	if err != nil {
		t.Fatal(err)
	}
	v, deepest := sigma*sigma+h*h, 0.0
	for i, l := range got.LogP {
		p := g.Node(i)
		r2 := p.X*p.X + p.Y*p.Y
		want := -r2/(2*v) - math.Log(2*math.Pi*v)
		deepest = min(deepest, want)
		if math.Abs(l-want) > 1e-3*max(1, -want) {
			t.Fatalf("log p is %.6g at (%.2f, %.2f), expected %.6g", l, p.X, p.Y, want)
		}
		x, y := i%g.NX, i/g.NX
		if x < grid.Reach || y < grid.Reach || x >= g.NX-grid.Reach || y >= g.NY-grid.Reach {
			continue
		}
		slope := g.Gradient(got.LogP, x, y)
		if off := math.Hypot(slope.X+p.X/v, slope.Y+p.Y/v); off > 3e-2*max(1, math.Sqrt(r2)/v) {
			t.Fatalf("∇log p at (%.2f, %.2f) is %v, off by %.3g", p.X, p.Y, slope, off)
		}
	}
	if deepest > -1000 {
		t.Errorf("the deepest value is %g, expected below -1000", deepest)
	}
}

// thin.yaml: two components of equal weight, one of them a tenth of the spacing wide.
func TestThinComponentsKeepTheirMass(t *testing.T) {
	s := simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1})
	m, err := scenarios.NewMixture([]scenarios.Component{
		{Mean: scenarios.Point{X: 0.013, Y: 0.017}, Cov: scenarios.Cov{XX: 1e-4, YY: 1e-4}, Weight: 1},
		{Mean: scenarios.Point{X: 3.021, Y: 1.013}, Cov: scenarios.Cov{XX: 0.09, YY: 0.09}, Weight: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Target, s.Division, s.Bandwidth, s.Window = m, scenarios.ByBasins, 0.3, scenarios.Window{XMin: -6, XMax: 6, YMin: -6, YMax: 6}
	for _, r := range onGrid(t, s, Matched, 0).Regions.List {
		simtest.Near(t, "its mass", r.Mass, 0.5, 2e-3)
	}
}
