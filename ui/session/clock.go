package session

import "time"

// ClockControl pauses time, sets its speed, and seeks in the history.
type ClockControl struct {
	s      *Session
	paused bool
	pace   Pace
	beat   beat
	now    Pace // that of the last frame: a flow that begins is slower
	owed   int  // single steps asked for while paused
	// seeking reports whether steps towards target are still to be computed.
	seeking bool
	target  int

	opening opening
	release release
	heard   int // serial of the note of the last frame
}

const (
	// scrubs is the number of scrubs from one end of the history to the other.
	scrubs = 20
)

// steps is the number of steps of the next frame.
func (c *ClockControl) steps() int {
	if c.stopped() {
		return c.takeOwed()
	}
	if c.release.on {
		return c.released()
	}
	// What was said since the last frame, by what made the flow begin, is not talked over.
	if news := c.s.note.Serial != c.heard; c.opening.frame(c.s.focus.id, c.s.flow().Progress().Step) && !news {
		c.s.tellStory()
	}
	c.heard = c.s.note.Serial
	pace, ok := c.opening.pace(c.pace)
	if c.now = pace; !ok {
		return 0
	}
	return c.beat.steps(pace)
}

// stopped reports whether time stands still: paused, or during a drag.
func (c *ClockControl) stopped() bool { return c.paused || c.s.Edits.dragging }

func (c *ClockControl) takeOwed() (steps int) {
	steps, c.owed = c.owed, 0
	return steps
}

// owe keeps single steps that were asked for and not taken; those of a flow that runs are dropped.
func (c *ClockControl) owe(steps int) {
	if c.stopped() {
		c.owed += steps
	}
}

// TogglePause pauses or resumes, including a sampler in training.
func (c *ClockControl) TogglePause() {
	c.stay()
	c.setPaused(!c.paused)
	// While paused, the numbers are those of the last step.
	c.s.measure()
}

// SingleStep pauses and requests one step, and one iteration of a sampler.
func (c *ClockControl) SingleStep() {
	c.stay()
	c.setPaused(true)
	c.owed++
	c.s.Training.do((*trainer).train)
}

func (c *ClockControl) setPaused(paused bool) {
	// Who lets it go on has seen where it stands.
	c.opening.skip()
	c.paused = paused
	c.s.Training.pause(paused)
}

// Faster doubles or halves the pace.
func (c *ClockControl) Faster(up bool) {
	steps := c.pace.perFrame() / 2
	if up {
		steps = c.pace.perFrame() * 2
	}
	c.SetSpeed(steps)
}

// SetSpeed changes the pace, in steps per frame, from 1/64 to 64.
func (c *ClockControl) SetSpeed(steps float64) {
	if !(steps > 0) {
		c.s.tell("speed is %v, expected a number above 0", steps)
		return
	}
	c.opening.end()
	c.pace = paceOf(steps)
	c.now = c.pace
	c.s.tell("%s", c.pace.sentence())
}

// Back goes some steps back and pauses.
func (c *ClockControl) Back(steps int) { c.Seek(c.at() - steps) }

// at is the step where the flow in focus is, or will be.
func (c *ClockControl) at() int {
	if c.seeking {
		return c.target
	}
	return c.s.flow().Progress().Step
}

// Scrub goes some twentieths of the history forward, or back where they are negative, and pauses.
func (c *ClockControl) Scrub(twentieths int) {
	first, last := c.span()
	c.Seek(c.at() + twentieths*max((last-first)/scrubs, 1))
}

// First goes to the beginning of the history and pauses.
func (c *ClockControl) First() {
	first, _ := c.span()
	c.Seek(first)
}

// Last goes to the end of the history and pauses.
func (c *ClockControl) Last() {
	_, last := c.span()
	c.Seek(last)
}

// span is the range of steps that the histories of all flows hold.
func (c *ClockControl) span() (first, last int) {
	now := c.at()
	first, last = c.s.focus.Span()
	for _, r := range c.s.runs {
		f, l := r.Span()
		first, last = max(first, f), min(last, l)
	}
	return min(first, now), max(last, now)
}

// Seek moves all flows to a step of their history, or the nearest one, and pauses. Steps that are
// computed again may take many frames; another command ends that where it is.
func (c *ClockControl) Seek(step int) {
	c.setPaused(true)
	first, last := c.span()
	now := c.at()
	if step = min(max(step, first), last); step == now {
		c.s.tell("%s", atTheEnd(now, first))
		return
	}
	for _, r := range c.s.runs {
		if err := r.BeginSeek(step); err != nil {
			c.s.tell("%v", err)
		}
	}
	c.seeking, c.target = true, step
	c.s.Edits.undone = nil
	c.proceed()
}

// proceed computes steps towards the target of a seek: all of them without a Runner, otherwise
// those of a frame.
func (c *ClockControl) proceed() {
	for began := time.Now(); c.seeking; {
		c.seeking = false
		c.s.schedule.done++
		for _, r := range c.s.runs {
			reached, err := r.StepToward(c.target)
			if err != nil {
				c.s.tell("%v", err)
			}
			c.seeking = c.seeking || !reached && err == nil
		}
		if c.seeking && c.s.schedule.pausesSeek(began) {
			c.s.tell("computing the steps to %d again", c.target)
			return
		}
	}
	c.s.measure()
}

// stay ends a seek where it is.
func (c *ClockControl) stay() {
	if c.seeking {
		c.seeking = false
		c.s.measure()
	}
}

// atTheEnd says which end of the history the current step is.
func atTheEnd(now, first int) string {
	if now == first {
		return "no earlier step recorded"
	}
	return "no later step recorded"
}
