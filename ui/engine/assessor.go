package engine

import (
	"sync/atomic"
	"time"

	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/metrics"
)

// Assessment compares a frame of particles with a sample of the target.
type Assessment struct {
	// Frame is the number of the frame, N how many particles it had.
	Frame, N int
	// Reached are the frame's figures, Floor those of another sample of N points.
	Reached, Floor metrics.Metrics
	// Modes is how many there are to cover.
	Modes int
	// Exact tells whether the samples are, or are drawn from a table of the density.
	Exact bool
}

// question is a frame to be assessed; version tells targets and kernels apart.
type question struct {
	frame    int
	version  string
	scenario scenarios.Scenario
	kernel   density.Kernel
	points   []scenarios.Point
}

// assessor answers questions in a goroutine of its own: sorting all projections of a
// frame takes longer than one may be shown.
type assessor struct {
	questions chan question
	idle      atomic.Bool // a question will be taken up at once
	answer    atomic.Pointer[Assessment]
	failure   atomic.Pointer[string]
	inline    bool

	// Of the goroutine alone, or of the caller where inline.
	judge   *metrics.Judge
	version string
	n       int
	floor   metrics.Metrics
}

// assessInterval is the least time between two assessments.
const assessInterval = time.Second

// ask puts a question, unless one is answered at the time, and tells whether it did.
func (a *assessor) ask(q func() question) bool {
	switch {
	case a.inline:
		a.answerTo(q())
	case a.questions == nil:
		a.questions = make(chan question, 1)
		go a.work()
		a.questions <- q()
	case a.idle.CompareAndSwap(true, false):
		a.questions <- q()
	default:
		return false
	}
	return true
}

// end lets the goroutine end after the question at hand.
func (a *assessor) end() {
	if a.questions != nil {
		close(a.questions)
		a.questions = nil
	}
}

// newest is the last answer, nil before there is any. It is not changed once it was made.
func (a *assessor) newest() *Assessment {
	if failure := a.failure.Load(); failure != nil {
		panic("assessment: " + *failure)
	}
	return a.answer.Load()
}

func (a *assessor) work() {
	defer rescue(&a.failure)
	for q := range a.questions {
		began := time.Now()
		a.answerTo(q)
		time.Sleep(assessInterval - time.Since(began))
		// Not before: a frame that waits is an old one when its turn comes.
		a.idle.Store(true)
	}
}

func (a *assessor) answerTo(q question) {
	if a.judge == nil || a.version != q.version {
		j, err := metrics.NewJudge(q.scenario, q.kernel, len(q.points), assessSeed)
		if err != nil {
			// The flow's own kernel can be used.
			panic(err)
		}
		a.judge, a.version, a.n = j, q.version, 0
	}
	now := a.judge.Measure(q.points)
	if n := len(q.points); n != a.n {
		a.n, a.floor = n, a.judge.Floor()
	}
	a.answer.Store(&Assessment{q.frame, len(q.points), now, a.floor, a.judge.Modes(), a.judge.Exact()})
}

// assessSeed draws the samples.
const assessSeed = 1
