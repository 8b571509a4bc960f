package cli

import (
	"context"
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/sim/bench"
	"undercurrent/ui/output"
)

// benchRun computes the cells.
type benchRun struct {
	settings bench.Settings
	methods  []bench.Method
	seeds    int
	cells    output.Cells
	bar      *progressBar
	agenda   *agenda
	total    int // cells
	results  []*bench.Result
}

// cellsOf are the cells of a scenario, in the order in which they are computed.
func (r *benchRun) cellsOf(s scenarios.Scenario) (list []bench.Cell) {
	for _, m := range r.methods {
		if m == bench.Exact && s.Truth.Sampler == nil {
			continue
		}
		for seed := range m.Seeds(r.seeds) {
			list = append(list, bench.Cell{Method: m, Scenario: s.ID, Seed: uint64(seed + 1)})
		}
	}
	return list
}

// plan counts the cells and puts those that were not kept on the agenda, baselines with their tuning.
func (r *benchRun) plan(list []scenarios.Scenario) error {
	for _, s := range list {
		tuned := map[bench.Method]bool{}
		for _, c := range r.cellsOf(s) {
			r.total++
			kept, err := r.cells.Result(c, r.settings)
			if err != nil {
				return err
			}
			if kept == nil && c.Method.Tunable() && !tuned[c.Method] {
				step, err := r.cells.Step(c.Method, c.Scenario, r.settings)
				if err != nil {
					return err
				}
				if step == 0 {
					r.agenda.plan(bench.Work{Method: c.Method, Tuning: true})
				}
			}
			tuned[c.Method] = true
			if kept == nil {
				r.agenda.plan(bench.Work{Method: c.Method})
			}
		}
	}
	return nil
}

func (r *benchRun) scenario(ctx context.Context, s scenarios.Scenario) error {
	stage, err := bench.NewRunner(s, r.settings)
	if err != nil {
		return err
	}
	for _, c := range r.cellsOf(s) {
		result, err := r.cell(ctx, stage, c)
		if err != nil {
			return err
		}
		r.results = append(r.results, result)
	}
	return nil
}

// cell is the result of a cell: the one that was kept, or a new one, which is kept.
func (r *benchRun) cell(ctx context.Context, stage *bench.Runner, c bench.Cell) (*bench.Result, error) {
	kept, err := r.cells.Result(c, r.settings)
	if kept != nil || err != nil {
		return kept, err
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	step := 0.0
	if c.Method.Tunable() {
		if step, err = r.step(ctx, stage, c); err != nil {
			return nil, err
		}
	}
	r.agenda.begin(bench.Work{Method: c.Method})
	result, err := stage.Run(ctx, c, step, r.progress(c, fmt.Sprintf("seed %d", c.Seed)))
	if err != nil {
		return nil, err
	}
	r.agenda.end()
	return result, r.cells.Keep(result)
}

// progress shows the progress of a cell.
func (r *benchRun) progress(c bench.Cell, what string) bench.Progress {
	show := func(share float64) {
		left := r.agenda.remaining(share)
		r.bar.draw(r.agenda.share(left), fmt.Sprintf("cell %d of %d", len(r.results)+1, r.total), fmt.Sprintf(": %s %s %s %.0f%%", c.Scenario, c.Method, what, 100*share), left)
	}
	show(0)
	return show
}

// step is the step size to which a baseline is tuned on a scenario.
func (r *benchRun) step(ctx context.Context, stage *bench.Runner, c bench.Cell) (float64, error) {
	for _, done := range r.results {
		if done.Method == c.Method && done.Scenario == c.Scenario {
			return done.Step, nil
		}
	}
	step, err := r.cells.Step(c.Method, c.Scenario, r.settings)
	if step != 0 || err != nil {
		return step, err
	}
	r.agenda.begin(bench.Work{Method: c.Method, Tuning: true})
	if step, err = stage.Tune(ctx, c.Method, r.progress(c, "tuning")); err != nil {
		return 0, err
	}
	r.agenda.end()
	return step, r.cells.KeepStep(c.Method, c.Scenario, r.settings, step)
}
