package lesson

import (
	"fmt"
	"math"

	"undercurrent/internal/portable"
	"undercurrent/sim"
	"undercurrent/sim/diagnosis"
	"undercurrent/ui/session"
)

// Ways to print a number.
func thousandths(v float64) string { return fmt.Sprintf("%.3f", v) }
func percent(v float64) string     { return fmt.Sprintf("%.0f%%", 100*v) }
func change(v float64) string      { return fmt.Sprintf("%+.4f", v) }
func whole(v float64) string       { return fmt.Sprintf("%.0f", v) }
func digits(v float64) string      { return fmt.Sprintf("%.3g", v) }

// kinds is the table of quantities.
func kinds() []kind {
	response, effort := session.Shown{Response: true}, session.Shown{Effort: true}
	none := session.Shown{}
	return []kind{
		{"tv", noArgument, "total variation distance between particles and target", none, thousandths, func(s subject) float64 { return s.report.TV }},
		{"exact tv", noArgument, "TV of an exact sample of as many points, of a flow in a comparison", session.Shown{Exact: true}, thousandths, exactTV},
		{"step", noArgument, "steps since the start", none, whole, func(s subject) float64 { return float64(s.report.Step) }},
		{"evaluations", noArgument, "evaluations of the target since the start", none, whole, func(s subject) float64 { return float64(s.report.Evaluations) }},
		{"bandwidth", noArgument, "bandwidth in force", none, digits, func(s subject) float64 { return s.report.Bandwidth }},
		{"coverage", noArgument, "the coverage measure U", none, thousandths, func(s subject) float64 { return s.report.UnderCoverage }},
		{"best coverage", noArgument, "the least that U can be", none, thousandths, func(s subject) float64 { return s.frame.Functional.Measure().Least() }},
		{"threshold", noArgument, "the repair threshold r* of U, infinite without one", none, digits, func(s subject) float64 { return portable.Exp(s.frame.Functional.Measure().Threshold()) }},
		{"unreached", noArgument, "target mass where no particles are", none, percent, func(s subject) float64 { return s.report.Unreached }},
		{"predicted", noArgument, "change of U in the last step, predicted to first order", response, change, func(s subject) float64 { return s.report.UnderCoverageChange.FirstOrder }},
		{"actual", noArgument, "change of U in the last step", response, change, func(s subject) float64 { return s.report.UnderCoverageChange.Measured }},
		{"prediction error", noArgument, "difference between the two, in parts of the change", response, percent, func(s subject) float64 { return relativeError(s.report.UnderCoverageChange) }},
		{"identity error", noArgument, "error of the compression identity", session.Shown{Identity: true}, percent, func(s subject) float64 { return s.report.IdentityResidual }},
		{"contracting", noArgument, "share of the particles where the flow contracts", session.Shown{Fields: true}, percent, contracting},
		{"excess", noArgument, "share of the particles at r < 1/2: more than twice too many of them", none, percent, excess},
		{"movement to gaps", noArgument, "share of the movement at r > 1, where particles are missing", effort, percent, movementToGaps},
		{"wrong way", noArgument, "share of the particles that move against ∇log r", effort, percent, wrongWay},
		{"lacking", noArgument, "target mass that islands lack, 0 without islands", none, percent, lacking},
		{"sampler tv", noArgument, "TV of the samples of the trained network", none, thousandths, func(s subject) float64 { return training(s, func(t *session.TrainingSnapshot) float64 { return t.TV }) }},
		{"sampler iterations", noArgument, "iterations of its training so far", none, whole, func(s subject) float64 {
			return training(s, func(t *session.TrainingSnapshot) float64 { return float64(t.Progress.Iteration) })
		}},
		{"sampler exact tv", noArgument, "TV of exact samples next to it", none, thousandths, func(s subject) float64 {
			return training(s, func(t *session.TrainingSnapshot) float64 { return t.Exact.Mean })
		}},
		{"rhat", noArgument, "largest R̂ of the two columns of chains", none, thousandths, func(s subject) float64 {
			return ofChains(s, func(r *diagnosis.Report) float64 { return largest(r, rhat) })
		}},
		{"ess", noArgument, "least bulk effective sample size of the two columns of chains", none, whole, func(s subject) float64 {
			return ofChains(s, func(r *diagnosis.Report) float64 { return -largest(r, minusESS) })
		}},
		{"lag 1", noArgument, "larger autocorrelation at lag 1 of the two columns of chains", none, thousandths, func(s subject) float64 {
			return ofChains(s, func(r *diagnosis.Report) float64 { return largest(r, lag1) })
		}},
		{"acceptance", noArgument, "share of the moves of chains that were accepted", none, percent, func(s subject) float64 { return ofChains(s, acceptance) }},
		{"longest stay", noArgument, "most draws in a row that a chain stayed at one place", none, whole, func(s subject) float64 { return ofChains(s, longestStay) }},
		{"findings", noArgument, "number of things that speak against chains", none, whole, func(s subject) float64 {
			return ofChains(s, func(r *diagnosis.Report) float64 { return float64(len(r.Findings)) })
		}},
		{"efficiency", divergenceArgument, "efficiency η of a divergence for the chosen region", none, percent, func(s subject) float64 { return forecast(s).Efficiency }},
		{"gain", divergenceArgument, "what the mass of the chosen region would gain in the next step", none, change, func(s subject) float64 { return forecast(s).MassChange }},
		{"current efficiency", noArgument, "efficiency η of the current weight for the chosen region", none, percent, currentEfficiency},
		{"ratio", regionArgument, "particle mass over target mass", none, percent, func(s subject) float64 { return s.region.MassRatio() }},
		{"target", regionArgument, "target mass", none, percent, func(s subject) float64 { return s.region.Mass }},
		{"particles", regionArgument, "particle mass", none, percent, func(s subject) float64 { return s.region.ParticleMass }},
		{"predicted", regionArgument, "change of the particle mass in the last step, predicted to first order", response, change, func(s subject) float64 { return s.region.MassChange.FirstOrder }},
		{"prediction error", regionArgument, "difference between the two, in parts of the change", response, percent, func(s subject) float64 { return relativeError(s.region.MassChange) }},
		{"actual", regionArgument, "change of the particle mass in the last step", response, change, func(s subject) float64 { return s.region.MassChange.Measured }},
	}
}

