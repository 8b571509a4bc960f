package frames

import (
	"errors"
	"io"
	"sync"
)

// Feed reads a stream in a goroutine of its own and keeps the newest frame. It is safe for
// concurrent use, but for what is in a frame: that is its holder's alone.
type Feed struct {
	mu      sync.Mutex
	taken   sync.Cond // the newest frame was taken, or the feed closed
	newest  *Frame    // not taken yet
	spare   []*Frame  // to be read into
	dropped int
	over    bool // nothing more is read
	closed  bool
	err     error
}

// Start reads frames from r, which nobody else may use from then on. If paced is set it
// reads no further than one frame ahead of the last one taken, so that every frame is
// taken in turn; otherwise a newer frame takes the place of one that was not taken.
func Start(r *Reader, paced bool) *Feed {
	f := &Feed{}
	f.taken.L = &f.mu
	go f.read(r, paced)
	return f
}

// Take is the newest frame that was not taken yet, nil where there is none. With a frame,
// back is given back to be read into, nil for none; without one it stays its holder's.
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

// Dropped is how many frames gave way to newer ones.
func (f *Feed) Dropped() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.dropped
}

// End says whether the stream is over, and its last whole frame taken, and what was wrong
// with it: nil where it ended between frames or was closed.
func (f *Feed) End() (ended bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.over || f.newest != nil {
		return false, nil
	}
	return true, f.err
}

// Close ends the feed and drops what was not taken. It waits for nothing: a read that
// blocks goes on until its stream is closed, and what it brings is forgotten.
func (f *Feed) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.over, f.closed, f.newest = true, true, nil
	f.taken.Broadcast()
}

// read hands on every frame until the stream is over or the feed closed.
func (f *Feed) read(r *Reader, paced bool) {
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

// blank is a frame to read into, where the feed is still open. Paced, it waits until the
// one before is taken.
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

// put makes a frame the newest, or ends the feed for what was wrong.
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
		// The order of particles is that of the frame before only if it was kept all the way.
		frame.Ordered = frame.Ordered && old.Ordered
		f.spare = append(f.spare, old)
	}
	f.newest = frame
	return true
}
