package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"undercurrent/sim/stream"
	"undercurrent/ui/session"
)

// waiting are frames that are to be packed and written, oldest first.
type waiting struct {
	list  []frameLine
	bytes int       // of their points
	urged bool      // whether they are being written
	since time.Time // when the last one was written, or began to wait alone
}

// frameLine is a line with a frame, after the text that is written before it.
type frameLine struct {
	before []byte
	line   Line
	frame  stream.Frame
}

// packing is what packs frames in the room that there is for them. It belongs to who writes.
type packing struct {
	packer stream.Packer
	room   int // bytes that are left
}

const (
	pointBytes = 16
	// urgentBytes is how many bytes of points wait for the usual time, quickBytes how many are compressed: beyond that
	// they are written as they are. With behindBytes the log is behind. maxWaiting bounds them, unless they are of a
	// single frame.
	urgentBytes = 1 << 20
	quickBytes  = 16 << 20
	behindBytes = 32 << 20
	maxWaiting  = 128 << 20
	// stuckAfter is how long a disk may take for a frame.
	stuckAfter = 5 * time.Second
)

// errSlow is the error of what waits too long.
var errSlow = errors.New("the log cannot be written as fast as the session goes on, expected a faster disk")

// FullError says that a log has no room for the frames of a stream from one on, before which it ends.
type FullError struct{ Frame int }

func (e FullError) Error() string {
	return fmt.Sprintf("the log ends before frame %d: there is no room for more frames", e.Frame)
}

// IsBehind reports whether the next frame should wait for those before it to be written: a log is not to have gaps because
// frames come faster than a disk takes them. Where the disk does not answer, nothing waits for it.
func (w *Writer) IsBehind() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Err() == nil && w.frames.bytes > behindBytes && w.now().Sub(w.frames.since) < stuckAfter
}

// First writes the frame that the session of a stream begins with. It is the first that is written.
func (w *Writer) First(a session.Arrival) {
	w.mu.Lock()
	defer w.mu.Unlock()
	l := Line{First: &a}
	w.arrival(l, l.First)
}

// arrival writes a line with a frame of which is known what arrived.
func (w *Writer) arrival(l Line, a *session.Arrival) {
	if !w.keeps {
		w.add(l)
		return
	}
	w.putRun()
	l.Time = w.time()
	if w.Err() != nil || w.closed {
		return
	}
	f := *a.Frame
	size := pointBytes * len(f.Points)
	if len(w.frames.list) > 0 && w.frames.bytes+size > maxWaiting {
		w.fail(errSlow)
		return
	}
	f.Points = slices.Clone(f.Points)
	if w.frames.bytes == 0 {
		w.frames.since = w.now()
	}
	w.frames.list = append(w.frames.list, frameLine{w.buffer, l, f})
	w.frames.bytes, w.buffer = w.frames.bytes+size, nil
	if w.schedule(); w.frames.bytes > urgentBytes && !w.frames.urged {
		w.frames.urged = true
		go w.send()
	}
}

// pack writes a frame, or that there is no room for it.
func (w *Writer) pack(f frameLine) {
	w.mu.Lock()
	quick := w.frames.bytes > quickBytes
	w.mu.Unlock()
	defer w.written(f)
	if w.Err() != nil {
		return
	}
	is, parts := w.packing.packer.Pack(&f.frame, quick)
	a := session.Arrival{Number: f.frame.Number, Packed: &is}
	if f.line.First != nil {
		a.Dropped, f.line.First = f.line.First.Dropped, &a
	} else {
		a.Dropped, f.line.Took = f.line.Took.Dropped, &a
	}
	text, err := linesOf(f.line, parts)
	if err == nil && len(text) > w.packing.room {
		text, _ = linesOf(Line{Time: f.line.Time, Step: f.line.Step, Missing: a.Number}, nil)
		err = FullError{a.Number}
	}
	w.packing.room -= len(text)
	w.write(text)
	w.fail(err)
}

// written says that a frame does not wait any more.
func (w *Writer) written(f frameLine) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.frames.bytes -= pointBytes * len(f.frame.Points)
	w.frames.since = w.now()
}

// linesOf are the lines of the points of a frame, and one after them.
func linesOf(last Line, parts [][]byte) (text []byte, err error) {
	lines := make([]Line, 0, len(parts)+1)
	for _, p := range parts {
		lines = append(lines, Line{Time: last.Time, Step: last.Step, Points: p})
	}
	for _, l := range append(lines, last) {
		one, err := json.Marshal(l)
		if err != nil {
			return nil, err
		}
		text = append(append(text, one...), '\n')
	}
	return text, nil
}
