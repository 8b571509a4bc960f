//go:build long

package sim

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim/density"
	"undercurrent/sim/internal/simtest"
)

// TV of reverse KL over the catalogue after 300 steps: by the drift alone, with birth–death, from coarse to
// fine, and with both, beside exact samples of as many points. It prints the table of docs/benchmarks.md.
func TestTheCatalogueBeyondTransport(t *testing.T) {
	const n, steps = 8000, 300
	for _, s := range catalogue.All() {
		row := []string{"`" + s.ID + "`"}
		coarse := DefaultCoarse(0)
		if s.ID == "four-wells" {
			// Its particles start in one well, and the others are out of reach of 8 h.
			coarse.Factor, row[0] = MaxCoarseFactor, row[0]+" (from 32 h)"
		}
		var best float64
		for _, how := range []func(*Settings){
			func(*Settings) {}, withBirthDeath(1), withCoarse(coarse),
			func(s *Settings) { s.BirthDeath, s.Coarse = 1, coarse },
		} {
			f := newFlow(t, s, simtest.Drift(t, "reverse-kl"), withParticles(n), how)
			for range steps {
				f.Step()
			}
			best = tv(f)
			row = append(row, fmt.Sprintf("%.4f", best))
		}
		exact := "–"
		if s.Truth.Sampler != nil {
			floor := exactTV(t, s, n)
			exact = fmt.Sprintf("%.4f", floor)
			if best > max(floor, 0.05) {
				t.Errorf("%s: with both TV is %.4f, of exact samples %.4f", s.ID, best, floor)
			}
		}
		t.Log("| " + strings.Join(append(row, exact), " | ") + " |")
	}
}

// exactTV is the mean TV of eight exact samples.
func exactTV(t *testing.T, s scenarios.Scenario, n int) (mean float64) {
	t.Helper()
	e, err := density.New(s, density.Kernel{Bandwidth: s.Bandwidth})
	if err != nil {
		t.Fatal(err)
	}
	const draws = 8
	for seed := range uint64(draws) {
		points := make([]scenarios.Point, n)
		s.Truth.Sampler.Sample(points, rand.New(rand.NewPCG(seed, 1)))
		e.Set(points)
		mean += e.Totals(nil, false).TV / draws
	}
	return mean
}
