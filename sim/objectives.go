package sim

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/sim/density"
)

// objective is that of a drift, of the totals of the nodes and of the share of the particles
// outside, where log r is as low as it can be; one with a reference leaves those out. With a
// reference, ρ and the places that count are those held at the nodes, zero elsewhere, and
// m is E_ρ[log r] there.
func (l *law) objective(t *density.Totals, outside float64, held []float64) float64 {
	if l.ref.Kind == divergences.NoReference {
		sum := t.Integral(func(_ int, q, logR float64) float64 {
			return q * l.drift.Integrand(divergences.Place{LogR: logR})
		})
		if outside > 0 {
			sum += outside * l.drift.Integrand(divergences.Place{LogR: -density.EmptyLogR})
		}
		return sum
	}
	rho := func(i int, q float64) float64 {
		if l.ref.Differentiated && held[i] > 0 {
			return q
		}
		return held[i]
	}
	mass := t.Integral(func(i int, q, _ float64) float64 { return rho(i, q) })
	logR := t.Integral(func(i int, q, logR float64) float64 { return rho(i, q) * logR })
	mean := average([]moments{{mass: mass, logR: logR}})
	return t.Integral(func(i int, q, logR float64) float64 {
		r := rho(i, q)
		if r <= 0 {
			return 0
		}
		return q * l.drift.Integrand(divergences.Place{LogR: logR, LogRho: math.Log(r / q), Mean: mean})
	})
}

// holdReference writes the present density of the reference to dst, zero where no particles
// are. The field has been evaluated widely.
func (f *field) holdReference(dst []float64) {
	clear(dst)
	if f.law.ref.Kind == divergences.NoReference {
		return
	}
	for i := range dst {
		if f.density.InSupport(i) {
			dst[i] = f.rho(i)
		}
	}
}
