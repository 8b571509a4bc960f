package stream

import (
	"errors"
	"io"
)

// Blocking reads a frame when it is taken, in the goroutine of its caller. It is not safe for concurrent use.
type Blocking struct {
	reader *Reader
	close  func()
	ended  bool
	err    error
}

// NewBlocking reads frames from r, which must not be used otherwise from then on; Close calls end.
func NewBlocking(r *Reader, end func()) *Blocking { return &Blocking{reader: r, close: end} }

// Take is the next frame, nil after the last; back is reused, nil for none.
func (b *Blocking) Take(back *Frame) *Frame {
	if b.ended {
		return nil
	}
	if back == nil {
		back = &Frame{}
	}
	if err := b.reader.Next(back); err != nil {
		if b.ended = true; !errors.Is(err, io.EOF) {
			b.err = err
		}
		return nil
	}
	return back
}

// Dropped is 0: every frame is taken.
func (b *Blocking) Dropped() int { return 0 }

// End reports whether there are no more frames, with the error of the stream: nil if it ended between frames.
func (b *Blocking) End() (bool, error) { return b.ended, b.err }

// Close ends the reading.
func (b *Blocking) Close() {
	b.ended = true
	b.close()
}
