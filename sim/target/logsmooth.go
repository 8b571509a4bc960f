package target

import (
	"math"

	"undercurrent/internal/portable"
	"undercurrent/sim/grid"
)

// minDirect is the smallest smoothed scaled density for which the kernel's truncation at
// directBandwidths, and underflow, are below rounding: 670 nats below the highest density.
const minDirect = 1e-30

// smoothFar computes log(K_h * p) in the log domain at the nodes of g where direct, the smoothed
// scaled density, is below minDirect, and writes it to dst. logs are the log-densities at
// the nodes of g.Fine(), where the trapezoidal rule is exact to rounding for the kernel.
func smoothFar(dst, direct, logs []float64, g grid.Grid, bandwidth float64, w *grid.Workers) {
	columns := farColumns(direct, g)
	fine := g.Fine()
	at := make([]int, len(columns))
	for k, ix := range columns {
		at[k] = 2*ix + 2
	}
	deviation := bandwidth / fine.Spacing
	along := make([]float64, fine.NY*len(columns)) // smoothed along x, a column after the other
	w.Ranges(fine.NY, func(from, to int) {
		l, out := newLogLine(fine.NX, deviation), make([]float64, len(columns))
		for iy := from; iy < to; iy++ {
			l.smooth(out, logs[iy*fine.NX:(iy+1)*fine.NX], at)
			for k, v := range out {
				along[k*fine.NY+iy] = v
			}
		}
	})
	w.Ranges(len(columns), func(from, to int) {
		l := newLogLine(fine.NY, deviation)
		for k := from; k < to; k++ {
			var rows, at []int
			for iy := range g.NY {
				if direct[iy*g.NX+columns[k]] < minDirect {
					rows, at = append(rows, iy), append(at, 2*iy+2)
				}
			}
			out := make([]float64, len(rows))
			l.smooth(out, along[k*fine.NY:(k+1)*fine.NY], at)
			for j, iy := range rows {
				dst[iy*g.NX+columns[k]] = out[j]
			}
		}
	})
}

// LogEstimate returns the logarithms of a density estimate at the nodes of g, given the mass at the
// nodes and the estimate, their convolution with a Gaussian that is truncated. Where it has no value,
// out of reach of every mass, the logarithm is that of the whole Gaussian.
func LogEstimate(mass, estimate []float64, g grid.Grid, bandwidth float64, w *grid.Workers) []float64 {
	fine := g.Fine()
	logs, scaled, out := make([]float64, fine.Len()), make([]float64, g.Len()), make([]float64, g.Len())
	for i := range logs {
		logs[i] = math.Inf(-1)
	}
	for i, m := range mass {
		logs[(2*(i/g.NX)+2)*fine.NX+2*(i%g.NX)+2] = math.Log(m / fine.Area())
		scaled[i], out[i] = estimate[i]*g.Area(), math.Log(estimate[i])
	}
	// The deposit has the rest of the variance; see grid.KernelTaps.
	smoothFar(out, scaled, logs, g, math.Sqrt(bandwidth*bandwidth-g.Spacing*g.Spacing/6), w)
	return out
}

// farColumns lists the columns with a node whose smoothed density is below minDirect.
func farColumns(direct []float64, g grid.Grid) (columns []int) {
	for ix := range g.NX {
		for iy := range g.NY {
			if direct[iy*g.NX+ix] < minDirect {
				columns = append(columns, ix)
				break
			}
		}
	}
	return columns
}

// logLine smooths logarithms along a line by a Gaussian,
//
//	log Σⱼ exp(fⱼ − (i − j)²/2s²)/(s√2π),
//
// with s the standard deviation in nodes. The sum is over the nodes near its largest term, which
// is found as the upper envelope of the parabolas fⱼ − (i − j)²/2s² (Felzenszwalb, Huttenlocher
// 2012, Distance transforms of sampled functions). Other maxima of the terms are left out, which
// costs up to ln 2 where two of them are equal and far apart.
type logLine struct {
	deviation float64
	bend      float64 // 1/2s²
	reach     int     // number of nodes on each side of the largest term
	vertices  []int   // of the envelope
	from      []float64
}

// lineReach is the number of standard deviations on each side of the largest term.
const lineReach = 7

func newLogLine(n int, deviation float64) *logLine {
	return &logLine{deviation: deviation, bend: 1 / (2 * deviation * deviation), reach: int(math.Ceil(lineReach * deviation)),
		vertices: make([]int, 0, n), from: make([]float64, 0, n)}
}

// smooth writes the smoothed logarithms at the nodes at, in increasing order, to dst.
func (l *logLine) smooth(dst, f []float64, at []int) {
	l.envelope(f)
	scale, v := math.Log(l.deviation*math.Sqrt(2*math.Pi)), 0
	for k, i := range at {
		if len(l.vertices) == 0 {
			dst[k] = math.Inf(-1)
			continue
		}
		for v+1 < len(l.vertices) && l.from[v+1] <= float64(i) {
			v++
		}
		dst[k] = l.sum(f, i, l.vertices[v]) - scale
	}
}

// envelope finds the nodes whose parabolas are highest somewhere, and from where on.
func (l *logLine) envelope(f []float64) {
	l.vertices, l.from = l.vertices[:0], l.from[:0]
	for j, v := range f {
		if math.IsInf(v, -1) {
			continue
		}
		start := math.Inf(-1)
		for n := len(l.vertices); n > 0; n = len(l.vertices) {
			k := l.vertices[n-1]
			// Where the parabolas of k < j meet; that of j is higher to the right of it.
			start = (float64(j)+float64(k))/2 + (f[k]-v)/(2*l.bend*float64(j-k))
			if start > l.from[n-1] {
				break
			}
			l.vertices, l.from, start = l.vertices[:n-1], l.from[:n-1], math.Inf(-1)
		}
		l.vertices, l.from = append(l.vertices, j), append(l.from, start)
	}
}

// sum is the logarithm of the sum at node i over the nodes around the largest term.
func (l *logLine) sum(f []float64, i, largest int) float64 {
	term := func(j int) float64 { return f[j] - l.bend*float64(i-j)*float64(i-j) }
	top, sum := term(largest), 1.0
	for j := largest - 1; j >= max(largest-l.reach, 0); j-- {
		d := term(j) - top
		if d < negligible && !math.IsInf(f[j], -1) {
			break
		}
		sum += portable.Exp(d)
	}
	for j := largest + 1; j <= min(largest+l.reach, len(f)-1); j++ {
		d := term(j) - top
		if d < negligible && !math.IsInf(f[j], -1) {
			break
		}
		sum += portable.Exp(d)
	}
	return top + math.Log(sum)
}

// negligible is the logarithm of the ratio to the largest term at which a side of the sum ends; beyond
// a node without mass there may be more.
const negligible = -36
