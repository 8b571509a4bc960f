package session

import (
	"sync"
	"sync/atomic"
	"time"
)

// trainerLoop runs a trainer in a goroutine of its own and keeps its newest snapshot.
type trainerLoop struct {
	newest  atomic.Pointer[TrainingSnapshot]
	failure atomic.Pointer[Failure]
	refusal atomic.Pointer[error] // why there is no trainer

	mu     sync.Mutex
	orders []func(*trainer)
	paused bool
	ended  bool
	wake   *sync.Cond
}

// snapshotInterval is the time between snapshots during training.
const snapshotInterval = 250 * time.Millisecond

// startTrainerLoop makes a trainer and runs it. Making one takes longer than a frame, so it is made
// beside them, and while one is made, no other is.
func startTrainerLoop(create func() (*trainer, error), one *sync.Mutex, paused bool) *trainerLoop {
	l := &trainerLoop{paused: paused}
	l.wake = sync.NewCond(&l.mu)
	go func() {
		defer rescue(&l.failure)
		t, err := l.create(create, one)
		switch {
		case err != nil:
			l.refusal.Store(&err)
		case t != nil:
			l.work(t)
		}
	}()
	return l
}

// create makes the trainer, nil if it is not wanted any more.
func (l *trainerLoop) create(create func() (*trainer, error), one *sync.Mutex) (*trainer, error) {
	one.Lock()
	defer one.Unlock()
	if l.over() {
		return nil, nil
	}
	return create()
}

func (l *trainerLoop) over() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ended
}

// do gives an order, which is carried out before the next iteration.
func (l *trainerLoop) do(order func(*trainer)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.orders = append(l.orders, order)
	l.wake.Signal()
}

// pause stops or resumes the training.
func (l *trainerLoop) pause(paused bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.paused = paused
	l.wake.Signal()
}

// end lets the goroutine end after the current iteration.
func (l *trainerLoop) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = true
	l.wake.Signal()
}

// next waits while there is nothing to do, as where the training is done, and takes the orders; train
// reports whether to train, goOn whether the loop continues.
func (l *trainerLoop) next(done bool) (orders []func(*trainer), train, goOn bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for (l.paused || done) && !l.ended && len(l.orders) == 0 {
		l.wake.Wait()
	}
	orders, l.orders = l.orders, nil
	return orders, !l.paused, !l.ended
}

// rescue stores a panic for the goroutine of the session; it is to be deferred.
func rescue(failure *atomic.Pointer[Failure]) {
	if v := recover(); v != nil {
		failure.Store(NewFailure(v))
	}
}

func (l *trainerLoop) work(t *trainer) {
	next := time.Time{} // of the next snapshot
	for {
		done := t.training.Done()
		if done && t.final == nil {
			l.newest.Store(t.snapshot(time.Now())) // the comparison takes longer
			t.finish()
			l.newest.Store(t.snapshot(time.Now()))
		}
		orders, train, goOn := l.next(done)
		if !goOn {
			return
		}
		for _, order := range orders {
			t.obey(order)
		}
		if train {
			t.train()
		}
		if now := time.Now(); len(orders) > 0 || now.After(next) {
			l.newest.Store(t.snapshot(now))
			next = now.Add(snapshotInterval)
		}
	}
}

// advance is the newest snapshot, or why there never will be one. It panics if the goroutine has.
func (l *trainerLoop) advance() (*TrainingSnapshot, error) {
	if failure := l.failure.Load(); failure != nil {
		panic(failure)
	}
	if err := l.refusal.Load(); err != nil {
		return nil, *err
	}
	return l.newest.Load(), nil
}
