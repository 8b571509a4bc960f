// Package chains has the diagnostics of Markov chains: whether chains agree (R̂), how many
// independent draws they are worth (ESS), the error of what is estimated from them (MCSE), how
// they move, which regions they visit, and what speaks against the sampler that made them.
//
// It works on plain numbers. A quantity is a [][]float64, indexed by chain and draw; positions
// are a [][][]float64, indexed by coordinate, chain and draw; regions are a [][]int, indexed by
// chain and draw, −1 for a draw in none. No argument is changed. Messages count chains, draws
// and coordinates from 1, as people do.
//
// A number that is not defined is an [Estimate] with a [Reason]. What is not a table of draws at
// all, chains of different lengths for one, is an error.
//
// # Definitions
//
// R̂, ESS and MCSE are those of Vehtari, Gelman, Simpson, Carpenter, Bürkner (2021),
// Rank-normalization, folding, and localization: an improved R̂ for assessing convergence of
// MCMC, Bayesian Analysis 16(2), in the details of the R package posterior 1.4.0: halves of
// chains without the middle draw, normal scores of average ranks with Blom's offset 3/8, the
// initial monotone sequence of Geyer (1992), Practical Markov chain Monte Carlo, Statistical
// Science 7(4), on pairs of lags up to five before the end of a half, ESS at most
// N log₁₀N. There are four differences, each where posterior has no use for the value:
//
//   - fewer than 12 draws per chain leave no pair of lags: ESS is undefined, not N/2;
//   - where the very first pair has no positive sum, as for draws that alternate, ESS is N log₁₀N,
//     not N/2;
//   - where all distances to the median are equal, R̂ is that of the draws alone;
//   - a quantity is constant when all its draws are equal, not when they are within 2⁻⁵².
//
// # What draws tell of a sampler
//
// Accepted moves x → y of a reversible chain in its stationary law come as often as y → x. So
// half of them go down ([Downhill]) and the mean displacement at x follows ∇log p(x), whatever
// the proposals were: neither tells a Langevin proposal with the right sign of the gradient
// from one with the wrong sign, whose correction makes its law right. The rejections do; see
// [Rejections]. [Suspicions] has the thresholds. What cannot be told from draws and log
// densities:
//
//   - a wrong sign from a right sign with a step so long that its drift overshoots: both are
//     rejected more than a random walk. With a shorter step the ratio of rejections falls
//     towards 0 for the right sign and stays at about 2 for the wrong one;
//   - anything about rejections once draws are thinned, or when draws equal to the one before
//     were removed;
//   - a step too short from a target so flat that a step cannot cross it: both have a log density
//     that hardly changes from draw to draw;
//   - a region that no chain has visited.
package chains
