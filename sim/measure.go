package sim

import (
	"math"

	"undercurrent/sim/density"
)

// meter is the scratch memory of the measurements of a flow, allocated on first use.
type meter struct {
	response  *response
	mean      expectation
	effort    effort
	reference []float64 // ρ at the nodes
	before    []float64 // ρ before a step

	totals  [2]regionTotals // before and after a step
	counts  regionCounts
	details placeDetails
	current knownObjective
}

// knownObjective is the objective of a drift for a version of the density.
type knownObjective struct {
	drift   *gridDrift
	version int
	value   float64
}

// prediction is the next step with its predicted response and its effort, which are nil
// unless the instruments request them.
type prediction struct {
	step
	response *response
	effort   *effort
}

// rate is what follows the change of the density in the step, nil for nothing.
func (p *prediction) rate() *rate {
	if p.response == nil {
		return nil
	}
	return p.response.rate
}

// complete completes the response.
func (p *prediction) complete() {
	if p.response != nil {
		p.response.complete()
	}
}

// regionTotals are the mass and the functional of every region.
type regionTotals struct{ masses, under []float64 }

// copy copies totals.
func (r *regionTotals) copy(t *density.Totals) *regionTotals {
	r.masses, r.under = append(r.masses[:0], t.Masses...), append(r.under[:0], t.Under...)
	return r
}

// StepReport takes one step and reports the flow after it, with the changes in the step.
func (f *Flow) StepReport(r *Report, in Instruments) {
	if f.sampled() {
		f.sampleReport(r, in)
		return
	}
	f.follow()
	f.adapt()
	e, u := f.driven, in.functional()
	p := f.meter.predict(f.driven, r, in)
	t := e.totals(u, false)
	f.noteReached()
	before, objective := f.meter.totals[0].copy(t), math.NaN()
	if in.Response {
		objective = f.meter.objective(f.driven, t)
		f.meter.before = e.writeReference(f.meter.before)
	}
	f.driftWith(p.step, p.rate())
	p.complete()
	if in.Response && p.rates != nil {
		t = e.totals(u, false)
		p.response.reweighted.before(t, e.drift.objective(t, e.outsideShare(), f.meter.before))
	}
	f.exchange(p.step)
	t = f.reportState(r, in)
	after := f.meter.totals[1].copy(t)
	if in.Response {
		// The change is that at fixed ρ.
		changed := r.Active
		if e.drift.hasReference() {
			changed = e.drift.objective(t, e.outsideShare(), f.meter.before)
		}
		p.response.measure(before, after, objective, changed)
		if p.rates != nil {
			p.response.reweighted.after(after, changed)
		}
	}
	r.Ahead, r.StepDT = false, p.dt
	r.addStep(p)
	for k := range r.Regions {
		r.Regions[k].Inflow = after.masses[k] - before.masses[k]
	}
}

// Report reports the flow without a step; the figures of a step are those predicted for the
// next one. Inflow is zero.
func (f *Flow) Report(r *Report, in Instruments) {
	if f.sampled() {
		f.reportSampled(r, in)
		return
	}
	f.follow()
	f.adapt()
	p := f.meter.predictAhead(f.driven, r, in)
	f.reportState(r, in)
	r.Ahead, r.StepDT = true, p.dt
	r.addStep(p)
}

// predict computes the next step with its effort and the part of its response that does not depend on the change of the
// density. That change is followed next, by drift or without a step; then complete computes the rest.
func (m *meter) predict(e *DrivenEstimator, r *Report, in Instruments) prediction {
	r.size(len(e.target.Regions.List))
	at := occupied
	if in.Response || in.Identity || in.Effort {
		at = near
	}
	e.evaluate(at)
	r.Mean = e.field.mean
	r.IdentityResidual = math.NaN()
	if in.Identity {
		r.IdentityResidual = e.field.identityResidual()
	}
	p := prediction{step: e.step()}
	if in.Response {
		if m.response == nil {
			m.response = newResponse(e, len(r.Regions))
		}
		p.response = m.response
		p.response.begin(e, p.step, in.functional())
	}
	if in.Effort {
		p.effort = &m.effort
		p.effort.begin(len(r.Regions))
	}
	if in.Response || in.Effort {
		m.mean.sum(e, p.step, motionSums{response: p.response, effort: p.effort})
	}
	if in.Effort {
		m.addUpEffort(e, p.step)
	}
	if in.Response {
		p.response.reweigh()
	}
	return p
}

// predictAhead computes the next step with its predictions while the particles stay.
func (m *meter) predictAhead(e *DrivenEstimator, r *Report, in Instruments) prediction {
	p := m.predict(e, r, in)
	if change := p.rate(); change != nil {
		change.follow(e.density, p.step)
	}
	p.complete()
	return p
}

