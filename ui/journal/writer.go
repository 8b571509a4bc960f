package journal

import (
	"encoding/json"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"undercurrent/ui/session"
)

// Writer writes a log while the session goes on. It holds nobody up: what it is told is written by a goroutine of its own,
// within flushAfter. After an error of writing it writes no more. It is safe for concurrent use.
type Writer struct {
	now   func() time.Time
	began time.Time

	failure atomic.Pointer[error]

	writing sync.Mutex // held while something is written
	out     io.Writer
	packing packing

	mu     sync.Mutex
	frames waiting // to be written
	buffer []byte  // what is to be written after them
	run    *Line   // advances that are not written yet, nil for none
	step   int     // of the last act
	flush  *time.Timer
	ended  chan struct{} // closed with the end of the session
	closed bool

	keeps bool // whether frames are kept in the log

	// Of the session's goroutine alone.
	digester session.Digester
	digested time.Time     // when the last digest was made
	cost     time.Duration // of it
	stale    bool          // whether something has changed since
}

const (
	// flushAfter is how long lines wait to be written together.
	flushAfter = time.Second
	// digestAfter is the least time between two digests after commands, quietDigest that without any; a digest takes
	// digestShare of the time at most.
	digestAfter = time.Second
	quietDigest = 10 * time.Second
	digestShare = 100
	// maxBuffer bounds what waits to be written to a disk that does not answer, in bytes.
	maxBuffer = 16 << 20
	// endWithin is how long the end of the session is waited for.
	endWithin = 2 * time.Second
)

// NewWriter begins a log with its head. Before the first frame of a stream that the head has no room for, the log ends,
// with a FullError. The error is that of writing.
func NewWriter(out io.Writer, h Head) (*Writer, error) { return newWriter(out, h, time.Now) }

func newWriter(out io.Writer, h Head, now func() time.Time) (*Writer, error) {
	h.Format, h.Version = Format, Version
	w := &Writer{now: now, began: now(), out: out, ended: make(chan struct{})}
	if h.Watch != nil && h.Watch.Stream {
		w.keeps, w.packing.room = true, h.Watch.Room
	}
	w.put(h)
	w.send()
	return w, w.Err()
}

// Err is the first error of writing.
func (w *Writer) Err() error {
	if err := w.failure.Load(); err != nil {
		return *err
	}
	return nil
}

// Input writes what is given to the program, while its screen has a step.
func (w *Writer) Input(in Input, step int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.add(Line{Input: in, Step: step})
}

// Observe writes an act of the session, and digests from time to time. It is a session.Observer.
func (w *Writer) Observe(s *session.Session, a session.Act) {
	l := Line{Act: a, Step: s.Step()}
	w.mu.Lock()
	w.step = l.Step
	switch {
	case a.End:
	case a.Took != nil:
		w.arrival(l, l.Took)
	case a.Advances > 0:
		w.advance(l)
	default:
		w.add(l)
	}
	w.mu.Unlock()
	w.stale = w.stale || a.Work > 0 || len(a.Commands) > 0 || a.Finished > 0 || a.Took != nil
	if a.Took != nil || a.Over != nil {
		return // in the middle of an act, which may have shown other frames
	}
	if a.End || w.stale && w.due(a.Advances == 0) {
		w.digest(s)
	}
	if a.End {
		close(w.ended)
	}
}

// due reports whether it is time for a digest.
func (w *Writer) due(commanded bool) bool {
	after := quietDigest
	if commanded {
		after = digestAfter
	}
	return w.now().Sub(w.digested) >= max(after, digestShare*w.cost)
}

// digest writes a digest of the particles as they are.
func (w *Writer) digest(s *session.Session) {
	began := w.now()
	d := w.digester.Digest(s)
	w.digested, w.stale = w.now(), false
	w.cost = w.digested.Sub(began)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.add(Line{Digest: d, Step: s.Step()})
}

// advance adds an act to those like it.
func (w *Writer) advance(l Line) {
	l.Time = w.time()
	if r := w.run; r != nil && r.Work == l.Work && r.Frame == l.Frame && r.Advances < maxAdvances {
		r.Advances += l.Advances
		r.Time, r.Step = l.Time, l.Step
		return
	}
	w.putRun()
	w.run = &l
	w.schedule()
}

// putRun writes the advances that are not written yet.
func (w *Writer) putRun() {
	if w.run != nil {
		w.put(*w.run)
		w.run = nil
	}
}

// add writes a line after those before it.
func (w *Writer) add(l Line) {
	w.putRun()
	l.Time = w.time()
	w.put(l)
	w.schedule()
}

func (w *Writer) time() int64 { return w.now().Sub(w.began).Milliseconds() }

// put writes a value as a line into the buffer.
func (w *Writer) put(v any) {
	if w.Err() != nil || w.closed {
		return
	}
	text, err := json.Marshal(v)
	if err == nil && len(w.buffer)+len(text) > maxBuffer {
		err = errSlow
	}
	w.fail(err)
	w.buffer = append(append(w.buffer, text...), '\n')
}

func (w *Writer) fail(err error) {
	if err != nil {
		w.failure.CompareAndSwap(nil, &err)
	}
}

// schedule lets what is in the buffer be written after a while.
func (w *Writer) schedule() {
	if w.flush == nil && !w.closed {
		w.flush = time.AfterFunc(flushAfter, func() {
			w.mu.Lock()
			w.flush = nil
			// Advances that do nothing may go on for hours.
			if w.run != nil && (w.run.Work > 0 || w.run.Frame) {
				w.putRun()
			}
			w.mu.Unlock()
			w.send()
		})
	}
}

// send writes what waits, while others add to it.
func (w *Writer) send() {
	w.writing.Lock()
	defer w.writing.Unlock()
	w.mu.Lock()
	frames, text := w.frames.list, w.buffer
	w.frames.list, w.buffer, w.frames.urged = nil, nil, false
	w.mu.Unlock()
	for _, f := range frames {
		w.write(f.before)
		w.pack(f)
	}
	w.write(text)
}

func (w *Writer) write(text []byte) {
	if w.Err() == nil && len(text) > 0 {
		_, err := w.out.Write(text)
		w.fail(err)
	}
}

// Close ends the log. Where the session has come to its end, or does so soon, its last line says that.
func (w *Writer) Close() error {
	whole := false
	select {
	case <-w.ended:
		whole = true
	case <-time.After(endWithin):
	}
	w.mu.Lock()
	w.putRun()
	if whole {
		w.put(Line{Time: w.time(), Step: w.step, End: true})
	}
	w.closed = true
	if w.flush != nil {
		w.flush.Stop()
	}
	w.mu.Unlock()
	w.send()
	return w.Err()
}
