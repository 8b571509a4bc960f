package session

// release is a run of the flow to a step, where time stands still again.
type release struct {
	on    bool
	until int
}

// Release lets the flows go on for some steps, within a number of frames, and pauses there. A sampler in training is
// waited for: without steps, the flows stand still meanwhile. Speed and pause may be changed on the way.
func (c *ClockControl) Release(steps, frames int) {
	c.stay()
	c.release = release{true, c.s.flow().Progress().Step + steps}
	c.pace = paceWithin(steps, max(frames, 1))
	c.setPaused(false)
}

// paceWithin is the slowest pace at which some steps take no more than some frames, or the fastest there is.
func paceWithin(steps, frames int) Pace {
	if steps > frames {
		return Pace{min((steps+frames-1)/frames, maxSteps), 1}
	}
	return Pace{1, min(frames/max(steps, 1), maxFrames)}
}

// Hold ends a release where it is; time goes on, or stands still, as it did.
func (c *ClockControl) Hold() { c.release.on = false }

// Skip takes steps at once, with as many reports as the session needs to see how the flow goes, and pauses.
func (c *ClockControl) Skip(steps int) {
	const perReport = 8
	c.stay()
	c.setPaused(true)
	for k := range steps {
		report := k%perReport == 0
		c.s.step(report)
		if report {
			c.s.resting.follow(c.s)
		}
	}
	c.s.measure()
}

// Releasing reports whether a release has not come to its end.
func (c *ClockControl) Releasing() bool { return c.release.on }

// released is the number of steps of the next frame of a release. With the last of them time stands still, so that the
// report is that of this step.
func (c *ClockControl) released() (steps int) {
	c.now = c.pace
	left := max(c.release.until-c.s.flow().Progress().Step, 0)
	if left > 0 {
		steps = min(c.beat.steps(c.pace), left)
	}
	if steps == left && c.s.Training.over() {
		c.release.on = false
		c.setPaused(true)
	}
	return steps
}
