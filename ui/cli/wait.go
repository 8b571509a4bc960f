package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/muesli/cancelreader"

	"undercurrent/sim/stream"
	"undercurrent/ui/paint"
)

const (
	// waitKeys is the delay after which a stream without a frame can be left by a key, and
	// waitNotice that after which it is reported.
	waitKeys   = 100 * time.Millisecond
	waitNotice = time.Second
	framePoll  = 5 * time.Millisecond
)

// wait waits for the first whole frame of a stream, without which the screen would be empty.
type wait struct {
	feed   *stream.Feed
	name   string
	keys   io.Reader
	stderr io.Writer

	began   time.Time
	noticed bool
	pressed *quitKeys // nil until keys are read
}

func newWait(feed *stream.Feed, name string, keys io.Reader, stderr io.Writer) *wait {
	return &wait{feed: feed, name: name, keys: keys, stderr: stderr, began: time.Now()}
}

// frame is the first frame, nil without an error if a key has ended the wait.
func (w *wait) frame(ctx context.Context) (*stream.Frame, error) {
	defer func() { w.pressed.stop() }()
	for ; ; time.Sleep(framePoll) {
		if f := w.feed.Take(nil); f != nil {
			return f, nil
		}
		switch ended, err := w.feed.End(); {
		case ctx.Err() != nil || w.pressed.has(ctrlC) || w.pressed.has(ctrlBackslash):
			return nil, fmt.Errorf("stopped before the first whole frame of %s", w.name)
		case w.pressed.has('q'):
			return nil, nil
		case ended && err != nil:
			return nil, usage(err)
		case ended:
			return nil, usage(noFrame(w.name))
		}
		w.notice(time.Since(w.began))
	}
}

// notice says that there is no frame yet, and how the wait is ended.
func (w *wait) notice(waited time.Duration) {
	if w.pressed == nil && waited > waitKeys {
		w.pressed = readQuitKeys(w.keys)
	}
	if !w.noticed && waited > waitNotice && isTerminal(w.stderr) {
		// The terminal does not return the carriage where it hands out single keys.
		fmt.Fprintf(w.stderr, "undercurrent: %s\r\n", paint.Sentence("waiting for the first whole frame of "+w.name+
			" (in CSV a blank line ends a frame; --last N takes single points; q quits)"))
		w.noticed = true
	}
}

// Keys that end a wait besides q; as signals they do not come where single keys are read.
const (
	ctrlC         = 0x03
	ctrlBackslash = 0x1c
)

// quitKeys reads the keys of a terminal, one by one.
type quitKeys struct {
	terminal term.File
	before   *term.State
	from     cancelreader.CancelReader
	got      chan []byte
	seen     []byte
}

// readQuitKeys begins to read keys. Where the input is not a terminal there are none.
func readQuitKeys(in io.Reader) *quitKeys {
	q := &quitKeys{got: make(chan []byte, 1)}
	f, ok := in.(term.File)
	if !ok || !term.IsTerminal(f.Fd()) {
		return q
	}
	from, err := cancelreader.NewReader(f)
	if err != nil {
		return q
	}
	before, err := term.MakeRaw(f.Fd())
	if err != nil {
		from.Close()
		return q
	}
	q.terminal, q.before, q.from = f, before, from
	go q.read()
	return q
}

// read hands on what is typed until it is stopped.
func (q *quitKeys) read() {
	defer close(q.got)
	for typed := make([]byte, 64); ; {
		n, err := q.from.Read(typed)
		if err != nil {
			return
		}
		q.got <- bytes.Clone(typed[:n])
	}
}

// has reports whether a key was pressed.
func (q *quitKeys) has(key byte) bool {
	if q == nil {
		return false
	}
	select {
	case typed := <-q.got:
		q.seen = append(q.seen, typed...)
	default:
	}
	return bytes.IndexByte(q.seen, key) >= 0
}

// stop gives the terminal back as it was.
func (q *quitKeys) stop() {
	if q == nil || q.from == nil {
		return
	}
	q.from.Cancel()
	for range q.got { // until the reader has gone, which would take a key of the program
	}
	_ = q.from.Close()
	_ = term.Restore(q.terminal.Fd(), q.before)
}
