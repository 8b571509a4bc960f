package session

// opening is how a flow begins: step 0 is held for a moment, since it tells what is to come, and then the
// flow eases in. A flow begins whenever it stands at step 0 and did not a frame ago.
type opening struct {
	held   int // frames that step 0 is held, 0 for flows that begin at once
	stage  int // frames of each slower pace
	left   int // frames of the opening that are left
	run    int // flow and step of the last frame
	at     int
	before bool // whether there was one
}

// easing is the number of slower paces of an opening: a step every 8, 4 and 2 frames.
const easing = 3

// Opening makes flows begin slowly: step 0 is held for a number of frames, and then each of three
// slower paces lasts for another number.
func (c *ClockControl) Opening(held, stage int) {
	c.opening = opening{held: held, stage: stage}
}

// frame notes that a flow that is not stopped comes to a frame, and reports whether it begins there.
func (o *opening) frame(run, at int) (begins bool) {
	begins = at == 0 && !(o.before && o.run == run && o.at == 0) && o.held > 0
	o.before, o.run, o.at = true, run, at
	if begins {
		o.left = o.held + easing*o.stage
	}
	return begins
}

// pace is the pace of the next frame, given that which was chosen. ok is false while step 0 is held.
func (o *opening) pace(chosen Pace) (p Pace, ok bool) {
	if o.left == 0 {
		return chosen, true
	}
	o.left--
	if o.left >= easing*o.stage {
		return chosen, false
	}
	slower := Pace{1, 2 << (o.left / o.stage)}
	if slower.perFrame() > chosen.perFrame() {
		slower = chosen
	}
	return slower, true
}

// end ends the opening: somebody else sets the pace.
func (o *opening) end() { o.left = 0 }

// skip ends the time that step 0 is held.
func (o *opening) skip() { o.left = min(o.left, easing*o.stage) }
