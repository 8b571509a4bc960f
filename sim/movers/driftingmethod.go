package movers

import (
	"math/rand/v2"

	"undercurrent/internal/streams"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// driftingMethod is x ← x + εV(x), with as many fresh samples of the target as there are particles. It
// does not evaluate the target.
type driftingMethod struct {
	*DriftingField
	sampler scenarios.Sampler
	step    float64
	source  source
	samples []scenarios.Point
	field   []grid.Vector
}

func newDriftingMethod(c Config, kernel string, step float64) (*driftingMethod, error) {
	f, err := NewDriftingField(kernel, c.Bandwidth, c.Bounds, c.Workers)
	if err != nil {
		return nil, err
	}
	d := &driftingMethod{DriftingField: f, sampler: c.Sampler, step: step}
	d.source.rng = rand.New(&d.source.pcg)
	return d, nil
}

// samplesStream keeps the samples apart from what particles draw.
const samplesStream = 1 << 63

func (d *driftingMethod) prepare(points []scenarios.Point, key streams.Stream) (evaluations int) {
	if len(points) != len(d.samples) {
		d.samples, d.field = make([]scenarios.Point, len(points)), make([]grid.Vector, len(points))
	}
	d.source.pcg.Seed(uint64(key), samplesStream)
	d.sampler.Sample(d.samples, d.source.rng)
	d.Set(d.samples, points)
	d.OfCloud(d.field)
	return 0
}

func (d *driftingMethod) move(i int, p scenarios.Point, _ *rand.Rand) outcome {
	v := d.field[i].Times(d.step)
	return outcome{to: scenarios.Point{X: p.X + v.X, Y: p.Y + v.Y}}
}
