package engine

import (
	"fmt"
	"sync"
	"time"
)

// Engine runs a driver in its own goroutine.
type Engine struct {
	commands chan func(*Driver)
	ready    chan *Frame // oldest first
	spare    chan *Frame
	quit     chan struct{}
	done     sync.WaitGroup
	failure  chan error
}

// waiting is how many commands may queue while a step takes long.
const waiting = 256

// queued is how many frames wait to be taken: where one took longer than its time, it
// and the next come together, and both are shown. buffers is how many frames there are: those,
// one on the screen and one in the making.
const (
	queued  = 2
	buffers = queued + 2
)

// Start runs the driver at the given frame rate until Stop.
func Start(d *Driver, fps int) *Engine {
	e := &Engine{commands: make(chan func(*Driver), waiting), ready: make(chan *Frame, queued), spare: make(chan *Frame, buffers), quit: make(chan struct{}), failure: make(chan error, 1)}
	for range buffers {
		e.spare <- &Frame{}
	}
	e.done.Add(1)
	go e.run(d, time.Second/time.Duration(fps))
	return e
}

// Do queues a command. It never waits: a command beyond the queue is dropped,
// like a key pressed too often.
func (e *Engine) Do(command func(*Driver)) {
	select {
	case e.commands <- command:
	default:
	}
}

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

// Stop ends the goroutine and waits for it.
func (e *Engine) Stop() {
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
		case command := <-e.commands:
			command(d)
			e.obey(d)
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
// tells whether there were any.
func (e *Engine) obey(d *Driver) (any bool) {
	for {
		select {
		case command := <-e.commands:
			command(d)
			any = true
		default:
			return any
		}
	}
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
