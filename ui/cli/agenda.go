package cli

import (
	"time"

	"undercurrent/sim/bench"
)

// agenda is what is left of a benchmark, by the expected cost of each piece: a generator takes a
// hundred times as long as ULA.
type agenda struct {
	left      map[bench.Work]int // pieces not begun
	durations *bench.Durations
	now       func() time.Time
	started   time.Time

	current *bench.Work // nil between pieces
	began   time.Time
}

func newAgenda(settings bench.Settings, now func() time.Time) *agenda {
	return &agenda{left: map[bench.Work]int{}, durations: bench.NewDurations(settings), now: now, started: now()}
}

// plan adds a piece.
func (a *agenda) plan(w bench.Work) { a.left[w]++ }

// begin begins a piece; end ends it, whose time is expected of others of its kind.
func (a *agenda) begin(w bench.Work) {
	a.left[w]--
	a.current, a.began = &w, a.now()
}

func (a *agenda) end() {
	a.durations.Add(*a.current, a.now().Sub(a.began).Seconds())
	a.current = nil
}

// remaining is the time left if a share of the current piece is done, 0 where that is not known.
func (a *agenda) remaining(share float64) time.Duration {
	seconds := 0.0
	for w, n := range a.left {
		seconds += float64(n) * a.durations.Expected(w)
	}
	if a.current != nil {
		expected, spent := a.durations.Expected(*a.current), a.now().Sub(a.began).Seconds()
		if share > 0 {
			// The more of it is done, the more its own pace counts: spent/share for the whole.
			seconds += (1 - share) * ((1-share)*expected + spent)
		} else {
			seconds += max(expected-spent, 0)
		}
	}
	return time.Duration(seconds * float64(time.Second))
}

// share is the part of the whole time that is over.
func (a *agenda) share(left time.Duration) float64 {
	spent := a.now().Sub(a.started)
	return float64(spent) / float64(max(spent+left, 1))
}
