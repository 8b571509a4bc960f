package cli

import (
	"context"
	"fmt"
	"io"

	"undercurrent/sim"
	"undercurrent/sim/metrics"
)

// maxCompared is the number of particles that are compared with samples of the target at the end of
// a run: more of them would be sorted for minutes, for a floor that is hardly lower.
const maxCompared = 100_000

// compareWithSamples prints the metrics of a flow next to those of a sample of the target of the same
// size, of every k-th particle if there are more than limit.
func compareWithSamples(ctx context.Context, f *sim.Flow, limit int, out, stderr io.Writer) error {
	const what = "comparing the particles with samples of the target"
	done := underWay(stderr, what)
	defer done()
	settings, points := f.Settings(), f.Some(nil, limit)
	e, err := metrics.NewEvaluator(f.Scenario(), settings.Kernel(), len(points), settings.Seed)
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return fmt.Errorf("interrupted while %s", what)
	}
	reached := e.Measure(points)
	floor, err := e.FloorWithin(ctx, len(points))
	if err != nil {
		return fmt.Errorf("interrupted while %s", what)
	}
	done()
	measured := fmt.Sprintf("%d particles", len(points))
	if n := settings.Particles; n > len(points) {
		measured = fmt.Sprintf("%d of %d particles", len(points), n)
	}
	return printMetrics(out, measured, e.Exact(), reached, floor)
}
