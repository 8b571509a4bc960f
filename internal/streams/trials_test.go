package streams

import (
	"fmt"
	"math"
	"math/bits"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// probabilities of a success, from impossible to certain.
var probabilities = []float64{0, 1e-18, 1e-6, 0.001, 0.05, 0.37, 0.5, 0.51, 0.9, 1 - 1e-9, 1}

// The tabulated law is the binomial one of an independent implementation.
func TestTheNumberOfSuccessesIsBinomial(t *testing.T) {
	var trials Trials
	for _, p := range probabilities {
		trials.Set(p)
		law := distuv.Binomial{N: TrialsAtOnce, P: min(p, 1-p)}
		for k, n := range trials.atMost {
			want := 1.0
			if law.P > 0 {
				want = law.CDF(float64(k))
			}
			if got := float64(n) / (1 << 64); math.Abs(got-want) > 1e-12 {
				t.Errorf("p %g: %d or fewer with probability %g, expected %g", p, k, got, want)
			}
		}
		if last := trials.atMost[len(trials.atMost)-1]; float64(last) < (1-1e-12)*(1<<64) {
			t.Errorf("p %g: the table ends at %g", p, float64(last)/(1<<64))
		}
	}
}

// The number that a word stands for is the first whose probability of it or fewer exceeds the word.
func TestTheNumberIsTheInverseOfTheLaw(t *testing.T) {
	for _, p := range probabilities {
		var trials Trials
		trials.Set(p)
		for k := range 2000 {
			word, want := New(3, k).Of(0), 0
			for want < len(trials.atMost)-1 && word >= trials.atMost[want] {
				want++
			}
			if got := trials.number(word); got != want {
				t.Fatalf("p %g, word %#x: %d, expected %d", p, word, got, want)
			}
		}
	}
}

func TestTrialsOfCertainAndImpossibleSuccesses(t *testing.T) {
	for p, want := range map[float64]int{math.NaN(): 0, -1: 0, 0: 0, 1: TrialsAtOnce, 2: TrialsAtOnce} {
		var trials Trials
		trials.Set(p)
		for block := range 100 {
			if got := ones(trials.Draw(New(1, 1), block)); got != want {
				t.Errorf("p %g: %d successes, expected %d", p, got, want)
			}
		}
	}
}

// Every trial has the probability of a success, and two of them succeed independently, near and far, in one block and
// in two of a step: within five standard errors.
func TestTrialsAreIndependent(t *testing.T) {
	const blocks = 20_000
	for _, p := range []float64{0.001, 0.05, 0.37, 0.9} {
		t.Run(fmt.Sprint(p), func(t *testing.T) {
			var trials Trials
			trials.Set(p)
			var single [TrialsAtOnce]float64
			var sum, squares, near, far, next float64
			var before Outcomes
			for block := range blocks {
				o := trials.Draw(New(1, 2), block)
				n := float64(ones(o))
				sum, squares = sum+n, squares+n*n
				for k, word := range o {
					for b := range 64 {
						single[64*k+b] += float64(word >> b & 1)
					}
					near += float64(bits.OnesCount64(word & (word >> 1)))
					far += float64(bits.OnesCount64(word & o[(k+3)%len(o)]))
					next += float64(bits.OnesCount64(word & before[k]))
				}
				before = o
			}
			is := func(what string, got, want, variance float64) {
				t.Helper()
				if math.Abs(got-want) > 5*math.Sqrt(variance/blocks) {
					t.Errorf("%s is %g, expected %g ± %g", what, got, want, math.Sqrt(variance/blocks))
				}
			}
			mean, variance := TrialsAtOnce*p, TrialsAtOnce*p*(1-p)
			is("the number of successes", sum/blocks, mean, variance)
			// The fourth central moment of a binomial number is variance·(1 + (3n−6)/n·variance).
			fourth := variance * (1 + (3*float64(TrialsAtOnce)-6)/TrialsAtOnce*variance)
			is("its variance", squares/blocks-2*mean*sum/blocks+mean*mean, variance, fourth-variance*variance)
			for k, n := range single {
				is(fmt.Sprintf("trial %d", k), n/blocks, p, p*(1-p))
			}
			pairs := func(what string, got, n float64) {
				t.Helper()
				is(what, got/blocks, n*p*p, n*(p*p*(1-p*p)+2*p*p*p*(1-p)))
			}
			pairs("neighbours", near, TrialsAtOnce/64*63)
			pairs("trials three words apart", far, TrialsAtOnce)
			pairs("trials of two blocks", next, TrialsAtOnce*(blocks-1.0)/blocks)
		})
	}
}

// A block is the same whatever was drawn before, and another one in another step.
func TestTrialsDependOnStreamAndBlockAlone(t *testing.T) {
	var a, b Trials
	a.Set(0.3)
	b.Set(0.9)
	b.Set(0.3)
	seen := map[Outcomes]bool{}
	for k := range 50 {
		block, step := k%10, k/10
		o := a.Draw(New(7, step), block)
		b.Draw(New(8, step), block+1)
		if o != b.Draw(New(7, step), block) {
			t.Fatalf("step %d, block %d differs", step, block)
		}
		if seen[o] {
			t.Fatalf("step %d, block %d is another one's", step, block)
		}
		seen[o] = true
	}
}

func ones(o Outcomes) (n int) {
	for _, word := range o {
		n += bits.OnesCount64(word)
	}
	return n
}