// addUpEffort adds up the effort. The masses of an expectation are negative next to a lone particle: where
// parts would then be more than the whole, the masses are those deposited, which are less exact.
func (m *meter) addUpEffort(e *DrivenEstimator, s step) {
	if m.effort.addUp(); m.effort.exceeds() {
		m.effort.begin(len(m.effort.regions))
		m.mean.sum(e, s, motionSums{effort: &m.effort, deposited: true})
		m.effort.addUp()
	}
}

// reportState reports the current density and particles, and returns the totals.
func (f *Flow) reportState(r *Report, in Instruments) *density.Totals {
	r.Progress, r.Effective = f.progress, f.driven.points.Effective
	t := f.driven.totals(in.functional(), in.Objectives != nil)
	fine := f.driven.atFinest()
	atFinest := fine.Totals(in.functional(), false)
	r.Bandwidth, r.TVInForce, r.TV = f.driven.bandwidth(), t.TV, atFinest.TV
	r.AdaptedTo = f.adaptedTo
	r.UnderCoverage, r.Unreached = t.UnderCoverage(), t.Unreached
	if r.Active = math.NaN(); !in.Undriven {
		r.Active = f.meter.objective(f.driven, t)
	}
	r.Objectives = r.Objectives[:0]
	if in.Objectives != nil {
		r.Objectives = in.Objectives.Append(r.Objectives, t.Histogram)
	}
	r.countRegions(f, in, t, atFinest)
	r.addReached(f)
	return t
}

// objective returns the objective of the drift from the current totals.
func (m *meter) objective(e *DrivenEstimator, t *density.Totals) float64 {
	if known := &m.current; known.drift == e.drift && known.version == e.density.Version() {
		return known.value
	}
	if e.drift.hasReference() {
		e.evaluate(occupied)
		m.reference = e.writeReference(m.reference)
	}
	m.current = knownObjective{e.drift, e.density.Version(), e.drift.objective(t, e.outsideShare(), m.reference)}
	return m.current.value
}

// writeReference returns the current density of the reference, 0 outside the support of the
// particles, in memory if that has the right length. V has been evaluated. Without a reference it
// is nil.
func (e *DrivenEstimator) writeReference(memory []float64) []float64 {
	if !e.drift.hasReference() {
		return nil
	}
	if n := e.grid.Len(); len(memory) != n {
		memory = make([]float64, n)
	}
	e.field.writeReference(memory)
	return memory
}

// countRegions counts the particles by region and by region of origin, given the totals at the bandwidth in
// force and at that of the settings, which are the same without a coarse schedule.
func (r *Report) countRegions(f *Flow, in Instruments, t, fine *density.Totals) {
	if !in.NoTransport {
		f.particles.track(f.driven.target)
	}
	for a := range r.Transport {
		clear(r.Transport[a])
	}
	r.Untracked = in.NoTransport || !f.particles.origins.known()
	counts := &f.meter.counts
	counts.count(&f.particles, f.driven.target.Regions, f.driven.workers)
	transport := r.Transport
	if r.Untracked {
		transport = nil
	}
	byRegion, copied := counts.addTo(transport)
	for k, n := range byRegion {
		r.Regions[k] = RegionReport{RegionTotals: f.driven.density.Region(fine, k, n), Copied: copied[k]}
		r.Regions[k].UnderCoverage = t.Under[k]
	}
}

// addStep adds the figures of a step to the report.
func (r *Report) addStep(p prediction) {
	r.UnderCoverageChange, r.ActiveChange, r.UnderCoverageGross, r.SquareVelocity = Change{}, Change{}, 0, MeanSquare{}
	r.UnderCoverageReweighted, r.ActiveReweighted = Change{}, Change{}
	r.Effort, r.WrongWay, r.AlongBeta, r.Bend = r.Effort[:0], 0, 0, 0
	if s := p.response; s != nil {
		r.UnderCoverageChange, r.ActiveChange, r.UnderCoverageGross, r.SquareVelocity = s.total, s.objective, s.gross, s.square
		for k := range r.Regions {
			r.Regions[k].MassChange, r.Regions[k].UnderCoverageChange = s.mass[k], s.functional[k]
		}
		if p.rates != nil {
			s.reweighted.addTo(r)
		}
	}
	if m := p.effort; m != nil {
		for b, push := range m.bands {
			lo, hi := bandEdges(b)
			share := push.over(m.size)
			r.Effort = append(r.Effort, Band{lo, hi, share.formula, share.taken})
		}
		for k, push := range m.regions {
			share := push.over(m.size)
			r.Regions[k].Effort, r.Regions[k].EffortTaken = share.formula, share.taken
		}
		r.WrongWay, r.AlongBeta, r.Bend = m.wrong, quotient(m.along, m.energy), quotient(m.bent, m.bent+m.direct)
	}
}
