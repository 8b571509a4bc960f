package formula

import (
	"math"

	"undercurrent/internal/portable"
)

// term is a compiled subexpression: its value, and its value with the derivatives.
type term struct {
	value func(x, y float64) float64
	slope func(x, y float64) dual
}

func constant(c float64) term {
	return term{func(float64, float64) float64 { return c }, func(float64, float64) dual { return dual{v: c} }}
}

// unary applies f; slope(v, f(v)) is its derivative at v.
func unary(t term, f func(float64) float64, slope func(v, fv float64) float64) term {
	return term{func(x, y float64) float64 { return f(t.value(x, y)) }, func(x, y float64) dual {
		d := t.slope(x, y)
		fv := f(d.v)
		return chain(d, fv, slope(d.v, fv))
	}}
}

// binary applies an operation to two terms. Each is evaluated once, so that the cost is
// linear in the length of the formula.
func binary(a, b term, value func(p, q float64) float64, slope func(p, q dual) dual) term {
	return term{func(x, y float64) float64 { return value(a.value(x, y), b.value(x, y)) },
		func(x, y float64) dual { return slope(a.slope(x, y), b.slope(x, y)) }}
}

// add is the sum of a list with signs; the sign of the first term is not used.
func add(list []term, signs []float64) term {
	return term{func(x, y float64) float64 {
		sum := list[0].value(x, y)
		for k, t := range list[1:] {
			sum += signs[k+1] * t.value(x, y)
		}
		return sum
	}, func(x, y float64) dual {
		sum := list[0].slope(x, y)
		for k, t := range list[1:] {
			sum = sum.plus(t.slope(x, y), signs[k+1])
		}
		return sum
	}}
}

func multiply(a, b term) term {
	return binary(a, b, func(p, q float64) float64 { return p * q }, dual.times)
}

func divide(a, b term) term {
	return binary(a, b, func(p, q float64) float64 { return p / q }, dual.over)
}

// power is a^b by the given function.
func power(a, b term, raise func(a, b float64) float64) term {
	return binary(a, b, raise, func(p, q dual) dual { return p.to(q, raise) })
}

// pick is the minimum or the maximum of its arguments, by the function of two values. The
// derivative is that of the selected argument, the first of equal ones; a NaN is selected.
func pick(list []term, of func(a, b float64) float64) term {
	return term{func(x, y float64) float64 {
		best := list[0].value(x, y)
		for _, t := range list[1:] {
			best = of(best, t.value(x, y))
		}
		return best
	}, func(x, y float64) dual {
		best := list[0].slope(x, y)
		for _, t := range list[1:] {
			d := t.slope(x, y)
			v := of(best.v, d.v)
			if v == d.v && v != best.v || d.v != d.v {
				best = d
			}
			best.v = v
		}
		return best
	}}
}

// logSumExp is log Σ exp, computed relative to the largest argument.
func logSumExp(list []term) term {
	return term{func(x, y float64) float64 {
		top, sum := math.Inf(-1), 0.0
		for _, t := range list {
			top, sum = accumulate(top, sum, t.value(x, y))
		}
		if math.IsInf(top, 0) {
			return top
		}
		return top + math.Log(sum)
	}, func(x, y float64) dual {
		duals := make([]dual, len(list))
		top, sum := math.Inf(-1), 0.0
		for k, t := range list {
			duals[k] = t.slope(x, y)
			top, sum = accumulate(top, sum, duals[k].v)
		}
		out := dual{v: top}
		if math.IsInf(top, 0) {
			return out
		}
		out.v += math.Log(sum)
		for _, d := range duals {
			softmax := portable.Exp(d.v - out.v)
			out.x, out.y = out.x+softmax*d.x, out.y+softmax*d.y
		}
		return out
	}}
}

// accumulate adds exp(v) to the sum, which is sum·exp(top).
func accumulate(top, sum, v float64) (float64, float64) {
	switch {
	case math.IsInf(v, -1):
		return top, sum
	case v > top:
		return v, sum*portable.Exp(top-v) + 1
	}
	return top, sum + portable.Exp(v-top)
}

// norm is the square root of the sum of squares.
func norm(list []term) term {
	return term{func(x, y float64) float64 {
		sum := 0.0
		for _, t := range list {
			v := t.value(x, y)
			sum += v * v
		}
		return math.Sqrt(sum)
	}, func(x, y float64) dual {
		var sum dual
		for _, t := range list {
			d := t.slope(x, y)
			sum = sum.plus(d.times(d), 1)
		}
		root := math.Sqrt(sum.v)
		return chain(sum, root, 0.5/root)
	}}
}

// gauss is the density at v of the normal distribution with mean mu and standard deviation s.
func gauss(v, mu, s term) term {
	root := dual{v: math.Sqrt(2 * math.Pi)}
	return term{func(x, y float64) float64 {
		width := s.value(x, y)
		z := (v.value(x, y) - mu.value(x, y)) / width
		return portable.Exp(-z*z/2) / (width * root.v)
	}, func(x, y float64) dual {
		width := s.slope(x, y)
		z := v.slope(x, y).plus(mu.slope(x, y), -1).over(width)
		bell := portable.Exp(-z.v * z.v / 2)
		return chain(z, bell, -z.v*bell).over(width.times(root))
	}}
}

// choose is a where c is true, b elsewhere.
func choose(c condition, a, b term) term {
	return term{func(x, y float64) float64 {
		if c(x, y) {
			return a.value(x, y)
		}
		return b.value(x, y)
	}, func(x, y float64) dual {
		if c(x, y) {
			return a.slope(x, y)
		}
		return b.slope(x, y)
	}}
}
