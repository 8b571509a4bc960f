package session

import (
	"fmt"
	"sync"
	"time"

	"undercurrent/sim/sampler"
)

// TrainingControl trains a one-step sampler next to the flow.
type TrainingControl struct {
	s          *Session
	route      sampler.Route
	worker     trainingWorker // nil if no sampler is trained
	inline     int            // iterations per frame, 0 for a goroutine of its own
	repeated   bool           // whether it is trained as far as acts say
	iterations int            // of a training, 0 for the usual number
	snapshot   *TrainingSnapshot
	shown      int              // serial of the training snapshot in the last frame
	told       string           // the last note that was shown
	ended      *MetricsSnapshot // the end that was told last
	creating   sync.Mutex
}

// trainingWorker trains: in a goroutine of its own, or a few iterations in every frame.
type trainingWorker interface {
	// do gives an order, which is carried out before the next iteration.
	do(order func(*trainer))
	// advance does the work of a frame and returns the newest snapshot, nil before the first. It is
	// an error if the settings have no sampler.
	advance() (*TrainingSnapshot, error)
	pause(paused bool)
	end()
}

var (
	_ trainingWorker = (*trainerLoop)(nil)
	_ trainingWorker = (*inlineTrainer)(nil)
	_ trainingWorker = (*repeatedTrainer)(nil)
)

// inlineTrainer trains a few iterations in every frame: equal commands give equal frames.
type inlineTrainer struct {
	*trainer
	iterations int
	paused     bool
	newest     *TrainingSnapshot
}

func (w *inlineTrainer) do(order func(*trainer)) {
	order(w.trainer)
	w.finish()
	w.newest = w.trainer.snapshot(time.Time{})
}

func (w *inlineTrainer) advance() (*TrainingSnapshot, error) {
	if !w.paused {
		for range w.iterations {
			w.train()
		}
		w.finish()
		w.newest = w.trainer.snapshot(time.Time{})
	}
	return w.newest, nil
}

func (w *inlineTrainer) pause(paused bool) { w.paused = paused }
func (w *inlineTrainer) end()              {}

// Inline trains a number of iterations in every Advance, instead of as fast as possible in a
// goroutine of its own.
func (c *TrainingControl) Inline(iterations int) { c.inline = iterations }

// SetIterations sets the number of iterations of the next training, in place of the usual one.
func (c *TrainingControl) SetIterations(n int) { c.iterations = n }

// Toggle starts or ends the training of a sampler.
func (c *TrainingControl) Toggle() {
	if c.s.refused("training") {
		return
	}
	if c.worker != nil {
		c.stop()
		c.s.tell("sampler closed")
		return
	}
	c.begin()
}

// Start starts the training of a generator for a number of iterations, in place of one that there is.
func (c *TrainingControl) Start(iterations int) {
	if c.s.refused("training") {
		return
	}
	usual := c.iterations
	c.route, c.iterations = sampler.Generator, iterations
	c.begin()
	c.iterations = usual
}

// over reports whether no sampler is trained, or one that is done and compared with exact samples.
func (c *TrainingControl) over() bool {
	return c.worker == nil || c.snapshot != nil && c.snapshot.Final != nil
}

// NextRoute trains the other kind of sampler.
func (c *TrainingControl) NextRoute() {
	if c.s.refused("training") {
		return
	}
	if c.route == sampler.Flow {
		c.route = sampler.Generator
	} else {
		c.route = sampler.Flow
	}
	c.begin()
}

// begin starts the training with the settings of the flow.
func (c *TrainingControl) begin() {
	c.stop()
	if c.route == "" {
		c.route = sampler.Generator
	}
	scenario, settings, route, iterations := c.s.flow().Scenario(), c.s.flow().Settings(), c.route, c.iterations
	if iterations == 0 {
		iterations = sampler.DefaultIterations
	}
	create := func() (*trainer, error) { return newTrainer(scenario, settings, route, iterations) }
	if c.repeated {
		c.worker = &repeatedTrainer{create: create}
	} else if c.inline == 0 {
		c.worker = startTrainerLoop(create, &c.creating, c.s.Clock.paused)
	} else if !c.beginInline(create) {
		return
	}
	c.s.tell("training a %s in %d iterations: one pass of the network is one sample", c.route, iterations)
}

// maxIterations bounds the iterations that a training is extended by.
const maxIterations = 1_000_000

// Extend trains a sampler that is done, or is not yet, for n iterations more.
func (c *TrainingControl) Extend(n int) {
	switch {
	case c.s.refused("training"):
	case c.worker == nil:
		c.s.tell("no sampler is trained: g trains one")
	case n < 1 || n > maxIterations:
		c.s.tell("%d iterations, expected 1 to %d", n, maxIterations)
	default:
		c.do(func(t *trainer) { t.extend(n) })
		c.s.tell("training the %s for %d iterations more", c.route, n)
	}
}

// beginInline trains in the session's goroutine, and reports whether the settings have a sampler.
func (c *TrainingControl) beginInline(create func() (*trainer, error)) bool {
	t, err := create()
	if err != nil {
		c.s.tell("%v", err)
		return false
	}
	c.snapshot = t.snapshot(time.Time{})
	c.worker = &inlineTrainer{trainer: t, iterations: c.inline, paused: c.s.Clock.paused, newest: c.snapshot}
	return true
}

// restart restarts the training, if there is one.
func (c *TrainingControl) restart() {
	if c.worker != nil {
		c.begin()
	}
}

// do gives the trainer an order.
func (c *TrainingControl) do(order func(*trainer)) {
	if c.worker == nil {
		return
	}
	c.worker.do(order)
	if w, ok := c.worker.(*inlineTrainer); ok {
		c.snapshot = w.newest
	}
}

func (c *TrainingControl) pause(paused bool) {
	if c.worker != nil {
		c.worker.pause(paused)
	}
}

// stop ends the training.
func (c *TrainingControl) stop() {
	if c.worker != nil {
		c.worker.end()
	}
	c.worker, c.snapshot, c.shown = nil, nil, 0
}

// advance continues the training, and reports whether there is a new snapshot.
func (c *TrainingControl) advance() (news bool) {
	if c.worker == nil {
		return false
	}
	p, err := c.worker.advance()
	if err != nil {
		c.s.observed(Act{Trained: &TrainedTo{Refused: true}})
		c.stop()
		c.s.tell("%v", err)
		return true
	}
	if p != nil && p != c.snapshot {
		c.s.observed(Act{Trained: p.since(c.snapshot)})
		c.snapshot = p
	}
	if c.snapshot == nil {
		return false
	}
	if c.snapshot.Note != c.told {
		if c.told = c.snapshot.Note; c.told != "" {
			c.s.tell("%s", c.told)
		}
	}
	if end := c.snapshot.Final; end != nil && end != c.ended {
		c.ended = end
		c.s.tell("%s", c.snapshot.sentence())
	}
	return c.snapshot.Serial != c.shown
}

// sentence says how a training has ended, with its numbers.
func (p *TrainingSnapshot) sentence() string {
	samples := "exact samples"
	if p.Tabulated {
		samples = "samples of the tabulated density"
	}
	return fmt.Sprintf("the %s is done: TV %.3f beside %.3f ± %.3f of %s; M trains on, Y saves it", p.Route, p.TV, p.Exact.Mean, p.Exact.SD, samples)
}

// show is the newest snapshot, and records that it is shown.
func (c *TrainingControl) show() *TrainingSnapshot {
	if c.snapshot != nil {
		c.shown = c.snapshot.Serial
	}
	return c.snapshot
}
