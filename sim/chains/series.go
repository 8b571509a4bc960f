package chains

import (
	"math"
	"slices"
)

// series is a quantity of chains whose draws come one after the other and are thinned.
type series struct {
	kept [][]float64 // by chain and kept draw
	// sums are those of the draws from a kept one on up to the next, by chain and kept draw.
	sums [][]float64
	lags []lagSums // by chain
}

func newSeries(chains int) *series {
	return &series{kept: make([][]float64, chains), sums: make([][]float64, chains), lags: make([]lagSums, chains)}
}

// add adds the next draw of all chains.
func (s *series) add(values []float64, keep bool) {
	for c, v := range values {
		s.lags[c].add(v)
		if keep {
			s.kept[c], s.sums[c] = append(s.kept[c], v), append(s.sums[c], v)
			continue
		}
		s.sums[c][len(s.sums[c])-1] += v
	}
}

// halve keeps every second of the kept draws.
func (s *series) halve() {
	for c := range s.kept {
		s.kept[c] = halved(s.kept[c])
		s.sums[c] = merged(s.sums[c], func(a, b float64) float64 { return a + b })
	}
}

// means are those of a number of whole blocks of draws, by chain.
func (s *series) means(blocks, every int) [][]float64 {
	all := make([][]float64, len(s.sums))
	for c := range s.sums {
		all[c] = slices.Clone(s.sums[c][:blocks])
		for b := range all[c] {
			all[c][b] /= float64(every)
		}
	}
	return all
}

// lag1 is the mean autocorrelation at lag 1 over the chains that have one.
func (s *series) lag1() Estimate {
	sum, n := 0.0, 0
	for _, l := range s.lags {
		rho, ok := l.rho()
		switch {
		case !ok:
		case !finite(rho):
			return undefined(NonFinite)
		default:
			sum, n = sum+rho, n+1
		}
	}
	if n == 0 {
		return undefined(Constant)
	}
	return defined(sum / float64(n))
}

// lagSums are the sums of which the autocorrelation of a chain at lag 1 is made, of its draws less the first.
type lagSums struct {
	n                      int
	origin, last           float64
	sum, squares, products float64
	varies                 bool
}

func (l *lagSums) add(x float64) {
	if l.n == 0 {
		l.origin = x
	}
	d := x - l.origin
	l.varies = l.varies || d != 0
	if l.n > 0 {
		l.products += l.last * d
	}
	l.sum, l.squares, l.last = l.sum+d, l.squares+d*d, d
	l.n++
}

// rho is ρ₁ = Σ(xₜ − x̄)(xₜ₊₁ − x̄)/Σ(xₜ − x̄)², as [Quantity.Correlations] has it, if the chain varies.
func (l *lagSums) rho() (rho float64, ok bool) {
	n := float64(l.n)
	m := l.sum / n
	variance := l.squares - n*m*m
	if !l.varies || !(variance > 0) && !math.IsNaN(variance) {
		return 0, false
	}
	return (l.products - m*(2*l.sum-l.last) + (n-1)*m*m) / variance, true
}
