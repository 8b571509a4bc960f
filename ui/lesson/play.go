package lesson

import (
	"undercurrent/ui/command"
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// Phase is how far a viewer is within a step.
type Phase int

// The phases of a step, in their order. A step that asks for nothing has the first alone, and one without a question
// does not have the second.
const (
	Said     Phase = iota // the scene is set, its text is read
	Asked                 // the question is read, time stands still
	Released              // the flow goes on
	Answered              // the numbers are read
)

// Play is where a viewer is in a lesson. It is a value: what it does to a session, it returns.
type Play struct {
	lesson *Lesson
	at     int
	phase  Phase
	answer string // as it was filled at the end of the release
	holds  bool   // whether the claims held then
}

// Begin is the beginning of a lesson.
func Begin(l *Lesson) Play { return Play{lesson: l} }

// Lesson is the lesson that is played.
func (p Play) Lesson() *Lesson { return p.lesson }

// Step is the current step and its number, from 1.
func (p Play) Step() (s *Step, number int) { return &p.lesson.Steps[p.at], p.at + 1 }

// Phase is that of the current step.
func (p Play) Phase() Phase { return p.phase }

// Answer is what the step came to, and holds reports whether its claims are true of that: they need not be where the
// viewer has changed the scene.
func (p Play) Answer() (text string, holds bool) { return p.answer, p.holds }

// Next goes on by a phase, and reports whether the lesson is over. A release ends by itself; see Follow.
func (p Play) Next() (next Play, over bool) {
	switch s, _ := p.Step(); {
	case p.phase == Released:
	case p.phase == Said && s.Ask != "":
		p.phase = Asked
	case p.phase < Released && s.asks():
		p.phase = Released
	case p.at+1 < len(p.lesson.Steps):
		return Play{lesson: p.lesson, at: p.at + 1}, false
	default:
		return p, true
	}
	return p, false
}

// Back goes to the beginning of the step, and from there to that of the one before.
func (p Play) Back() Play {
	at := p.at
	if p.phase == Said {
		at = max(at-1, 0)
	}
	return Play{lesson: p.lesson, at: at}
}

// Follow ends a release that is over in a frame, which is one from after it began.
func (p Play) Follow(f *session.Frame) Play {
	if p.phase != Released || f.Releasing {
		return p
	}
	s, _ := p.Step()
	p.phase, p.answer, p.holds = Answered, s.Answer.Fill(f), true
	for _, c := range s.Claims {
		p.holds = p.holds && c.Holds(f)
	}
	return p
}

// Enter sets the scene of the current step for a viewer who comes from the end of the one before.
func (p Play) Enter() command.Effect {
	s, _ := p.Step()
	return s.set
}

// Again sets the scene of the current step whatever happened since: it opens the last scene before it, and takes the
// steps from there at once.
func (p Play) Again() command.Effect {
	first := p.at
	for p.lesson.Steps[first].Scene == nil {
		first--
	}
	return func(s *session.Session) {
		for k := first; k < p.at; k++ {
			step := &p.lesson.Steps[k]
			step.set(s)
			all(step.Then)(s)
			s.Clock.Skip(step.Run)
		}
		p.Enter()(s)
	}
}

// Release lets happen what the step asks about, at a pace for a number of frames a second.
func (p Play) Release(fps int) command.Effect {
	step, _ := p.Step()
	return func(s *session.Session) {
		all(step.Then)(s)
		if step.Train > 0 {
			s.Training.Start(step.Train)
		}
		if step.Run > 0 || step.Train > 0 {
			s.Clock.Release(step.Run, int(Seconds(step.Run)*float64(fps)))
		}
	}
}

// Seconds are how long a release of some steps takes.
func Seconds(steps int) float64 { return min(max(float64(steps)/10, 2), 6) }

// Maps is what the maps show in the current step.
func (p Play) Maps() (left, right panel.Field, over panel.Overlay) {
	left, right, over = panel.Target, panel.Ratio, panel.NoOverlay
	for _, s := range p.lesson.Steps[:p.at+1] {
		if s.Maps.Left != nil {
			left = *s.Maps.Left
		}
		if s.Maps.Right != nil {
			right = *s.Maps.Right
		}
		if s.Maps.Over != nil {
			over = *s.Maps.Over
		}
	}
	return left, right, over
}

// Needs are the instruments that the numbers of the current step are read from. They have to be shown before the
// release.
func (p Play) Needs() session.Shown {
	s, _ := p.Step()
	return s.needs()
}

// set sets the scene of a step.
func (s *Step) set(on *session.Session) {
	if s.Scene != nil {
		on.Scene.SetUp(*s.Scene)
	}
	all(s.Do)(on)
	if s.Region > 0 {
		on.Regions.Choose(s.Region)
	}
}

// all is the effect of several commands in their order.
func all(list []command.Effect) command.Effect {
	return func(s *session.Session) {
		for _, do := range list {
			do(s)
		}
	}
}

// Untimed is a release that is over, with the names of the numbers in place of these.
func (p Play) Untimed() Play {
	s, _ := p.Step()
	p.phase, p.answer, p.holds = Answered, s.Answer.Words(), true
	return p
}
