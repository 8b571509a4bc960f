package sampler

import (
	"math"
	"slices"

	"undercurrent/divergences"
	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim"
)

// exactDrift computes the displacement by a drift of the samples of a normalizing flow, whose
// log q and score are exact. The target is sharp, with log Z from the grid.
type exactDrift struct {
	logQ, score []float64
	ratios      []divergences.LogRatios
	beta, gamma []scenarios.Point
	weights     []float64
	velocity    []scenarios.Point
	drift       divergences.Drift
}

// ahead writes the positions after a step with E[w·dt] = η·h², with the limits of a flow: w is
// winsorised in the mean, and w·dt and the displacement of a sample are bounded.
func (e *exactDrift) ahead(t *Trainer, c *coupling, z []float64, dst []scenarios.Point) {
	rows := len(dst)
	e.logQ, e.score, e.weights = grow(e.logQ, rows), grow(e.score, 2*rows), grow(e.weights, rows)
	if len(e.ratios) != rows {
		e.ratios, e.velocity = make([]divergences.LogRatios, rows), make([]scenarios.Point, rows)
		e.beta, e.gamma = make([]scenarios.Point, rows), make([]scenarios.Point, rows)
	}
	c.logDensity(t.batch, z, e.logQ)
	c.score(t.batch, z, e.score)
	settings := t.estimator.Settings()
	e.drift = t.estimator.Drift()
	smooth := settings.Bandwidth > t.bandwidth
	if !smooth {
		t.asked += rows
	}
	t.progress.Evaluations = t.spent + t.asked + t.estimator.Target().Evaluations()
	t.progress.Outside = 0
	for i := range dst {
		e.evaluate(t.estimator, i, t.points[i], smooth)
	}
	e.setMean()
	e.move(dst, t.points, settings.Bandwidth, t.settings.Eta/sim.Effort)
}

// evaluate computes log r, log(ρ/q), β and γ at a sample.
func (e *exactDrift) evaluate(estimator *sim.DrivenEstimator, i int, p scenarios.Point, smooth bool) {
	target, ref := estimator.Scenario().Target, e.drift.Reference()
	var logP, px, py float64
	if smooth {
		logP, px, py = estimator.Target().LogPAt(p)
	} else {
		logP = target.LogDensity(p.X, p.Y) - estimator.Target().LogZ
		px, py = target.Score(p.X, p.Y)
	}
	logR := logP - e.logQ[i]
	qx, qy := e.score[2*i], e.score[2*i+1]
	l := divergences.LogRatios{LogR: min(max(logR, -sim.ClipLogR), sim.ClipLogR)}
	e.beta[i], e.gamma[i] = scenarios.Point{X: px - qx, Y: py - qy}, scenarios.Point{}
	switch {
	case ref.External():
		logRho, gx, gy := estimator.ReferenceAt(p)
		l.LogRho = logRho - e.logQ[i]
		e.gamma[i] = scenarios.Point{X: gx - qx, Y: gy - qy}
	case ref.Kind != divergences.NoReference:
		l.LogRho = ref.LogRho(l.LogR)
	}
	e.ratios[i] = l
}

// setMean sets m = E_ρ[log r], estimated by the samples of q with the weights ρ/q.
func (e *exactDrift) setMean() {
	if e.drift.Reference().Kind == divergences.NoReference {
		return
	}
	top := math.Inf(-1)
	for _, l := range e.ratios {
		top = max(top, l.LogRho)
	}
	mass, sum := 0.0, 0.0
	for _, l := range e.ratios {
		w := portable.Exp(l.LogRho - top)
		mass += w
		sum += w * l.LogR
	}
	for i := range e.ratios {
		e.ratios[i].Mean = sum / mass
	}
}

// move writes the positions after times the usual step of unit effort to dst.
func (e *exactDrift) move(dst, from []scenarios.Point, h, times float64) {
	for i, l := range e.ratios {
		c := e.drift.Velocity(l)
		e.weights[i] = math.Abs(c.Beta) + math.Abs(c.Gamma)
		e.velocity[i] = scenarios.Point{X: c.Beta*e.beta[i].X + c.Gamma*e.gamma[i].X, Y: c.Beta*e.beta[i].Y + c.Gamma*e.gamma[i].Y}
	}
	dt := sim.Effort * h * h / winsorisedMean(e.weights)
	for i, d := range e.velocity {
		step := dt
		if limit := sim.MaxEffort * h * h; e.weights[i]*dt > limit {
			step = limit / e.weights[i]
		}
		if length := math.Hypot(d.X, d.Y) * step; length > h/2 {
			step *= h / 2 / length
		}
		dst[i] = scenarios.Point{X: from[i].X + times*step*d.X, Y: from[i].Y + times*step*d.Y}
	}
}

// winsorisedMean is E[min(w, w₉₈)].
func winsorisedMean(weights []float64) float64 {
	sorted := slices.Clone(weights)
	slices.Sort(sorted)
	bound := sorted[min(int(sim.EffortQuantile*float64(len(sorted))), len(sorted)-1)]
	sum := 0.0
	for _, w := range weights {
		sum += min(w, bound)
	}
	return sum / float64(len(weights))
}
