package engine

import (
	"fmt"
	"sync"
	"time"
)

// Engine runs a driver in its own goroutine.
type Engine struct {
	commands queue
	ready    chan *Frame // oldest first
	spare    chan *Frame
	quit     chan struct{}
	done     sync.WaitGroup
	failure  chan error
}

// queue holds the commands that wait, oldest first. It is safe for concurrent use.
type queue struct {
	mu   sync.Mutex
	list []func(*Driver)
	wake chan struct{} // has a token after every addition
}

// waiting is how many commands queue while a step takes long, those that must be carried
// out aside.
const waiting = 256

func (q *queue) add(command func(*Driver), must bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !must && len(q.list) >= waiting {
		return
	}
	q.list = append(q.list, command)
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// next takes the oldest command, nil where none waits.
func (q *queue) next() (command func(*Driver)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.list) > 0 {
		command, q.list = q.list[0], q.list[1:]
	}
	return command
}

func (q *queue) clear() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.list = nil
}

// queued is how many frames wait to be taken: where one took longer than its time, it
// and the next come together, and both are shown. buffers is how many frames there are: those,
// one on the screen and one in the making.
const (
	queued  = 2
	buffers = queued + 2
)

// Start runs the driver at the given frame rate until Stop.
func Start(d *Driver, fps int) *Engine {
	e := &Engine{commands: queue{wake: make(chan struct{}, 1)}, ready: make(chan *Frame, queued), spare: make(chan *Frame, buffers), quit: make(chan struct{}), failure: make(chan error, 1)}
	for range buffers {
		e.spare <- &Frame{}
	}
	e.done.Add(1)
	go e.run(d, time.Second/time.Duration(fps))
	return e
}

// Do queues a command. It never waits: a command beyond the queue is dropped,
// like a key pressed too often.
func (e *Engine) Do(command func(*Driver)) { e.commands.add(command, false) }

// Must queues a command that nothing after it makes up for, such as the release of a
// mouse button. It never waits, and the command is never dropped.
func (e *Engine) Must(command func(*Driver)) { e.commands.add(command, true) }

// Take is the oldest frame that waits, or nil where there is none. The frame given back
// is reused.
func (e *Engine) Take(back *Frame) *Frame {
	select {
	case f := <-e.ready:
		if back != nil {
			e.giveBack(back)
		}
		return f
	default:
		return nil
	}
}

func (e *Engine) giveBack(f *Frame) {
	select {
	case e.spare <- f:
	default:
	}
}

// Stop ends the goroutine after what it is doing and waits for it. Commands that wait are
// left.
func (e *Engine) Stop() {
	e.commands.clear()
	close(e.quit)
	e.done.Wait()
}

// Failure tells of a panic in the goroutine, so that whoever owns the terminal
// can restore it before saying so.
func (e *Engine) Failure() <-chan error { return e.failure }

func (e *Engine) run(d *Driver, interval time.Duration) {
	defer e.done.Done()
	defer d.Close()
	defer func() {
		if r := recover(); r != nil {
			e.failure <- fmt.Errorf("the simulation failed: %v", r)
		}
	}()
	e.publish(d)
	clock := time.NewTicker(interval)
	defer clock.Stop()
	for {
		select {
		case <-e.quit:
			return
		case <-e.commands.wake:
			if !e.obey(d) {
				continue
			}
			// What a key has changed is shown before what was on its way.
			for e.drop() {
			}
			e.publish(d)
		case <-clock.C:
			told := e.obey(d)
			if d.Advance() || told {
				e.publish(d)
			}
		}
	}
}

// obey carries out all commands that wait, so that many keys cost one frame, and
// reports whether there were any.
func (e *Engine) obey(d *Driver) (any bool) {
	for command := e.commands.next(); command != nil; command = e.commands.next() {
		command(d)
		any = true
	}
	return any
}

// publish leaves a new frame to be taken, in place of the oldest where too many wait.
func (e *Engine) publish(d *Driver) {
	var f *Frame
	select {
	case f = <-e.spare:
	default:
		f = &Frame{}
	}
	d.Frame(f)
	for {
		select {
		case e.ready <- f:
			return
		default:
			e.drop()
		}
	}
}

// drop takes the oldest frame that waits back, and tells whether there was one.
func (e *Engine) drop() bool {
	select {
	case f := <-e.ready:
		e.giveBack(f)
		return true
	default:
		return false
	}
}
