package sampler

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"undercurrent/sim/internal/simtest"
)

// A linear form of the samples has its coefficients as gradient.
func form(m mapping, z, c []float64) float64 {
	sum := 0.0
	for i, x := range m.Forward(&trace{}, z) {
		sum += c[i] * x
	}
	return sum
}

func TestGradientsByParametersAreFiniteDifferences(t *testing.T) {
	const rows, h = 6, 1e-5
	for _, route := range Routes() {
		m := shaken(t, small(route), 0.3)
		z, c, tr := normals(2*rows, 3), normals(2*rows, 4), &trace{}
		gradient := make([]float64, len(m.Parameters()))
		m.Forward(tr, z)
		m.Backward(tr, c, gradient)
		for i, got := range gradient {
			p := &m.Parameters()[i]
			old := *p
			*p = old + h
			up := form(m, z, c)
			*p = old - h
			down := form(m, z, c)
			*p = old
			if want := (up - down) / (2 * h); math.Abs(got-want) > 1e-6*(1+math.Abs(want)) {
				t.Errorf("%s: the gradient by parameter %d is %g, expected %g", route, i, got, want)
			}
		}
	}
}

// log|det J| against the determinant of finite differences.
func TestLogDeterminantIsThatOfTheJacobian(t *testing.T) {
	const h = 1e-5
	m, z, tr := shaken(t, small(Flow), 0.3).(*coupling), normals(2*9, 7), &trace{}
	m.Forward(tr, z)
	logDet := slices.Clone(tr.logDet)
	for i := range logDet {
		at := func(dx, dy float64) []float64 {
			return slices.Clone(m.Values(&trace{}, []float64{z[2*i] + dx, z[2*i+1] + dy}))
		}
		r, l, u, d := at(h, 0), at(-h, 0), at(0, h), at(0, -h)
		a, b := (r[0]-l[0])/(2*h), (u[0]-d[0])/(2*h)
		c, e := (r[1]-l[1])/(2*h), (u[1]-d[1])/(2*h)
		if want := math.Log(math.Abs(a*e - b*c)); math.Abs(logDet[i]-want) > 1e-7 {
			t.Errorf("row %d: log|det J| is %g, expected %g", i, logDet[i], want)
		}
	}
}

func TestAFlowIsInvertedBothWays(t *testing.T) {
	m, z := shaken(t, small(Flow), 0.3).(*coupling), normals(2*50, 8)
	tr := &trace{}
	x := slices.Clone(m.Forward(tr, z))
	logQ := make([]float64, 50)
	m.logDensity(tr, z, logQ)
	back, other := m.Inverse(&trace{}, x)
	near(t, "z back from x", back, z, 1e-10)
	near(t, "log q of the inverse", other, logQ, 1e-10)
	y := normals(2*50, 9)
	from, _ := m.Inverse(&trace{}, y)
	near(t, "x back from z", m.Values(&trace{}, from), y, 1e-9)
}

func near(t *testing.T, what string, got, want []float64, within float64) {
	t.Helper()
	for i := range want {
		if math.Abs(got[i]-want[i]) > within*(1+math.Abs(want[i])) {
			t.Fatalf("%s: number %d is %g, expected %g", what, i, got[i], want[i])
		}
	}
}

func TestTheScoreOfAFlowIsTheGradientOfItsLogDensity(t *testing.T) {
	const rows, h = 20, 1e-5
	m, z, tr := shaken(t, small(Flow), 0.3).(*coupling), normals(2*rows, 10), &trace{}
	x := slices.Clone(m.Forward(tr, z))
	score := make([]float64, 2*rows)
	m.score(tr, z, score)
	for i := range x {
		moved := slices.Clone(x)
		moved[i] = x[i] + h
		_, up := m.Inverse(&trace{}, moved)
		moved[i] = x[i] - h
		_, down := m.Inverse(&trace{}, moved)
		if want := (up[i/2] - down[i/2]) / (2 * h); math.Abs(score[i]-want) > 1e-6*(1+math.Abs(want)) {
			t.Errorf("score %d is %g, expected %g", i, score[i], want)
		}
	}
}

// A wide grid of equal cells sums the density to one.
func TestTheDensityOfAFlowIntegratesToOne(t *testing.T) {
	m := shaken(t, small(Flow), 0.15).(*coupling)
	const half, step = 14.0, 0.05
	sum, row := 0.0, make([]float64, 0, 2000)
	for y := -half; y <= half; y += step {
		row = row[:0]
		for x := -half; x <= half; x += step {
			row = append(row, x, y)
		}
		_, logQ := m.Inverse(&trace{}, row)
		for _, l := range logQ {
			sum += math.Exp(l) * step * step
		}
	}
	if math.Abs(sum-1) > 1e-4 {
		t.Errorf("∫q is %.6f, expected 1", sum)
	}
}

func TestUntrainedMappingsAreTheAffineMap(t *testing.T) {
	for _, route := range Routes() {
		tr := newTrainer(t, simtest.Scenario(t, "three-modes"), "reverse-kl", small(route))
		mean, sd := moments(toPoints(nil, tr.mapping.Values(&trace{}, normals(2*20000, 1))))
		got, want := []float64{mean.X, mean.Y, sd.X, sd.Y}, []float64{2, -2, 1, 1}
		for i := range want {
			if math.Abs(got[i]-want[i]) > 0.05 {
				t.Errorf("%s: mean and spread are %s, expected %v", route, fmt.Sprintf("%.3f", got), want)
				break
			}
		}
	}
}
