package formula

import (
	"fmt"
	"math"

	"undercurrent/internal/portable"
)

// function compiles a call with min to max arguments; a max of 0 allows any number.
type function struct {
	min, max int
	of       func([]term) term
}

// takes describes the number of arguments.
func (f function) takes() string {
	switch {
	case f.max == 0:
		return "one argument or more"
	case f.min == 1:
		return "1 argument"
	}
	return fmt.Sprintf("%d arguments", f.min)
}

// functions returns the functions of the language by name.
func (r *reader) functions() map[string]function {
	one := func(f func(float64) float64, slope func(v, fv float64) float64) function {
		return function{1, 1, func(t []term) term { return unary(t[0], f, slope) }}
	}
	return map[string]function{
		"exp":       one(portable.Exp, func(_, fv float64) float64 { return fv }),
		"expm1":     one(math.Expm1, func(v, _ float64) float64 { return portable.Exp(v) }),
		"log":       one(math.Log, func(v, _ float64) float64 { return 1 / v }),
		"ln":        one(math.Log, func(v, _ float64) float64 { return 1 / v }),
		"log1p":     one(math.Log1p, func(v, _ float64) float64 { return 1 / (1 + v) }),
		"log10":     one(math.Log10, func(v, _ float64) float64 { return 1 / (v * math.Ln10) }),
		"sqrt":      one(math.Sqrt, func(_, fv float64) float64 { return 0.5 / fv }),
		"sin":       one(math.Sin, func(v, _ float64) float64 { return math.Cos(v) }),
		"cos":       one(math.Cos, func(v, _ float64) float64 { return -math.Sin(v) }),
		"tan":       one(math.Tan, func(_, fv float64) float64 { return 1 + fv*fv }),
		"asin":      one(math.Asin, func(v, _ float64) float64 { return 1 / math.Sqrt((1-v)*(1+v)) }),
		"acos":      one(math.Acos, func(v, _ float64) float64 { return -1 / math.Sqrt((1-v)*(1+v)) }),
		"atan":      one(math.Atan, func(v, _ float64) float64 { return 1 / (1 + v*v) }),
		"atan2":     {2, 2, func(t []term) term { return binary(t[0], t[1], math.Atan2, dual.angle) }},
		"sinh":      one(portable.Sinh, func(v, _ float64) float64 { return portable.Cosh(v) }),
		"cosh":      one(portable.Cosh, func(v, _ float64) float64 { return portable.Sinh(v) }),
		"tanh":      one(portable.Tanh, func(_, fv float64) float64 { return 1 - fv*fv }),
		"abs":       one(math.Abs, func(v, _ float64) float64 { return math.Copysign(1, v) }),
		"floor":     one(math.Floor, flat),
		"sign":      one(sign, flat),
		"pow":       {2, 2, func(t []term) term { return r.power(t[0], t[1]) }},
		"min":       {1, 0, r.minimum},
		"max":       {1, 0, r.maximum},
		"logsumexp": {1, 0, logSumExp},
		"norm":      {1, 0, norm},
		"gauss":     {3, 3, func(t []term) term { return gauss(t[0], t[1], t[2]) }},
	}
}

// power is a^b.
func (r *reader) power(a, b term) term {
	if r.Library {
		return power(a, b, portable.Pow)
	}
	return power(a, b, raise)
}

// minimum is the smallest of its arguments.
func (r *reader) minimum(list []term) term {
	if r.Library {
		return pick(list, math.Min)
	}
	return pick(list, lesser)
}

// maximum is the largest of its arguments.
func (r *reader) maximum(list []term) term {
	if r.Library {
		return pick(list, math.Max)
	}
	return pick(list, greater)
}

// lesser is the smaller of two values, NaN if one of them is.
func lesser(a, b float64) float64 {
	if b < a || b != b {
		return b
	}
	return a
}

// greater is the larger of two values, NaN if one of them is.
func greater(a, b float64) float64 {
	if b > a || b != b {
		return b
	}
	return a
}

// flat is the derivative of a step function.
func flat(float64, float64) float64 { return 0 }

// sign is −1, 0 or 1.
func sign(v float64) float64 {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return v // 0 or NaN
}
