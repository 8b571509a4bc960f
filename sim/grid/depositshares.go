package grid

import (
	"math/bits"

	"undercurrent/scenarios"
)

// Shares of the mass are integers too, in units of 2⁻⁶⁰, so that their sums do not depend on the
// order either. All together are 2⁶⁰, with four more units of each of 2·10⁷ particles, which stays below 2⁶³.
const shareOne = 1 << 60

// spreadShares adds points, which lie inside the bounds of the grid, with their shares of the mass to the
// sums at the nodes. Each of the four nodes around a point gets its part of the share, rounded down, and one
// unit more, so that it is occupied however small the share is; the four sum to the share and four units.
func (g Grid) spreadShares(nodes []int64, points []scenarios.Point, shares []float64) {
	nx, x0, y0, inv := g.NX, g.X0, g.Y0, fractionOne/g.Spacing
	for k, p := range points {
		u, v := int64((p.X-x0)*inv), int64((p.Y-y0)*inv)
		fx, fy := u&fractionMask|1, v&fractionMask|1 // as those of equal points
		i := int(v>>fractionBits)*nx + int(u>>fractionBits)
		lower, upper := nodes[i:i+2:i+2], nodes[i+nx:i+nx+2:i+nx+2]
		share := int64(shares[k] * shareOne)
		both, right, top := partOf(share, fx*fy), partOf(share, fx<<fractionBits), partOf(share, fy<<fractionBits)
		upper[1] += both + 1
		upper[0] += top - both + 1
		lower[1] += right - both + 1
		lower[0] += share - right - top + both + 1
	}
}

// partOf is a fraction of a share in units of 2⁻³⁶, rounded down.
func partOf(share, fraction int64) int64 {
	hi, lo := bits.Mul64(uint64(share), uint64(fraction))
	return int64(hi<<(64-2*fractionBits) | lo>>(2*fractionBits))
}
