package network

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func make1(t testing.TB, s Shape) *Network {
	t.Helper()
	n, err := New(s, rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func normals(n int, seed uint64) []float64 {
	rng, out := rand.New(rand.NewPCG(seed, 0)), make([]float64, n)
	for i := range out {
		out[i] = rng.NormFloat64()
	}
	return out
}

// loss is a fixed linear form of the output, whose gradient is its coefficients.
func loss(n *Network, x, coefficients []float64) float64 {
	sum := 0.0
	for i, y := range n.Forward(&Pass{}, x) {
		sum += coefficients[i] * y
	}
	return sum
}

func TestGradientsAreFiniteDifferences(t *testing.T) {
	const rows, h = 7, 1e-5
	for _, a := range []Activation{SiLU, Tanh} {
		for _, hidden := range [][]int{nil, {5}, {6, 3}, {4, 7, 5}} {
			n := make1(t, Shape{In: 3, Out: 2, Hidden: hidden, Activation: a})
			x, c := normals(rows*3, 3), normals(rows*2, 4)
			gradient, p := make([]float64, len(n.Parameters())), &Pass{}
			n.Forward(p, x)
			byInput := slices.Clone(n.Backward(p, c, gradient))
			check := func(what string, got float64, v *float64) {
				t.Helper()
				old := *v
				*v = old + h
				up := loss(n, x, c)
				*v = old - h
				down := loss(n, x, c)
				*v = old
				if want := (up - down) / (2 * h); math.Abs(got-want) > 1e-7*(1+math.Abs(want)) {
					t.Errorf("%s %v: the gradient by %s is %g, expected %g", a, hidden, what, got, want)
				}
			}
			for i := range gradient {
				check(fmt.Sprintf("parameter %d", i), gradient[i], &n.Parameters()[i])
			}
			for i := range x {
				check(fmt.Sprintf("input %d", i), byInput[i], &x[i])
			}
		}
	}
}

func TestGradientsAccumulate(t *testing.T) {
	n := make1(t, Shape{In: 2, Out: 2, Hidden: []int{4}})
	x, c := normals(6, 1), normals(6, 2)
	once, twice, p := make([]float64, len(n.Parameters())), make([]float64, len(n.Parameters())), &Pass{}
	n.Forward(p, x)
	n.Backward(p, c, once)
	n.Backward(p, c, twice)
	n.Backward(p, c, twice)
	for i := range once {
		if math.Abs(twice[i]-2*once[i]) > 1e-12 {
			t.Fatalf("parameter %d: twice is %g, once %g", i, twice[i], once[i])
		}
	}
}

// A batch equals its rows, independently of earlier batches of the pass.
func TestBatchesEqualTheirRows(t *testing.T) {
	n, p := make1(t, Shape{In: 2, Out: 3, Hidden: []int{8, 8}}), &Pass{}
	x := normals(2*9, 5)
	n.Forward(p, normals(2*50, 6))
	all := slices.Clone(n.Forward(p, x))
	for i := range 9 {
		for j, y := range n.Forward(p, x[2*i:2*i+2]) {
			if math.Abs(y-all[3*i+j]) > 1e-12 {
				t.Fatalf("row %d: output %d is %g alone, %g in the batch", i, j, y, all[3*i+j])
			}
		}
	}
}

func TestEqualSeedsGiveEqualBitsForAnyGOMAXPROCS(t *testing.T) {
	train := func(processors int) []float64 {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		n := make1(t, Shape{In: 2, Out: 2, Hidden: []int{128, 128}})
		a, p, gradient := NewAdam(len(n.Parameters()), 1e-3, 0.9), &Pass{}, make([]float64, len(n.Parameters()))
		for k := range 5 {
			clear(gradient)
			y := n.Forward(p, normals(2*700, uint64(k)))
			n.Backward(p, y, gradient)
			a.Step(n.Parameters(), gradient)
		}
		return n.Parameters()
	}
	want := train(1)
	for _, processors := range []int{2, 3, 8} {
		if !slices.Equal(train(processors), want) {
			t.Errorf("GOMAXPROCS %d trains to other parameters than 1", processors)
		}
	}
}

// The first step of Adam is Rate in the direction against the gradient's sign.
func TestAdamFormula(t *testing.T) {
	a, x := NewAdam(2, 0.1, 0.5), []float64{1, 1}
	a.Step(x, []float64{5, -1e-3})
	a.UpdateAverage(x)
	if math.Abs(x[0]-0.9) > 1e-8 || math.Abs(x[1]-1.1) > 1e-5 {
		t.Errorf("the first step leads to %v, expected 0.9 and 1.1", x)
	}
	avg := make([]float64, 2)
	a.Average(avg)
	if math.Abs(avg[0]-x[0]) > 1e-12 {
		t.Errorf("after one step the average is %g, expected %g", avg[0], x[0])
	}
	first := x[0]
	a.Step(x, []float64{5, 0})
	a.UpdateAverage(x)
	a.Average(avg)
	if want := (first + 2*x[0]) / 3; math.Abs(avg[0]-want) > 1e-12 {
		t.Errorf("after two steps the average is %g, expected %g", avg[0], want)
	}
}

func TestTrainingFitsASmoothMap(t *testing.T) {
	n := make1(t, Shape{In: 1, Out: 1, Hidden: []int{32, 32}})
	a, p, gradient := NewAdam(len(n.Parameters()), 5e-3, 0.99), &Pass{}, make([]float64, len(n.Parameters()))
	rng := rand.New(rand.NewPCG(9, 9))
	x, off := make([]float64, 128), make([]float64, 128)
	for range 600 {
		for i := range x {
			x[i] = 6*rng.Float64() - 3
		}
		for i, y := range n.Forward(p, x) {
			off[i] = (y - math.Sin(x[i])) / float64(len(x))
		}
		clear(gradient)
		n.Backward(p, off, gradient)
		a.Step(n.Parameters(), gradient)
		a.UpdateAverage(n.Parameters())
	}
	a.Average(n.Parameters())
	for v := -2.8; v < 2.8; v += 0.1 {
		if y := n.Forward(p, []float64{v})[0]; math.Abs(y-math.Sin(v)) > 0.05 {
			t.Fatalf("at %.1f it is %.4f, expected %.4f", v, y, math.Sin(v))
		}
	}
}

func TestInvalidShapesAreRejected(t *testing.T) {
	for want, s := range map[string]Shape{
		"width 0":       {In: 0, Out: 2},
		"width 9999":    {In: 2, Out: 2, Hidden: []int{9999}},
		"hidden layers": {In: 2, Out: 2, Hidden: make([]int, 40)},
		"activation":    {In: 2, Out: 2, Activation: 7},
	} {
		if _, err := New(s, rand.New(rand.NewPCG(1, 1))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: the error is %v", s, err)
		}
	}
	if _, err := ActivationNamed("relu"); err == nil {
		t.Error("an unknown activation is accepted")
	}
	for _, name := range Activations() {
		if a, err := ActivationNamed(name); err != nil || a.String() != name {
			t.Errorf("%s is %v, %v", name, a, err)
		}
	}
}

// BenchmarkTraining is forward and backward of 1024 samples through three hidden
// layers of 128.
func BenchmarkTraining(b *testing.B) {
	n := make1(b, Shape{In: 2, Out: 2, Hidden: []int{128, 128, 128}})
	x, p, gradient := normals(2*1024, 1), &Pass{}, make([]float64, len(n.Parameters()))
	a := NewAdam(len(gradient), 1e-3, 0.99)
	b.ReportAllocs()
	for b.Loop() {
		clear(gradient)
		n.Backward(p, n.Forward(p, x), gradient)
		a.Step(n.Parameters(), gradient)
	}
}
