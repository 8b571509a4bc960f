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

	mu     sync.Mutex
	orders []func(*trainer)
	paused bool
	ended  bool
	wake   *sync.Cond
}

// snapshotInterval is the time between snapshots during training.
const snapshotInterval = 250 * time.Millisecond

func startTrainerLoop(t *trainer, paused bool) *trainerLoop {
	l := &trainerLoop{paused: paused}
	l.wake = sync.NewCond(&l.mu)
	go l.work(t)
	return l
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

// next waits while there is nothing to do and takes the orders; train reports whether to
// train, goOn whether the loop continues.
func (l *trainerLoop) next() (orders []func(*trainer), train, goOn bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.paused && !l.ended && len(l.orders) == 0 {
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
	defer rescue(&l.failure)
	next := time.Time{} // of the next snapshot
	for {
		orders, train, goOn := l.next()
		if !goOn {
			return
		}
		for _, order := range orders {
			order(t)
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

// advance is the newest snapshot. It panics if the goroutine has.
func (l *trainerLoop) advance() *TrainingSnapshot {
	if failure := l.failure.Load(); failure != nil {
		panic(failure)
	}
	return l.newest.Load()
}
