package lesson_test

import (
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/ui/lesson"
	"undercurrent/ui/session"
)

// fps is the frames a second that lessons are played at.
const fps = 10

// newSession is a session in which somebody has done something before.
func newSession(t testing.TB) *session.Session {
	t.Helper()
	s, err := catalogue.Named("grid9")
	if err != nil {
		t.Fatal(err)
	}
	d, err := divergences.Standard().Parse("neyman", nil)
	if err != nil {
		t.Fatal(err)
	}
	u, err := session.NewFunctional("deficit", 1, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	s.Particles = 50
	made, err := session.New(divergences.Standard(), s, sim.DefaultSettings(s, d), u)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(made.Close)
	made.Training.Inline(inline)
	made.ReportEvery(6)
	return made
}

// inline is the number of iterations of a sampler in a frame.
const inline = 100

// player plays a lesson without a screen.
type player struct {
	t       testing.TB
	session *session.Session
	play    lesson.Play
	frames  int            // of the last release
	last    *session.Frame // the one that it ended with
	drawn   session.Frame
}

// begins opens a lesson on a session.
func begins(t testing.TB, s *session.Session, l *lesson.Lesson) *player {
	t.Helper()
	p := &player{t: t, session: s, play: lesson.Begin(l)}
	p.play.Again()(s)
	s.Show(p.play.Needs())
	return p
}

func (p *player) frame() *session.Frame {
	f := &session.Frame{}
	p.session.Frame(f)
	return f
}

// next goes on by a phase and lets a release come to its end.
func (p *player) next() (over bool) {
	p.t.Helper()
	before, _ := p.play.Step()
	p.play, over = p.play.Next()
	if over {
		return true
	}
	if now, _ := p.play.Step(); now != before {
		p.play.Enter()(p.session)
		p.session.Show(p.play.Needs())
		return false
	}
	if p.play.Phase() != lesson.Released {
		return false
	}
	p.play.Release(fps)(p.session)
	const most = 1000
	for p.frames = 0; p.session.Clock.Releasing(); p.frames++ {
		if p.session.Advance() {
			p.session.Frame(&p.drawn)
		}
		if p.frames > most {
			p.t.Fatalf("a release has not ended after %d frames", most)
		}
	}
	p.last = p.frame()
	p.play = p.play.Follow(p.last)
	return false
}

// alerts fails where something went wrong in the session.
func (p *player) alerts() {
	p.t.Helper()
	if n := p.frame().Note; n.Alert {
		p.t.Errorf("the session says %q", n.Text)
	}
}
