package formula

import (
	"math"

	"undercurrent/internal/portable"
)

// dual is a value with its derivatives with respect to x and y.
type dual struct{ v, x, y float64 }

// chain is f(d) of value v and derivative slope.
func chain(d dual, v, slope float64) dual {
	out := dual{v: v}
	// An infinite slope times a zero derivative is 0, not NaN.
	if d.x != 0 {
		out.x = slope * d.x
	}
	if d.y != 0 {
		out.y = slope * d.y
	}
	return out
}

// plus is p + sign·q.
func (p dual) plus(q dual, sign float64) dual {
	return dual{p.v + sign*q.v, p.x + sign*q.x, p.y + sign*q.y}
}

func (p dual) times(q dual) dual {
	return dual{p.v * q.v, p.x*q.v + p.v*q.x, p.y*q.v + p.v*q.y}
}

func (p dual) over(q dual) dual {
	v := p.v / q.v
	return dual{v, (p.x - v*q.x) / q.v, (p.y - v*q.y) / q.v}
}

// to is p to the power q, computed by raise.
func (p dual) to(q dual, raise func(a, b float64) float64) dual {
	v := raise(p.v, q.v)
	out := chain(p, v, q.v*raise(p.v, q.v-1))
	if q.x != 0 || q.y != 0 {
		by := chain(q, v, v*math.Log(p.v))
		out.x, out.y = out.x+by.x, out.y+by.y
	}
	return out
}

// quick reports whether raise multiplies for the exponent b.
func quick(b float64) bool { return b == 1 || b == 2 || b == 3 || b == 4 }

// raise is a^b, by multiplication for the exponents 1 to 4.
func raise(a, b float64) float64 {
	switch b {
	case 1:
		return a
	case 2:
		return a * a
	case 3:
		return a * a * a
	case 4:
		return a * a * a * a
	}
	return portable.Pow(a, b)
}

// angle is atan2(p, q).
func (p dual) angle(q dual) dual {
	r := math.Hypot(q.v, p.v)
	sin, cos := p.v/r, q.v/r
	return dual{math.Atan2(p.v, q.v), (cos*p.x - sin*q.x) / r, (cos*p.y - sin*q.y) / r}
}
