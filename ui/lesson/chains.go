package lesson

import (
	"math"

	"undercurrent/sim/diagnosis"
)

// ofChains reads the diagnosis of the chains that are shown, NaN without any.
func ofChains(s subject, read func(*diagnosis.Report) float64) float64 {
	if s.frame.Watching == nil || s.frame.Watching.Chains == nil {
		return math.NaN()
	}
	return read(s.frame.Watching.Chains.Report)
}

func rhat(q diagnosis.Quantity) float64     { return q.RHat.Value }
func minusESS(q diagnosis.Quantity) float64 { return -q.ESSBulk.Value }
func lag1(q diagnosis.Quantity) float64     { return q.Lag1.Value }

// largest is the largest of the values of the columns.
func largest(r *diagnosis.Report, of func(diagnosis.Quantity) float64) float64 {
	top := math.Inf(-1)
	for _, q := range r.Quantities {
		top = max(top, of(q))
	}
	return top
}

// acceptance is the mean over the chains, which are of one length.
func acceptance(r *diagnosis.Report) (mean float64) {
	for _, m := range r.Moves {
		mean += m.Acceptance.Value / float64(len(r.Moves))
	}
	return mean
}

func longestStay(r *diagnosis.Report) (longest float64) {
	for _, m := range r.Moves {
		longest = max(longest, float64(m.LongestStay))
	}
	return longest
}
