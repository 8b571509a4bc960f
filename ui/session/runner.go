package session

import (
	"sync"
	"sync/atomic"
	"time"
)

// Runner runs a session in its own goroutine.
type Runner struct {
	commands queue
	ready    chan *Frame   // oldest first
	news     chan struct{} // a token where a frame has been made since it was taken
	spare    chan *Frame
	quit     chan struct{}
	done     sync.WaitGroup
	failure  chan *Failure
	opening  firstFrame

	hurry atomic.Int64 // the time until which the screen needs the processors, in Unix nanoseconds
}

// firstFrame says whether the first frame has been taken and shown.
type firstFrame struct {
	taken atomic.Bool
	over  chan struct{} // closed when the next one is asked for
	once  sync.Once
}

// asked notes that a frame is asked for: one that was taken before has been shown.
func (f *firstFrame) asked() {
	if f.taken.Load() {
		f.once.Do(func() { close(f.over) })
	}
}

// queued is the number of frames that can wait: if one took longer than its time, it and the
// next come together, and both are shown. buffers is the number of frames: those, one on the
// screen and one being made.
const (
	queued  = 2
	buffers = queued + 2
)

// Start runs the session at the given frame rate until Stop.
func Start(s *Session, fps int) *Runner { return StartObserved(s, fps, nil) }

// StartObserved is Start with an observer, nil for none, of all that the session does: it is called in the session's
// goroutine.
func StartObserved(s *Session, fps int, observe Observer) *Runner {
	r := &Runner{commands: queue{wake: make(chan struct{}, 1)}, ready: make(chan *Frame, queued), news: make(chan struct{}, 1), spare: make(chan *Frame, buffers), quit: make(chan struct{}), failure: make(chan *Failure, 1), opening: firstFrame{over: make(chan struct{})}}
	for range buffers {
		r.spare <- &Frame{}
	}
	if observe != nil {
		s.observe = func(a Act) { observe(s, a) }
	}
	s.schedule.later = func(number int, work func() func(*Session)) {
		go func() {
			defer r.rescue(nil)
			// The first frame, and drawing it, have the processors for themselves.
			select {
			case <-r.opening.over:
			case <-r.quit:
				return
			}
			then := work()
			r.Give(Command{Run: func(s *Session, _ int) { then(s) }, Must: true, work: number})
		}()
	}
	s.Examine()
	r.done.Add(1)
	go r.run(s, time.Second/time.Duration(fps))
	return r
}

// Hurry says that the screen is about to show a key, for the given time at most: the session takes no
// step meanwhile. Commands are carried out.
func (r *Runner) Hurry(d time.Duration) { r.hurry.Store(time.Now().Add(d).UnixNano()) }

// giveWay waits while the screen is in a hurry and no command comes.
func (r *Runner) giveWay() {
	for time.Now().UnixNano() < r.hurry.Load() && !r.commands.waiting() {
		time.Sleep(time.Millisecond)
	}
}

// Give queues a command. It never waits.
func (r *Runner) Give(c Command) { r.commands.add(c) }

// Take is the oldest frame that waits, nil if there is none.
func (r *Runner) Take() *Frame {
	r.opening.asked()
	select {
	case f := <-r.ready:
		r.opening.taken.Store(true)
		return f
	default:
		return nil
	}
}

// News receives after a new frame, so that who does not want to ask for frames all the time can wait for one.
func (r *Runner) News() <-chan struct{} { return r.news }

// GiveBack gives back a frame that nobody reads any more: it is made another one.
func (r *Runner) GiveBack(f *Frame) {
	select {
	case r.spare <- f:
	default:
	}
}

// Stop ends the goroutine after its current work and waits for it. Waiting commands are
// dropped.
func (r *Runner) Stop() {
	r.end()
	r.done.Wait()
}

// Leave is Stop that does not wait for long: a step of millions of particles is not needed by
// who leaves.
func (r *Runner) Leave() {
	r.end()
	ended := make(chan struct{})
	go func() {
		r.done.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(100 * time.Millisecond):
	}
}

