package sim_test

import (
	"math"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
)

// oracleDrift is a drift of the list by its own formulas: an f-divergence, or a Log-Variance drift
// with a reference.
type oracleDrift struct {
	text       string
	divergence *oracleDivergence // nil for a Log-Variance drift
	kind       string            // "lv", "lv-surrogate" or "lv-differentiated"
	reference  string
}

// oracleDrifts are all drifts of the list.
func oracleDrifts() (all []oracleDrift) {
	for _, d := range oracleDivergences() {
		all = append(all, oracleDrift{text: d.text, divergence: &d})
	}
	for _, kind := range []string{"lv", "lv-surrogate"} {
		for _, reference := range []string{"current", "target", "mixture", "gaussian", "uniform", "initial"} {
			text := kind + ":" + reference
			if reference == "mixture" {
				text += ":0.3"
			}
			all = append(all, oracleDrift{text: text, kind: kind, reference: reference})
		}
	}
	return append(all, oracleDrift{text: "lv-differentiated", kind: "lv-differentiated", reference: "current"})
}

// spec is the drift of the program.
func (d oracleDrift) spec(t testing.TB) divergences.Spec {
	t.Helper()
	if d.divergence != nil && d.divergence.custom != nil {
		c := d.divergence.divergence(t).(*divergences.Custom)
		return divergences.NewSpec(divergences.CustomFamily(c), nil)
	}
	return parsed(t, d.text)
}

// reference is the density ρ: its logarithm and the gradient of that, at a point with the logarithms
// and scores of p and q.
type reference func(at place) (logRho float64, score vec)

// place is what a drift depends on at a point.
type place struct {
	x, y           float64
	logP, logQ     float64
	scoreP, scoreQ vec
}

// normalOn is the density N(mean, diag(sx², sy²)) restricted to a window.
func normalOn(w scenarios.Window, mean scenarios.Point, sx, sy float64) reference {
	between := func(a, b, m, s float64) float64 {
		return (math.Erf((b-m)/(s*math.Sqrt2)) - math.Erf((a-m)/(s*math.Sqrt2))) / 2
	}
	logZ := math.Log(2*math.Pi*sx*sy) + math.Log(between(w.XMin, w.XMax, mean.X, sx)*between(w.YMin, w.YMax, mean.Y, sy))
	return func(at place) (float64, vec) {
		u, v := (at.x-mean.X)/sx, (at.y-mean.Y)/sy
		return -(u*u+v*v)/2 - logZ, vec{-u / sx, -v / sy}
	}
}

// references are the densities ρ of a problem on its padded window.
func (p oracleProblem) references(padded scenarios.Window) map[string]reference {
	w := p.scenario.Window
	middle := scenarios.Point{X: (w.XMin + w.XMax) / 2, Y: (w.YMin + w.YMax) / 2}
	start := math.Hypot(p.start.Sigma, p.h)
	logArea := math.Log((padded.XMax - padded.XMin) * (padded.YMax - padded.YMin))
	return map[string]reference{
		"current":  func(at place) (float64, vec) { return at.logQ, at.scoreQ },
		"target":   func(at place) (float64, vec) { return at.logP, at.scoreP },
		"gaussian": normalOn(padded, middle, (w.XMax-w.XMin)/4, (w.YMax-w.YMin)/4),
		"uniform":  func(place) (float64, vec) { return -logArea, vec{} },
		"initial":  normalOn(padded, p.start.Mean, start, start),
		"mixture": func(at place) (float64, vec) {
			ofP, ofQ := math.Log(oracleLambda)+at.logP, math.Log(1-oracleLambda)+at.logQ
			share := sigmoid(ofP - ofQ)
			return math.Max(ofP, ofQ) + math.Log1p(math.Exp(-math.Abs(ofP-ofQ))), at.scoreP.times(share).plus(at.scoreQ.times(1 - share))
		},
	}
}

// support is how far a point belongs to the places where the particles are: 0 where q is at most the
// density of one of them at three bandwidths, 1 from that at two on.
func support(logQ, peak float64) float64 {
	return math.Max(0, math.Min(1, (logQ-(math.Log(peak)-9./2))/2.5))
}

// supported is ρ times the support at the points of a lattice.
func supported(l *lattice, peak float64, rho reference) []float64 {
	list := make([]float64, len(l.points))
	for i := range l.points {
		at := &l.points[i]
		if s := support(at.logQ, peak); s > 0 {
			logRho, _ := rho(place{x: at.x, y: at.y, logP: at.logP, logQ: at.logQ})
			list[i] = s * math.Exp(logRho)
		}
	}
	return list
}

// objective is that of a drift, and m = E_ρ[ln r] over the support, 0 for an f-divergence. That of a
// Log-Variance drift is ∫ ρ (ln r − m)² over the support, where the part of ρ that is elsewhere is
// missing.
func (d oracleDrift) objective(l *lattice, peak float64, refs map[string]reference) (value, mean float64) {
	if d.divergence != nil {
		return d.divergence.objective(l, peak), 0
	}
	rho, mass := supported(l, peak, refs[d.reference]), 0.0
	for i, v := range rho {
		mass += v
		mean += v * l.points[i].logR
	}
	mean /= mass
	for i, v := range rho {
		value += v * squareOf(l.points[i].logR-mean)
	}
	return value * l.area, mean
}

// motion is what moves a particle: V, β, and the size of the coefficients of V, which bounds a step.
type motion struct {
	logR           float64
	beta, velocity vec
	size           float64
}

// motion is the motion at a place.
func (d oracleDrift) motion(at place, mean float64, refs map[string]reference) motion {
	m := motion{logR: at.logP - at.logQ, beta: at.scoreP.minus(at.scoreQ)}
	if d.divergence != nil {
		m.size = d.divergence.clippedWeight(m.logR)
		m.velocity = m.beta.times(m.size)
		return m
	}
	off := m.logR - mean
	if d.kind == "lv-differentiated" {
		m.velocity, m.size = m.beta.times(2*(1-off)), math.Abs(2*(1-off))
		return m
	}
	logRho, score := refs[d.reference](at)
	a, gamma := 2*math.Exp(logRho-at.logQ), score.minus(at.scoreQ)
	descent := m.beta.plus(gamma.times(off)).times(a)
	switch {
	case d.kind == "lv-surrogate":
		m.size = 2 * softplusOf(1+off)
		m.velocity = m.beta.times(m.size)
		return m
	case d.reference == "current" || d.reference == "target" || d.reference == "mixture":
		m.size = descent.length() / m.beta.length() // γ is a multiple of β
	default:
		m.size = a * (1 + math.Abs(off))
	}
	m.velocity = descent
	return m
}

// limited is what the limits of a step leave of V·dt: w·dt at most 0.8h², the length at most h/2,
// both times the fraction of a step.
func (m motion) limited(dt, h, fraction float64) vec {
	if most := 0.8 * h * h * fraction; m.size*dt > most {
		dt = most / m.size
	}
	d := m.velocity.times(dt)
	if longest := h / 2 * fraction; d.length() > longest {
		d = d.times(longest / d.length())
	}
	return d
}
