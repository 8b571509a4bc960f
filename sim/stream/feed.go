package stream

import (
	"errors"
	"fmt"
	"io"
	"sync"
)

// Feed reads a stream in a goroutine of its own and keeps the newest frame. It is safe for
// concurrent use, except for the content of a frame, which belongs to the goroutine that took it.
type Feed struct {
	mu      sync.Mutex
	taken   sync.Cond // the newest frame was taken, or the feed closed
	newest  *Frame    // not taken yet
	spare   []*Frame  // to be read into
	dropped int
	over    bool // no more frames are read
	closed  bool
	err     error
}

// Start reads frames from r, which must not be used otherwise from then on. If paced is set
// it reads at most one frame ahead of the last one taken, so that every frame is taken in
// turn; otherwise a newer frame replaces one that was not taken.
func Start(r *Reader, paced bool) *Feed {
	f := &Feed{}
	f.taken.L = &f.mu
	go f.read(r, paced)
	return f
}

// Take is the newest frame that was not taken yet, nil if there is none. With a frame, back
// is returned to the feed to be reused, nil for none; without one the caller keeps it.
func (f *Feed) Take(back *Frame) *Frame {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.newest == nil {
		return nil
	}
	if back != nil {
		f.spare = append(f.spare, back)
	}
	frame := f.newest
	f.newest = nil
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
	if !f.over || f.newest != nil {
		return false, nil
	}
	return true, f.err
}

// Close ends the feed and drops a frame that was not taken. It does not wait: a read that
// blocks goes on until its stream is closed, and its result is dropped.
func (f *Feed) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.over, f.closed, f.newest = true, true, nil
	f.taken.Broadcast()
}

// read reads frames until the stream ends or the feed is closed.
func (f *Feed) read(r *Reader, paced bool) {
	defer func() {
		if v := recover(); v != nil {
			f.put(nil, fmt.Errorf("a fault of the program while reading: %v", v))
		}
	}()
	for {
		frame, open := f.blank(paced)
		if !open {
			return
		}
		if !f.put(frame, r.Next(frame)) {
			return
		}
	}
}

// blank is a frame to read into; open reports whether the feed is. Paced, it waits until the
// previous frame is taken.
func (f *Feed) blank(paced bool) (frame *Frame, open bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for paced && f.newest != nil && !f.closed {
		f.taken.Wait()
	}
	if last := len(f.spare) - 1; last >= 0 {
		frame, f.spare = f.spare[last], f.spare[:last]
		return frame, !f.closed
	}
	return &Frame{}, !f.closed
}

// put makes a frame the newest, or ends the feed with an error.
func (f *Feed) put(frame *Frame, err error) (more bool) {
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
	if old := f.newest; old != nil {
		f.dropped++
		// The order is that of the previous frame taken only if every frame between kept it.
		frame.Ordered = frame.Ordered && old.Ordered
		f.spare = append(f.spare, old)
	}
	f.newest = frame
	return true
}
