package app

import (
	"image/color"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"

	"undercurrent/ui/layout"
	"undercurrent/ui/lesson"
	"undercurrent/ui/session"
)

// SmallestScreen is the size in cells from which on the program shows more than that it needs more.
func SmallestScreen() (width, height int) { return layout.MinWidth, layout.MinHeight }

// Offscreen is the program without a terminal, on a clock that is not that of the machine: what it
// shows depends on the session, the options, the keys and the ticks alone. A sampler in training is
// an exception: it learns in a goroutine of its own, as fast as the machine is.
type Offscreen struct {
	app    *App
	player lockstep
	ticks  int // so far
	ended  bool
}

// NewOffscreen shows a session, which nobody else may use any more, on a screen of a size in cells with
// all colours. The options must have passed Check, and ask for no question to a terminal.
func NewOffscreen(s *session.Session, o Options, width, height int) *Offscreen {
	o.Kitty = false
	s.ReportEvery(o.FPS / reportsPerSecond)
	off := &Offscreen{player: lockstep{session: s}}
	off.app = New(&off.player, o)
	// There is no terminal whose answers are waited for in the end.
	off.app.departure.now = func() time.Time { return time.Time{}.Add(2 * muteAfter) }
	s.Examine()
	off.player.publish()
	off.give(tea.ColorProfileMsg{Profile: colorprofile.TrueColor}, tea.WindowSizeMsg{Width: width, Height: height})
	off.take(0)
	return off
}

// AdvanceTo lets time pass until a time after the start, and with it the ticks of the screen's clock and
// the frames of the session.
func (o *Offscreen) AdvanceTo(at time.Duration) {
	rate := o.app.options.ticks()
	for !o.ended && time.Duration(o.ticks+1)*time.Second <= at*time.Duration(rate) {
		o.ticks++
		o.tick(rate)
	}
}

// tick is one of a number in a second.
func (o *Offscreen) tick(rate int) {
	// The frames that are due by now and were not before.
	fps := o.app.options.FPS
	for range o.ticks*fps/rate - (o.ticks-1)*fps/rate {
		o.player.advance()
	}
	o.take(time.Duration(o.ticks) * time.Second / time.Duration(rate))
}

// take takes what the session has to show at a time.
func (o *Offscreen) take(at time.Duration) {
	fresh := o.app.onTick(time.Time{}.Add(at))
	o.run(o.app.redraw(fresh, true))
}

// Press presses keys, one after the other, and does what they are for.
func (o *Offscreen) Press(keys ...tea.KeyPressMsg) {
	for _, k := range keys {
		o.give(k)
	}
}

// Screen is what is on the screen: lines of text with escape sequences for styles.
func (o *Offscreen) Screen() string {
	o.app.catchUp()
	return o.app.drawn
}

// Ground are the colours of text and ground where the screen sets none.
func (o *Offscreen) Ground() (text, ground color.Color) {
	return o.app.look.theme.Plain(), o.app.look.theme.Ground()
}

// Ended reports whether the program was left.
func (o *Offscreen) Ended() bool { return o.ended }

// LessonBox is what the box of a lesson says.
type LessonBox struct {
	Text string
	// Asks reports whether that is a question, Released whether the flow goes on meanwhile.
	Asks, Released bool
}

// Lesson is the box of the lesson that is played, if there is one.
func (o *Offscreen) Lesson() (box LessonBox, on bool) {
	t := &o.app.tour
	if !t.on() {
		return box, false
	}
	step, _ := t.play.Step()
	for _, p := range t.text(step) {
		box.Text += p.words + "\n"
	}
	phase := t.play.Phase()
	box.Asks, box.Released = phase == lesson.Asked, phase == lesson.Released
	return box, true
}

// GoOn is the key that goes on with a lesson.
func GoOn() tea.KeyPressMsg { return tea.KeyPressMsg{Code: tea.KeyEnter} }

// Close ends the session.
func (o *Offscreen) Close() { o.player.session.Close() }

// give gives messages to the program.
func (o *Offscreen) give(messages ...tea.Msg) {
	for _, m := range messages {
		if o.ended {
			return
		}
		_, cmd := o.app.Update(m)
		o.run(cmd)
	}
}

// run carries a command out, and gives what comes of it to the program.
func (o *Offscreen) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch m := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, one := range m {
			o.run(one)
		}
	case tea.QuitMsg:
		o.ended = true
	default:
		o.give(m)
	}
}

// lockstep plays a session in the goroutine of its caller: a command is carried out when it is given, a
// frame is taken when it is asked for.
type lockstep struct {
	session *session.Session
	ready   *session.Frame
	spare   []*session.Frame
}

var _ Player = (*lockstep)(nil)

// Give carries a command out.
func (l *lockstep) Give(c session.Command) {
	c.Do(l.session)
	l.publish()
}

// Take is the newest frame, nil if it was taken.
func (l *lockstep) Take() *session.Frame {
	f := l.ready
	l.ready = nil
	return f
}

// GiveBack takes a frame back, which is made another one.
func (l *lockstep) GiveBack(f *session.Frame) { l.spare = append(l.spare, f) }

// News is nil: frames are asked for.
func (l *lockstep) News() <-chan struct{} { return nil }

// Hurry does nothing: nothing is done meanwhile.
func (l *lockstep) Hurry(time.Duration) {}

// advance takes the steps of a frame.
func (l *lockstep) advance() {
	if l.session.Advance() {
		l.publish()
	}
}

// publish makes a frame of the session as it is.
func (l *lockstep) publish() {
	if l.ready != nil {
		l.GiveBack(l.ready)
		l.ready = nil
	}
	f := &session.Frame{}
	if n := len(l.spare); n > 0 {
		f, l.spare = l.spare[n-1], l.spare[:n-1]
	}
	l.session.Frame(f)
	l.ready = f
}
