package data

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// withProcessors runs a function with a number of processors.
func withProcessors(n int, run func()) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(n))
	run()
}

func TestStripesCoverEveryNumberOnce(t *testing.T) {
	for _, processors := range []int{1, 2, 3, 7} {
		for _, n := range []int{0, 1, 2, 5, 100} {
			times := make([]int, n)
			withProcessors(processors, func() {
				inStripes(n, func(from, to int) {
					for i := from; i < to; i++ {
						times[i]++
					}
				})
			})
			if slices.ContainsFunc(times, func(k int) bool { return k != 1 }) {
				t.Errorf("with %d processors 0..%d are covered %v times", processors, n-1, times)
			}
		}
	}
}

func TestAPanicAmongTasksIsOneOfTheCaller(t *testing.T) {
	defer func() {
		if v := fmt.Sprint(recover()); !strings.HasPrefix(v, "broken") || !strings.Contains(v, "stripes_test.go") {
			t.Errorf("recovered %q, expected the reason and the stack", v)
		}
	}()
	atOnce(func() {}, func() { panic("broken") })
	t.Error("the panic is lost")
}

func TestTheDensityDoesNotDependOnTheProcessors(t *testing.T) {
	points := clusters(3000)
	var want, got *Sampled
	withProcessors(1, func() { want = mustSampled(t, points, 0.2) })
	withProcessors(5, func() { got = mustSampled(t, points, 0.2) })
	if !slices.Equal(got.log.coefficients, want.log.coefficients) || got.wide != want.wide {
		t.Error("five processors give another density than one")
	}
}
