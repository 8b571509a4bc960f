package sim

import (
	"errors"
	"math"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

// softDisc is the mass of a Gaussian of width h around a point in a disc, by quadrature over its angle: at a
// distance ρ from the point, the part of the circle that is in the disc.
func softDisc(d Disc, p scenarios.Point, h float64) (sum float64) {
	const n = 300
	away, top := math.Hypot(p.X-d.Centre.X, p.Y-d.Centre.Y), 6*h
	for k := range n {
		rho := top * (float64(k) + 0.5) / n
		part := 0.0
		switch {
		case rho+away <= d.Radius:
			part = 1
		case math.Abs(rho-away) < d.Radius:
			part = math.Acos((rho*rho+away*away-d.Radius*d.Radius)/(2*rho*away)) / math.Pi
		}
		sum += part * rho / (h * h) * math.Exp(-rho*rho/(2*h*h)) * top / n
	}
	return sum
}

// softMass is the target mass of the soft disc, by a sum over a lattice.
func softMass(s scenarios.Scenario, d Disc, h float64) float64 {
	const n = 200
	w, inside, all := s.Window, 0.0, 0.0
	for k := range n * n {
		p := scenarios.Point{X: w.XMin + (w.XMax-w.XMin)*(float64(k%n)+0.5)/n, Y: w.YMin + (w.YMax-w.YMin)*(float64(k/n)+0.5)/n}
		density := math.Exp(s.Target.LogDensity(p.X, p.Y))
		if all += density; math.Hypot(p.X-d.Centre.X, p.Y-d.Centre.Y) < d.Radius+6*h {
			inside += density * softDisc(d, p, h)
		}
	}
	return inside / all
}

// The masses of a disc are those of its soft indicator, and the forecast is what a short step does to it.
func TestTheDetailOfADiscIsThatOfItsSoftIndicator(t *testing.T) {
	t.Parallel()
	s := simtest.Scenario(t, "three-modes")
	f := newFlow(t, s, simtest.Drift(t, "forward-kl"), withParticles(2000), func(s *Settings) { s.Time, s.DT = Physical, 1e-4 })
	f.driven.settings.DT = 0.02
	for range 10 {
		f.Step()
	}
	f.driven.settings.DT = 1e-4
	h, at := s.Bandwidth, pointsOf(f)[0]
	for _, d := range []Disc{{at, SurroundingsRadius * h}, {scenarios.Point{X: at.X + 0.4, Y: at.Y}, 0.8}} {
		detail := f.PlaceDetail(Aim{Around: d}, divergences.Standard())
		soft := func() (sum float64) {
			for _, p := range pointsOf(f) {
				sum += softDisc(d, p, h) / float64(f.Settings().Particles)
			}
			return sum
		}
		before := soft()
		simtest.Near(t, "mass", detail.Mass, before, 0.005)
		mass := softMass(s, d, h)
		simtest.Near(t, "target mass", detail.Target, mass, 0.005)
		checkpoint := f.Checkpoint()
		f.Step()
		change := soft() - before
		f.Restore(checkpoint)
		if got := detail.Current.MassChange; math.Abs(got-change) > 0.03*math.Abs(change) {
			t.Errorf("%v: the forecast is %g, a step changes the mass by %g", d, got, change)
		}
	}
}

// A design for the surroundings of a point is one like that for a region.
func TestADesignForTheSurroundingsOfAPoint(t *testing.T) {
	t.Parallel()
	f := steppedFlow(t, simtest.Scenario(t, "uneven-ring"), 3000, 10)
	standard, h := divergences.Standard(), f.Settings().Bandwidth
	for _, r := range f.Target().Regions.List[:3] {
		disc := Disc{r.Peak, SurroundingsRadius * h}
		detail := f.PlaceDetail(Aim{Around: disc}, standard)
		for _, u := range []divergences.Functional{nil, ownUnderCoverage(t)} {
			d, err := f.Design(Aim{Around: disc, Functional: u}, standard)
			if err != nil {
				t.Fatal(err)
			}
			requireEfficiencies(t, disc.String(), d)
			if u == nil && (d.Raised != (detail.Mass < detail.Target) || !slices.Equal(d.Nodes, detail.Best)) {
				t.Errorf("%v holds %g, its target mass is %g; the design raises it: %t", disc, detail.Mass, detail.Target, d.Raised)
			}
		}
	}
	for want, disc := range map[string]Disc{
		"the disc of radius 0.5 around (90, 90) has no target mass, expected a place with some": {scenarios.Point{X: 90, Y: 90}, 0.5},
	} {
		_, err := f.Design(Aim{Around: disc}, standard)
		if none := (NoDesignError{}); !errors.As(err, &none) || err.Error() != want {
			t.Errorf("the error is %v, expected %q", err, want)
		}
	}
}
