package session

import (
	"fmt"
	"sync"
	"time"
)

// Runner runs a session in its own goroutine.
type Runner struct {
	commands queue
	ready    chan *Frame // oldest first
	spare    chan *Frame
	quit     chan struct{}
	done     sync.WaitGroup
	failure  chan error
}

// queue holds the waiting commands, oldest first. It is safe for concurrent use.
type queue struct {
	mu        sync.Mutex
	list      []waiting
	droppable int           // of the list
	wake      chan struct{} // has a token after every addition
}

// waiting is a command in the queue; one that must be carried out takes no room of the others.
type waiting struct {
	command func(*Session)
	must    bool
}

// maxWaiting bounds the queue of commands while a step takes long; commands that must be
// carried out are queued beyond it.
const maxWaiting = 256

func (q *queue) add(command func(*Session), must bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !must {
		if q.droppable >= maxWaiting {
			return
		}
		q.droppable++
	}
	q.list = append(q.list, waiting{command, must})
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// next takes the oldest command, nil if none waits.
func (q *queue) next() (command func(*Session)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.list) == 0 {
		return nil
	}
	first := q.list[0]
	if q.list = q.list[1:]; !first.must {
		q.droppable--
	}
	return first.command
}

func (q *queue) clear() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.list, q.droppable = nil, 0
}

// queued is the number of frames that can wait: if one took longer than its time, it and the
// next come together, and both are shown. buffers is the number of frames: those, one on the
// screen and one being made.
const (
	queued  = 2
	buffers = queued + 2
)

// Start runs the session at the given frame rate until Stop.
func Start(s *Session, fps int) *Runner {
	r := &Runner{commands: queue{wake: make(chan struct{}, 1)}, ready: make(chan *Frame, queued), spare: make(chan *Frame, buffers), quit: make(chan struct{}), failure: make(chan error, 1)}
	for range buffers {
		r.spare <- &Frame{}
	}
	s.later = func(work func() func(*Session)) {
		go func() {
			defer r.rescue()
			r.Must(work())
		}()
	}
	s.Examine()
	r.done.Add(1)
	go r.run(s, time.Second/time.Duration(fps))
	return r
}

// Do queues a command. It never waits: a command beyond the queue is dropped, like a key
// pressed too often.
func (r *Runner) Do(command func(*Session)) { r.commands.add(command, false) }

// Must queues a command that no later one can replace, such as the release of a mouse
// button. It never waits, and the command is never dropped.
func (r *Runner) Must(command func(*Session)) { r.commands.add(command, true) }

// Take is the oldest frame that waits, nil if there is none. The frame back is reused.
func (r *Runner) Take(back *Frame) *Frame {
	select {
	case f := <-r.ready:
		if back != nil {
			r.giveBack(back)
		}
		return f
	default:
		return nil
	}
}

func (r *Runner) giveBack(f *Frame) {
	select {
	case r.spare <- f:
	default:
	}
}

// Stop ends the goroutine after its current work and waits for it. Waiting commands are
// dropped.
func (r *Runner) Stop() {
	r.commands.clear()
	close(r.quit)
	r.done.Wait()
}

// Failure receives a panic of the goroutine, so that the owner of the terminal can restore
// it before reporting the failure.
func (r *Runner) Failure() <-chan error { return r.failure }

// rescue reports a panic; it is deferred.
func (r *Runner) rescue() {
	if v := recover(); v != nil {
		select {
		case r.failure <- fmt.Errorf("the simulation failed: %v", v):
		default: // one is reported already
		}
	}
}

func (r *Runner) run(s *Session, interval time.Duration) {
	defer r.done.Done()
	defer s.Close()
	defer r.rescue()
	r.publish(s)
	clock := time.NewTicker(interval)
	defer clock.Stop()
	for {
		select {
		case <-r.quit:
			return
		case <-r.commands.wake:
			if !r.obey(s) {
				continue
			}
			// The effect of a key is shown before frames from before it.
			for r.drop() {
			}
			r.publish(s)
		case <-clock.C:
			obeyed := r.obey(s)
			if s.Advance() || obeyed {
				r.publish(s)
			}
		}
	}
}

// obey carries out all commands that wait, so that many keys cost one frame, and
// reports whether there were any.
func (r *Runner) obey(s *Session) (any bool) {
	for command := r.commands.next(); command != nil; command = r.commands.next() {
		command(s)
		any = true
	}
	return any
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
	for {
		select {
		case r.ready <- f:
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
		r.giveBack(f)
		return true
	default:
		return false
	}
}

// Ask queues a question about the session and returns the channel of its answer. It is
// never dropped, like a command of Must.
func Ask[T any](player interface{ Must(func(*Session)) }, question func(*Session) T) <-chan T {
	answer := make(chan T, 1)
	player.Must(func(s *Session) { answer <- question(s) })
	return answer
}
