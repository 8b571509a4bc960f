package session

import (
	"fmt"
	"slices"
	"time"
)

// Repeater does the acts of a Runner again, in the goroutine of its caller. It takes commands and hands out frames as a
// Runner does, but holds a command back until the act comes that carries it out. It is not safe for concurrent use.
type Repeater struct {
	session *Session
	held    []Command // in the order in which they were given
	given   int       // the highest ID so far
	works   map[int]func() func(*Session)
	soon    map[int]bool
	until   int // schedule.done at the end of the current act
	frames  []*Frame
	spare   []*Frame
}

// NewRepeater repeats on a session that began like that of the acts, and that nobody else uses.
func NewRepeater(s *Session) *Repeater {
	r := &Repeater{session: s, works: map[int]func() func(*Session){}, soon: map[int]bool{}}
	s.Training.repeated = true
	if w, ok := s.mode.(*watching); ok {
		w.repeated = &arrivals{}
	}
	s.schedule = schedule{
		later: r.later,
		// One step of a frame is taken whatever time it is.
		overdue:  func() bool { return s.schedule.done+1 >= r.until },
		seekOver: func() bool { return s.schedule.done >= r.until },
	}
	s.Examine()
	return r
}

// later keeps work until its result is taken, or does it if the session has waited for it.
func (r *Repeater) later(number int, work func() func(*Session)) {
	if r.soon[number] {
		then := work()
		work = func() func(*Session) { return then }
		delete(r.soon, number)
	}
	r.works[number] = work
}

// Give takes a command. What has no ID is carried out at once, as it changes nothing, but for the
// instruments: those of the acts are shown.
func (r *Repeater) Give(c Command) {
	if c.ID == 0 && c.Shown == nil {
		c.Do(r.session)
		return
	}
	r.given = max(r.given, c.ID)
	r.held = inserted(r.held, c)
	r.pass()
}

// pass lets commands pass that are not carried out, where none before them waits.
func (r *Repeater) pass() {
	for len(r.held) > 0 && r.held[0].Shown != nil {
		r.held = r.held[1:]
	}
}

// Take is the oldest frame that waits, nil if there is none.
func (r *Repeater) Take() *Frame {
	if len(r.frames) == 0 {
		return nil
	}
	f := r.frames[0]
	r.frames = r.frames[1:]
	return f
}

// Next is the serial of the frame that Take hands out, 0 if there is none.
func (r *Repeater) Next() int {
	if len(r.frames) == 0 {
		return 0
	}
	return r.frames[0].Serial
}

// GiveBack takes a frame back, which is made another one.
func (r *Repeater) GiveBack(f *Frame) { r.spare = append(r.spare, f) }

// Hurry does nothing: nothing is done meanwhile.
func (r *Repeater) Hurry(time.Duration) {}

// Do does an act, one of its Advances at a time: it is to be called as many times. The error says what of the act
// cannot be done.
func (r *Repeater) Do(a Act) error {
	s := r.session
	done := s.schedule.done
	r.until = done + a.Work
	err := r.act(a)
	if took := s.schedule.done - done; err == nil && took != a.Work {
		err = fmt.Errorf("work is %d, expected %d", a.Work, took)
	}
	if err == nil && a.Frame {
		r.publish()
	}
	return err
}

func (r *Repeater) act(a Act) error {
	s := r.session
	switch {
	case len(a.Commands) > 0:
		c, err := r.joined(a.Commands)
		if err != nil {
			return err
		}
		c.Do(s)
		r.pass()
	case a.Shown != nil:
		s.Show(*a.Shown)
	case a.Soon > 0:
		r.soon[a.Soon] = true
	case a.Finished > 0:
		work, ok := r.works[a.Finished]
		if !ok {
			return fmt.Errorf("finished is %d, expected a work that was begun", a.Finished)
		}
		delete(r.works, a.Finished)
		work()(s)
	case a.Trained != nil:
		w, ok := s.Training.worker.(*repeatedTrainer)
		if !ok {
			return fmt.Errorf("trained, expected no sampler in training")
		}
		return w.trainTo(*a.Trained)
	case a.Took != nil || a.Over != nil:
		w, ok := s.mode.(*watching)
		if !ok || w.repeated == nil {
			return fmt.Errorf("took a frame or its end, expected nothing that is watched")
		}
		w.repeated.arrive(a)
	case a.Advances > 0:
		return r.advance(a)
	}
	return nil
}

func (r *Repeater) advance(a Act) error {
	news := r.session.Advance()
	if w, ok := r.session.mode.(*watching); ok {
		if err := w.repeated.left(); err != nil {
			return err
		}
	}
	if news && !a.Frame {
		return fmt.Errorf("no frame, expected one")
	}
	return nil
}

// joined takes the commands with some IDs, as one. Those before them that are never carried out were dropped.
func (r *Repeater) joined(ids []int) (one Command, err error) {
	for n, id := range ids {
		at := slices.IndexFunc(r.held, func(c Command) bool { return c.ID == id })
		if at < 0 {
			return one, fmt.Errorf("command %d, expected one that was given and not carried out: %s", id, r.waiting())
		}
		c := r.held[at]
		r.held = slices.Delete(slices.Clone(r.held), at, at+1)
		if n == 0 {
			one = c
			continue
		}
		var ok bool
		if one, ok = one.then(c); !ok {
			return one, fmt.Errorf("commands %v at once, expected commands that can be joined", ids)
		}
	}
	last := ids[len(ids)-1]
	r.held = slices.DeleteFunc(r.held, func(c Command) bool { return c.Shown == nil && c.ID < last && !one.passes(c) })
	return one, nil
}

// waiting names the commands that wait.
func (r *Repeater) waiting() string {
	for _, c := range r.held {
		if c.Shown == nil {
			return fmt.Sprintf("%d is the first", c.ID)
		}
	}
	return "there is none"
}

// publish makes a frame of the session as it is.
func (r *Repeater) publish() {
	f := &Frame{}
	if n := len(r.spare); n > 0 {
		f, r.spare = r.spare[n-1], r.spare[:n-1]
	}
	r.session.Frame(f)
	f.Waiting.set(r.given, r.held)
	r.frames = append(r.frames, f)
}
