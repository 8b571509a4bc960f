// Package formula implements the language of typed formulas, with exact derivatives, for
// target densities of x and y and weights of r.
//
// A formula consists of numbers, the variables of its Form, pi and e, the operators
// + − * / and ^ or **, parentheses, and functions:
//
//   - exp, expm1, log or ln, log1p, log10, sqrt, sin, cos, tan, asin, acos, atan, sinh, cosh,
//     tanh, abs, floor and sign of one argument; the derivative of the last two is zero
//   - atan2(y, x), the angle of (x, y), and pow(a, b), which is a^b
//   - min, max, logsumexp and norm of one or more
//   - gauss(v, mu, s), the normal density at v
//
// c ? a : b is a where c is true and b elsewhere, and so is its derivative. The condition
// c consists of comparisons < <= > >= == !=, also in a chain such as 0 < x < 1, and of
// and, or, not (&&, ||, !) and parentheses; the operand of not is in parentheses, as in
// not (x < y). A comparison with NaN, such as sqrt(-1), is false. All numbers are real:
// 7/2 is 3.5.
package formula
