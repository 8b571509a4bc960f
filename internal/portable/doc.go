// Package portable has the elementary functions whose bits, in the standard library, depend
// on the processor: Go's math.Exp uses fused multiply-adds where an amd64 processor has them,
// and Tanh, Sinh, Cosh, Pow, Erf and Erfc call it. Here every product and every sum is rounded
// by itself, so that equal arguments give equal bits with or without them.
//
// Logs is no more portable than math.Log on amd64, but faster for many numbers.
//
// The other functions of math that the program uses (Log, Log1p, Expm1, Sin, Cos, Atan2, Hypot,
// and Sqrt, which is exact) have one way of computation on amd64. What Go's compiler fuses on
// other architectures, arm64 for one, is not undone outside Exp: results there may differ from
// those of amd64 in the last digits. Normal numbers of math/rand/v2 are accepted by comparing
// an exponential of the standard library in single precision, whose 24 bits are the same
// with either way of computation but for less than one in 2⁵⁰ draws.
package portable
