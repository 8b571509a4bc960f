package sim

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// RegionDetail says where the mass of a region comes from in the next step, and what every divergence
// would do for it.
type RegionDetail struct {
	// Region is the index in the list of regions.
	Region int
	// Exchange[j] is the net mass that crosses the border from region j into this one, predicted like
	// Change.Taken: the sum is the Taken of the region's MassChange, less that of Reweighted. It is 0
	// for the region itself.
	Exchange []float64
	PlaceDetail
}

// PlaceDetail says what every divergence would do for an aim: a region, a disc, or all regions.
type PlaceDetail struct {
	// Mass is that of the particles in the place, smoothed by the kernel, and Target the target mass.
	Mass, Target float64
	// Forecasts are those of the f-divergences of a catalogue with their default parameters, in its
	// order.
	Forecasts []Forecast
	// Current is the forecast of the drift of the flow, NaN for one with a reference, the blob velocity or a mover
	// in its place.
	Current Forecast
	// Best is the weight that improves the aim fastest, as the nodes of a
	// tabulated weight with a mean of 1 over the particles; none where Design returns an error.
	Best []divergences.WeightNode
}

// Forecast is the change of the smoothed mass of a region, or a disc, in one step of a drift, to first order,
//
//	(1/N) Σᵢ dxᵢ·∇(K_h * 1_k)(xᵢ),  dx = w(r) ∇log r dt within the limits of a step,
//
// which for a region is the FirstOrder of its MassChange under the drift, without birth–death. Under unit effort dt is
// the drift's own, so that all of them move the particles alike.
type Forecast struct {
	Drift      divergences.Spec
	MassChange float64 // NaN for all regions
	// Efficiency is η for the aim; see Efficiency. It is NaN where Design returns an error, and for a drift without a
	// forecast.
	Efficiency float64
}

// placeDetails is the scratch memory of the details of places.
type placeDetails struct {
	inside *smoothedPotential // K_h * 1_k
	of     place              // k
	goal   float64            // target mass of that
	mass   float64            // of the particles in it, smoothed by the kernel
	target *target.OnGrid     // of that
	pull   []grid.Vector      // a node each
	nodes  []pulledNode
	tables map[string]*weightTable
}

// pulledNode is an occupied node. With bⱼ the bilinear weight of node j, its pull is
//
//	Gⱼ = (1/N) Σᵢ bⱼ(xᵢ) ∇(K_h * 1_k)(xᵢ),
//
// so that displacements dⱼ of the nodes, interpolated at the particles, change the mass of the region
// by Σⱼ dⱼ·Gⱼ, whatever the drift.
type pulledNode struct {
	logR, mass float64
	inside     float64 // K_h * 1_k
	beta, pull grid.Vector
}

// RegionDetail returns the detail of the k-th region, with efficiencies for the value of a functional in it, or if that
// is nil for its mass. Families of a catalogue that are no f-divergence,
// or whose default parameters are invalid, have no forecast.
func (f *Flow) RegionDetail(k int, u divergences.Functional, c divergences.Catalogue) RegionDetail {
	e := f.driven
	e.evaluate(solid)
	s := e.step()
	return RegionDetail{Region: k, Exchange: e.field.exchange(&s, e.target.Regions, k), PlaceDetail: f.detail(Aim{Region: k, Functional: u}, c)}
}

// detail is that of an aim.
func (f *Flow) detail(a Aim, c divergences.Catalogue) (d PlaceDetail) {
	e, m := f.driven, &f.meter.details
	m.follow(e, a.where())
	m.collect(e)
	d.Mass, d.Target = m.mass, m.goal
	for _, spec := range fDivergences(c) {
		d.Forecasts = append(d.Forecasts, Forecast{spec, m.change(e, m.table(spec)), math.NaN()})
	}
	d.Current = Forecast{e.settings.Drift, math.NaN(), math.NaN()}
	if e.weighted() {
		d.Current.MassChange = m.change(e, e.drift.table)
	}
	if a.OfAll() {
		d.ofAll()
	}
	bins, best, err := f.bestWeight(a)
	if err != nil {
		return d
	}
	for k := range d.Forecasts {
		f := &d.Forecasts[k]
		f.Efficiency = bins.efficiency(m.nodes, f.Drift, m.table(f.Drift)).Value
	}
	if e.weighted() {
		d.Current.Efficiency = bins.efficiency(m.nodes, e.settings.Drift, e.drift.table).Value
	}
	d.Best = best
	return d
}

// ofAll leaves out what all regions together do not have: their mass is 1, whatever moves.
func (d *PlaceDetail) ofAll() {
	d.Mass, d.Target, d.Current.MassChange = 1, 1, math.NaN()
	for k := range d.Forecasts {
		d.Forecasts[k].MassChange = math.NaN()
	}
}

