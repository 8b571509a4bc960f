package sim_test

import (
	"math"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/target"
)

// pulledParticle is what the response of an aim is made of at a particle, by sums over all particles
// and the closed forms of the mixture and of the border.
type pulledParticle struct {
	logR       float64
	beta, pull vec
}

// densePulls are those of a flow with the half plane x ≥ 0 as its first region, for the mass of that
// region or, with the under-coverage of τ = s = 1, for its U; all is for the U of the whole plane.
func densePulls(f *sim.Flow, p oracleProblem, under, all bool) (list []pulledParticle) {
	points := make([]scenarios.Point, f.Settings().Particles)
	f.Points(points)
	q, target := oracleCloud{points, p.h}, p.mixture.smoothed(p.h).logarithm()
	for _, at := range points {
		logP, scoreP := target.at(at.X, at.Y)
		logQ, scoreQ := q.log(at.X, at.Y)
		n := pulledParticle{logR: logP - logQ, beta: scoreP.minus(scoreQ)}
		inside := math.Erfc(-at.X/(p.h*math.Sqrt2)) / 2
		n.pull = vec{math.Exp(-squareOf(at.X/p.h)/2) / (p.h * math.Sqrt(2*math.Pi)), 0}
		if all {
			inside, n.pull = 1, vec{}
		}
		if under {
			r := math.Exp(n.logR)
			psi, kappa := -squareOf(r/(1+r)), 2*squareOf(r)/math.Pow(1+r, 3)
			n.pull = n.pull.times(psi).minus(n.beta.times(inside * kappa))
		}
		list = append(list, n)
	}
	return list
}

// denseBest is T(w*) by bins of log r.
func denseBest(list []pulledParticle, sign float64) (energy float64) {
	response, size := map[int]float64{}, map[int]float64{}
	for _, n := range list {
		b := int(math.Floor(n.logR / 0.2))
		response[b] += sign * n.beta.dot(n.pull) / float64(len(list))
		size[b] += n.beta.dot(n.beta) / float64(len(list))
	}
	for b, a := range response {
		energy += squareOf(math.Max(a, 0)) / size[b]
	}
	return energy
}

// Response and energy of every f-divergence, and the best energy, agree with sums over all particles.
func TestEfficienciesAgreeWithDenseSums(t *testing.T) { efficienciesAgreeWithDenseSums(t, 3) }

func efficienciesAgreeWithDenseSums(t *testing.T, problems ...int) {
	t.Helper()
	u := underCoverage(1, 1).functional(t)
	for _, k := range problems {
		p := randomProblem(t, k)
		p.scenario.Division = scenarios.ByName
		p.scenario.Regions = []scenarios.Region{{Name: "right", Shape: scenarios.HalfPlane{Normal: scenarios.Point{X: 1}}}}
		settings := sim.DefaultSettings(p.scenario, parsed(t, "jensen-shannon"))
		settings.Reach, settings.Spacing, settings.Seed = oracleReach, p.h/oracleNodes, uint64(k+1)
		f, err := sim.NewOn(&target.Cache{}, p.scenario, settings)
		if err != nil {
			t.Fatal(err)
		}
		for range 8 {
			f.Step()
		}
		for _, c := range []struct {
			name       string
			aim        sim.Aim
			under, all bool
		}{
			{"mass", sim.Aim{}, false, false},
			{"U of the region", sim.Aim{Functional: u}, true, false},
			{"U", sim.Aim{Region: sim.AllRegions, Functional: u}, true, true},
		} {
			d, err := f.Design(c.aim, divergences.Standard())
			if err != nil {
				t.Fatalf("mixture %d, %s: %v", k, c.name, err)
			}
			sign := -1.
			if d.Raised {
				sign = 1
			}
			list := densePulls(f, p, c.under, c.all)
			best := denseBest(list, sign)
			// The nodes of a particle at the edge of a bin may stand in the next one.
			if math.Abs(d.Energy-best) > 0.1*best {
				t.Errorf("mixture %d, %s: T(w*) is %.5g, expected %.5g", k, c.name, d.Energy, best)
			}
			for _, e := range append(d.Divergences, d.Current) {
				drift, err := e.Drift.Build()
				if err != nil {
					t.Fatal(err)
				}
				var response, energy float64
				for _, n := range list {
					w := drift.Velocity(divergences.LogRatios{LogR: n.logR}).Beta / float64(len(list))
					response += sign * w * n.beta.dot(n.pull)
					energy += w * w * n.beta.dot(n.beta) * float64(len(list))
				}
				if math.Abs(e.Energy-energy) > 0.03*energy {
					t.Errorf("mixture %d, %s under %s: T is %.5g, expected %.5g", k, c.name, e.Drift, e.Energy, energy)
				}
				if math.Abs(e.Response-response) > 0.02*math.Sqrt(energy*best) {
					t.Errorf("mixture %d, %s under %s: R is %.5g, expected %.5g", k, c.name, e.Drift, e.Response, response)
				}
			}
		}
	}
}
