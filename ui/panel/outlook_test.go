package panel

import (
	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/target"
	"undercurrent/ui/session"

	"fmt"
	"math"
	"strings"
	"testing"
)

// past is a history of one region whose mass ratio is a function of the step, every third step up to one.
func past(until int, ratio func(step float64) float64) *History {
	h := &History{}
	for step := 0; step <= until; step += 3 {
		h.Samples = append(h.Samples, session.Sample{Step: step, Motion: "reverse-kl@0.25", MassRatio: []float64{ratio(float64(step))}})
	}
	return h
}

// A relaxation 1 − A exp(−λt) reaches 90 % between the steps that are told; one whose limit is lower
// levels off there.
func TestAnOutlookHoldsForARelaxation(t *testing.T) {
	for _, limit := range []float64{1, 0.95, 0.7, 0.4} {
		for _, rate := range []float64{0.003, 0.01, 0.03} {
			for _, until := range []int{30, 60, 90} {
				ratio := func(step float64) float64 { return limit * (1 - math.Exp(-rate*step)) }
				now := ratio(float64(until))
				text := outlook(past(until, ratio), 0)
				var low, high float64
				switch {
				case now >= underCoveredBelow:
					if text != "within 10% of its target mass" {
						t.Errorf("at %.2f it says %q", now, text)
					}
				case limit <= underCoveredBelow:
					if n, _ := fmt.Sscanf(text, "slowing down, levels off near %f%%", &low); n != 1 || math.Abs(low/100-limit) > 0.02 {
						t.Errorf("with limit %g it says %q", limit, text)
					}
				default:
					true1 := -math.Log(1-underCoveredBelow/limit)/rate - float64(until)
					n, _ := fmt.Sscanf(strings.ReplaceAll(text, "–", " "), "90%% in about %f %f steps", &low, &high)
					if n == 1 {
						high = low
					}
					if n == 0 || low > true1*1.1+1 || high < true1*0.9-1 {
						t.Errorf("with limit %g, rate %g at step %d it says %q, expected %.0f to be in it", limit, rate, until, text, true1)
					}
				}
			}
		}
	}
}

func TestAnOutlookSaysWhatTheRateIs(t *testing.T) {
	for want, ratio := range map[string]func(step float64) float64{
		"90% in 80 steps at this rate":       func(step float64) float64 { return 0.2 + 0.005*step },
		"110% in 37 steps at this rate":      func(step float64) float64 { return 1.6 - 0.00513*step },
		"moving away from 90%":               func(step float64) float64 { return 0.6 - 0.005*step },
		"moving away from 110%":              func(step float64) float64 { return 1.2 + 0.005*step },
		"at rest: no 90% at this rate":       func(float64) float64 { return 0.6 },
		"within 10% of its target mass":      func(float64) float64 { return 1.05 },
		"no target mass here":                func(float64) float64 { return math.NaN() },
		"slowing down, levels off near 60%":  func(step float64) float64 { return 0.6 - 0.4*math.Exp(-0.1*step) },
		"slowing down, levels off near 149%": func(step float64) float64 { return 1.49 + math.Exp(-0.1*step) },
	} {
		if got := outlook(past(60, ratio), 0); got != want {
			t.Errorf("it says %q, expected %q", got, want)
		}
	}
	if got := outlook(&History{}, 0); got != "too few steps to tell" {
		t.Errorf("without a past it says %q", got)
	}
	h := past(60, func(step float64) float64 { return 0.2 + 0.005*step })
	for k := range h.Samples[:len(h.Samples)-2] {
		h.Samples[k].Motion = "reverse-kl@0.25+birth-death"
	}
	if got := outlook(h, 0); got != "too few steps to tell when 90%" {
		t.Errorf("just after a switch it says %q", got)
	}
}

func TestADeviationIsInStandardErrors(t *testing.T) {
	region := func(mass, particles float64) sim.RegionReport {
		return sim.RegionReport{RegionTotals: density.RegionTotals{Region: target.Region{Mass: mass}, ParticleMass: particles}}
	}
	for want, k := range map[string]sim.RegionReport{
		"3.0 se below target, if independent": region(0.2, 0.2-3*0.04),
		"2.5 se above target, if independent": region(0.5, 0.5+2.5*0.05),
		"all of the target, or none of it":    region(1, 0.9),
	} {
		if got := deviation(k, 100); got != want {
			t.Errorf("it says %q, expected %q", got, want)
		}
	}
}
