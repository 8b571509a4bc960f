package stream

import (
	"errors"
	"fmt"
	"io"
	"sync"
)

// Delivery says which frames a Feed hands out, and how far it reads ahead.
type Delivery int

const (
	// Newest is the newest frame: one that was not taken is replaced. The stream never waits.
	Newest Delivery = iota
	// InTurn is every frame: at most one is read ahead of the last one taken.
	InTurn
	// Buffered is every frame: as many are read ahead as have 2²⁰ particles, and at least one.
	Buffered
)

// buffered is the number of particles of frames that are read ahead.
const buffered = 1 << 20

// Feed reads a stream in a goroutine of its own and keeps the newest frame, or those that are not taken yet. It is safe for
// concurrent use, except for the content of a frame, which belongs to the goroutine that took it.
type Feed struct {
	mu      sync.Mutex
	taken   sync.Cond // a frame was taken, or the feed closed
	waiting []*Frame  // not taken yet, oldest first
	ahead   int       // their particles
	spare   []*Frame  // to be read into
	dropped int
	over    bool // no more frames are read
	closed  bool
	err     error
}

// Start reads frames from r, which must not be used otherwise from then on.
func Start(r *Reader, d Delivery) *Feed {
	f := &Feed{}
	f.taken.L = &f.mu
	go f.read(r, d)
	return f
}

// Take is the oldest frame that was not taken yet, nil if there is none. With a frame, back
// is returned to the feed to be reused, nil for none; without one the caller keeps it.
func (f *Feed) Take(back *Frame) *Frame {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.waiting) == 0 {
		return nil
	}
	if back != nil {
		f.spare = append(f.spare, back)
	}
	frame := f.waiting[0]
	f.waiting, f.ahead = f.waiting[1:], f.ahead-len(frame.Points)
	f.taken.Signal()
	return frame
}

// Dropped is the number of frames that newer ones have replaced.
func (f *Feed) Dropped() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.dropped
}

// End reports whether the stream has ended and its last whole frame was taken, with the
// error of the stream: nil if it ended between frames or was closed.
func (f *Feed) End() (ended bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.over || len(f.waiting) > 0 {
		return false, nil
	}
	return true, f.err
}

// Close ends the feed and drops a frame that was not taken. It does not wait: a read that
// blocks goes on until its stream is closed, and its result is dropped.
func (f *Feed) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.over, f.closed, f.waiting = true, true, nil
	f.taken.Broadcast()
}

// read reads frames until the stream ends or the feed is closed.
func (f *Feed) read(r *Reader, d Delivery) {
	defer func() {
		if v := recover(); v != nil {
			f.put(nil, d, fmt.Errorf("a fault of the program while reading: %v", v))
		}
	}()
	for {
		frame, open := f.blank(d)
		if !open {
			return
		}
		if !f.put(frame, d, r.Next(frame)) {
			return
		}
	}
}

// blank is a frame to read into; open reports whether the feed is. It waits while too many frames wait.
func (f *Feed) blank(d Delivery) (frame *Frame, open bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.full(d) && !f.closed {
		f.taken.Wait()
	}
	if last := len(f.spare) - 1; last >= 0 {
		frame, f.spare = f.spare[last], f.spare[:last]
		return frame, !f.closed
	}
	return &Frame{}, !f.closed
}

// full reports whether no frame is to be read before one is taken.
func (f *Feed) full(d Delivery) bool {
	return d == InTurn && len(f.waiting) > 0 || d == Buffered && f.ahead >= buffered
}

// put makes a frame the newest, or ends the feed with an error.
func (f *Feed) put(frame *Frame, d Delivery, err error) (more bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.closed:
		return false
	case err != nil:
		f.over = true
		if !errors.Is(err, io.EOF) {
			f.err = err
		}
		return false
	}
	if d == Newest && len(f.waiting) > 0 {
		old := f.waiting[0]
		f.dropped++
		// The order is that of the previous frame taken only if every frame between kept it.
		frame.Ordered = frame.Ordered && old.Ordered
		f.spare = append(f.spare, old)
		f.waiting, f.ahead = f.waiting[:0], 0
	}
	f.waiting, f.ahead = append(f.waiting, frame), f.ahead+len(frame.Points)
	return true
}
