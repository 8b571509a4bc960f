package grid

import "undercurrent/scenarios"

// Reach is the distance, in nodes along either axis, of the furthest node that Gradient,
// Divergence and Laplacian read.
const Reach = 2

// Factors of the differences in Gradient.
const near, far, diagonal = 5. / 6, 1. / 8, 1. / 24

// interior reports whether a node is at least Reach from the border.
func (g Grid) interior(ix, iy int) bool {
	return ix >= Reach && iy >= Reach && ix < g.NX-Reach && iy < g.NY-Reach
}

// Gradient is the gradient at a node, corrected so that its bilinear interpolation is right on
// average. Central differences have the error dx²/6·∂³ along their axis, and bilinear
// interpolation adds dx²/12·Δ; subtracting both at the nodes,
//
//	∂ₓ ≈ Dₓ(1 − δₓ²/4 − δᵧ²/12),
//
// with Dₓ the central difference and δ² the second difference, leaves a quarter of the error
// at no cost per particle. At the border it is the plain difference. The conversions keep the compiler from fusing a
// product with the sum that follows.
func (g Grid) Gradient(values []float64, ix, iy int) Vector {
	if !g.interior(ix, iy) {
		return g.borderGradient(values, ix, iy)
	}
	i, nx := iy*g.NX+ix, g.NX
	here := values[i-2 : i+3 : i+3]
	above, below := values[i+nx-1:i+nx+2:i+nx+2], values[i-nx-1:i-nx+2:i-nx+2]
	inv := 1 / g.Spacing
	return Vector{
		X: inv * (float64(near*(here[3]-here[1])) - float64(far*(here[4]-here[0])) - float64(diagonal*(above[2]-above[0]+below[2]-below[0]))),
		Y: inv * (float64(near*(above[1]-below[1])) - float64(far*(values[i+2*nx]-values[i-2*nx])) - float64(diagonal*(above[2]-below[2]+above[0]-below[0]))),
	}
}

// borderGradient is the central difference, one-sided at the border.
func (g Grid) borderGradient(values []float64, ix, iy int) Vector {
	left, right := max(ix-1, 0), min(ix+1, g.NX-1)
	below, above := max(iy-1, 0), min(iy+1, g.NY-1)
	row := iy * g.NX
	return Vector{
		X: (values[row+right] - values[row+left]) / (float64(right-left) * g.Spacing),
		Y: (values[above*g.NX+ix] - values[below*g.NX+ix]) / (float64(above-below) * g.Spacing),
	}
}

// Derivative is the gradient at a node, by fourth-order central differences; near the border it
// is that of Gradient. It is the gradient at the node itself; Gradient is the one to interpolate.
func (g Grid) Derivative(values []float64, i int) Vector {
	return g.derivative(values, i%g.NX, i/g.NX)
}

func (g Grid) derivative(values []float64, ix, iy int) Vector {
	if !g.interior(ix, iy) {
		return g.borderGradient(values, ix, iy)
	}
	i, up, inv := iy*g.NX+ix, g.NX, 1/(12*g.Spacing)
	return Vector{
		X: inv * (float64(8*(values[i+1]-values[i-1])) - (values[i+2] - values[i-2])),
		Y: inv * (float64(8*(values[i+up]-values[i-up])) - (values[i+2*up] - values[i-2*up])),
	}
}

// Divergence is the divergence of a vector field at a node at least Reach from the border, by
// fourth-order central differences.
func (g Grid) Divergence(v []Vector, i int) float64 {
	up := g.NX
	near := v[i+1].X - v[i-1].X + v[i+up].Y - v[i-up].Y
	far := v[i+2].X - v[i-2].X + v[i+2*up].Y - v[i-2*up].Y
	return (float64(8*near) - far) / (12 * g.Spacing)
}

// Laplacian is the Laplacian at a node at least Reach from the border, by fourth-order central
// differences.
func (g Grid) Laplacian(values []float64, i int) float64 {
	up := g.NX
	near := values[i-1] + values[i+1] + values[i-up] + values[i+up]
	far := values[i-2] + values[i+2] + values[i-2*up] + values[i+2*up]
	return (float64(16*near) - far - float64(60*values[i])) / (12 * g.Spacing * g.Spacing)
}

// Gather is the bilinear value of a vector field at (u, v), in units of the spacing from
// the first node. nx is Grid.NX. The conversions keep the compiler from fusing a product with the sum that
// follows.
func Gather(nodes []Vector, nx int, u, v float64) Vector {
	ix, iy := int(u), int(v)
	fx, fy := u-float64(ix), v-float64(iy)
	i := iy*nx + ix
	lower, upper := nodes[i:i+2:i+2], nodes[i+nx:i+nx+2:i+nx+2]
	ax, ay := lower[0].X+float64(fy*(upper[0].X-lower[0].X)), lower[0].Y+float64(fy*(upper[0].Y-lower[0].Y))
	bx, by := lower[1].X+float64(fy*(upper[1].X-lower[1].X)), lower[1].Y+float64(fy*(upper[1].Y-lower[1].Y))
	return Vector{ax + float64(fx*(bx-ax)), ay + float64(fx*(by-ay))}
}

// Bilinear is the bilinear value of a field at (u, v), in units of the spacing from the
// first node.
func (g Grid) Bilinear(nodes []float64, u, v float64) float64 {
	ix, iy := int(u), int(v)
	fx, fy := u-float64(ix), v-float64(iy)
	i := iy*g.NX + ix
	lower := nodes[i] + fx*(nodes[i+1]-nodes[i])
	upper := nodes[i+g.NX] + fx*(nodes[i+g.NX+1]-nodes[i+g.NX])
	return lower + fy*(upper-lower)
}

// Slope is the gradient of the bilinear value at (u, v), in units of the spacing from the
// first node.
func (g Grid) Slope(nodes []float64, u, v float64) Vector {
	ix, iy := int(u), int(v)
	fx, fy := u-float64(ix), v-float64(iy)
	i := iy*g.NX + ix
	a, b, c, d := nodes[i], nodes[i+1], nodes[i+g.NX], nodes[i+g.NX+1]
	return Vector{(b-a)*(1-fy) + (d-c)*fy, (c-a)*(1-fx) + (d-b)*fx}.Times(1 / g.Spacing)
}

// Interpolate returns the bilinear value of a field and its gradient at a point, which is
// clamped to the grid.
func (g Grid) Interpolate(nodes []float64, p scenarios.Point) (value, gx, gy float64) {
	q, _ := Clamp(p, g.Bounds())
	u, v := (q.X-g.X0)/g.Spacing, (q.Y-g.Y0)/g.Spacing
	slope := g.Slope(nodes, u, v)
	return g.Bilinear(nodes, u, v), slope.X, slope.Y
}
