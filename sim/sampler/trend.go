package sampler

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// Trend says whether the loss of a training falls.
type Trend int

// The trends.
const (
	// NoTrend is that of too few iterations.
	NoTrend Trend = iota
	// Falls is that of a loss that is lower in the last trendWindow iterations than in those before, by more
	// than two standard errors of the difference.
	Falls
	// Level is that of a loss that is not.
	Level
)

const (
	// trendWindow is the number of iterations that are compared with those before.
	trendWindow = 100
	// trendPart is the number of iterations of which the mean counts as one draw: losses of neighbouring
	// iterations are not independent.
	trendPart = 10
	// trendErrors is the number of standard errors that a fall exceeds.
	trendErrors = 2
)

// LossTrend returns the trend of the loss under the current drift at the final bandwidth: at a larger one the
// loss falls with the bandwidth.
func (t *Trainer) LossTrend() Trend { return trendOf(t.losses) }

// trendOf is the trend of 2·trendWindow losses, NoTrend of any other number.
func trendOf(losses []float64) Trend {
	if len(losses) != 2*trendWindow {
		return NoTrend
	}
	before, beforeError := partMeans(losses[:trendWindow])
	now, nowError := partMeans(losses[trendWindow:])
	if before-now > trendErrors*math.Hypot(beforeError, nowError) {
		return Falls
	}
	return Level
}

// partMeans is the mean of losses and its standard error, from the means of parts.
func partMeans(losses []float64) (mean, se float64) {
	var means []float64
	for k := 0; k < len(losses); k += trendPart {
		means = append(means, stat.Mean(losses[k:k+trendPart], nil))
	}
	mean, sd := stat.MeanStdDev(means, nil)
	return mean, stat.StdErr(sd, float64(len(means)))
}
