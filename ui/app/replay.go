package app

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/stream"
	"undercurrent/ui/journal"
	"undercurrent/ui/session"
)

// Replay repeats a session from its log, without a terminal: the program is given what it was given then, and the
// session does what it did then. Particles are the same to the bit, and held to the digests of the log. What is shown
// is the same but for what is counted by a clock, such as frames and iterations per second.
type Replay struct {
	log      *journal.Log
	app      *App
	repeater *session.Repeater
	session  *session.Session
	digester session.Digester

	at    time.Duration // of the log
	ticks int           // so far
	line  int           // the next one, an index
	done  int           // Advances of it that are done
	until int           // serial of the newest frame that the program may take
	seen  int           // the line that until is from

	frames stream.Unpacker // of a stream

	reads func(name string) (scenarios.Scenario, *sim.Motion, error)
	hash  func(name string) string

	checked int // digests so far
	err     error
}

var _ Player = (*Replay)(nil)

// ReplayError says at which line of a log a replay has come to its end before that of the log, and why.
type ReplayError struct {
	Line int
	// Differs reports whether the particles are others than those of the log.
	Differs bool
	err     error
}

func (e ReplayError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.err) }
func (e ReplayError) Unwrap() error { return e.err }

// NewReplay begins with a session which began like that of the log, and which nobody else may use any more. Options are
// those of the log; Open and Hash read the files that were opened then, and nothing else of the system is used.
func NewReplay(s *session.Session, log *journal.Log, o Options) *Replay {
	s.ReportEvery(o.FPS / reportsPerSecond)
	r := &Replay{log: log, session: s, repeater: session.NewRepeater(s), seen: -1}
	r.reads, r.hash = o.Open, o.Hash
	r.app = New(r, o.withoutSystem(log.Head.Screen.Clipboard))
	r.app.departure.now = func() time.Time { return time.Time{}.Add(2 * muteAfter) }
	r.app.cast.now = func() time.Time { return time.Time{}.Add(r.at) }
	r.app.look.adapt(colorprofile.TrueColor)
	return r
}

// Give, Take, GiveBack, News and Hurry are those of a Player.
func (r *Replay) Give(c session.Command) { r.repeater.Give(c) }

// Take hands out no frame that the program had not seen by its next input.
func (r *Replay) Take() *session.Frame {
	if n := r.repeater.Next(); n == 0 || n > r.bound() {
		return nil
	}
	return r.repeater.Take()
}

func (r *Replay) GiveBack(f *session.Frame) { r.repeater.GiveBack(f) }
func (r *Replay) News() <-chan struct{}     { return nil }
func (r *Replay) Hurry(time.Duration)       {}

// bound is the serial of the newest frame that the program may take.
func (r *Replay) bound() int {
	const all = 1 << 62
	if r.seen >= r.line {
		return r.until
	}
	r.seen, r.until = len(r.log.Lines), all
	for k := r.line; k < len(r.log.Lines); k++ {
		if l := r.log.Lines[k]; l.IsInput() {
			r.seen, r.until = k, l.Seen
			break
		}
	}
	return r.until
}

// Length is how long the session took.
func (r *Replay) Length() time.Duration {
	if n := len(r.log.Lines); n > 0 {
		return milliseconds(r.log.Lines[n-1].Time)
	}
	return 0
}

func milliseconds(t int64) time.Duration { return time.Duration(t) * time.Millisecond }

// due is when the next part of the log is to be done: advances of a line are spread over its time.
func (r *Replay) due() time.Duration {
	l := r.log.Lines[r.line]
	end := milliseconds(l.Time)
	if l.Advances < 2 {
		return end
	}
	began := time.Duration(0)
	if r.line > 0 {
		began = milliseconds(r.log.Lines[r.line-1].Time)
	}
	return began + (end-began)*time.Duration(r.done+1)/time.Duration(l.Advances)
}

// Ended reports whether the log has come to its end, or the replay could not go on.
func (r *Replay) Ended() bool { return r.err != nil || r.line == len(r.log.Lines) }

// Err is a ReplayError where the replay could not go on, or where the particles are others than those of the log.
func (r *Replay) Err() error { return r.err }

// At is the time of the log.
func (r *Replay) At() time.Duration { return r.at }

// AdvanceTo lets the time of the log pass, until a time after its start.
func (r *Replay) AdvanceTo(at time.Duration) {
	rate := time.Duration(r.app.options.ticks())
	for !r.Ended() {
		tick := time.Duration(r.ticks+1) * time.Second / rate
		if due := r.due(); due <= min(at, tick) {
			r.at = max(r.at, due)
			r.next()
			continue
		}
		if tick > at {
			break
		}
		r.ticks++
		r.at = tick
		r.tick()
	}
	r.at = max(r.at, at)
}

// Run goes to the end of the log, as fast as the machine can. The error is that of the context.
func (r *Replay) Run(ctx context.Context) error {
	for !r.Ended() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r.at = max(r.at, r.due())
		r.next()
		r.tick()
	}
	return nil
}

