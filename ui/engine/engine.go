package engine

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Engine runs a driver in its own goroutine.
type Engine struct {
	commands chan func(*Driver)
	newest   atomic.Pointer[Frame]
	spare    chan *Frame
	quit     chan struct{}
	done     sync.WaitGroup
	failure  chan error
}

// waiting is how many commands may queue while a step takes long.
const waiting = 256

// frames is how many frames there are: one on the screen, one waiting, one in
// the making.
const frames = 3

// Start runs the driver at the given frame rate until Stop.
func Start(d *Driver, fps int) *Engine {
	e := &Engine{commands: make(chan func(*Driver), waiting), spare: make(chan *Frame, frames), quit: make(chan struct{}), failure: make(chan error, 1)}
	for range frames {
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

// Take is the newest frame, or nil where there is none since the last call. The
// frame given back is reused.
func (e *Engine) Take(back *Frame) *Frame {
	f := e.newest.Swap(nil)
	if f != nil && back != nil {
		select {
		case e.spare <- back:
		default:
		}
	}
	return f
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

// publish leaves a new frame to be taken, in place of one that never was.
func (e *Engine) publish(d *Driver) {
	f := e.newest.Swap(nil)
	if f == nil {
		select {
		case f = <-e.spare:
		default:
			// The screen took the last frame and has not given one back yet.
			f = &Frame{}
		}
	}
	d.Frame(f)
	e.newest.Store(f)
}
