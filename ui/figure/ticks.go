package figure

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"

	"undercurrent/internal/portable"
)

// numeral is a number of an axis, with the minus of typography.
func numeral(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'g', 6, 64), "-", "−", 1)
}

// roundTicks are ticks of a linear axis at round numbers.
type roundTicks struct{}

var _ plot.Ticker = roundTicks{}

// maxTicks is the largest number of labels of a linear axis.
const maxTicks = 6

// Ticks are those from lo to hi: multiples of 1, 2 or 5 times a power of ten.
func (roundTicks) Ticks(lo, hi float64) (ticks []plot.Tick) {
	step := portable.Pow(10, math.Floor(math.Log10((hi-lo)/maxTicks)))
	for _, k := range []float64{1, 2, 5, 10} {
		if (hi-lo)/(k*step) <= maxTicks {
			step *= k
			break
		}
	}
	const rounding = 1e-9 // of a step
	for k := math.Ceil(lo/step-rounding) + 0; k*step <= hi+rounding*step; k++ {
		v := k * step
		ticks = append(ticks, plot.Tick{Value: v, Label: numeral(v)})
	}
	return ticks
}

// logTicks are ticks of an axis of log₁₀ v: labels at powers of ten, and at twice and five times them where there
// are few. The library's own logarithmic axis panics at 0 and places its label at the mean of v.
type logTicks struct{}

var _ plot.Ticker = logTicks{}

// Ticks are those from lo to hi.
func (logTicks) Ticks(lo, hi float64) (ticks []plot.Tick) {
	few := hi-lo < 2
	for e := math.Floor(lo); e <= hi; e++ {
		for k := 1.0; k < 10; k++ {
			at := e + math.Log10(k)
			if at < lo || at > hi {
				continue
			}
			t := plot.Tick{Value: at}
			if k == 1 || few && (k == 2 || k == 5) {
				t.Label = numeral(k * portable.Pow(10, e))
			}
			ticks = append(ticks, t)
		}
	}
	return ticks
}

// logs are log₁₀ of values, NaN of those that are not positive.
func logs(values []float64) []float64 {
	list := make([]float64, len(values))
	for i, v := range values {
		if list[i] = math.Log10(v); math.IsInf(list[i], -1) {
			list[i] = math.NaN()
		}
	}
	return list
}