// tick takes a frame, if there is one.
func (r *Replay) tick() {
	if r.app.onTick(time.Time{}.Add(r.at)) {
		r.app.pace.stale = true
	}
}

// next does the next part of the log.
func (r *Replay) next() {
	number, l := journal.Number(r.line), r.log.Lines[r.line]
	err := r.do(l)
	if r.done++; l.Advances <= r.done {
		r.line, r.done = r.line+1, 0
	}
	if err == nil {
		return
	}
	failure := ReplayError{Line: number, err: err}
	failure.Differs = errors.Is(err, errDiffers)
	r.err = failure
}

// errDiffers is that of particles which are not those of the log.
var errDiffers = errors.New("the particles are not those of the log")

func (r *Replay) do(l journal.Line) error {
	switch {
	case l.End, l.Missing > 0:
		return nil
	case len(l.Points) > 0:
		return r.frames.Add(l.Points)
	case l.First != nil: // the session has begun with it
		_, err := journal.Unpacked(&r.frames, *l.First)
		return err
	case l.Digest != "":
		r.checked++
		if got := r.digester.Digest(r.session); got != l.Digest {
			return fmt.Errorf("%w: at %s %d the digest is %.12s…, expected %.12s…", errDiffers, r.Unit(), r.session.Step(), got, l.Digest)
		}
		return nil
	case l.IsInput():
		return r.input(l)
	}
	return r.act(l)
}

// act does an act, or one of its advances.
func (r *Replay) act(l journal.Line) error {
	if l.Took != nil {
		arrival := *l.Took
		var err error
		if arrival.Frame, err = journal.Unpacked(&r.frames, arrival); err != nil {
			return err
		}
		l.Took = &arrival
	}
	if err := r.repeater.Do(l.Act); err != nil || l.Took != nil || l.Over != nil {
		return err
	}
	if last := l.Advances <= r.done+1; last && r.session.Step() != l.Step {
		return fmt.Errorf("the step is %d, expected %d", r.session.Step(), l.Step)
	}
	return nil
}

// input gives the program what it was given, when it shows the frame that it showed.
func (r *Replay) input(l journal.Line) error {
	for r.repeater.Next() != 0 && r.repeater.Next() <= l.Seen {
		r.tick()
	}
	shown := 0
	if f := r.app.frame; f != nil {
		shown = f.Serial
	}
	if shown != l.Seen {
		return fmt.Errorf("the screen shows frame %d, expected %d", shown, l.Seen)
	}
	msg, err := messageOf(l.Input, r.open)
	if err != nil {
		return err
	}
	// Where rows of a table are depends on what was drawn.
	r.app.catchUp()
	r.give(msg)
	return nil
}

// give gives the program a message, and what comes of it.
func (r *Replay) give(msg tea.Msg) {
	cmd, fresh := r.app.take(msg)
	if fresh {
		r.app.board.cache.clear()
		r.app.pace.stale = true
	}
	r.run(cmd)
}

// run carries a command out. What the system answers is in the log, and leaving is not the end of the log.
func (r *Replay) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch m := cmd().(type) {
	case nil, tea.QuitMsg:
	case tea.BatchMsg:
		for _, one := range m {
			r.run(one)
		}
	default:
		if answerOf(m) == nil {
			r.give(m)
		}
	}
}

// open reads a file that was opened then.
func (r *Replay) open(a *journal.Answer) (s scenarios.Scenario, m *sim.Motion, err error) {
	if r.reads == nil {
		return s, nil, fmt.Errorf("%s was opened, expected no file", a.Name)
	}
	if r.hash != nil && a.SHA256 != "" && r.hash(a.Name) != a.SHA256 {
		return s, nil, fmt.Errorf("%s is not the file of the log, expected the one with the SHA-256 %.12s…", a.Name, a.SHA256)
	}
	return r.reads(a.Name)
}

// Digests is the number of digests that the particles have been held to so far, Step the step of the flow in focus.
func (r *Replay) Digests() int { return r.checked }
func (r *Replay) Step() int    { return r.session.Step() }

// Unit is what its steps are: steps of a flow, or frames.
func (r *Replay) Unit() string {
	if r.session.Watches() {
		return "frame"
	}
	return "step"
}

// Digest is that of the particles as they are.
func (r *Replay) Digest() string { return r.digester.Digest(r.session) }

// Flows are the flows as they are.
func (r *Replay) Flows() []session.MeasuredFlow { return r.session.Flows() }

// Screen is what is on the screen: lines of text with escape sequences for styles.
func (r *Replay) Screen() string {
	r.app.catchUp()
	return r.app.drawn
}

// Size is that of the screen in cells.
func (r *Replay) Size() (width, height int) { return r.app.board.width, r.app.board.height }

// Ground are the colours of text and ground where the screen sets none.
func (r *Replay) Ground() (text, ground color.Color) {
	return r.app.look.theme.Plain(), r.app.look.theme.Ground()
}

// Close ends the session.
func (r *Replay) Close() { r.session.Close() }