func (r *Runner) end() {
	r.commands.clear()
	close(r.quit)
}

// Failure receives a panic of the session, so that the owner of the terminal can restore it before
// reporting the failure.
func (r *Runner) Failure() <-chan *Failure { return r.failure }

// recipePatience is for how long a goroutine beside the session waits for what reproduces its fault.
const recipePatience = time.Second

// rescue reports a panic; it is deferred. The session is nil in a goroutine that does not own it.
func (r *Runner) rescue(s *Session) {
	v := recover()
	if v == nil {
		return
	}
	f := NewFailure(v)
	if s != nil {
		f.Recipe = s.lastRecipe()
	} else {
		select {
		case f.Recipe = <-Ask(r, (*Session).lastRecipe):
		case <-time.After(recipePatience): // the session has a fault too, or is busy
		}
	}
	select {
	case r.failure <- f:
	default: // one is reported already
	}
}

func (r *Runner) run(s *Session, interval time.Duration) {
	defer r.done.Done()
	defer s.Close()
	defer r.rescue(s)
	s.observed(Act{Frame: true})
	r.publish(s)
	clock, standing := time.NewTicker(interval), false
	defer clock.Stop()
	for {
		select {
		case <-r.quit:
			s.observed(Act{End: true})
			return
		case <-r.commands.wake:
			if !r.obey(s) {
				continue
			}
			// The effect of a key is shown before frames from before it; but for the first of all, which whoever opens
			// the program waits for.
			for r.opening.taken.Load() && r.drop() {
			}
			s.observed(Act{Frame: true})
			r.publish(s)
			if standing {
				clock.Reset(interval)
				standing = false
			}
		case <-clock.C:
			r.giveWay()
			obeyed, began := r.obey(s), time.Now()
			s.schedule.overdue = func() bool {
				r.giveWay()
				return time.Since(began) > stepTime || r.commands.waiting()
			}
			done := s.schedule.done
			news := s.Advance() || obeyed
			s.observed(Act{Advances: 1, Work: s.schedule.done - done, Frame: news})
			if news {
				r.publish(s)
			}
			if standing = s.standsStill(); standing {
				clock.Stop()
			}
		}
	}
}

// stepTime is how long the steps of a frame may take, where there are more than one.
const stepTime = 40 * time.Millisecond

// patience is for how long commands are carried out before their effect is shown.
const patience = 15 * time.Millisecond

// obey carries out the commands that wait, many in one frame, and reports whether there were
// any. What is left after a while waits for the next turn, so that slow ones show their effect
// one by one.
func (r *Runner) obey(s *Session) (any bool) {
	for late := time.Now().Add(patience); ; any = true {
		c, ok := r.commands.next()
		if !ok {
			return any
		}
		done := s.schedule.done
		c.Do(s)
		s.observed(c.act(s.schedule.done - done))
		if time.Now().After(late) {
			r.commands.resume()
			return true
		}
	}
}

// publish makes a new frame available, in place of the oldest if too many wait.
func (r *Runner) publish(s *Session) {
	var f *Frame
	select {
	case f = <-r.spare:
	default:
		f = &Frame{}
	}
	s.Frame(f)
	r.commands.tell(&f.Waiting)
	for {
		select {
		case r.ready <- f:
			select {
			case r.news <- struct{}{}:
			default:
			}
			return
		default:
			r.drop()
		}
	}
}

// drop discards the oldest frame that waits, and reports whether there was one.
func (r *Runner) drop() bool {
	select {
	case f := <-r.ready:
		r.GiveBack(f)
		return true
	default:
		return false
	}
}

// Ask queues a question about the session and returns the channel of its answer. It is
// never dropped.
func Ask[T any](player interface{ Give(Command) }, question func(*Session) T) <-chan T {
	answer := make(chan T, 1)
	player.Give(Command{Run: func(s *Session, _ int) { answer <- question(s) }, Must: true})
	return answer
}
