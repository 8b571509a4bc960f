package divergences_test

import (
	"math"
	"testing"

	"undercurrent/divergences"
)

// gaussian is a normal distribution on the line.
type gaussian struct{ mean, sd float64 }

func (g gaussian) logProb(x float64) float64 {
	z := (x - g.mean) / g.sd
	return -z*z/2 - math.Log(g.sd) - math.Log(2*math.Pi)/2
}

func kl(p, q gaussian) float64 {
	shift := p.mean - q.mean
	return math.Log(q.sd/p.sd) + (p.sd*p.sd+shift*shift)/(2*q.sd*q.sd) - 0.5
}

// overlap is ∫ p^α q^(1−α).
func overlap(p, q gaussian, alpha float64) float64 {
	shift := p.mean - q.mean
	variance := alpha*q.sd*q.sd + (1-alpha)*p.sd*p.sd
	scale := math.Pow(q.sd, alpha) * math.Pow(p.sd, 1-alpha) / math.Sqrt(variance)
	return scale * math.Exp(-alpha*(1-alpha)*shift*shift/(2*variance))
}

// integrate is ∫ q f(p/q) by the trapezoidal rule, which converges faster than
// any power of the step here.
func integrate(d divergences.Divergence, p, q gaussian) float64 {
	const step, reach = 0.01, 14.
	sum := 0.
	for x := -reach; x <= reach; x += step {
		sum += step * math.Exp(q.logProb(x)) * d.F(p.logProb(x)-q.logProb(x))
	}
	return sum
}

func TestGaussiansAgainstClosedForms(t *testing.T) {
	p, q := gaussian{0.7, 0.9}, gaussian{0, 1}
	alphaDivergence := func(alpha float64) float64 { return (overlap(p, q, alpha) - 1) / (alpha * (alpha - 1)) }
	cases := []struct {
		d    divergences.Divergence
		want float64
	}{
		{divergences.ReverseKL{}, kl(q, p)},
		{divergences.ForwardKL{}, kl(p, q)},
		{divergences.Jeffreys{}, kl(p, q) + kl(q, p)},
		{divergences.Pearson{}, overlap(p, q, 2) - 1},
		{divergences.Neyman{}, overlap(p, q, -1) - 1},
		{divergences.Hellinger{}, 2 - 2*overlap(p, q, 0.5)},
		{newAlpha(t, 0), kl(q, p)},
		{newAlpha(t, 1), kl(p, q)},
		{newAlpha(t, 1.5), alphaDivergence(1.5)},
		{newAlpha(t, 3), alphaDivergence(3)},
		{newAlpha(t, -2), alphaDivergence(-2)},
	}
	for _, c := range cases {
		got := integrate(c.d, p, q)
		if math.Abs(got-c.want) > 1e-9*c.want {
			t.Errorf("%s of two Gaussians is %.12g, expected %.12g", c.d.Info().Name, got, c.want)
		}
	}
}