// exchange returns the mass that the step carries into region k from every region, net.
func (f *field) exchange(s *step, regions *target.Regions, k int) []float64 {
	from := make([]float64, len(regions.List))
	g, labels := f.grid, regions.Labels
	cross := func(ix, iy, jx, jy int, along func(grid.Vector) float64) {
		i, j := iy*g.NX+ix, jy*g.NX+jx
		a, b := int(labels[i]), int(labels[j])
		if a == b || a != k && b != k || min(f.q[i], f.q[j]) <= 0 {
			return
		}
		_, taken := f.massFlux(s, ix, iy, jx, jy)
		if mass := along(taken) * g.Spacing; b == k {
			from[a] += mass
		} else {
			from[b] -= mass
		}
	}
	for iy := range g.NY - 1 {
		for ix := range g.NX - 1 {
			cross(ix, iy, ix+1, iy, func(v grid.Vector) float64 { return v.X })
			cross(ix, iy, ix, iy+1, func(v grid.Vector) float64 { return v.Y })
		}
	}
	return from
}

// follow updates K_h * 1_k.
func (m *placeDetails) follow(e *DrivenEstimator, of place) {
	if m.target == e.target && m.of == of {
		return
	}
	if m.target != e.target {
		m.inside = newSmoothedPotential(e.grid, e.kernel(), e.workers)
	}
	m.target, m.of = e.target, of
	m.goal = of.mark(e.target, m.inside.potential)
	m.inside.smooth()
}

// table returns the weight of an f-divergence with valid parameters.
func (m *placeDetails) table(spec divergences.Spec) *weightTable {
	// Custom weights have one id.
	key := spec.String() + spec.Family().Weight
	if t := m.tables[key]; t != nil {
		return t
	}
	drift, err := spec.Build()
	if err != nil {
		panic(err)
	}
	if m.tables == nil {
		m.tables = map[string]*weightTable{}
	}
	m.tables[key] = newWeightTable(drift)
	return m.tables[key]
}

// collect lists the occupied nodes.
func (m *placeDetails) collect(e *DrivenEstimator) {
	m.pullNodes(e)
	m.nodes, m.mass = m.nodes[:0], 0
	for iy := range e.grid.NY {
		first, end := e.field.deposit.Span(iy)
		for i := first; i < end; i++ {
			if mass := e.field.deposit.Mass[i]; mass > 0 {
				m.mass += mass * m.inside.smoothed[i]
				beta := e.grid.Gradient(e.field.logR, i-iy*e.grid.NX, iy)
				m.nodes = append(m.nodes, pulledNode{e.field.logR[i], mass, m.inside.smoothed[i], beta, m.pull[i]})
			}
		}
	}
}

// pullNodes computes Gⱼ, in the order of the particles whatever the workers are.
func (m *placeDetails) pullNodes(e *DrivenEstimator) {
	if len(m.pull) != e.grid.Len() {
		m.pull = make([]grid.Vector, e.grid.Len())
	}
	clear(m.pull)
	inv := 1 / e.grid.Spacing
	for k, p := range e.points.Points {
		u, v := (p.X-e.grid.X0)*inv, (p.Y-e.grid.Y0)*inv
		slope := e.grid.Slope(m.inside.smoothed, u, v)
		if slope == (grid.Vector{}) {
			continue
		}
		i := int(v)*e.grid.NX + int(u)
		u, v = u-math.Floor(u), v-math.Floor(v)
		slope = slope.Times(e.points.Share(k))
		m.pull[i] = m.pull[i].Plus(slope.Times((1 - u) * (1 - v)))
		m.pull[i+1] = m.pull[i+1].Plus(slope.Times(u * (1 - v)))
		m.pull[i+e.grid.NX] = m.pull[i+e.grid.NX].Plus(slope.Times((1 - u) * v))
		m.pull[i+e.grid.NX+1] = m.pull[i+e.grid.NX+1].Plus(slope.Times(u * v))
	}
}

// change is the change in a step with a weight of the quantity that the nodes have the pull of: the mass of the place,
// or after aimAt that of the aim.
func (m *placeDetails) change(e *DrivenEstimator, w *weightTable) (change float64) {
	s := step{dt: m.stepLength(e, w), limits: e.mover.limits}
	for k := range m.nodes {
		n := &m.nodes[k]
		weight := w.value(n.logR)
		shift, _, _ := s.cut(n.beta.Times(weight), weight)
		change += shift.Dot(n.pull)
	}
	return change
}

// stepLength is dt of a drift with a weight; see effortMean.
func (m *placeDetails) stepLength(e *DrivenEstimator, w *weightTable) float64 {
	if e.settings.Time == Physical {
		return e.settings.DT * e.settings.Fraction
	}
	var h weights
	unit, mean := w.value(0), 0.0
	for _, n := range m.nodes {
		h.add(w.value(n.logR)/unit, n.mass)
	}
	bound := unit * h.quantile(EffortQuantile)
	for _, n := range m.nodes {
		mean += n.mass * min(w.value(n.logR), bound)
	}
	return unitEffort(e.bandwidth(), mean) * e.settings.Fraction
}
