package panel

import (
	"fmt"
	"math"

	"undercurrent/internal/portable"
)

const (
	// outlookSteps is how far back an outlook looks, minOutlook how far it has to.
	outlookSteps, minOutlook = 60, 8
	// slowestRatio is the change of a mass ratio in a step below which it is at rest.
	slowestRatio = 1e-5
)

// outlook says when the mass ratio of the k-th region reaches the range in which it counts as covered,
// from its changes in the first and in the second half of the last steps in the current motion.
// With the rate of the end it takes gap/rate steps, at least if the rate falls. A rate that falls by the
// same factor in equal times, as that of a relaxation, leaves rate/λ in all: it takes
// −ln(1 − λ·gap/rate)/λ steps, or the gap is never closed.
func outlook(h *History, k int) string {
	steps, ratios := recent(h, k)
	n := len(steps)
	switch {
	case n == 0:
		return "too few steps to tell"
	case math.IsNaN(ratios[n-1]):
		return "no target mass here"
	}
	now := ratios[n-1]
	goal := underCoveredBelow
	switch {
	case now > overCoveredAbove:
		goal = overCoveredAbove
	case now >= underCoveredBelow:
		return "within 10% of its target mass"
	}
	to := fmt.Sprintf("%.0f%%", 100*goal)
	if n < 3 || steps[n-1]-steps[0] < minOutlook {
		return "too few steps to tell when " + to
	}
	middle := n / 2
	gap, side := math.Abs(goal-now), math.Copysign(1, goal-now)
	before := side * (ratios[middle] - ratios[0]) / (steps[middle] - steps[0])
	after := side * (now - ratios[middle]) / (steps[n-1] - steps[middle])
	switch {
	case after < -slowestRatio:
		return "moving away from " + to
	case after < slowestRatio:
		return "at rest: no " + to + " at this rate"
	case after >= before:
		return fmt.Sprintf("%s in %s steps at this rate", to, roughly(gap/after))
	}
	decay := 2 * math.Log(before/after) / (steps[n-1] - steps[0])
	rate := after * portable.Exp(-decay*(steps[n-1]-steps[middle])/2)
	if reach := rate / decay; reach <= gap {
		return fmt.Sprintf("slowing down, levels off near %.0f%%", 100*(now+side*reach))
	}
	soonest, latest := roughly(gap/rate), roughly(-math.Log1p(-gap*decay/rate)/decay)
	if soonest != latest {
		soonest += "–" + latest
	}
	return fmt.Sprintf("%s in about %s steps", to, soonest)
}

// recent is the mass ratio of the k-th region over the last steps, as far back as the motion is the same.
func recent(h *History, k int) (steps, ratios []float64) {
	from := len(h.Samples)
	for from > 0 {
		s, last := h.Samples[from-1], h.Samples[len(h.Samples)-1]
		if s.Motion != last.Motion || last.Step-s.Step > outlookSteps || k >= len(s.MassRatio) {
			break
		}
		from--
	}
	for _, s := range h.Samples[from:] {
		steps, ratios = append(steps, float64(s.Step)), append(ratios, s.MassRatio[k])
	}
	return steps, ratios
}

// roughly is a positive number of steps to two digits.
func roughly(steps float64) string {
	unit := portable.Pow(10, max(math.Floor(math.Log10(steps))-1, 0))
	return fmt.Sprintf("%.0f", max(math.Round(steps/unit)*unit, 1))
}
