package session

import (
	"errors"
	"fmt"

	"undercurrent/sim/stream"
)

// Arrival is a frame that the session takes from what it watches.
type Arrival struct {
	// Number is that of the frame, Dropped the number of those that newer ones had replaced by then.
	Number  int `json:"number"`
	Dropped int `json:"dropped,omitempty"`
	// Packed says what is known of a frame whose points a log has, nil where they are in a file.
	Packed *stream.Packed `json:"packed,omitempty"`
	// Frame is the frame, valid until its source has it back. For a Repeater it is nil where the frame is to be read
	// from the source.
	Frame *stream.Frame `json:"-"`
}

// Over says that what is watched has ended.
type Over struct {
	// Error is why, empty where it ended between frames.
	Error string `json:"error,omitempty"`
}

// arrivals are what a repeated session takes from what it watches, oldest first.
type arrivals struct {
	frames []Arrival
	over   *Over
	err    error // the first arrival that could not be
}

// take is the next frame that came then, of the source where it is not known, nil if none came.
func (a *arrivals) take(from Source, back *stream.Frame) (*stream.Frame, int) {
	if len(a.frames) == 0 || a.err != nil {
		return nil, 0
	}
	next := a.frames[0]
	a.frames = a.frames[1:]
	f := next.Frame
	if f == nil {
		f = from.Take(back)
	}
	switch {
	case f == nil:
		_, err := from.End()
		a.err = fmt.Errorf("took frame %d, expected no frame: the input has ended", next.Number)
		if err != nil {
			a.err = fmt.Errorf("took frame %d, expected no frame: %w", next.Number, err)
		}
	case f.Number != next.Number:
		a.err = fmt.Errorf("took frame %d, expected %d", next.Number, f.Number)
		return nil, 0
	}
	return f, next.Dropped
}

// end is Source.End as it was then.
func (a *arrivals) end() (bool, error) {
	switch {
	case a.over == nil:
		return false, nil
	case a.over.Error == "":
		return true, nil
	}
	return true, errors.New(a.over.Error)
}

// arrive adds what is to come.
func (a *arrivals) arrive(by Act) {
	if by.Took != nil {
		a.frames = append(a.frames, *by.Took)
	}
	if by.Over != nil {
		a.over = by.Over
	}
}

// left is why what came then has not come now, after which nothing is waited for.
func (a *arrivals) left() error {
	if a == nil {
		return nil
	}
	err := a.err
	if n := len(a.frames); err == nil && n > 0 {
		err = fmt.Errorf("took frame %d, expected no frame to be taken", a.frames[0].Number)
	}
	a.frames, a.err = nil, nil
	return err
}

// Awaited is the Source of a stream whose frames a Repeater is given.
type Awaited struct {
	// Before is the number of frames that were dropped before the first.
	Before int
}

var _ Source = Awaited{}

// Take, Dropped, End and Close are those of a Source.
func (Awaited) Take(*stream.Frame) *stream.Frame { return nil }
func (a Awaited) Dropped() int                   { return a.Before }
func (Awaited) End() (bool, error)               { return false, nil }
func (Awaited) Close()                           {}

// FirstArrival is the frame that a session begins with, of what it watches.
func (s *Session) FirstArrival() (a Arrival) {
	if w, ok := s.mode.(*watching); ok {
		a = Arrival{Number: w.First.Number, Dropped: w.dropped, Frame: w.First}
	}
	return a
}

// Watches reports whether the particles are those of frames, whose numbers are its steps.
func (s *Session) Watches() bool {
	_, ok := s.mode.(*watching)
	return ok
}

// fixed reports whether the frames are those of this program, which come again without a log.
func (w *watching) fixed() bool {
	_, known := w.Source.(*given)
	return known
}

// take takes the next frame, nil if there is none.
func (w *watching) take(s *Session) (f *stream.Frame) {
	switch {
	case w.fixed():
		return w.Source.Take(w.back)
	case w.repeated != nil:
		if f, dropped := w.repeated.take(w.Source, w.back); f != nil {
			w.dropped = dropped
			return f
		}
		return nil
	}
	if f = w.Source.Take(w.back); f != nil {
		w.dropped = w.Source.Dropped()
		s.observed(Act{Took: &Arrival{Number: f.Number, Dropped: w.dropped, Frame: f}})
	}
	return f
}

// over reports whether there are no more frames, with the reason.
func (w *watching) over(s *Session) (ended bool, err error) {
	if w.repeated != nil && !w.fixed() {
		return w.repeated.end()
	}
	if ended, err = w.Source.End(); ended && !w.fixed() {
		over := &Over{}
		if err != nil {
			over.Error = err.Error()
		}
		s.observed(Act{Over: over})
	}
	return ended, err
}