// exactTV needs the flow of a comparison.
func exactTV(s subject) float64 {
	if s.run == nil || s.run.Exact == nil {
		return math.NaN()
	}
	return s.run.Exact.TV.Mean
}

// relativeError is the difference between the prediction and the change, in parts of that.
func relativeError(c sim.Change) float64 {
	if c.Measured == 0 {
		return math.NaN()
	}
	return math.Abs(c.FirstOrder/c.Measured - 1)
}

// contracting is ∫ q over the places with −div V > 0, over the places where that is known.
func contracting(s subject) float64 {
	f := &s.frame.Fields
	if !f.Complete || s.run != nil {
		return math.NaN()
	}
	in, all := 0.0, 0.0
	for k, c := range f.Compression {
		if math.IsNaN(c) {
			continue
		}
		all += f.Q[k]
		if c > 0 {
			in += f.Q[k]
		}
	}
	return in / all
}

// excess sums the histogram of log r up to −ln 2.
func excess(s subject) float64 {
	list := s.frame.Histogram
	if s.run != nil {
		list = s.run.Histogram
	}
	sum, width := 0.0, (session.HistogramHi-session.HistogramLo)/float64(len(list))
	for k, share := range list {
		if session.HistogramLo+(float64(k)+1)*width <= -math.Ln2 {
			sum += share
		}
	}
	return sum
}

// movementToGaps sums the effort of the bands with log r > 0.
func movementToGaps(s subject) float64 {
	if len(s.report.Effort) == 0 {
		return math.NaN()
	}
	sum := 0.0
	for _, b := range s.report.Effort {
		if b.Lo >= 0 {
			sum += b.Share
		}
	}
	return sum
}

func wrongWay(s subject) float64 {
	if len(s.report.Effort) == 0 {
		return math.NaN()
	}
	return s.report.WrongWay
}

func lacking(s subject) float64 {
	if s.frame.Islands == nil {
		return 0
	}
	return s.frame.Islands.Lacking
}

// training reads the sampler, NaN without one.
func training(s subject, read func(*session.TrainingSnapshot) float64) float64 {
	if s.frame.Training == nil {
		return math.NaN()
	}
	return read(s.frame.Training)
}

func currentEfficiency(s subject) float64 {
	if s.frame.Detail == nil {
		return math.NaN()
	}
	return s.frame.Detail.Current.Efficiency
}
