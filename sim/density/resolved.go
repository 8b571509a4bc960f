package density

import "math"

// How empty a place is where no particle is near, the particles do not tell: the estimated density
// there is that of a kernel's tail, and of its truncation. Two things are therefore restricted to
// what N particles resolve.
//
// The objective of a divergence whose weight grows without bound reads log r up to
//
//	c(x) = max(0, log p(x)/q₀),   q₀ = e^−⅛/(2πh²N),
//
// with q₀ the density of one particle at a distance of half a bandwidth, and is continued with the
// weight at c. N is the effective size where the particles have weights. The nodes around a particle have at least q₀, so the velocities of the particles
// do not change, and the objective is the one that they descend.
//
// The reference of a Log-Variance drift counts where particles are; see Estimator.Support.

const (
	// resolvedBandwidths is the distance at which one particle has the density q₀, in bandwidths.
	resolvedBandwidths = 0.5
	// The support ends where q is the density of one particle at outerSupport bandwidths, and is
	// full where it is that at innerSupport.
	innerSupport, outerSupport = 2, 3
)

// logOne is the logarithm of the density of one of n particles at a distance in bandwidths.
func (k Kernel) logOne(n, distance float64) float64 {
	return -distance*distance/2 - math.Log(2*math.Pi*k.Bandwidth*k.Bandwidth*n)
}

// beyondResolved is by how much log r exceeds c, 0 if it does not; see divergences.LogRatios.
func beyondResolved(logP, logR, logResolved float64) float64 {
	beyond := logResolved - logP + logR
	if beyond <= 0 {
		return 0 // mostly
	}
	return max(min(logR, beyond), 0)
}

// Beyond is by how much log r exceeds at a node what the points resolve there, 0 if it does not.
// LogR must be up to date there.
func (e *Estimator) Beyond(i int) float64 {
	return beyondResolved(e.target.LogP[i], e.logR[i], e.logResolved)
}

// Support is the weight of a node in integrals over the support of the points, from 0 where log q
// depends on the distance to the nearest point alone to 1 where points are. It is linear in log q
// between the densities of one particle at three bandwidths and at two. LogR must be up to date
// everywhere.
func (e *Estimator) Support(i int) float64 {
	if e.q[i] <= 0 {
		return 0
	}
	const width = (outerSupport*outerSupport - innerSupport*innerSupport) / 2.
	return min(max((e.target.LogP[i]-e.logR[i]-e.logOuter)/width, 0), 1)
}
