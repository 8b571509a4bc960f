package engine

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// apprentice works in a studio in a goroutine of its own and leaves its newest
// portrait to be taken.
type apprentice struct {
	newest  atomic.Pointer[Portrait]
	failure atomic.Pointer[string]

	mu     sync.Mutex
	orders []func(*Studio)
	paused bool
	ended  bool
	wake   *sync.Cond
}

// portraitInterval is how often a portrait is made while training runs.
const portraitInterval = 250 * time.Millisecond

func startApprentice(s *Studio, paused bool) *apprentice {
	a := &apprentice{paused: paused}
	a.wake = sync.NewCond(&a.mu)
	go a.work(s)
	return a
}

// tell gives an order, which is carried out before the next iteration.
func (a *apprentice) tell(order func(*Studio)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.orders = append(a.orders, order)
	a.wake.Signal()
}

// pause stops or resumes the training.
func (a *apprentice) pause(paused bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.paused = paused
	a.wake.Signal()
}

// end lets the goroutine end after the iteration at hand.
func (a *apprentice) end() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ended = true
	a.wake.Signal()
}

// next waits while there is nothing to do and takes the orders.
func (a *apprentice) next() (orders []func(*Studio), train, goOn bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.paused && !a.ended && len(a.orders) == 0 {
		a.wake.Wait()
	}
	orders, a.orders = a.orders, nil
	return orders, !a.paused, !a.ended
}

// rescue leaves word of a panic to whoever owns the terminal; it is to be deferred.
func rescue(word *atomic.Pointer[string]) {
	if r := recover(); r != nil {
		text := fmt.Sprint(r)
		word.Store(&text)
	}
}

func (a *apprentice) work(s *Studio) {
	defer rescue(&a.failure)
	due := time.Time{}
	for {
		orders, train, goOn := a.next()
		if !goOn {
			return
		}
		for _, order := range orders {
			order(s)
		}
		if train {
			s.Train()
		}
		if now := time.Now(); len(orders) > 0 || now.After(due) {
			a.newest.Store(s.Portray(now))
			due = now.Add(portraitInterval)
		}
	}
}
