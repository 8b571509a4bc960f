package sim

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"undercurrent/divergences"
)

// An integral over the plane is a sum over the nodes times the area of one. The
// integrands are continued beyond the clip of log r (divergences.Continue), so
// that an empty place under the target costs a finite number.

const (
	// void is a density under which a node adds nothing to any integral: even
	// multiplied by the square of the largest ratio it is lost in rounding.
	void = 1e-40
	// emptyLogR stands for log r where q = 0, far beyond the clip, where integrands
	// have reached their limits.
	emptyLogR = 2 * ClipLogR
	// emptyQ is q/p there.
	emptyQ = 1e-12
)

// ratios is log r at every node, and q beside it; both are zero where the node does not
// matter to an integral.
type ratios struct{ q, logR []float64 }

// ratioOf is q and log r at a node, q as small as it may be where no particles are.
func ratioOf(p, logP, q float64) (least, logR float64) {
	if p < void && q < void {
		return 0, 0
	}
	if q > 0 {
		logR = logP - math.Log(q)
	}
	if q == 0 || logR > emptyLogR {
		return p * emptyQ, emptyLogR
	}
	return q, logR
}

// total is the integral of a function of a node with its q and log r, a row at a time.
func (f *Flow) total(at func(i int, q, logR float64) float64) (sum float64) {
	n, rows := &f.nodes, make([]float64, f.grid.NY)
	f.each(func(iy int) {
		for i := iy * f.grid.NX; i < (iy+1)*f.grid.NX; i++ {
			if q := n.q[i]; q != 0 {
				rows[iy] += at(i, q, n.logR[i])
			}
		}
	})
	return floats.Sum(rows) * f.grid.Area()
}

// active is the objective of the drift in force, of the nodes as they are listed and of the
// strays, where log r is as low as it can be; one with a reference leaves those out. With a
// reference, ρ and the places that count are those held at the nodes, zero elsewhere, and
// m is E_ρ[log r] there.
func (f *Flow) active(held []float64) float64 {
	l := f.law
	if l.ref.Kind == divergences.NoReference {
		sum := f.total(func(_ int, q, logR float64) float64 {
			return q * l.drift.Integrand(divergences.Place{LogR: logR})
		})
		if f.strays() > 0 {
			sum += f.straying() * l.drift.Integrand(divergences.Place{LogR: -emptyLogR})
		}
		return sum
	}
	rho := func(i int, q float64) float64 {
		if l.ref.Moves && held[i] > 0 {
			return q
		}
		return held[i]
	}
	mass := f.total(func(i int, q, _ float64) float64 { return rho(i, q) })
	logR := f.total(func(i int, q, logR float64) float64 { return rho(i, q) * logR })
	mean := average([]moments{{mass: mass, logR: logR}})
	return f.total(func(i int, q, logR float64) float64 {
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
		if f.held(i) {
			dst[i] = f.rho(i)
		}
	}
}
